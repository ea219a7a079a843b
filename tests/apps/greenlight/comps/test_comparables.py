from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.greenlight.comps.audience import AudienceMap
from openslate.apps.greenlight.comps.comparables import comparables, find_comparables
from openslate.apps.greenlight.comps.many import neighbours_of
from openslate.apps.greenlight.comps.maps import AUDIENCE_SHARE, audience_of, both_maps
from openslate.apps.greenlight.comps.parts import PARTS
from openslate.apps.greenlight.comps.reasons import NOTHING, reasons
from openslate.apps.greenlight.comps.seen import Seen, see
from openslate.apps.greenlight.comps.theme import fit_theme
from openslate.apps.greenlight.comps.waiting import UNKNOWN
from openslate.apps.greenlight.forecast_types import Comparable
from openslate.apps.greenlight.works import Work
from openslate.errors import UsageError
from openslate.models.comparing.audiences import audience_cosine
from openslate.models.histories import Histories
from tests.apps.greenlight.comps.labelled import labels_of
from tests.apps.greenlight.comps.made import CATALOGUE, OUTCOMES, PITCH, catalogue_labels, drawn_works

AS_OF = date(2021, 1, 1)
THEME = fit_theme(CATALOGUE)
SEEN = see(THEME, CATALOGUE, catalogue_labels())


def found(as_of: date = AS_OF, query: Work = PITCH, seen: Seen = SEEN, **chosen: object) -> tuple[Comparable, ...]:
    return comparables(query, seen, as_of, THEME, **chosen)  # type: ignore[arg-type]


def watched_together(*pairs: str) -> AudienceMap:
    """A map on which fifty members watched the titles of each group, such as 'r1 v2'."""
    ids = tuple(work.id for work in CATALOGUE)
    histories = [[ids.index(one) for one in pair.split()] for pair in pairs for _ in range(50)]
    return AudienceMap(ids, audience_cosine(Histories.from_lists(histories, len(ids))))


def test_a_pitch_compares_with_its_series_and_says_why() -> None:
    first, second, *_ = found()
    assert {first.title, second.title} == {"r1", "r2"}
    assert all(one.why.startswith(("same series", "people Ada Ortiz", "a like story")) for one in (first, second))
    assert "same series" in first.why and "Ada Ortiz" in first.why
    assert (first.year, first.outcome) == (2018, 4e8)
    assert first.known == date(2018, 8, 28) and 0 < second.weight <= first.weight < 1


def test_only_outcomes_known_on_the_day_are_used() -> None:
    assert "r2" not in [one.title for one in found(date(2018, 8, 27))]
    assert "r2" in [one.title for one in found(date(2018, 8, 28))]
    assert found(date(2010, 1, 1)) == ()


def test_a_title_is_never_its_own_comparable() -> None:
    assert "r2" not in [one.title for one in found(query=CATALOGUE[1])]


def test_an_outcome_that_is_at_most_says_so() -> None:
    works = [work for work in CATALOGUE if work.id in OUTCOMES]
    seen = see(THEME, CATALOGUE, labels_of(works, OUTCOMES, at_most=("r1",)))
    assert [one.at_most for one in found(seen=seen) if one.title in ("r1", "r2")].count(True) == 1


def test_the_neighbours_shown_are_the_neighbours_used() -> None:
    told = find_comparables(PITCH, SEEN, AS_OF, THEME, pins=["v1"], strikes=["r1"], many=3)
    used = [SEEN.ids[row] for row in told.near.rows[0] if row >= 0]
    assert [one.title for one in told.comparables] == used and used[0] == "v1"
    assert [one.weight for one in told.comparables] == told.near.weights[0][: len(used)].tolist()


