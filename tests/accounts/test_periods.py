import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate import clock
from openslate.accounts import book
from openslate.accounts.earnings import Earning, record_earning
from openslate.accounts.lines import Deduction, grouped
from openslate.accounts.meter import allowed_uses
from openslate.accounts.payments import record_payment
from openslate.accounts.periods import close_period
from openslate.accounts.shared_out import PoolMoney, share_out
from openslate.accounts.statements import payees, statement, statement_json
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.dues import Due, outstanding
from openslate.rights.periods import Period, month
from tests.used import AUGUST, CLOSING, JULY, SEPTEMBER, USE, a_hash, flat, pooled, put

PAYER = "Northlight Pictures"
ADA = a_hash("ada")


def close(project: Project, period: Period = JULY, at: datetime = CLOSING, **more: Any) -> None:
    with clock.frozen(at):
        close_period(project, period, PAYER, **more)


def frozen(project: Project, period: Period = JULY, payee: str = ADA) -> dict[str, Any]:
    return statement(project, period, payee)


def dues(project: Project) -> tuple[Due, ...]:
    return outstanding((one.index, one.entry) for one in book.read(project))


def test_uses_of_one_kind_make_one_line_with_every_decision(project: Project) -> None:
    put(project, USE, replace(USE, at=USE.at + timedelta(days=1)), replace(USE, territory="GB"))
    close(project)
    first, second = frozen(project)["lines"]
    assert (first["units"], first["gross"], [one["index"] for one in first["decisions"]]) == ("4", "5132.00", [1, 3])
    assert (second["territory"], second["net"]) == ("GB", "2566.00")
    entries = book.read(project)
    assert [one["id"] for one in first["decisions"]] == [entries[1].id, entries[3].id]


def test_a_period_is_half_open_in_utc(project: Project) -> None:
    second = timedelta(seconds=1)
    berlin = USE.at.replace(day=1, hour=1, minute=59, second=59, tzinfo=None)
    put(
        project,
        replace(USE, at=berlin.replace(tzinfo=ZoneInfo("Europe/Berlin"))),
        replace(USE, at=JULY.start),
        replace(USE, at=JULY.end - second),
        replace(USE, at=JULY.end),
    )
    close(project)
    document = frozen(project)
    assert document["period"]["zone"] == "UTC"
    in_time = [line for line in document["lines"] if not line["late"]]
    assert [one["index"] for line in in_time for one in line["decisions"]] == [2, 3]
    # 01:59:59 on 1 July in Berlin is June in UTC.
    assert [one["index"] for line in document["lines"] if line["late"] for one in line["decisions"]] == [1]
    close(project, AUGUST, AUGUST.end)
    assert [one["index"] for line in frozen(project, AUGUST)["lines"] for one in line["decisions"]] == [4]


def test_closing_again_changes_nothing_whatever_is_asked(project: Project) -> None:
    put(project, USE)
    close(project)
    before = project.ledger_path.read_bytes()
    close(project)
    close(project, at=CLOSING + timedelta(days=90), pools=[PoolMoney("p", "USD", Decimal(5), "pro_rata")])
    assert project.ledger_path.read_bytes() == before


def test_two_who_close_at_once_close_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project, USE)
    both = threading.Barrier(2)
    real = book.write

    def slow(project: Project, entries: Any) -> Any:
        # Whoever is about to write waits for the other one, who must not get this far meanwhile.
        with suppress(threading.BrokenBarrierError):
            both.wait(0.3)
        return real(project, entries)

    monkeypatch.setattr(book, "write", slow)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: close(Project.open(project.folder)), range(2)))
    assert [one.entry["decision"] for one in book.read(project)] == ["genesis", "use", "statement", "period"]


