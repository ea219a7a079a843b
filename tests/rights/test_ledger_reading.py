from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate import clock
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.ledger import index
from openslate.rights.merkle import is_consistent, root_by_inclusion

START = datetime(2030, 1, 1, tzinfo=UTC)


def filled(project: Project) -> list[ledger.Position]:
    positions = []
    for hour in range(6):
        with clock.frozen(START + timedelta(hours=hour)):
            positions.append(
                ledger.append(
                    project,
                    {
                        "decision": "use" if hour % 2 else "read",
                        "subject": f"s{hour % 3}",
                        "records": ["r1", f"r{hour}"],
                        "hour": hour,
                    },
                )
            )
    return positions


def hours(project: Project, **wanted: object) -> list[int]:
    return [one.entry["hour"] for one in ledger.search(project, **wanted)]  # type: ignore[arg-type]


def test_entries_are_found_by_what_they_are_about(project: Project) -> None:
    positions = filled(project)
    assert hours(project, decision="use") == [1, 3, 5]
    assert hours(project, subject="s2") == [2, 5]
    assert hours(project, record="r1") == [0, 1, 2, 3, 4, 5]
    assert hours(project, record="r4") == [4]
    assert hours(project, decision="use", subject="s2", record="r5") == [5]
    assert hours(project, decision="use", subject="s2", record="r4") == []
    assert hours(project, subject="nobody") == []
    assert hours(project, subject="r1") == []
    found = next(ledger.search(project, record="r4"))
    assert (found.index, found.hash) == (positions[4].index, positions[4].hash)


def test_entries_are_found_by_time(project: Project) -> None:
    filled(project)

    def at(hour: float) -> datetime:
        return START + timedelta(hours=hour)

    assert hours(project, since=at(2)) == [2, 3, 4, 5]
    assert hours(project, since=at(2), until=at(4)) == [2, 3]
    assert hours(project, since=at(1.5), until=at(1.9)) == []
    assert hours(project, since=at(9)) == []
    assert hours(project, decision="use", since=at(2)) == [3, 5]
    assert len(list(ledger.search(project, until=at(1)))) == 2
    with pytest.raises(UsageError, match="no time zone"):
        hours(project, since=datetime(2030, 1, 1))


def test_two_names_that_share_a_key_are_told_apart(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "name_key", lambda kind, name: 7)
    monkeypatch.setattr("openslate.rights.ledger.reading.name_key", lambda kind, name: 7)
    for name in ("a", "b", "a"):
        ledger.append(project, {"decision": name, "hour": 0, "record": name})
    assert [one.index for one in ledger.search(project, record="a")] == [1, 3]


def test_names_are_found_in_every_part(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("index", "reading"):
        monkeypatch.setattr(f"openslate.rights.ledger.{module}.PART", 2)
    ledger.append_all(
        project, [{"decision": "use", "record": f"r{number % 3}", "hour": number} for number in range(20)]
    )
    assert hours(project, record="r1") == [1, 4, 7, 10, 13, 16, 19]
    assert ledger.verify(project).entries == 21


def test_a_tuple_is_found_like_the_list_that_the_file_makes_of_it(project: Project) -> None:
    ledger.append(project, {"decision": "use", "subjects": ("a", "b"), "hour": 1})
    assert hours(project, subject="b") == [1]
    assert ledger.verify(project).entries == 2


def test_there_is_no_entry_beyond_the_last(project: Project) -> None:
    filled(project)
    assert ledger.entry(project, 0).entry["decision"] == "genesis"
    assert ledger.entry(project, 6).entry["hour"] == 5
    for number in (7, -1):
        with pytest.raises(UsageError, match="has no entry"):
            ledger.entry(project, number)


def test_an_index_that_is_behind_is_caught_up_before_it_is_read(project: Project) -> None:
    filled(project)
    with project.state.transaction():
        index.forget(project.state)
    assert hours(project, subject="s2") == [2, 5]


@given(st.integers(1, 300), st.data())
@settings(max_examples=8, deadline=None)
def test_proofs_hold_at_every_size(tmp_path_factory: pytest.TempPathFactory, count: int, data: st.DataObject) -> None:
    project = Project.init(tmp_path_factory.mktemp("proofs") / "svc")
    ledger.append_all(project, [{"decision": "use", "number": number} for number in range(count)])
    size = data.draw(st.integers(1, count + 1))
    number = data.draw(st.integers(0, size - 1))
    proof = ledger.inclusion(project, number, size)
    path = [bytes.fromhex(one) for one in proof.path]
    assert root_by_inclusion(bytes.fromhex(proof.hash), number, size, path) == bytes.fromhex(proof.root)
    assert proof.hash == ledger.entry(project, number).hash
    grown = ledger.consistency(project, size)
    roots = bytes.fromhex(grown.old_root), bytes.fromhex(grown.new_root)
    assert grown.old_root == proof.root
    assert grown.new_root == ledger.verify(project).root
    assert is_consistent(size, count + 1, *roots, [bytes.fromhex(one) for one in grown.path])
    for wrong in (count + 2, -1):
        with pytest.raises(UsageError):
            ledger.inclusion(project, 0, wrong)
        with pytest.raises(UsageError):
            ledger.consistency(project, 0, wrong)
    project.state.close()