@given(drawn_works(5), st.booleans())
@settings(max_examples=30, deadline=None)
def test_many_are_found_as_each_is_alone(works: list[Work], with_audience: bool) -> None:
    audience = watched_together("r1 v2", "r1 v1 n1", "v2 v1") if with_audience else None
    queries = [PITCH, *works, CATALOGUE[0]]
    days = np.array([AS_OF, *[date(2017, 1, 1)] * len(works), AS_OF], dtype="datetime64[D]")
    together = neighbours_of(queries, days, SEEN, THEME, audience, many=4)
    for row, (query, day) in enumerate(zip(queries, days.tolist(), strict=True)):
        alone = find_comparables(query, SEEN, day, THEME, audience, many=4).near
        assert together.rows[row].tolist() == alone.rows[0].tolist()
        assert together.weights[row].tolist() == alone.weights[0].tolist()
        assert together.nearest[row] == alone.nearest[0]


def test_a_person_pins_and_strikes_by_id_or_name() -> None:
    pinned = found(pins=["vines"])
    assert (pinned[0].title, pinned[0].pinned) == ("v1", True)
    assert pinned[0].weight == max(one.weight for one in pinned)
    assert "r2" not in [one.title for one in found(strikes=["Reef II"])]
    assert [one.title for one in found(strikes=["r1", "r2"], many=1)] != [one.title for one in found(many=1)]


def test_a_pin_without_a_known_outcome_is_shown_and_not_used() -> None:
    told = find_comparables(PITCH, SEEN, AS_OF, THEME, pins=["Blank"])
    last = told.comparables[-1]
    assert (last.title, last.outcome, last.known, last.weight, last.pinned) == ("x1", None, None, 0.0, True)
    assert last.why == f"{UNKNOWN}; nothing that is known of both"
    without = find_comparables(PITCH, SEEN, AS_OF, THEME)
    assert told.comparables[:-1] == without.comparables
    assert told.near.weights.tolist() == without.near.weights.tolist()


def test_a_pin_that_stands_nowhere_on_the_map_is_shown_and_not_used() -> None:
    new = Work("z9", "Zephyr // Zefir", released=date(2019, 1, 1))
    later = replace(new, id="z8", name="Zeta", released=date(2030, 1, 1))
    for said in ("z9", "zefir"):
        told = find_comparables(PITCH, SEEN, AS_OF, THEME, pins=[said, "r1"], others=[*SEEN.works, new, later])
        last = told.comparables[-1]
        assert (last.title, last.weight, last.pinned, told.comparables[0].title) == ("z9", 0.0, True, "r1")
        assert last.why.startswith(UNKNOWN)
    for pin, words in (("Zefyr", "Did you mean 'Zephyr // Zefir' .z9."), ("z8", "was released on 2030")):
        with pytest.raises(UsageError, match=words):
            find_comparables(PITCH, SEEN, AS_OF, THEME, pins=[pin], others=[*SEEN.works, new, later])


