import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.personalize import counting, sums
from openslate.apps.personalize.changes import changes_between
from openslate.apps.personalize.counting import Counting, Summed, sums_of
from openslate.apps.personalize.sums import KeptSums, updated
from openslate.apps.personalize.train import Trained, train
from openslate.data.datasets import viewing
from openslate.data.prepared import MEMBERS, TITLES, Prepared
from openslate.models.histories import ENGAGEMENT_STEPS, Histories
from openslate.models.sequential import SequentialSettings
from openslate.models.temporal import TemporalSettings
from openslate.models.weights import WeightSettings
from openslate.project import Project
from openslate.registry import runs
from openslate.rights.consent import record_member
from tests.lake_rows import add_rows
from tests.simulated import LIGHT, copied

Service = dict[str, list[tuple[str, int, int]]]
"""Each member's events: title, time and engagement."""

SETTINGS: list[Summed] = [
    WeightSettings(engagement_share=0.5, half_life=3.0),
    SequentialSettings(past=4, future=2),
    TemporalSettings(past=3),
]
events = st.tuples(st.sampled_from(["a", "b", "c", "d", "e"]), st.integers(0, 20), st.integers(0, ENGAGEMENT_STEPS))
services = st.dictionaries(st.sampled_from(["k", "l", "m", "n"]), st.lists(events, max_size=6), min_size=1)


@given(services, services, st.sets(st.sampled_from(["k", "l", "m", "n"])), st.integers(0, 21), st.integers(0, 21))
@pytest.mark.parametrize("settings", SETTINGS, ids=lambda one: type(one).__name__)
def test_updated_sums_are_those_counted_from_the_beginning(
    settings: Summed, before: Service, later: Service, unchanged: set[str], old_cut: int, new_cut: int
) -> None:
    now = {**later, **{member: events for member, events in before.items() if member in unchanged}} or before
    with tempfile.TemporaryDirectory() as folder:
        earlier, present = prepared(before, Path(folder)), histories_of(now)
        np.save(Path(folder) / "sums.npy", sums_of(until(earlier.histories, old_cut), settings))
        asked = until(present, new_cut)
        changes = changes_between(earlier, old_cut, sorted(now), titles_of(now), asked, most=np.inf)
        found = updated(Path(folder) / "sums.npy", changes, settings, lambda share: None)
    np.testing.assert_array_equal(found, sums_of(asked, settings))


def test_members_whose_events_are_the_same_are_not_touched(tmp_path: Path) -> None:
    before = {member: [("a", 1, 9), ("b", 2, 9)] for member in "klmnopq"}
    now = {**before, "l": [("a", 1, 9), ("b", 2, 8)], "z": [("0", 5, 1)]}
    del now["n"]
    changes = changes_between(prepared(before, tmp_path), None, sorted(now), titles_of(now), histories_of(now))
    assert (changes.members, changes.of) == (3, 8)
    assert changes.gone.n_events == 4
    assert changes.come.n_events == 3
    assert changes.in_words == "37.5% of members changed"


def test_sums_do_not_depend_on_how_many_events_are_counted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Histories.from_lists([[0, 1, 2], [2], [], [1, 0, 1, 2, 0]], n_titles=3)
    whole = [sums_of(watched, settings) for settings in SETTINGS]
    monkeypatch.setattr(counting, "EVENTS_AT_ONCE", 3)
    told: list[float] = []
    for settings, expected in zip(SETTINGS, whole, strict=True):
        np.testing.assert_array_equal(Counting(watched).sums(settings, told.append), expected)
    assert told[:3] == [0.0, 3 / 9, 4 / 9]


def test_a_training_after_small_changes_updates_and_gives_the_model_of_one_from_the_beginning(
    service: Project, tmp_path: Path
) -> None:
    change(service)
    service.state.close()
    other = copied(service.folder, tmp_path / "other")
    for kept in (other.people / "sums").glob("*/*"):
        kept.unlink()
    updating, beginning = train(Project.open(service.folder), recipe=LIGHT), train(other, recipe=LIGHT)
    assert said(service, updating).startswith("updated, 0.")
    assert said(other, beginning) == "counted"
    assert updating.artifact.id == beginning.artifact.id
    again = train(Project.open(service.folder), recipe=LIGHT)
    assert said(service, again) == "as counted before"
    assert again.artifact.id == updating.artifact.id


