"""The words of records follow the packs: edited, added, broken and mended, in vaults of before, and through a crash."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openslate import clock
from openslate.data import datasets
from openslate.errors import NothingAllowed, RightsError
from openslate.project import Project
from openslate.rights import epochs, kept_words, words
from openslate.rights.consent import PURPOSES, Basis, grant_source
from openslate.rights.kept_words import next_word, packs_at, words_at
from openslate.rights.packs.loading import known_packs
from openslate.rights.records import store
from openslate.rights.records.bases import viewer_record
from openslate.storage.vault import Vault
from tests.lake_rows import add_rows
from tests.one_database import one_database
from tests.rights.pack_files import remove_pack, write_pack

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BY_HOUSE = ("openslate.own@1", "house.law@1")


@pytest.fixture(autouse=True, scope="module")
def shared_database() -> Iterator[None]:
    with one_database():
        yield


def agree(project: Project, member: str, *packs: str, granted: bool = True) -> str:
    record = viewer_record(project, member, "train", granted, clock.now())
    return store.grant(project, replace(record, packs=packs)).id


@pytest.fixture
def service(project: Project) -> Project:
    """Four members with plays; Ann and Bob agreed under a law of the house's, Cyd under nothing but our own rules."""
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [(member, "t1", "2026-01-01") for member in ("ann", "bob", "cyd", "dan")])
    write_pack(project)
    with clock.frozen(NOW):
        agree(project, "ann", "house.law")
        agree(project, "bob", "house.law")
        agree(project, "cyd")
    return project


def read(project: Project) -> tuple[str, ...]:
    try:
        with clock.frozen(NOW):
            return tuple(datasets.viewing(project, ("train",), "a test").members)
    except NothingAllowed:
        return ()


def kept(project: Project) -> list[tuple[object, ...]]:
    return [tuple(row) for row in project.vault.rows("SELECT * FROM words ORDER BY member, purpose, since")]


