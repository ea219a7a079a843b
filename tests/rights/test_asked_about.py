"""Looking up what one request depends on leads to the verdict that looking at everything leads to."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from openslate import clock
from openslate.accounts import disputes
from openslate.accounts.payments import Reason, record_payment, reverse_payment
from openslate.accounts.periods import close_period
from openslate.accounts.voiding import void
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.asked_about import standing_for
from openslate.rights.authorising import authorise
from openslate.rights.decide import decide
from openslate.rights.gathering import note_reservations, set_strike, standing_of
from openslate.rights.periods import PaymentTerms, month
from openslate.rights.records.store import grant, grant_mandate, set_status, withdraw
from openslate.rights.reservation import Reservation
from openslate.storage.vault import Vault
from tests.rights.people import ALLOWED, ESTATE, EVERYBODY, GENERATE, GUARDIAN, NOW, PERFORMER, TRAIN_WRITER, WRITER
from tests.used import a_hash, flat

# Another record of Ada's, paid to the same payee and never used up, and one that an agent's mandate stands behind.
PROMO = replace(PERFORMER, record_id="rec-promo", project_id="p-other", strike_suspends=True)
BY_ESTATE = replace(
    PERFORMER, record_id="rec-late", subject_id="h-late", signer_role="estate", mandate="man-estate", guardian=""
)
REQUESTS = {
    **ALLOWED,
    "another project": replace(GENERATE, project="p-other"),
    "by mandate": replace(GENERATE, subject="h-late"),
    "nobody": replace(GENERATE, subject="h-nobody"),
    "no text": replace(GENERATE, subject=7),  # type: ignore[arg-type]
    "erase": replace(GENERATE, use="erase"),
    "no licence": replace(ALLOWED["synopsis"], licence=""),
}
SEPTEMBER, OCTOBER, NOVEMBER = (month(2026, number) for number in (9, 10, 11))
START = datetime(2026, 9, 2, tzinfo=NOW.tzinfo)


def used(project: Project, draw: random.Random) -> None:
    record, payee = draw.choice([("rec-performer", "ada"), ("rec-promo", "ada"), ("rec-writer", "wen"), ("rec-x", "x")])
    one = flat("100.00", record=record, payee=a_hash(payee), at=clock.now(), use=draw.choice(["generate", "train"]))
    ledger.append(project, one.to_entry())


def paid(project: Project, draw: random.Random) -> None:
    payee = a_hash(draw.choice(["ada", "wen", "x"]))
    with_statement = {one.entry["payee"] for one in ledger.search(project, "statement")}
    if payee in with_statement:
        reference = f"wire {draw.random()}"
        amount = Decimal(draw.choice([50, 100, 400]))
        record_payment(project, payee, amount, "USD", reference, Reason("In advance.", "h-ada"))
        if draw.random() < 0.3:
            reverse_payment(project, payee, reference, Reason("It came back.", "h-ada"))


def held_back(project: Project, draw: random.Random) -> None:
    for one in ledger.search(project, "statement"):
        for line in one.entry["lines"][:1]:
            period = next(p for p in (SEPTEMBER, OCTOBER, NOVEMBER) if p.to_entry() == one.entry["period"])
            if draw.random() < 0.5:
                number = disputes.dispute(project, period, line["line"], "Too little.", "h-ada")
                disputes.hold(project, period, line["line"], Decimal("10.00"), "disputed", number)
                if draw.random() < 0.5:
                    disputes.resolve(project, number, "rejected")
            return


def voided(project: Project, draw: random.Random) -> None:
    ended = {one.entry["use"] for one in ledger.search(project, "void")}
    left = [one.index for one in ledger.search(project, "use") if one.index not in ended]
    if left:
        void(project, str(draw.choice(left)), "The scene was cut.")


def closed(project: Project, draw: random.Random) -> None:
    done = len({str(one.entry["period"]) for one in ledger.search(project, "period")})
    period = (SEPTEMBER, OCTOBER, NOVEMBER)[min(done, 2)]
    if clock.now() >= period.end:
        close_period(project, period, "Northlight", terms=PaymentTerms(days=draw.choice([0, 10])))


def struck(project: Project, draw: random.Random) -> None:
    set_strike(project, draw.choice(["sag-aftra", "wga"]), draw.random() < 0.5)


def reserved(project: Project, draw: random.Random) -> None:
    signal = Reservation("aipref", draw.random() < 0.5, "train-ai=n", "header")
    note_reservations(project, draw.choice(["press-site", "elsewhere"]), [signal])


def changed(project: Project, draw: random.Random) -> None:
    set_status(project, draw.choice(["rec-viewer", "rec-promo"]), draw.choice(["suspended", "active"]))


OPERATIONS: tuple[Callable[[Project, random.Random], None], ...] = (
    used, used, used, used, voided, paid, held_back, closed, struck, reserved, changed,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_both_ways_of_gathering_lead_to_one_verdict(project: Project, seed: int) -> None:
    draw = random.Random(seed)
    seen: set[tuple[str, str]] = set()
    with clock.frozen(START):
        for mandate in (ESTATE, GUARDIAN):
            grant_mandate(project, mandate)
        for record in (*EVERYBODY, PROMO, BY_ESTATE):
            grant(project, replace(record, basis_text=record.basis_text or "Terms of 2026"))
    for step in range(24):
        with clock.frozen(START + timedelta(days=4 * step)):
            draw.choice(OPERATIONS)(project, draw)
            if step == 18:
                withdraw(project, draw.choice(["rec-writer", "rec-source"]), "stop_new")
        if step % 3:
            continue
        # Sometimes the decision is asked for with a clock that is behind.
        with clock.frozen(START + timedelta(days=4 * step - draw.choice([0, 0, 0, 1]))):
            whole = standing_of(project)
            for name, request in REQUESTS.items():
                wanted = decide(request, clock.now(), whole)
                assert decide(request, clock.now(), standing_for(project, request)) == wanted, (seed, step, name)
                seen.update((name, code) for code in [wanted.code or "allowed"])
    assert len({code for _, code in seen}) >= 4, seen


def test_each_reason_that_the_past_gives_is_seen(project: Project) -> None:
    """The comparison above means something only where these reasons do come up."""
    with clock.frozen(START):
        for record in (PERFORMER, WRITER):
            grant(project, replace(record, strike_suspends=True))
        for _ in range(3):
            ledger.append(project, flat("100.00", record="rec-performer", payee=a_hash("ada"), at=START).to_entry())

    def codes() -> list[str]:
        return [one.code for one in decide(GENERATE, clock.now(), standing_for(project, GENERATE)).findings]

    with clock.frozen(START + timedelta(days=1)):
        assert codes() == ["R01"]
        set_strike(project, "sag-aftra", True)
        assert codes() == ["R01", "R09"]
        set_strike(project, "sag-aftra", False)
    with clock.frozen(START + timedelta(days=200)):
        assert codes() == ["R01", "R21"]
        close_period(project, SEPTEMBER, "Northlight")
        record_payment(project, a_hash("ada"), Decimal("300.00"), "USD", "wire 1")
        assert codes() == ["R01"]
        assert standing_for(project, TRAIN_WRITER).used == {}
    with clock.frozen(START):
        assert codes() == ["R25"]


def test_a_voided_use_is_forgotten_by_both_ways_of_gathering(project: Project) -> None:
    with clock.frozen(START):
        grant(project, PERFORMER)
        places = [
            ledger.append(project, flat("100.00", record="rec-performer", payee=a_hash("ada"), at=START).to_entry())
            for _ in range(3)
        ]
    for late, before in ((1, "R01"), (200, "R01")):
        with clock.frozen(START + timedelta(days=late)):
            assert decide(GENERATE, clock.now(), standing_for(project, GENERATE)).code == before
    for number, place in enumerate(places, start=1):
        with clock.frozen(START + timedelta(days=200)):
            void(project, str(place.index), "The scene was cut.")
            whole, part = standing_of(project), standing_for(project, GENERATE)
            assert whole.used == part.used == ({("rec-performer", "generate"): 3 - number} if number < 3 else {})
            # Dues of what was never made are overdue until the last of them is void.
            assert whole.overdue == part.overdue == (frozenset({"rec-performer"}) if number < 3 else frozenset())
            assert decide(GENERATE, clock.now(), whole) == decide(GENERATE, clock.now(), part)
    assert decide(GENERATE, START + timedelta(days=200), part).allowed


def test_a_name_that_no_file_can_hold_is_refused(project: Project) -> None:
    with clock.frozen(NOW), pytest.raises(RightsError, match="surrogate"):
        authorise(project, replace(GENERATE, licence="\ud800"))


def test_asking_reads_no_record_of_others(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen(NOW):
        for number in range(30):
            grant(project, replace(PERFORMER, record_id=f"rec-{number}", subject_id=f"h-{number}"))
        grant(project, PERFORMER)
        read: list[object] = []
        rows = Vault.rows

        def counted(vault: Vault, sql: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
            found = rows(vault, sql, values)  # type: ignore[arg-type]
            read.extend(found if "FROM records" in sql else ())
            return found  # type: ignore[return-value]

        monkeypatch.setattr(Vault, "rows", counted)
        assert decide(GENERATE, NOW, standing_for(project, GENERATE)).allowed
    assert len(read) == 1