def test_how_many_are_shown_changes_none_that_is_followed() -> None:
    usual = find_comparables(PITCH, SEEN, AS_OF, THEME, many=2)
    for shown in (1, 2, 4):
        told = find_comparables(PITCH, SEEN, AS_OF, THEME, many=2, shown=shown)
        assert told.near.rows.tolist() == usual.near.rows.tolist()
        assert told.near.weights.tolist() == usual.near.weights.tolist()
        # Of all there are, three have more in common with the pitch than their form.
        assert len(told.comparables) == min(shown, 3)
        assert sum(one.weight > 0 for one in told.comparables) == min(shown, 2)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"pins": ["Refe"]}, "There is no title 'Refe'. Did you mean 'Reef' .r1."),
        ({"strikes": ["zzzz"]}, "There is no title 'zzzz'. Give the id"),
        ({"pins": ["harvest"]}, "'harvest' is the name of 2 titles. Give the id: n1, v2."),
        ({"pins": [""]}, "There is no title ''"),
        ({"pins": ["x" * 10**6]}, "There is no title"),
        ({"pins": ["r1"], "strikes": ["Reef"]}, "'Reef' is pinned and struck at once."),
        ({"pins": ["r1", "r2"], "many": 1}, "2 titles are pinned, and only 1 may be chosen"),
        ({"pins": ["r2"], "as_of": date(2018, 1, 1)}, "was released on 2018-03-01"),
        ({"pins": ["r1"], "query": CATALOGUE[0]}, "'Reef' is pinned to itself"),
    ],
)
def test_what_cannot_be_chosen_is_told_with_the_way_out(chosen: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        found(**chosen)  # type: ignore[arg-type]


def test_with_an_audience_map_each_says_where_it_comes_from() -> None:
    told = {one.title: one for one in found(audience=watched_together("r1 r2 n1", "v1", "v2"), many=6)}
    assert told["n1"].why.startswith("by audience, as predicted from the theme: ")
    assert told["r1"].why.startswith("by theme")
    assert told["n1"].weight > next(one.weight for one in found(many=6) if one.title == "n1")


def test_a_pitch_lies_among_the_audiences_of_its_thematic_neighbours() -> None:
    audience = watched_together("r1 v2", "r2 v2")
    total = THEME.total([PITCH], CATALOGUE)
    allowed = np.ones((1, len(CATALOGUE)), dtype=np.bool_)
    told = audience_of(total, allowed, audience, SEEN.ids)[0]
    assert told[3] > 0 and np.isnan(told[4])  # 'Harvest' by both reefs, 'Blank' by nobody
    struck = np.isin(np.array(SEEN.ids), ["r1", "r2", "v2"])[None]
    assert np.isnan(audience_of(total, allowed, audience, SEEN.ids, struck=struck)).all()


def test_a_works_own_viewers_are_never_looked_at() -> None:
    on, allowed = THEME.total([CATALOGUE[0]], CATALOGUE), np.ones((1, len(CATALOGUE)), dtype=np.bool_)
    allowed[0, 0] = False
    told = [
        audience_of(on, allowed, watched_together(*pairs), SEEN.ids)[0] for pairs in (["r2 v2"], ["r2 v2", "r1 v1"])
    ]
    assert np.array_equal(told[0][1:4], told[1][1:4], equal_nan=True)


def test_both_maps_count_alike_and_what_is_untold_is_ordinary() -> None:
    joined = both_maps(np.array([[0.2, 0.4], [0.2, 0.4]]), np.array([[0.6, np.nan], [np.nan, np.nan]]))
    assert joined.tolist() == [[0.4, 0.5], [0.2, 0.4]] and AUDIENCE_SHARE == 0.5


def test_a_title_whose_names_are_not_latin_is_found_by_name() -> None:
    works = [*CATALOGUE, replace(CATALOGUE[0], id="j1", name="雪国"), replace(CATALOGUE[0], id="e1", name="ÉTÉ")]
    seen = see(THEME, works, catalogue_labels())
    assert [seen.ids[row] for row in seen.places(["雪国", "été"], AS_OF)] == ["j1", "e1"]


def test_reasons_name_what_two_works_share() -> None:
    one = Work("a", "A", "series", limited=True, worldwide=True, companies=("Blue Lamp",), language="ko",
               countries=("KR",), genres=("Noir", "War", "Drama"), runtime_minutes=50, budget=1e7,
               currency="KRW")  # fmt: skip
    other = replace(one, id="b", genres=("war", "drama", "noir"))
    theme = fit_theme([one, other, *CATALOGUE])
    parts = theme.similarity([one], [other]).parts[:, 0, 0]
    told = {name: reasons(one, other, np.where(np.array(PARTS) == name, parts, np.nan), theme) for name in PARTS}
    assert told == {
        "same series": NOTHING,
        "theme of the text": NOTHING,
        "genres": "genres Noir, War and 1 more",
        "people": NOTHING,
        "company": "company Blue Lamp",
        "language and country": "language ko and country KR",
        "kind": "both limited series available everywhere at once",
        "budget": "a like budget",
        "length": "a like length",
    }
    assert len(reasons(one, other, parts, theme).split("; ")) == 3