def test_of_two_entries_for_one_period_the_first_stands(project: Project) -> None:
    put(project, USE)
    close(project)
    before, owed = statement_json(frozen(project)), dues(project)
    *_, part, period = (
        {key: value for key, value in one.entry.items() if key not in ("at", "previous")} for one in book.read(project)
    )
    with clock.frozen(CLOSING):
        other = ledger.append(project, {**part, "lines": []})
        ledger.append(project, {**period, "statements": [{"payee": ADA, "index": other.index, "id": other.hash}]})
    assert statement_json(frozen(project)) == before
    assert dues(project) == owed
    close(project, AUGUST, AUGUST.end)
    assert frozen(project, AUGUST)["totals"]["USD"]["opening"] == "2566.00"


def test_a_close_that_broke_off_counts_for_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project, USE)
    real, written = ledger.append_all, []

    def full(project: Project, entries: Any) -> list[ledger.Position]:
        if entries[0]["decision"] == "period" and not written:
            written.append(entries)
            raise RightsError("The disk is full.", "Make room.")
        return real(project, entries)

    monkeypatch.setattr(ledger, "append_all", full)
    with pytest.raises(RightsError, match="full"):
        close(project)
    with pytest.raises(RightsError, match="is not closed"):
        frozen(project)
    close(project)
    assert frozen(project)["totals"]["USD"]["earned"] == "2566.00"
    assert frozen(project)["position"]["index"] == 3


def test_a_period_that_has_not_ended_or_leaves_a_gap_is_refused(project: Project) -> None:
    put(project, USE)
    with pytest.raises(RightsError, match="has not come"):
        close(project, at=JULY.end - timedelta(microseconds=1))
    close(project, at=JULY.end)
    later = SEPTEMBER.end
    for wrong in (SEPTEMBER, month(2026, 6), Period(JULY.start, AUGUST.end)):
        with pytest.raises(RightsError, match="Begin where the last one ended"):
            close(project, wrong, later)
    with pytest.raises(RightsError, match="no name"), clock.frozen(later):
        close_period(project, AUGUST, " ")


def test_a_clock_that_has_gone_backwards_closes_nothing(project: Project) -> None:
    put(project, replace(USE, at=CLOSING + timedelta(seconds=1)))
    with pytest.raises(RightsError, match="gone backwards"):
        close(project)


def test_a_late_use_is_paid_by_the_next_period_and_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project, USE)
    real, late_use = book.write, [replace(USE, at=JULY.end - timedelta(hours=1))]

    def overtaken(project: Project, entries: Any) -> Any:
        # The gate, on a machine whose clock is behind, writes after the close has read and before it writes.
        while late_use:
            put(project, late_use.pop())
        return real(project, entries)

    monkeypatch.setattr(book, "write", overtaken)
    close(project)
    assert frozen(project)["totals"]["USD"]["earned"] == "2566.00"
    put(project, replace(USE, at=CLOSING))
    close(project, AUGUST, AUGUST.end)
    document = frozen(project, AUGUST)
    late = {line["late"]: line["net"] for line in document["lines"]}
    assert late == {True: "2566.00", False: "2566.00"}
    assert document["totals"]["USD"]["late"] == document["totals"]["USD"]["earned"] == "2566.00"
    close(project, SEPTEMBER, SEPTEMBER.end)
    document = frozen(project, SEPTEMBER)
    assert document["lines"] == []
    assert (document["totals"]["USD"]["opening"], document["totals"]["USD"]["closing"]) == ("7698.00", "7698.00")


def test_currencies_are_never_mixed(project: Project) -> None:
    put(project, flat("10.50"), flat("1200", currency="JPY"), flat("1.234", currency="KWD"))
    close(project)
    totals = frozen(project)["totals"]
    assert {currency: total["payable"] for currency, total in totals.items()} == {
        "JPY": "1200",
        "KWD": "1.234",
        "USD": "10.50",
    }


def test_what_is_kept_back_is_named_and_rounded_for_the_payee(project: Project) -> None:
    put(project, flat("10.05"))
    agent = Deduction("agent's commission", Fraction(1, 10), "mandate m-7")
    close(project, deductions={ADA: [agent]})
    (line,) = frozen(project)["lines"]
    assert line["deductions"] == [{"name": "agent's commission", "amount": "1.00", "source": "mandate m-7"}]
    assert (line["gross"], line["net"]) == ("10.05", "9.05")
    with pytest.raises(RightsError, match="cannot be made"):
        Deduction("tax", Fraction(11, 10), "law")


