"""A use from request to act: the decision first, then the token, and nothing on what no longer stands."""

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from openslate import clock
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger, tokens
from openslate.rights.authorising import authorise, spend
from openslate.rights.decide import decide
from openslate.rights.gathering import set_strike, standing_of
from openslate.rights.records.store import grant, withdraw
from openslate.rights.use_entry import UseEntry
from tests.rights.people import GENERATE, NOW, PERFORMER, SCAN, TRAIN_WRITER, WRITER


@pytest.fixture
def studio(project: Project) -> Iterator[Project]:
    with clock.frozen(NOW):
        grant(project, PERFORMER)
        yield project


def test_an_allowed_use_is_priced_on_the_ledger_before_its_token(studio: Project) -> None:
    found = authorise(studio, GENERATE)
    assert found.token is not None
    use = UseEntry.of_entry(ledger.entry(studio, found.entry.index).entry)
    assert (use.record, use.amount, use.currency, use.packs) == (
        "rec-performer",
        3000,
        "USD",
        ("openslate.own@1", "sag-aftra.tvth.2026@1", "us-ca.ab1836@1", "us-ca.ab2602@1"),
    )
    assert spend(studio, found.token, GENERATE) == found.entry.index


def test_neither_ledger_nor_vault_keep_a_name_or_a_token_where_they_should_not(studio: Project) -> None:
    found = authorise(studio, GENERATE)
    assert found.token is not None
    text = studio.ledger_path.read_bytes()
    for secret in (b"h-ada", GENERATE.description.encode(), found.token.encode()):
        assert secret not in text
    for path in studio.folder.rglob("*"):
        if path.is_file():
            assert found.token.encode() not in path.read_bytes()


def test_a_denied_use_is_on_the_ledger_and_has_no_token(studio: Project) -> None:
    found = authorise(studio, replace(GENERATE, project="p-other"))
    assert found.token is None
    entry = ledger.entry(studio, found.entry.index).entry
    assert (entry["decision"], entry["codes"], entry["name"]) == ("denial", ["R03"], "NEW_PROJECT")


def test_a_token_serves_once_for_its_request_and_for_a_while(studio: Project) -> None:
    token = authorise(studio, GENERATE).token
    assert token is not None
    with pytest.raises(RightsError, match="another request"):
        spend(studio, token, replace(GENERATE, scene="13"))
    with pytest.raises(RightsError, match="unknown"):
        spend(studio, token[:-1] + ("A" if token[-1] != "A" else "B"), GENERATE)
    spend(studio, token, GENERATE)
    with pytest.raises(RightsError, match="was spent"):
        spend(studio, token, GENERATE)
    late = authorise(studio, GENERATE, lifetime=timedelta(minutes=1)).token
    assert late is not None
    with clock.frozen(NOW + timedelta(minutes=1)), pytest.raises(RightsError, match="ended at"):
        spend(studio, late, GENERATE)


def test_a_clock_set_back_revives_nothing(studio: Project) -> None:
    token = authorise(studio, GENERATE, lifetime=timedelta(minutes=1)).token
    assert token is not None
    with clock.frozen(NOW + timedelta(minutes=2)):
        authorise(studio, replace(GENERATE, project="p-other"))
    with pytest.raises(RightsError, match="already") as refused:
        spend(studio, token, GENERATE)
    assert refused.value.code == "R25"


def test_a_token_that_has_ended_stays_so_when_the_clock_is_set_back(studio: Project) -> None:
    token = authorise(studio, GENERATE, lifetime=timedelta(minutes=1)).token
    assert token is not None
    with clock.frozen(NOW + timedelta(minutes=2)), pytest.raises(RightsError, match="ended at"):
        spend(studio, token, GENERATE)
    # Nothing has come to the ledger since, so that it knows nothing of the later moment.
    with pytest.raises(RightsError, match="ended at"):
        spend(studio, token, GENERATE)


@pytest.mark.parametrize("change", ["withdraw", "strike"])
def test_what_changes_between_check_and_use_is_obeyed(studio: Project, change: str) -> None:
    token = authorise(studio, GENERATE).token
    assert token is not None
    if change == "withdraw":
        withdraw(studio, "rec-performer", "stop_new")
    else:
        set_strike(studio, "sag-aftra", True)
    with pytest.raises(RightsError, match=r"is not any more") as refused:
        spend(studio, token, GENERATE)
    assert refused.value.code == ("R20" if change == "withdraw" else "R09")


