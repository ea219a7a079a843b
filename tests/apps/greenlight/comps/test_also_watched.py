"""Titles by audience: of the members of what compares and of earlier seasons, more than by chance, known on the day."""

from dataclasses import replace
from datetime import date

import numpy as np
from scipy.sparse import csr_array

from openslate.apps.greenlight.comps.also_watched import also_watched
from openslate.apps.greenlight.comps.comparables import find_comparables
from openslate.apps.greenlight.comps.seen import see
from openslate.apps.greenlight.comps.theme import fit_theme
from openslate.apps.greenlight.comps.watched_together import WatchedTogether
from openslate.apps.greenlight.forecast_types import AlsoWatched
from tests.apps.greenlight.comps.made import CATALOGUE, PITCH, catalogue_labels

DAY = date(2021, 1, 1)
IDS = ("r1", "r2", "v1", "v2", "n1")
BOTH = np.array(
    [
        [300, 200, 100, 21, 0],
        [200, 250, 50, 0, 0],
        [100, 50, 120, 0, 0],
        [21, 0, 0, 80, 0],
        [0, 0, 0, 0, 60],
    ]
)


def told(day: date = DAY, struck: tuple[str, ...] = (), many: int = 2, **changes: object) -> tuple[AlsoWatched, ...]:
    theme = fit_theme(list(CATALOGUE))
    seen = see(theme, CATALOGUE, catalogue_labels())
    pitch = replace(PITCH, **changes)  # type: ignore[arg-type]
    near = find_comparables(pitch, seen, day, theme, many=many).near
    return also_watched(pitch, near, seen, day, WatchedTogether(IDS, csr_array(BOTH), 1000), struck)


def test_titles_are_told_that_more_watched_than_by_chance() -> None:
    [found] = told()
    assert (found.title, found.outcome, found.at_most) == ("v1", 2e7, False)
    assert found.why == "100 of 300 who watched Reef watched this too; by chance 36 would have"
    assert 0 < found.trust < 1
    assert found.known <= DAY


def test_what_was_not_known_or_was_struck_is_not_told() -> None:
    assert told(date(2016, 6, 1)) == ()
    assert told(struck=("v1",)) == ()


def test_earlier_titles_of_its_series_speak_though_they_compare_little() -> None:
    of_reef = {one.title for one in told(many=1)}
    found = {one.title: one for one in told(many=1, name="Reef", series="Vines")}
    assert "r2" not in of_reef
    assert found.keys() & {"r1", "r2"}
    assert any("who watched Vines watched this too" in one.why for one in found.values())
