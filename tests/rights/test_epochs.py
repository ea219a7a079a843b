"""Serving under one entry until anything changes that decides."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from openslate import clock
from openslate.data.catalogue import Catalogue
from openslate.data.datasets import member_history
from openslate.project import Project
from openslate.rights import epochs, gate, ledger
from openslate.rights.consent import PURPOSES, Basis, grant_source, record_member, withdraw_source
from tests.lake_rows import add_rows


@pytest.fixture
def service(project: Project) -> Project:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01"), ("bob", "t1", "2024-01-02")])
    grant_source(project, "test", Basis("Terms.", PURPOSES))
    return project


def opened(project: Project) -> int:
    return sum(entry["decision"] == "epoch" for entry in ledger.entries(project.ledger_path))


def answer(project: Project, member: str) -> bool:
    return member_history(project, member, Catalogue(())).permitted


def test_many_answers_stand_on_one_entry(service: Project) -> None:
    assert all(answer(service, member) for member in ("ann", "bob") * 3)
    assert opened(service) == 1
    assert answer(Project.open(service.folder), "ann")
    assert opened(service) == 1


CHANGES: dict[str, Callable[[Project], None]] = {
    "a refusal": lambda project: record_member(project, "bob", ["personalize"], granted=False),
    "a consent": lambda project: record_member(project, "bob", ["train"], granted=True),
    "an end of a basis": lambda project: withdraw_source(project, "test", ["evaluate"], "over"),
    "another basis": lambda project: grant_source(project, "test", Basis("Other terms.", ("evaluate",))),
    "an import of words": lambda project: (
        add_rows(project, "consents", [("bob", "personalize", False, "2024-01-01")]) and None
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_what_decides_ends_the_epoch(service: Project, change: str) -> None:
    answer(service, "ann")
    CHANGES[change](service)
    assert answer(service, "ann")
    assert opened(service) == 2


def test_a_withdrawal_reaches_the_very_next_answer(service: Project) -> None:
    assert answer(service, "ann")
    record_member(service, "ann", ["personalize"], granted=False)
    assert not answer(service, "ann")
    assert answer(service, "bob")


def test_a_word_for_a_later_moment_ends_the_epoch_when_it_comes(service: Project) -> None:
    moment = clock.now().replace(microsecond=0) + timedelta(days=1)
    add_rows(service, "consents", [("ann", "personalize", False, moment.replace(tzinfo=None).isoformat())])
    with clock.frozen(moment - timedelta(microseconds=1)):
        assert answer(service, "ann")
        assert opened(service) == 1
    with clock.frozen(moment):
        assert not answer(service, "ann")
        assert opened(service) == 2


def test_each_purpose_has_its_own_entry(service: Project) -> None:
    epochs.authorised(service, "personalize", "a test")
    epochs.authorised(service, "evaluate", "a test")
    assert opened(service) == 2


def test_without_a_ledger_nothing_is_served(service: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    service.ledger_path.unlink()
    with pytest.raises(Exception, match="ledger"):
        answer(service, "ann")


def test_a_withdrawal_between_check_and_use_is_obeyed(service: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    decide = gate.judged
    asked: list[int] = []

    def interrupted(project: Project, rows: str, purposes: tuple[str, ...], member: str | None = None) -> str:
        sql = decide(project, rows, purposes, member)
        if not asked:
            record_member(Project.open(project.folder), "ann", PURPOSES, granted=False)
        asked.append(1)
        return sql

    monkeypatch.setattr(gate, "judged", interrupted)
    assert not answer(service, "ann")
    assert len(asked) == 2


def test_a_withdrawal_while_a_bulk_read_is_decided_is_obeyed(service: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from openslate.data.datasets import viewing

    decide = gate.judged
    asked: list[int] = []

    def interrupted(project: Project, rows: str, purposes: tuple[str, ...], member: str | None = None) -> str:
        sql = decide(project, rows, purposes, member)
        if not asked:
            record_member(Project.open(project.folder), "ann", ["train"], granted=False)
        asked.append(1)
        return sql

    monkeypatch.setattr(gate, "judged", interrupted)
    assert viewing(service, ("train",), "a test").members == ("bob",)


def test_frozen_clocks_in_the_past_open_epochs_of_their_own(service: Project) -> None:
    with clock.frozen(datetime(2030, 1, 1, tzinfo=UTC)):
        assert answer(service, "ann")
    with clock.frozen(datetime(2030, 1, 2, tzinfo=UTC)):
        assert answer(service, "ann")
    assert opened(service) == 1