def test_more_than_everything_cannot_be_kept_back(project: Project) -> None:
    put(project, flat("10.00"))
    whole = Deduction("tax", Fraction(2, 3), "law")
    with pytest.raises(RightsError, match="more than its"):
        close(project, deductions={ADA: [whole, whole]})


@pytest.mark.parametrize(
    ("pool", "complaint"),
    [
        (None, "has uses in this period and no money"),
        (PoolMoney("July", "EUR", Decimal(9), "pro_rata"), "currency 'USD'"),
        (PoolMoney("July", "USD", Decimal(9), "user_centric"), "method 'pro_rata'"),
        (PoolMoney("July", "USD", Decimal(9), "pro_rata", {"v": Decimal(9)}, {}), "add up to 0"),
        (PoolMoney("July", "USD", Decimal("0.001"), "pro_rata"), "part of a coin"),
        (PoolMoney("July", "USD", Decimal(-1), "pro_rata"), "negative"),
    ],
)
def test_a_pool_that_does_not_fit_its_uses_closes_nothing(
    project: Project, pool: PoolMoney | None, complaint: str
) -> None:
    put(project, pooled("a", 3), pooled("b", 1))
    with pytest.raises(RightsError, match=complaint):
        close(project, pools=[] if pool is None else [pool])
    assert [one.entry["decision"] for one in book.read(project)] == ["genesis", "use", "use"]


def test_a_pool_counts_in_one_unit_and_is_named_once(project: Project) -> None:
    put(project, pooled("a", 3), pooled("b", 1, unit="hour"))
    pool = PoolMoney("July", "USD", Decimal(9), "pro_rata")
    with pytest.raises(RightsError, match="unit 'hour'"):
        close(project, pools=[pool])
    with pytest.raises(RightsError, match="named twice"):
        close(project, pools=[pool, pool])


def test_a_pool_nobody_used_is_said_to_be_left(project: Project) -> None:
    put(project, USE)
    close(project, pools=[PoolMoney("July", "USD", Decimal(9), "pro_rata")])
    (summary,) = book.read(project)[-1].entry["pools"]
    assert (summary["paid"], summary["not_paid_for_want_of_uses"]) == ("0.00", "9.00")


def test_no_viewer_stands_on_the_ledger(project: Project) -> None:
    put(project, pooled("a", 3, "user_centric"))
    uses = {"viewer-77": {("a", USE.project): Decimal(3)}}
    close(project, pools=[PoolMoney("July", "USD", Decimal(9), "user_centric", {"viewer-77": Decimal(9)}, uses)])
    assert b"viewer-77" not in project.ledger_path.read_bytes()


def test_earnings_are_recorded_once_and_paid_as_lines(project: Project) -> None:
    with clock.frozen(USE.at):
        residual = Earning(flat("80.00", use="residual"), {"quarter": "2026-Q2", "revenue": "1000.00"})
        assert record_earning(project, residual) == record_earning(project, residual) == 1
        bonus = Earning(flat("60.00", use="success_bonus"), {"views_per_subscriber": "1/5"})
        assert record_earning(project, bonus) == 2
    with pytest.raises(UsageError):
        Earning(flat("1.00"), {})
    close(project)
    assert {line["use"]: line["net"] for line in frozen(project)["lines"]} == {
        "residual": "80.00",
        "success_bonus": "60.00",
    }


