"""Tokens are spent once, by one process, for one request, in time; and a withdrawal makes them worthless."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate import clock
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import tokens

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ASKED, OTHER = "a" * 64, "b" * 64


def refused(project: Project, token: str, request: str = ASKED, at: datetime = NOON) -> str | None:
    with clock.frozen(at), pytest.raises(RightsError) as error:
        tokens.spend(project, token, request)
    assert error.value.what == tokens.REFUSALS[str(error.value.code)]
    assert error.value.way_out
    return error.value.code


@pytest.fixture
def token(project: Project) -> str:
    with clock.frozen(NOON):
        return tokens.issue(project, ASKED, 12, NOON + MINUTE, subjects=("ada", "ada", "wen"))


def test_a_token_is_spent_once(project: Project, token: str) -> None:
    with clock.frozen(NOON):
        assert tokens.spend(project, token, ASKED) == 12
    assert refused(project, token) == tokens.USED


def test_the_vault_holds_no_token(project: Project, token: str) -> None:
    project.vault.close()
    assert token.encode() not in project.vault.path.read_bytes()
    assert len(token) == 43


def test_another_request_is_refused_and_spends_nothing(project: Project, token: str) -> None:
    assert refused(project, token, OTHER) == tokens.OTHER_REQUEST
    with clock.frozen(NOON):
        assert tokens.spend(project, token, ASKED) == 12


@pytest.mark.parametrize("change", [lambda text: "", lambda text: text[:-1], lambda text: text.swapcase()])
def test_a_forged_token_is_unknown(project: Project, token: str, change: Callable[[str], str]) -> None:
    assert refused(project, change(token)) == tokens.UNKNOWN


@settings(deadline=None, max_examples=25)
@given(st.text())
def test_no_text_is_a_token(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "any-text"
    project = Project.open(folder) if folder.exists() else Project.init(folder)
    assert refused(project, text) == tokens.UNKNOWN
    project.vault.close()


def test_half_a_surrogate_pair_is_no_token(project: Project) -> None:
    assert refused(project, "\ud800") == tokens.UNKNOWN


def test_a_token_of_another_project_is_unknown(project: Project, token: str, tmp_path: Path) -> None:
    assert refused(Project.init(tmp_path / "other"), token) == tokens.UNKNOWN


def test_it_expires_at_the_very_moment(project: Project, token: str) -> None:
    assert refused(project, token, at=NOON + MINUTE) == tokens.EXPIRED


def test_it_is_good_up_to_the_last_microsecond(project: Project, token: str) -> None:
    with clock.frozen(NOON + MINUTE - timedelta(microseconds=1)):
        assert tokens.spend(project, token, ASKED) == 12


def test_a_clock_set_back_revives_nothing(project: Project, token: str) -> None:
    assert refused(project, token, at=NOON + MINUTE) == tokens.EXPIRED
    assert refused(project, token, at=NOON) == tokens.EXPIRED
    assert refused(Project.open(project.folder), token, at=NOON - timedelta(days=400)) == tokens.EXPIRED


def test_any_call_moves_the_latest_moment(project: Project, token: str) -> None:
    refused(project, "unknown", at=NOON + MINUTE)
    assert refused(project, token, at=NOON) == tokens.EXPIRED


def test_a_refused_issue_leaves_the_clock_alone_and_says_so(project: Project, token: str) -> None:
    with clock.frozen(NOON + 2 * MINUTE), pytest.raises(UsageError, match="could never be used"):
        tokens.issue(project, ASKED, 1, NOON + MINUTE)
    with clock.frozen(NOON):
        assert tokens.spend(project, token, ASKED) == 12


@pytest.mark.parametrize(
    ("request_hash", "entry", "expires", "said"),
    [
        ("A" * 64, 1, NOON + MINUTE, "no hash of a request"),
        (ASKED, -1, NOON + MINUTE, "no entry -1"),
        (ASKED, 1, NOON, "could never be used"),
        (ASKED, 1, datetime(2027, 1, 1), "no time zone"),
    ],
)
def test_what_makes_no_token(project: Project, request_hash: str, entry: int, expires: datetime, said: str) -> None:
    with clock.frozen(NOON), pytest.raises(UsageError, match=said):
        tokens.issue(project, request_hash, entry, expires)
    assert project.vault.rows("SELECT * FROM tokens") == []


def test_an_expiry_in_another_zone_is_the_same_moment(project: Project) -> None:
    with clock.frozen(NOON):
        token = tokens.issue(project, ASKED, 1, (NOON + MINUTE).astimezone(ZoneInfo("America/Los_Angeles")))
    assert refused(project, token, at=NOON + MINUTE) == tokens.EXPIRED


@pytest.mark.parametrize("named", [{"entry": 12}, {"subject": "ada"}, {"subject": "wen"}])
def test_a_withdrawal_makes_tokens_worthless(project: Project, token: str, named: dict[str, str]) -> None:
    with clock.frozen(NOON):
        assert tokens.revoke_for(project, **named) == 1  # type: ignore[arg-type]  # mixed on purpose
        assert tokens.revoke_for(project, **named) == 0  # type: ignore[arg-type]
    assert refused(project, token) == tokens.REVOKED


def test_a_withdrawal_leaves_other_tokens_and_those_issued_later(project: Project, token: str) -> None:
    with clock.frozen(NOON):
        others = tokens.issue(project, ASKED, 13, NOON + MINUTE, subjects=("bob",))
        assert tokens.revoke_for(project, subject="ada") == 1
        later = tokens.issue(project, ASKED, 14, NOON + MINUTE, subjects=("ada",))
        assert [tokens.spend(project, one, ASKED) for one in (others, later)] == [13, 14]
        assert tokens.revoke_for(project, entry=13) == 0
    assert refused(project, others) == tokens.USED


def test_a_withdrawal_names_something(project: Project) -> None:
    with pytest.raises(UsageError, match="which tokens"):
        tokens.revoke_for(project)


def test_a_decision_and_its_token_are_one_step(project: Project) -> None:
    with clock.frozen(NOON), pytest.raises(ZeroDivisionError), project.vault.transaction():
        token = tokens.issue_within(project, ASKED, 1, NOON + MINUTE)
        raise ZeroDivisionError
    assert refused(project, token) == tokens.UNKNOWN


def test_a_vault_that_cannot_be_written_spends_nothing(project: Project, token: str) -> None:
    project.vault.execute("PRAGMA query_only = ON")
    with clock.frozen(NOON), pytest.raises(RightsError, match="vault"):
        tokens.spend(project, token, ASKED)
    project.vault.execute("PRAGMA query_only = OFF")
    with clock.frozen(NOON):
        assert tokens.spend(project, token, ASKED) == 12


def many(project: Project, count: int) -> list[str]:
    until = clock.now() + timedelta(hours=1)
    with project.vault.transaction():
        return [tokens.issue_within(project, ASKED, number, until) for number in range(count)]


def try_all(folder: str, issued: list[str], said: str, start: float) -> None:
    project = Project.open(folder)
    project.vault.rows("SELECT 1")
    time.sleep(max(0.0, start - time.time()))
    with Path(said).open("a", buffering=1) as won:
        for token in issued:
            try:
                tokens.spend(project, token, ASKED)
            except RightsError as error:
                assert error.code == tokens.USED
            else:
                won.write(f"{token}\n")


def test_of_two_processes_one_spends_each_token(project: Project, tmp_path: Path) -> None:
    issued = many(project, 8)
    context = multiprocessing.get_context("spawn")
    said, start = str(tmp_path / "won"), time.time() + 1.0
    processes = [context.Process(target=try_all, args=(str(project.folder), issued, said, start)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert sorted(Path(said).read_text().split()) == sorted(issued)


def spend_until_killed(folder: str, issued: list[str], said: str) -> None:
    project = Project.open(folder)
    with Path(said).open("a", buffering=1) as spent:
        for token in issued:
            tokens.spend(project, token, ASKED)
            spent.write(f"{token}\n")


def test_what_was_spent_stays_spent_after_a_kill(project: Project, tmp_path: Path) -> None:
    issued = many(project, 60)
    said = tmp_path / "spent"
    process = multiprocessing.get_context("spawn").Process(
        target=spend_until_killed, args=(str(project.folder), issued, str(said))
    )
    process.start()
    while process.is_alive() and (not said.exists() or said.stat().st_size < 150):
        time.sleep(0.001)
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    acknowledged = said.read_text().split("\n")[:-1]
    assert acknowledged
    for token in acknowledged:
        with pytest.raises(RightsError) as error:
            tokens.spend(project, token, ASKED)
        assert error.value.code == tokens.USED
