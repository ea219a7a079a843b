"""What takes away stands whenever the process dies or the ledger fails; what gives never stands without its entry."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from openslate import clock
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.authorising import authorise
from openslate.rights.consent import Basis, grant_source, record_member, source_grants, withdraw_source
from openslate.rights.judging import judged
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.store import grant, grant_mandate, keep, revoke_mandate, set_status, withdraw
from openslate.rights.records.versions import on_ledger, versions
from tests.apps.personalize.promise.crashing import Crash, dying_at
from tests.lake_rows import add_rows
from tests.rights.people import GENERATE, NOW, PERFORMER

MANDATE = Mandate("mandate-1", 1, None, "house:parent", "guardian", ("house:child",), NOW, "b" * 64)
LATER = NOW + timedelta(hours=1)
TERMS = Basis("Terms.", ("train",))
RECORD = PERFORMER.record_id
Act = Callable[[Project], object]
Look = Callable[[Project], bool]


def may_generate(project: Project) -> bool:
    return authorise(project, GENERATE).token is not None


def may_learn(project: Project) -> bool:
    with project.lake.reading() as connection:
        sql = judged(project, "(SELECT 'ann' AS member, 'player' AS source)", ("train",))
        return bool(connection.execute(f"SELECT granted FROM {sql}").fetchall()[0][0])


def has_basis(project: Project) -> bool:
    return ("test", "train") in source_grants(project)


def has_mandate(project: Project) -> bool:
    kept = versions(project, "mandate-1")
    return bool(kept) and isinstance(kept[-1].value, Mandate) and kept[-1].value.revoked_at is None


PAIRS: dict[str, tuple[Act, Act, Look]] = {
    "withdrawal": (lambda one: grant(one, PERFORMER), lambda one: withdraw(one, RECORD, "unlearn"), may_generate),
    "suspension": (lambda one: grant(one, PERFORMER), lambda one: set_status(one, RECORD, "suspended"), may_generate),
    "mandate": (lambda one: grant_mandate(one, MANDATE), lambda one: revoke_mandate(one, "mandate-1"), has_mandate),
    "member": (
        lambda one: record_member(one, "ann", ["train"], True),
        lambda one: record_member(one, "ann", ["train"], False),
        may_learn,
    ),
    "basis": (
        lambda one: grant_source(one, "test", TERMS),
        lambda one: withdraw_source(one, "test", ["train"], "Over."),
        has_basis,
    ),
}


def said(project: Project) -> list[str]:
    kinds = ("record", "consent", "grant", "withdraw", "refusal")
    return [one.entry["decision"] for one in ledger.search(project) if one.entry["decision"] in kinds]


def takes_away(project: Project) -> bool:
    """Whether the last that was said takes away."""
    return said(project)[-1] in ("withdraw", "refusal")


def dies(folder: Path, act: Act, step: int) -> bool:
    mine = Project.open(folder)
    try:
        with dying_at(step):
            act(mine)
    except Crash:
        return True
    finally:
        close(mine)
    return False


def close(project: Project) -> None:
    project.state.close()
    project.vault.close()


@pytest.fixture
def agreed(project: Project) -> Project:
    add_rows(project, "titles", [("t1", "One")])
    return project


@pytest.mark.parametrize("name", PAIRS)
def test_a_crash_at_any_step_errs_on_the_side_of_refusal(agreed: Project, tmp_path: Path, name: str) -> None:
    give, take, may = PAIRS[name]
    with clock.frozen(NOW):
        give(agreed)
    close(agreed)
    step, died, silent = 0, True, 0
    while died:
        folder = shutil.copytree(agreed.folder, tmp_path / str(step))
        with clock.frozen(LATER):
            died = dies(folder, take, step)
            again = Project.open(folder)
            noted, stands = takes_away(again), may(again)
            assert not (noted and stands), f"it ended on the ledger alone, at step {step}"
            silent += not noted and not stands
            try:
                take(again)
            except UsageError:
                assert noted, f"swallowed at step {step}"
            assert takes_away(again) and not may(again)
            if name != "member":
                assert said(again).count("withdraw") == 1
            on_ledger(again)
            close(again)
        step += 1
    assert silent > 0, "no step died in between"


@pytest.mark.parametrize("name", sorted(PAIRS.keys() - {"suspension"}))
def test_a_crash_at_any_step_gives_nothing_without_its_entry(agreed: Project, tmp_path: Path, name: str) -> None:
    give, _, may = PAIRS[name]
    # Its tables are there already, as in any project that is in use.
    assert agreed.vault.rows("SELECT 1") and agreed.state.rows("SELECT 1")
    with clock.frozen(NOW - timedelta(hours=1)):
        ledger.append(agreed, {"decision": "look"})
    close(agreed)
    step, died = 0, True
    while died:
        folder = shutil.copytree(agreed.folder, tmp_path / str(step))
        with clock.frozen(NOW):
            died = dies(folder, give, step)
            again = Project.open(folder)
            assert not may(again) or said(again), f"given without an entry, at step {step}"
            on_ledger(again)
            assert died or may(again)
            close(again)
        step += 1
    assert step > 5


@pytest.mark.parametrize("name", PAIRS)
def test_what_the_ledger_does_not_take_stands_and_is_put_there_later(agreed: Project, name: str) -> None:
    give, take, may = PAIRS[name]
    with clock.frozen(NOW):
        give(agreed)
    aside = agreed.folder / "aside"
    agreed.ledger_path.rename(aside)
    with clock.frozen(LATER), pytest.raises(RightsError, match="is in force, but not on the ledger") as refused:
        take(agreed)
    assert refused.value.code == "R26" and "say it again" in refused.value.way_out
    agreed.ledger_path.unlink(missing_ok=True)
    aside.rename(agreed.ledger_path)
    with clock.frozen(LATER):
        assert not may(agreed) and not takes_away(agreed)
        take(agreed)
        assert takes_away(agreed) and not may(agreed)
        on_ledger(agreed)


def test_a_new_consent_puts_the_withdrawal_before_it_on_the_ledger(agreed: Project) -> None:
    with clock.frozen(NOW):
        grant(agreed, PERFORMER)
        grant_source(agreed, "test", TERMS)
    aside = agreed.folder / "aside"
    agreed.ledger_path.rename(aside)
    with clock.frozen(LATER):
        for take in (PAIRS["withdrawal"][1], PAIRS["basis"][1]):
            with pytest.raises(RightsError):
                take(agreed)
        agreed.ledger_path.unlink(missing_ok=True)
        aside.rename(agreed.ledger_path)
        moment = LATER + timedelta(minutes=1)
    with clock.frozen(moment):
        grant(agreed, replace(PERFORMER, issued_at=moment, effective_from=moment))
        grant_source(agreed, "test", TERMS)
        assert said(agreed) == ["record", "grant", "withdraw", "record", "withdraw", "grant"]
        on_ledger(agreed)


def test_a_vault_that_is_older_than_the_ledger_is_noticed(agreed: Project) -> None:
    with clock.frozen(NOW):
        grant(agreed, PERFORMER)
    with clock.frozen(LATER):
        withdraw(agreed, RECORD, "stop_new")
    assert on_ledger(agreed) == 2
    agreed.vault.execute("DELETE FROM records WHERE version = 2")
    with pytest.raises(RightsError, match="lacks version 2"):
        on_ledger(agreed)
    agreed.vault.execute("DELETE FROM records")
    with pytest.raises(RightsError, match="lacks version"):
        on_ledger(agreed)


def test_a_forged_consent_is_never_put_on_the_ledger(agreed: Project) -> None:
    other = Project.init(agreed.folder.parent / "other")
    with clock.frozen(NOW):
        grant(agreed, PERFORMER)
        grant(other, replace(PERFORMER, producer="Somebody else"))
    with clock.frozen(LATER):
        withdraw(other, RECORD, "stop_new")
    agreed.vault.execute("DELETE FROM records")
    for row in other.vault.rows("SELECT * FROM records"):
        agreed.vault.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", row)
    with clock.frozen(LATER):
        withdraw(agreed, RECORD, "stop_new")
        assert said(agreed) == ["record", "withdraw"]
        with pytest.raises(RightsError, match="knows no version 1"):
            on_ledger(agreed)


def test_what_takes_away_in_a_file_is_not_held_up_by_what_gives(agreed: Project) -> None:
    with clock.frozen(LATER):
        grant(agreed, PERFORMER)
    ended = replace(PERFORMER, status="suspended")
    # The clock is behind, which holds up the mandate and not the suspension.
    with clock.frozen(NOW), pytest.raises(RightsError):
        keep(agreed, [MANDATE, ended])
    with clock.frozen(LATER):
        assert not may_generate(agreed) and not has_mandate(agreed)
        found = keep(agreed, [ended, MANDATE, PERFORMER])
    assert [one.version for one in found] == [2, 1, 3]
    assert [one.entry is None for one in found] == [True, False, False]