def test_the_count_of_uses_holds_across_requests(studio: Project) -> None:
    tokens_given = [authorise(studio, replace(GENERATE, marks=GENERATE.marks)).token for _ in range(4)]
    assert [one is not None for one in tokens_given] == [True, True, True, False]
    assert tokens_given[2] is not None
    spend(studio, tokens_given[2], GENERATE)


def test_without_a_ledger_nothing_is_allowed(studio: Project) -> None:
    studio.ledger_path.unlink()
    with pytest.raises(RightsError) as refused:
        authorise(studio, GENERATE)
    assert refused.value.code == "R26"
    assert studio.vault.rows("SELECT count(*) FROM tokens") == [(0,)]


def test_a_ledger_that_fails_at_the_last_moment_allows_nothing(
    studio: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RightsError("The ledger cannot be written.", "Make room.", "R26")

    monkeypatch.setattr(ledger, "append", refuse)
    with pytest.raises(RightsError):
        authorise(studio, GENERATE)
    assert studio.vault.rows("SELECT count(*) FROM tokens") == [(0,)]


def test_a_spending_that_cannot_be_noted_gives_the_token_back(studio: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    token = authorise(studio, GENERATE).token
    assert token is not None

    def refuse(*_: object) -> None:
        raise RightsError("The ledger cannot be written.", "Make room.", "R26")

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "append", refuse)
        with pytest.raises(RightsError):
            spend(studio, token, GENERATE)
    assert spend(studio, token, GENERATE)


def test_a_use_that_the_ledger_says_was_made_is_not_made_again(
    studio: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = authorise(studio, GENERATE)
    assert found.token is not None
    append = ledger.append

    def dying(project: Project, entry: dict[str, str]) -> None:
        append(project, entry)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        # As a kill between the ledger's entry and the vault's commit.
        patched.setattr(ledger, "append", dying)
        with pytest.raises(KeyboardInterrupt):
            spend(studio, found.token, GENERATE)
    with pytest.raises(RightsError, match="was spent, as the ledger says"):
        spend(studio, found.token, GENERATE)
    assert len(list(ledger.search(studio, "spend"))) == 1


def test_a_revoked_token_is_refused(studio: Project) -> None:
    found = authorise(studio, GENERATE)
    assert found.token is not None
    assert tokens.revoke(studio, {found.entry.index}) == 1
    with pytest.raises(RightsError, match="was revoked"):
        spend(studio, found.token, GENERATE)


def _try(folder: Path, token: str, results: "multiprocessing.Queue[bool]") -> None:
    with clock.frozen(NOW):
        try:
            spend(Project.open(folder), token, GENERATE)
            results.put(True)
        except RightsError:
            results.put(False)


def test_two_processes_cannot_both_spend_a_token(studio: Project) -> None:
    token = authorise(studio, GENERATE).token
    assert token is not None
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[bool] = context.Queue()
    workers = [context.Process(target=_try, args=(studio.folder, token, results)) for _ in range(2)]
    for worker in workers:
        worker.start()
    assert sorted(results.get(timeout=60) for _ in workers) == [False, True]
    for worker in workers:
        worker.join()


def test_a_scan_costs_its_session(studio: Project) -> None:
    found = authorise(studio, replace(SCAN, scan_kind="standalone", scan_hours=SCAN.units))
    use = UseEntry.of_entry(ledger.entry(studio, found.entry.index).entry)
    assert (use.use, use.amount) == ("scan", 1500)


@pytest.mark.parametrize("missing", [("territory",), ("medium",), ("territory", "medium")])
def test_what_is_shown_nowhere_needs_no_place_and_no_medium(project: Project, missing: tuple[str, ...]) -> None:
    asked = replace(TRAIN_WRITER, **dict.fromkeys(missing, ""))
    with clock.frozen(NOW):
        grant(project, replace(WRITER, territories=("*",), media=("*",)))
        assert decide(asked, NOW, standing_of(project)).allowed
        allowed = authorise(project, asked)
    assert allowed.token
