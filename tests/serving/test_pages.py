"""Properties of a page that must hold for any candidates, and choices that must be made in crafted ones."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.errors import UsageError
from openslate.serving.candidates import CandidateRow, Candidates
from openslate.serving.exploration import Exploration
from openslate.serving.line_up import FilledRow
from openslate.serving.page_types import TitleCard
from openslate.serving.page_value import PageSettings, divergence
from openslate.serving.pages import arrange, build_page

GREEDY = PageSettings(
    *(3, 3, 2, 10),
    calibration=0.0,
    diversity=0.0,
    kind_bonus=0.0,
    stability=0.0,
    exploration=Exploration(epsilon=0.0),
)
"""Three rows of three, by enjoyment alone; tests switch on what they look at."""


def candidate_row(kind: str, titles: list[int], pinned: bool = False) -> CandidateRow:
    scores = np.linspace(1.0, 0.0, len(titles))
    return CandidateRow(kind, f"{kind} {titles[:1]}", "why", np.array(titles, np.int32), scores, pinned=pinned)


def candidates_of(rows: list[CandidateRow], enjoyment: list[float]) -> Candidates:
    genres = np.zeros((len(enjoyment), 1))
    return Candidates(tuple(rows), np.array(enjoyment), genres, np.zeros(1))


def shown(page: list[FilledRow]) -> list[list[int]]:
    return [filled.titles.tolist() for filled in page]


@st.composite
def any_candidates(draw: st.DrawFn) -> Candidates:
    n_titles, n_genres = draw(st.integers(1, 60)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    genres = rng.random((n_titles, n_genres)) * rng.integers(0, 2, (n_titles, n_genres))
    sums = genres.sum(axis=1, keepdims=True)
    rows = [
        candidate_row(str(rng.choice(["new", "because", "genre"])), rng.permutation(n_titles)[:length].tolist())
        for length in rng.integers(0, n_titles + 1, draw(st.integers(0, 8)))
    ]
    if draw(st.booleans()):
        rows.append(candidate_row("continue", rng.permutation(n_titles)[:2].tolist(), pinned=True))
    tastes = rng.dirichlet(np.ones(n_genres)) if draw(st.booleans()) else np.zeros(n_genres)
    return Candidates(tuple(rows), rng.random(n_titles), genres / np.where(sums > 0, sums, 1.0), tastes)


any_settings = st.builds(
    PageSettings,
    rows=st.integers(1, 5),
    titles_per_row=st.integers(1, 6),
    minimum_titles=st.integers(1, 4),
    pool=st.integers(1, 10),
    calibration=st.floats(0, 1),
    diversity=st.floats(0, 1),
    kind_bonus=st.floats(0, 1),
    exploration=st.builds(Exploration, epsilon=st.floats(0, 1), reach=st.integers(1, 6)),
)


@settings(max_examples=150, deadline=None)
@given(any_candidates(), any_settings, st.integers(0, 1000))
def test_hard_rules_hold_on_every_page(candidates: Candidates, limits: PageSettings, seed: int) -> None:
    page = arrange(candidates, limits, seed)
    titles = [title for row in shown(page) for title in row]
    assert len(titles) == len(set(titles))
    assert len(page) <= limits.rows
    assert len({id(filled.row) for filled in page}) == len(page)
    pinned = [filled.row.pinned for filled in page]
    assert pinned == sorted(pinned, reverse=True)
    for filled in page:
        assert set(filled.titles.tolist()) <= set(filled.row.titles.tolist())
        shortest = 1 if filled.row.pinned else limits.minimum_titles
        assert shortest <= len(filled.titles) <= limits.titles_per_row
        assert len(filled.propensities) == len(filled.titles)
        assert all(0.0 < propensity <= 1.0 + 1e-12 for propensity in filled.propensities)


@settings(max_examples=60, deadline=None)
@given(any_candidates(), any_settings, st.integers(0, 1000))
def test_equal_input_and_seed_give_an_equal_page(candidates: Candidates, limits: PageSettings, seed: int) -> None:
    first, second = arrange(candidates, limits, seed), arrange(candidates, limits, seed)
    assert shown(first) == shown(second)
    assert [filled.propensities for filled in first] == [filled.propensities for filled in second]


@settings(max_examples=100, deadline=None)
@given(any_candidates(), any_settings)
def test_a_kind_repeats_in_sequence_only_when_no_other_is_left(candidates: Candidates, limits: PageSettings) -> None:
    page = arrange(candidates, limits, seed=3)
    taken: set[int] = set()
    for number, (above, below) in enumerate(pairwise(page), start=1):
        taken |= set(above.titles.tolist())
        if below.row.pinned or above.row.kind != below.row.kind:
            continue
        used = {id(filled.row) for filled in page[:number]}
        waiting = [row for row in candidates.rows if id(row) not in used and row.kind != below.row.kind]
        room = min(limits.pool, limits.titles_per_row)
        assert all(min(len(set(row.titles.tolist()) - taken), room) < limits.minimum_titles for row in waiting)


@settings(max_examples=80, deadline=None)
@given(any_candidates(), any_settings)
def test_the_lazy_choice_is_the_choice_of_trying_every_row(candidates: Candidates, limits: PageSettings) -> None:
    alone = replace(limits, rows=1, exploration=Exploration(epsilon=0.0))
    unpinned = replace(candidates, rows=tuple(row for row in candidates.rows if not row.pinned))
    single = [arrange(replace(unpinned, rows=(row,)), alone, seed=0) for row in unpinned.rows]
    values = [page[0].value for page in single if page]
    chosen = arrange(unpinned, alone, seed=0)
    assert [filled.value for filled in chosen] == [max(values)] if values else not chosen


def test_the_row_of_highest_marginal_value_comes_next() -> None:
    best, shadowed, fresh = (
        candidate_row("top-picks", [0, 1, 2]),
        candidate_row("because", [0, 1, 2, 6, 7]),
        candidate_row("new", [3, 4, 5]),
    )
    candidates = candidates_of([shadowed, fresh, best], [0.9, 0.8, 0.7, 0.4, 0.4, 0.4, 0.3, 0.2])
    page = arrange(candidates, replace(GREEDY, titles_per_row=3), seed=0)
    assert [filled.row.kind for filled in page] == ["because", "new"]
    assert shown(page)[0] == [0, 1, 2]


def test_within_its_pool_a_row_shows_the_most_enjoyable_first() -> None:
    candidates = candidates_of([candidate_row("new", [0, 1, 2, 3])], [0.1, 0.5, 0.3, 0.9])
    assert shown(arrange(candidates, replace(GREEDY, pool=3), seed=0)) == [[1, 2, 0]]


def test_pinned_rows_keep_their_order_and_do_not_explore() -> None:
    pinned = candidate_row("continue", [2, 0], pinned=True)
    candidates = candidates_of([candidate_row("new", [0, 1, 2, 3, 4]), pinned], [0.1, 0.5, 0.3, 0.9, 0.2])
    always = replace(GREEDY, exploration=Exploration(epsilon=1.0))
    for seed in range(5):
        page = arrange(candidates, always, seed)
        assert shown(page)[0] == [2, 0]
        assert page[0].propensities == (1.0, 1.0)
        assert set(page[1].propensities) == {1 / 3, 1 / 2, 1.0}


def test_calibration_brings_the_page_nearer_to_the_tastes() -> None:
    genres = np.zeros((40, 2))
    genres[:20, 0] = genres[20:, 1] = 1.0
    enjoyment = np.concatenate([np.linspace(0.9, 0.7, 20), np.linspace(0.5, 0.3, 20)])
    tastes = np.array([0.6, 0.4])
    row = candidate_row("top-picks", list(range(40)))
    gaps = []
    for weight in (0.0, 0.2, 0.5, 0.9):
        one = replace(GREEDY, titles_per_row=10, pool=40, calibration=weight)
        mix = arrange(Candidates((row,), enjoyment, genres, tastes), one, seed=0)[0].mix
        gaps.append(float(divergence(tastes, mix.mass, mix.weight, one.smoothing)))
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 1.0 > 0.05 > gaps[-1]


def test_diversity_keeps_look_alikes_apart() -> None:
    genres = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    row = candidate_row("new", [0, 1, 2])
    candidates = Candidates((row,), np.array([0.5, 0.49, 0.45]), genres, np.zeros(2))
    assert shown(arrange(candidates, GREEDY, seed=0)) == [[0, 1, 2]]
    assert shown(arrange(candidates, replace(GREEDY, diversity=0.2), seed=0)) == [[0, 2, 1]]
    alike_by_other_means = replace(candidates, similarity=lambda titles: np.ones((len(titles), len(titles))))
    assert shown(arrange(alike_by_other_means, replace(GREEDY, diversity=0.2), seed=0)) == [[0, 1, 2]]


def test_a_new_kind_and_a_known_place_win_over_a_slightly_better_row() -> None:
    rows = [candidate_row("genre", [0, 1]), candidate_row("genre", [2, 3]), candidate_row("new", [4, 5])]
    candidates = candidates_of(rows, [0.5, 0.5, 0.49, 0.49, 0.4, 0.4])
    assert [filled.row for filled in arrange(candidates, GREEDY, seed=0)] == [rows[0], rows[2], rows[1]]
    remembered = replace(candidates, last_rows=(("new", rows[2].heading),))
    assert arrange(remembered, replace(GREEDY, stability=0.5), seed=0)[0].row is rows[2]
    varied = arrange(candidates, replace(GREEDY, rows=2, kind_bonus=0.5), seed=0)
    assert [filled.row for filled in varied] == [rows[0], rows[2]]


def test_first_places_are_filled_as_often_as_their_propensity_says() -> None:
    rows = [candidate_row("top-picks", [0, 1, 2, 3, 4]), candidate_row("new", [5, 6, 7, 8])]
    candidates = candidates_of(rows, [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1])
    exploring = replace(GREEDY, rows=2, exploration=Exploration(epsilon=0.3, reach=3))
    pages = [arrange(candidates, exploring, seed) for seed in range(2500)]
    for number in range(2):
        firsts = [(int(page[number].titles[0]), page[number].propensities[0]) for page in pages]
        counts = Counter(title for title, _ in firsts)
        assert len(set(firsts)) == len(counts) == 3
        for title, propensity in set(firsts):
            assert counts[title] / len(pages) == pytest.approx(propensity, abs=0.03)


@given(any_candidates(), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_without_exploration_every_propensity_is_one(candidates: Candidates, seed: int) -> None:
    page = arrange(candidates, GREEDY, seed)
    assert {propensity for filled in page for propensity in filled.propensities} <= {1.0}


def test_a_page_says_of_each_title_what_the_catalogue_and_the_row_know() -> None:
    row = CandidateRow(
        *("continue", "Continue watching", "Begun."),
        np.array([1, 0], np.int32),
        np.array([0.7, 0.6]),
        reasons=("Half seen.", "Begun."),
        progress=np.array([0.5, 0.1]),
        pinned=True,
    )
    cards = [TitleCard("t0", "Salt"), TitleCard("t1", "Tern", "series", 2001, ("Drama",), 45, "12")]
    page = build_page(
        candidates_of([row], [0.2, 0.4]),
        GREEDY,
        7,
        cards.__getitem__,
        member="42",
        made="2026-03-07T20:15:00+00:00",
        model="m-1",
        personalised=True,
    )
    first = page.rows[0].slots[0]
    assert (first.title, first.name, first.year, first.genres) == ("t1", "Tern", 2001, ("Drama",))
    assert (first.reason, first.score, first.propensity, first.progress) == ("Half seen.", 0.7, 1.0, 0.5)
    assert (page.member, page.seed, page.note) == ("42", 7, "")


@pytest.mark.parametrize("rows", [[], [candidate_row("new", [0])]])
def test_too_few_candidates_give_an_empty_page_with_a_reason(rows: list[CandidateRow]) -> None:
    page = build_page(
        candidates_of(rows, [0.5]),
        GREEDY,
        0,
        [TitleCard("t0", "Salt")].__getitem__,
        member=None,
        made="2026-03-07T20:15:00+00:00",
        model="m-1",
        personalised=False,
        note="Nobody is known.",
    )
    assert page.rows == ()
    assert page.note.startswith("Nobody is known. The page is empty because")


def test_candidates_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(UsageError, match="twice"):
        candidate_row("new", [1, 1])
    with pytest.raises(UsageError, match="outside the catalogue"):
        candidates_of([candidate_row("new", [5])], [0.1])
    with pytest.raises(UsageError, match="outside 0 to 1"):
        candidates_of([], [1.5])
    with pytest.raises(UsageError, match="shape"):
        Candidates((), np.array([0.5]), np.zeros((2, 1)), np.zeros(1))
    with pytest.raises(UsageError, match="sum to"):
        Candidates((), np.array([0.5]), np.zeros((1, 1)), np.array([0.4]))
    with pytest.raises(UsageError, match="lists of"):
        CandidateRow("new", "New", "why", np.array([1, 2], np.int32), np.array([0.5]))
