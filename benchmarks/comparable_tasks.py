"""What a good comparison would find: earlier films of one franchise, films with one audience, and outcomes alike."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.comparable_data import Films, without
from openslate.apps.greenlight.comps.audience import AudienceMap
from openslate.apps.greenlight.comps.theme import Theme, fit_theme
from openslate.models.comparing.neighbours import neighbours

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

AT = 10
YEARLY, POPULAR = 100, 20
"""Negatives for each relevant film: as old as it, or as often watched as it."""
FEWEST_VIEWERS = 100
QUINTILES = 5
AT_ONCE = 200


@dataclass(frozen=True)
class Task:
    """Queries, each with relevant films among others.

    Attributes:
        name: what it asks.
        parts: float64 [parts, queries, candidates], NaN where unknown.
        relevant: bool [queries, candidates].
        there: bool [queries, candidates], False where there are fewer candidates.
        theme: that compared them.
        queries: int64 [queries], places among the films.
        candidates: int64 [queries, candidates], too.
        chance: float64 [queries, candidates], for orders by chance and for ties.
        popularity: float64 [queries, candidates], how often watched; else how new.
    """

    name: str
    parts: Floats
    relevant: NDArray[np.bool_]
    there: NDArray[np.bool_]
    theme: Theme
    queries: Places
    candidates: Places
    chance: Floats
    popularity: Floats

    def of_weights(self, weights: Floats) -> Floats:
        """NDCG@10 of each query."""
        return ndcg(self, replace(self.theme, weights=weights).weighed(self.parts))


def task(name: str, films: Films, learned: str, first: str, last: str, seed: int = 1) -> Task:
    """A task whose theme was learned before a day, with queries released between two days.

    Args:
        name: 'franchise' or 'audience'.
        films: in order of release.
        learned, first, last: days in ISO 8601; the last is not in it.
        seed: of the negatives.
    """
    rng = np.random.default_rng(seed)
    day = films.released
    works = without(films)
    theme = fit_theme(works[: int(np.searchsorted(day, np.datetime64(learned)))])
    queries = np.flatnonzero((day >= np.datetime64(first)) & (day < np.datetime64(last)))
    pick = _franchise if name == "franchise" else _audience
    found = [(query, *picked) for query in queries if (picked := pick(films, int(query), rng)) is not None]
    width = max(len(good) + len(bad) for _, good, bad in found)
    candidates = np.zeros((len(found), width), dtype=np.int64)
    relevant, there = np.zeros((2, len(found), width), dtype=np.bool_)
    for row, (_, good, bad) in enumerate(found):
        candidates[row, : len(good) + len(bad)] = np.concatenate([good, bad])
        relevant[row, : len(good)] = True
        there[row, : len(good) + len(bad)] = True
    profiles = theme.profiles(works)
    parts = []
    for start in range(0, len(found), AT_ONCE):
        some = [query for query, _, _ in found[start : start + AT_ONCE]]
        every = theme.similarity([works[query] for query in some], profiles).parts
        parts.append(np.take_along_axis(every, candidates[None, start : start + AT_ONCE], axis=2))
    popularity = films.viewers[candidates] if films.viewers.any() else candidates
    return Task(
        name=name,
        parts=np.concatenate(parts, axis=1),
        relevant=relevant,
        there=there,
        theme=theme,
        queries=np.array([query for query, _, _ in found]),
        candidates=candidates,
        chance=rng.random(candidates.shape),
        popularity=popularity.astype(np.float64),
    )


def _franchise(films: Films, query: int, rng: np.random.Generator) -> tuple[Places, Places] | None:
    series = films.franchise[query]
    earlier = range(int(np.searchsorted(films.released, films.released[query])))
    good = np.array([at for at in earlier if series and films.franchise[at] == series], dtype=np.int64)
    if not len(good):
        return None
    other = np.array([at for at in earlier if films.franchise[at] != series], dtype=np.int64)
    # So old as a relevant one, so that age tells nothing.
    near = np.concatenate([other[np.argsort(np.abs(other - one), kind="stable")[: 2 * YEARLY]] for one in good])
    near = np.unique(near)
    return good, rng.choice(near, min(len(near), YEARLY * len(good)), replace=False)


def _audience(films: Films, query: int, rng: np.random.Generator) -> tuple[Places, Places] | None:
    if films.viewers[query] < FEWEST_VIEWERS:
        return None
    earlier = np.arange(int(np.searchsorted(films.released, films.released[query])))
    told = films.audience[[query]].toarray()[0][earlier]
    if (told > 0).sum() < AT:
        return None
    good = earlier[np.argsort(-told, kind="stable")[:AT]]
    other = np.setdiff1d(earlier, good)
    edges = np.quantile(films.viewers[films.viewers > 0], np.linspace(0, 1, QUINTILES + 1)[1:-1])
    level = np.searchsorted(edges, films.viewers)
    bad = [other[level[other] == level[one]] for one in good]
    drawn = [rng.choice(some, min(len(some), POPULAR), replace=False) for some in bad]
    return good, np.unique(np.concatenate(drawn))


def ndcg(one: Task, score: Floats) -> Floats:
    """NDCG@10 of each query, ties broken by chance."""
    gains = _ranked(one, score)[:, :AT] / np.log2(np.arange(AT) + 2)
    best = np.cumsum(1 / np.log2(np.arange(AT) + 2))[np.minimum(one.relevant.sum(axis=1), AT) - 1]
    return np.asarray(gains.sum(axis=1) / best)


def recall(one: Task, score: Floats) -> Floats:
    """Recall@10 of each query."""
    return np.asarray(_ranked(one, score)[:, :AT].sum(axis=1) / np.minimum(one.relevant.sum(axis=1), AT))


def _ranked(one: Task, score: Floats) -> NDArray[Any]:
    order = np.lexsort((one.chance, -np.where(one.there, score, -1.0)), axis=1)
    return np.take_along_axis(one.relevant, order, axis=1)


@dataclass(frozen=True)
class Takings:
    """Films whose takings are forecast from those of their neighbours; all films have budgets.

    Attributes:
        parts: float64 [parts, queries, seen].
        allowed: bool [queries, seen], whether takings were known.
        theme: that compared them.
        residual: float64 [seen], ln of takings beside the line on the budget.
        line: float64 [queries], what the line says.
        actual: float64 [queries], ln of takings.
    """

    parts: Floats
    allowed: NDArray[np.bool_]
    theme: Theme
    residual: Floats
    line: Floats
    actual: Floats

    def forecast(self, weights: Floats, many: int = AT) -> Floats:
        """The line, moved by what neighbours took beside theirs, as far as each is trusted."""
        total = replace(self.theme, weights=weights).weighed(self.parts)
        near = neighbours(total, self.allowed, many)
        moved: Floats = self.line + (near.weights * self.residual[np.maximum(near.rows, 0)]).sum(axis=1)
        return moved


CLOSED = np.timedelta64(180, "D")


def takings(films: Films, first: str, last: str) -> Takings:
    """Films released between two days, after those whose takings were known on the first."""
    day = films.released
    whole = np.isfinite(films.revenue) & np.array([work.budget is not None for work in films.works])
    seen = np.flatnonzero(whole & (day + CLOSED < np.datetime64(first)))
    queries = np.flatnonzero(whole & (day >= np.datetime64(first)) & (day < np.datetime64(last)))
    works = without(films)
    budget = np.log([work.budget or np.nan for work in works])
    logs = np.log(films.revenue)
    slope, level = np.polyfit(budget[seen], logs[seen], 1)
    line = level + slope * budget
    theme = fit_theme([works[place] for place in seen])
    parts = theme.similarity([works[place] for place in queries], [works[place] for place in seen]).parts
    allowed = np.ones(parts.shape[1:], dtype=np.bool_)
    return Takings(parts, allowed, theme, (logs - line)[seen], line[queries], logs[queries])


def predicted_audience(one: Task, films: Films) -> Floats:
    """Cosines as predicted for queries whose audience is withheld, float64 [queries, candidates]; 0 where untold."""
    ids = tuple(work.id for work in films.works)
    known = AudienceMap(ids, films.audience)
    total = one.theme.total([films.works[place] for place in one.queries], films.works)
    near = neighbours(total, films.released[None, :] < films.released[one.queries, None])
    every = known.predicted(near, ids, ids)
    return np.nan_to_num(np.take_along_axis(every, one.candidates, axis=1))