CHANGES: dict[str, tuple[Callable[[Project], None], tuple[str, ...]]] = {
    "a draft now": (lambda project: write_pack(project, enabled=False), ("cyd",)),
    "over by now": (lambda project: write_pack(project, until="2026-05-31"), ("cyd",)),
    "not in force yet": (lambda project: write_pack(project, since="2026-06-02"), ("cyd",)),
    "its last day": (lambda project: write_pack(project, until="2026-06-01"), ("ann", "bob", "cyd")),
    "for ever": (lambda project: write_pack(project, until="9999-12-31"), ("ann", "bob", "cyd")),
    "away": (remove_pack, ("cyd",)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_very_next_read_is_judged_by_the_packs_as_they_are(service: Project, change: str) -> None:
    assert read(service) == ("ann", "bob", "cyd")
    edit, left = CHANGES[change]
    edit(service)
    assert read(service) == left
    write_pack(service)
    assert read(service) == ("ann", "bob", "cyd")


def test_an_edited_pack_ends_the_epoch(service: Project) -> None:
    with clock.frozen(NOW):
        grant_source(service, "test", Basis("Terms.", PURPOSES))
        before = epochs.authorised(service, "personalize", "a test")
        assert epochs.authorised(service, "personalize", "a test") == before
        write_pack(service, title="Another title")
        assert epochs.authorised(service, "personalize", "a test").id != before.id


def test_a_bulk_read_during_which_a_pack_changes_is_decided_anew(
    service: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    look = kept_words._standing

    def changed_meanwhile(*asked: object) -> object:
        looks.append(look(*asked))  # type: ignore[arg-type]
        if len(looks) == 1:
            write_pack(service, enabled=False)
        return looks[-1]

    monkeypatch.setattr(kept_words, "_standing", changed_meanwhile)
    assert read(service) == ("cyd",)


@pytest.mark.parametrize("rest", ["no such tables", "no words and no mark", "words of another time and no mark"])
def test_a_vault_of_before_says_what_its_records_say(service: Project, rest: str) -> None:
    right = kept(service)
    for table in ("words", "words_made"):
        if rest == "no such tables":
            service.vault.execute(f"DROP TABLE {table}")
        elif rest == "no words and no mark" or table == "words_made":
            service.vault.execute(f"DELETE FROM {table}")
        else:
            service.vault.execute("UPDATE words SET granted = 0, member = 'dan' WHERE member = 'ann'")
    service.vault.close()
    found = Project.open(service.folder)
    assert read(found) == ("ann", "bob", "cyd")
    assert kept(found) == right


def test_the_first_word_in_a_vault_of_before_brings_the_others(service: Project) -> None:
    for table in ("words", "words_made"):
        service.vault.execute(f"DELETE FROM {table}")
    with clock.frozen(NOW):
        agree(service, "dan")
    assert {row[0] for row in kept(service)} == {"ann", "bob", "cyd", "dan"}


def test_words_that_are_those_of_now_are_not_made_again(service: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read(service)
    monkeypatch.setattr(kept_words, "_remake", None)
    monkeypatch.setattr(words, "words_of", None)
    assert read(service) == ("ann", "bob", "cyd")
    assert known_packs(service) is known_packs(Project.open(service.folder))


def test_a_crash_at_any_step_leaves_words_that_are_made_anew(service: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read(service)
    write_pack(service, until="2026-06-01")
    survived, step = False, 0
    while not survived:
        left, execute = step, Vault.execute

        def dying(vault: Vault, *asked: object, execute: Callable[..., int] = execute) -> int:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            return execute(vault, *asked)

        died = Project.open(service.folder)
        with monkeypatch.context() as patch:
            patch.setattr(Vault, "execute", dying)
            try:
                words_at(died, "train", NOW)
                survived = True
            except KeyboardInterrupt:
                died.vault.close()
        if not survived:
            after = Project.open(service.folder)
            assert len(kept(after)) == 3, "a part of it stayed"
            after.vault.close()
        step += 1
    assert step > 8
    # Bob and Ann may be used until the end of that day, and not on the next.
    assert len(kept(service)) == 5 and next_word(service, NOW) == datetime(2026, 6, 2, tzinfo=UTC)
    died.vault.close()


def test_two_processes_with_one_vault_make_them_once(service: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Project.open(service.folder)
    write_pack(service, enabled=False)
    transaction = Vault.transaction

    def after_the_other(vault: Vault) -> object:
        monkeypatch.setattr(Vault, "transaction", transaction)
        read(other)
        monkeypatch.setattr(kept_words, "_remake", None)
        return transaction(vault)

    monkeypatch.setattr(Vault, "transaction", after_the_other)
    assert words_at(service, "train", NOW) is not None
    other.vault.close()


def test_a_broken_pack_stops_every_read_and_no_withdrawal(service: Project) -> None:
    read(service)
    (service.folder / "packs" / "house.toml").write_text("id = 3")
    for look in (read, epochs.epoch_id, lambda project: words_at(project, "train", NOW)):
        with pytest.raises(RightsError, match=r"house\.toml"):
            look(service)
    with clock.frozen(NOW):
        record = viewer_record(service, "ann", "train", True, NOW).record_id
        assert store.withdraw(service, record, "stop_new")
    with pytest.raises(RightsError, match=r"house\.toml"):
        read(service)
    write_pack(service)
    assert read(service) == ("bob", "cyd")


def test_only_packs_of_members_who_were_met_are_named(service: Project) -> None:
    with service.lake.connect() as connection:
        for members, packs in ((["ann", "dan"], set(BY_HOUSE)), (["cyd"], set(BY_HOUSE[:1])), (["dan"], set())):
            values = ", ".join(f"('{member}')" for member in members)
            connection.execute(f"CREATE OR REPLACE TEMP TABLE met AS SELECT * FROM (VALUES {values}) AS t(member)")
            assert packs_at(service, connection, "met", ("train",), NOW) == packs
            assert packs_at(service, connection, "met", ("evaluate",), NOW) == set()


def test_a_read_names_the_packs_of_those_in_it(service: Project, tmp_path: Path) -> None:
    with clock.frozen(NOW):
        assert datasets.viewing(service, ("train",), "a test").decision.packs == tuple(sorted(BY_HOUSE))
        store.withdraw(service, viewer_record(service, "ann", "train", True, NOW).record_id, "stop_new")
        # Who withdrew was met, and decided on.
        assert datasets.viewing(service, ("train",), "a test").decision.packs == tuple(sorted(BY_HOUSE))
    other = Project.init(tmp_path / "other")
    write_pack(other)
    add_rows(other, "titles", [("t1", "One")])
    add_rows(other, "plays", [("cyd", "t1", "2026-01-01")])
    with clock.frozen(NOW):
        agree(other, "ann", "house.law")
        agree(other, "cyd")
        assert datasets.viewing(other, ("train",), "a test").decision.packs == BY_HOUSE[:1]