def test_a_payment_is_recorded_once_and_shown_where_it_was_made(project: Project) -> None:
    put(project, USE)
    with pytest.raises(RightsError, match="Close the period"):
        record_payment(project, ADA, Decimal(1), "USD", "wire 1")
    close(project)
    with clock.frozen(AUGUST.start + timedelta(days=9)):
        place = record_payment(project, ADA, Decimal("2000.00"), "USD", "wire 1")
        assert record_payment(project, ADA, Decimal("2000"), "USD", "wire 1") == place
        with pytest.raises(RightsError, match=r"stands for 2000\.00 USD already"):
            record_payment(project, ADA, Decimal("2000.01"), "USD", "wire 1")
        with pytest.raises(RightsError, match="above 0"):
            record_payment(project, ADA, Decimal(0), "USD", "wire 2")
    close(project, AUGUST, AUGUST.end)
    document = frozen(project, AUGUST)
    assert [one["amount"] for one in document["payments"]] == ["2000.00"]
    assert document["totals"]["USD"]["closing"] == "566.00"
    assert frozen(project)["payments"] == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10**6),
    units=st.lists(st.integers(1, 40), min_size=1, max_size=8),
    cents=st.integers(0, 10**7),
)
def test_lines_add_up_to_the_pool_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, seed: int, units: list[int], cents: int
) -> None:
    uses = [pooled(f"r{number % 5}", count, "user_centric") for number, count in enumerate(units)]
    viewers: dict[str, dict[tuple[str, str], Decimal]] = {}
    for number, count in enumerate(units):
        seen = viewers.setdefault(f"v{number % 3}", {})
        key = f"r{number % 5}", USE.project
        seen[key] = seen.get(key, Decimal(0)) + count
    fees = dict.fromkeys(viewers, Decimal(cents) / 100)
    money = PoolMoney("July", "USD", sum(fees.values(), Decimal(0)), "user_centric", fees, viewers)
    found = []
    for order in (uses, random.Random(seed).sample(uses, len(uses))):
        project = Project.init(tmp_path_factory.mktemp("money") / "svc")
        put(project, *order)
        close(project, pools=[money])
        lines = [line for payee in payees(project, JULY) for line in frozen(project, JULY, payee)["lines"]]
        amounts = {line["record"]: Decimal(line["net"]) for line in lines}
        other = sum(Decimal(line["by_other_method"]) for line in lines)
        assert sum(amounts.values()) == other == money.amount
        assert min(amounts.values()) >= 0
        found.append(amounts)
        assert statement_json(frozen(project, JULY, payees(project, JULY)[0]))
    assert found[0] == found[1]


def test_shares_split_among_the_lines_of_one_record_by_units(project: Project) -> None:
    put(project, pooled("a", 1), pooled("a", 3, territory="GB"), pooled("b", 4))
    groups = grouped(allowed_uses(book.read(project)), JULY)
    shared = share_out([PoolMoney("July", "USD", Decimal("8.00"), "pro_rata")], groups)
    assert sorted(str(one) for one in shared["July"].pays.values()) == ["1.00", "3.00", "4.00"]
    assert shared["July"].would_pay is None


def test_a_broken_use_stops_the_close_and_is_not_passed_over(project: Project) -> None:
    entry = USE.to_entry()
    del entry["payee"]
    with clock.frozen(USE.at):
        ledger.append(project, entry)
    with pytest.raises(RightsError, match="payee"):
        close(project)


def test_the_statement_of_one_payee_holds_nothing_of_another(project: Project) -> None:
    put(project, USE, flat("5.00", payee=a_hash("bea"), record="record-2"))
    close(project)
    text = json.dumps(frozen(project))
    assert "record-2" not in text and a_hash("bea") not in text
    assert payees(project, JULY) == sorted([ADA, a_hash("bea")])
    with pytest.raises(RightsError, match="no statement for"):
        frozen(project, JULY, a_hash("cid"))


def test_every_moment_belongs_to_one_period() -> None:
    tick = timedelta(microseconds=1)
    for moment, inside in ((JULY.start - tick, False), (JULY.start, True), (JULY.end - tick, True), (JULY.end, False)):
        assert (moment in JULY) is inside
    assert JULY.end in AUGUST


def test_periods_need_a_zone_and_an_order() -> None:
    with pytest.raises(RightsError, match="no time zone"):
        Period(datetime(2026, 1, 1), datetime(2026, 2, 1, tzinfo=UTC))
    with pytest.raises(RightsError, match="is empty"):
        Period(JULY.end, JULY.start)
    with pytest.raises(RightsError, match="is no period"):
        Period.of_entry({"start": "yesterday"})
