"""A pitch's length is held against lengths that are counted as it is: a whole season's against seasons'."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from openslate.apps.greenlight.known import Known, read_known
from openslate.apps.greenlight.lengths import length_in_words, length_of, of_seasons
from openslate.apps.greenlight.missed import missed
from openslate.apps.greenlight.pitch import Kind, Pitch
from openslate.apps.greenlight.works import Work
from openslate.data.sources.arrays import import_arrays
from openslate.project import Project

DAY = date(2026, 3, 1)
STARTS, ENDS = np.datetime64("2024-01-01"), np.datetime64("2024-06-30")


@pytest.mark.parametrize(
    ("kind", "minutes", "episodes", "wanted"),
    [
        ("season", 50, 8, 400),
        ("limited series", 50, 1, 50),
        ("season", 50, None, None),
        ("film", 100, None, 100),
        (None, 100, None, None),
        ("season", None, 8, None),
    ],
)
def test_a_season_is_as_long_as_its_episodes(
    kind: Kind | None, minutes: int | None, episodes: int | None, wanted: int | None
) -> None:
    pitch = Pitch("Night Train", DAY, kind=kind, runtime_minutes=minutes, episodes=episodes)
    assert length_of(pitch, seasons=True) == wanted
    assert length_of(pitch, seasons=False) == minutes
    assert bool(length_in_words(pitch, seasons=True)) is (minutes is not None and wanted is None)
    assert not length_in_words(pitch, seasons=False)


def test_episodes_are_missed_where_lengths_are_of_seasons_alone() -> None:
    pitch = Pitch("Night Train", DAY, kind="season", runtime_minutes=50)
    assert "episodes" in missed(pitch, [], seasons=True)
    assert "episodes" not in missed(pitch, [], seasons=False)
    assert missed(replace(pitch, episodes=8), [], seasons=True) == missed(pitch, [], seasons=False)


def test_most_series_tell_what_lengths_are_of() -> None:
    def series(*minutes: int | None) -> list[Work]:
        return [Work(str(place), "A", "series", runtime_minutes=one) for place, one in enumerate(minutes)]

    assert of_seasons(series(479, 400, 50, None))
    assert not of_seasons(series(50, 45, 479, None))
    assert not of_seasons([*series(50), Work("f", "A", "film", runtime_minutes=120)])


def test_a_pitch_of_before_episodes_could_be_said_keeps_its_hash() -> None:
    pitch = Pitch("Night Train", DAY, kind="season", runtime_minutes=50)
    assert pitch.hash == "e1649ffd0372718c31802645377bdb92cc5bd3c8a84d6391cdb8c6e7e4902ea0"
    assert replace(pitch, episodes=8).hash != pitch.hash


@pytest.fixture
def published(tmp_path: Path) -> Callable[[int], Known]:
    """What is known of three series and a film of which reports give hours, and of one of them views, by length."""

    def known(minutes: int) -> Known:
        project = Project.init(tmp_path / str(minutes))
        titles = ["a", "b", "c", "film"]
        table = {
            "title": np.array(titles, dtype=object),
            "name": np.array(titles, dtype=object),
            "kind": np.array(["series", "series", "series", "film"], dtype=object),
            "released": np.full(4, STARTS),
            "runtime_minutes": np.array([minutes, minutes, np.nan, 120.0]),
        }
        said = [("a", "views", 3e6), *((title, "hours", 8e6) for title in titles)]
        outcomes = {
            "title": np.array([one[0] for one in said], dtype=object),
            "measure": np.array([one[1] for one in said], dtype=object),
            "region": np.full(len(said), "*", dtype=object),
            "starts": np.full(len(said), STARTS),
            "ends": np.full(len(said), ENDS),
            "value": np.array([one[2] for one in said]),
            "published": np.full(len(said), ENDS + 60),
        }
        import_arrays(project, [{"titles": table, "outcomes": outcomes}], source="reports", location="a test")
        return read_known(project, "views")

    return known


def test_hours_are_divided_by_the_whole_and_never_by_an_episode(published: Callable[[int], Known]) -> None:
    whole, episode = published(480), published(48)
    assert {work.id for work in whole.labels.works} == {"a", "b", "film"}
    assert np.exp(whole.labels.logs[[work.id for work in whole.labels.works].index("b")]) == pytest.approx(1e6)
    assert {work.id for work in episode.labels.works} == {"a", "film"}
    assert (whole.unviewed, episode.unviewed) == (1, 2), "c has no length; b has one episode's"