def test_kept_sums_are_for_the_owner_alone_and_those_of_earlier_data_go(service: Project) -> None:
    before = sorted((service.people / "sums").glob("*/*.npy"))
    assert len(before) > 4
    for folder in (service.people / "sums", *(service.people / "sums").iterdir()):
        assert folder.stat().st_mode & 0o077 == 0
    change(service)
    name = viewing(service, ("train",), "a test").prepared
    train(service, recipe=LIGHT)
    descriptions = [json.loads(path.read_bytes()) for path in (service.people / "sums").glob("*/*.json")]
    assert {one["origin"]["prepared"] for one in descriptions} == {name}
    assert len(descriptions) == len(list((service.people / "sums").glob("*/*.npy")))


@pytest.mark.parametrize("damage", ["bytes", "description", "no object", "moment", "code", "histories"])
def test_what_is_not_as_described_is_counted(service: Project, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    change(service)
    damages(service, monkeypatch)[damage]()
    data = viewing(service, ("train",), "a test")
    kept = KeptSums(service, sums.ALL_EVENTS, data)
    expected = sums_of(data.histories, WeightSettings())
    np.testing.assert_array_equal(Counting(data.histories, kept=kept).sums(WeightSettings()), expected)
    assert kept.outcome == "counted"


def test_where_most_changed_all_is_counted(service: Project) -> None:
    data = viewing(service, ("train",), "a test")
    half = KeptSums(service, sums.VALIDATION, data, before=int(np.median(data.histories.times)))
    few = data.histories.keep(data.histories.times < (half.before or 0))
    found = Counting(few, kept=half).sums(SequentialSettings())
    np.testing.assert_array_equal(found, sums_of(few, SequentialSettings()))
    assert str(half.outcome).startswith("counted, ")


def test_a_disk_without_room_keeps_nobody_from_training(fresh: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, array: object) -> None:
        raise OSError(28, "No space left on device")

    data = viewing(fresh, ("train",), "a test")
    monkeypatch.setattr(sums.np, "save", full)
    kept = KeptSums(fresh, sums.ALL_EVENTS, data)
    assert Counting(data.histories, kept=kept).sums(WeightSettings()).any()
    assert kept.outcome == "counted"
    assert not list(kept.folder.iterdir())


def change(project: Project) -> None:
    """A new title that comes first, events that arrive late, a new member, and one who withdraws."""
    moment = datetime(2024, 3, 20, tzinfo=UTC)
    add_rows(project, "titles", [("a new title", "A new title")], "late")
    rows: list[tuple[object, ...]] = [
        (member, "a new title", moment + timedelta(hours=hour))
        for hour, member in enumerate(["m0000003", "m0000004", "someone new"])
    ]
    add_rows(project, "plays", rows, "late")
    for member in ("m0000003", "m0000004", "someone new"):
        record_member(project, member, ["train"], granted=True)
    record_member(project, "m0000007", ["train"], granted=False)


def damages(project: Project, monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], object]]:
    folder = project.people / "sums" / "all-events"

    def flip() -> None:
        for path in folder.glob("*.npy"):
            path.write_bytes(path.read_bytes()[:-1] + b"\x7f")

    def scribble() -> None:
        for path in folder.glob("*.json"):
            path.write_text("{")

    def move() -> None:
        for path in folder.glob("*.json"):
            path.write_text(path.read_text().replace('"before": null', '"before": 1710000000000000'))

    def forget() -> None:
        for path in (project.people / "prepared").glob("*/manifest.json"):
            path.unlink()

    return {
        "bytes": flip,
        "description": scribble,
        "no object": lambda: [path.write_text("[]") for path in folder.glob("*.json")],
        "moment": move,
        "code": lambda: monkeypatch.setattr(sums, "code_version", lambda: "another"),
        "histories": forget,
    }


def said(project: Project, trained: Trained) -> str:
    return str(runs.find(Project.open(project.folder), trained.run).record["sums"])


def prepared(service: Service, folder: Path) -> Prepared:
    (folder / MEMBERS).write_text(json.dumps(sorted(service)))
    (folder / TITLES).write_text(json.dumps(titles_of(service)))
    return Prepared(folder, {}, histories_of(service), None)


def titles_of(service: Service) -> list[str]:
    return sorted({title for events in service.values() for title, _, _ in events})


def histories_of(service: Service) -> Histories:
    rows = [sorted(service[member], key=lambda event: event[1]) for member in sorted(service)]
    flat = [event for row in rows for event in row]
    numbers = {title: place for place, title in enumerate(titles_of(service))}
    return Histories(
        np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64),
        np.array([numbers[title] for title, _, _ in flat], dtype=np.int32),
        np.array([time for _, time, _ in flat], dtype=np.int64),
        np.array([engagement for _, _, engagement in flat], dtype=np.int32),
        len(numbers),
    )


def until(histories: Histories, cut: int) -> Histories:
    return histories.keep(histories.times < cut)
