"""What a project knows of works and of what became of them: what features, labels and comparable titles are made of.

Titles of several sources that are one count as one work. Of each fact the title of which most is known speaks first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.labels import Labels, labels
from openslate.apps.greenlight.lengths import of_seasons
from openslate.apps.greenlight.works import Work, work_of_title
from openslate.data.buzz import NONE, Buzz, renamed
from openslate.data.catalogue import read_catalogue
from openslate.data.datasets import read_buzz
from openslate.data.matching.groups import SameTitles, same_titles
from openslate.data.matching.reading import sources_of_titles
from openslate.data.outcomes import Outcomes, measures_of, read_outcomes, read_productions
from openslate.project import Project

Days = NDArray[np.datetime64]
TABLES = ("titles", "productions", "outcomes", "buzz")
"""What is read of a project's tables; a snapshot of these stands in every forecaster's manifest."""
_MINUTES = 60.0


@dataclass(frozen=True)
class Known:
    """What is known, as far as it was known on a day.

    Attributes:
        works: every work that has a release day or an outcome.
        sources: of each work, the names of the sources that tell its outcome and, where there are budgets, its budget.
        outcomes: every measure of the region, by works' ids.
        labels: of the works, in the measure that is forecast.
        reserved: texts that their owners reserved against learning, and that were left out.
        undated: works with outcomes but without a release day, which have no label.
        snapshot: of the data.
        unviewed: works of which hours alone were published and whose length no views can be counted by, because it is
            unknown or of one episode; in views they have no label.
        buzz: what was written about works and people.
    """

    works: tuple[Work, ...]
    sources: tuple[frozenset[str], ...]
    outcomes: tuple[Outcomes, ...]
    labels: Labels
    reserved: int
    undated: int
    snapshot: str
    unviewed: int = 0
    buzz: Buzz = NONE


def read_known(
    project: Project, measure: str, region: str = "*", as_of: date | None = None, own: Sequence[Outcomes] = ()
) -> Known:
    """Read what a project knows.

    Args:
        project: where.
        measure: that is forecast.
        region: '*' for everywhere, or ISO 3166-1 alpha-2.
        as_of: the last day of which anything is used; None for everything there is.
        own: outcomes that the project's own plays tell; where one is of the measure, it is the label.

    Raises:
        UsageError: the project has no such measure in that region.
        ProjectError: a file cannot be read.
    """
    snapshot = project.lake.snapshot(*TABLES)
    catalogue = read_catalogue(project)
    productions = read_productions(project, as_of)
    same = same_titles(project)
    told = [one.measure for one in own]
    read = [read_outcomes(project, as_of, name, region) for name in measures_of(project, region) if name not in told]
    if measure not in told and measure not in [one.measure for one in read]:
        read.append(read_outcomes(project, as_of, measure, region))
    grouped: dict[str, list[Work]] = defaultdict(list)
    for title in catalogue.titles:
        grouped[same.canonical(title.title)].append(work_of_title(title, productions.get(title.title)))
    spoken = sources_of_titles(project)
    telling = _telling(
        frozenset(title for one in (*read, *own) if one.measure == measure for title in one.title), grouped
    )
    first = {_most_is_known(several).id for several in grouped.values()}
    outcomes = [_by_work(one, same, first) for one in (*read, *own)]
    spoken_of = {title for one in outcomes for title in one.title}
    works, sources = [], []
    for identity, several in grouped.items():
        work = merged(identity, several)
        if work.released is not None or identity in spoken_of:
            works.append(work)
            sources.append(frozenset(spoken[one.id] for one in several if one.id in telling))
    wanted = next(one for one in outcomes if one.measure == measure)
    unviewed = 0
    if measure == "views":
        wanted, unviewed = _with_views_of_hours(wanted, outcomes, works)
    dated = {work.id for work in works if work.released is not None}
    return Known(
        tuple(works),
        tuple(sources),
        tuple(wanted if one.measure == measure else one for one in outcomes),
        labels(works, wanted),
        sum(title.reserved and bool(title.synopsis) for title in catalogue.titles),
        len({title for title in wanted.title if title not in dated}),
        snapshot.id,
        unviewed,
        renamed(read_buzz(project, as_of), {title.title: same.canonical(title.title) for title in catalogue.titles}),
    )


def merged(identity: str, several: Sequence[Work]) -> Work:
    """One work of several titles that are the same; lists of genres and people are joined.

    Args:
        identity: the id of the work.
        several: at least one.
    """
    if len(several) == 1:
        return replace(several[0], id=identity)
    whole = _most_is_known(several)
    for other in several:
        filled = {
            field.name: getattr(other, field.name)
            for field in fields(Work)
            if getattr(whole, field.name) in (None, "", ()) and field.name not in ("budget", "currency")
        }
        if whole.budget is None:
            filled |= {"budget": other.budget, "currency": other.currency}
        joined = {name: _joined(getattr(whole, name), getattr(other, name)) for name in ("genres", "people")}
        whole = replace(whole, **{**filled, **joined})
    return replace(whole, id=identity)


def _telling(ids: frozenset[str], grouped: Mapping[str, Sequence[Work]]) -> frozenset[str]:
    """The titles that tell the outcome, and their budget where most of those that tell the outcome have one."""
    works = [one for several in grouped.values() for one in several if one.id in ids]
    priced = [one.id for one in works if one.budget is not None]
    return frozenset(priced) if 2 * len(priced) >= len(works) else ids


def _most_is_known(several: Sequence[Work]) -> Work:
    return max(several, key=_facts)


def _facts(work: Work) -> int:
    return sum(getattr(work, field.name) not in (None, "", ()) for field in fields(Work))


def _joined(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _by_work(outcomes: Outcomes, same: SameTitles, first: Collection[str]) -> Outcomes:
    """The outcomes of titles under the ids of their works, those of titles that speak first before others."""
    order = np.argsort([title not in first for title in outcomes.title], kind="stable")
    works = np.array([same.canonical(outcomes.title[row]) for row in order], dtype=object)
    columns = {name: getattr(outcomes, name)[order] for name in ("starts", "ends", "value", "step", "published")}
    return replace(outcomes, title=works, **columns)


def _with_views_of_hours(views: Outcomes, outcomes: Sequence[Outcomes], works: Sequence[Work]) -> tuple[Outcomes, int]:
    """Views of windows for which hours alone were published: hours by the length of the whole, as views are counted.

    Beside them, of how many works no views are known. Hours by one episode would be views of episodes.
    """
    hours = next((one for one in outcomes if one.measure == "hours"), None)
    if hours is None:
        return views, 0
    counted = set(hours.title)
    seasons = of_seasons([work for work in works if work.id in counted])
    runtime = {
        work.id: work.runtime_minutes for work in works if work.runtime_minutes and (seasons or work.kind != "series")
    }
    there = set(zip(views.title, views.starts, views.ends, strict=True))
    rows = [
        row
        for row, key in enumerate(zip(hours.title, hours.starts, hours.ends, strict=True))
        if key not in there and key[0] in runtime
    ]
    step = float(np.nanmedian(views.step)) if np.isfinite(views.step).any() else float("nan")
    told = np.array([hours.value[row] * _MINUTES / runtime[hours.title[row]] for row in rows])
    rounded = told if np.isnan(step) else np.maximum(np.round(told / step) * step, step)
    whole = Outcomes(
        views.measure,
        views.region,
        np.concatenate([views.title, hours.title[rows]]),
        np.concatenate([views.starts, hours.starts[rows]]),
        np.concatenate([views.ends, hours.ends[rows]]),
        np.concatenate([views.value, rounded]),
        np.concatenate([views.step, np.full(len(rows), step)]),
        np.concatenate([views.published, hours.published[rows]]),
    )
    return whole, len(counted - set(whole.title))
