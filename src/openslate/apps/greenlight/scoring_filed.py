"""Filed forecasts are scored as soon as their outcome is known, by the rule by which outcomes were learned from.

A pitch has become a title where a person said so, or where its id is a title's. All ids that are one with it count
(`data.matching`), so that a report may know it by another. What was recorded is not recorded again; a correction of the
source is, and a person's own correction stands until the source says something new.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

import numpy as np

from openslate import clock
from openslate.apps.greenlight import filing
from openslate.apps.greenlight.decision_types import FiledForecast, Outcome
from openslate.apps.greenlight.decisions import record_among
from openslate.apps.greenlight.filed import filed_forecasts, outcome_of
from openslate.apps.greenlight.filing import Filed
from openslate.apps.greenlight.forecast_types import Target, plain
from openslate.apps.greenlight.labels import labels
from openslate.apps.greenlight.scoring import Score
from openslate.apps.greenlight.scoring_own import own_played
from openslate.apps.greenlight.works import Work
from openslate.data.catalogue import read_catalogue
from openslate.data.matching.groups import SameTitles, same_titles
from openslate.data.outcomes import Outcomes, read_outcomes
from openslate.errors import UsageError
from openslate.project import Project

Reader: TypeAlias = Callable[[Project, str, str], Outcomes | None]
"""Reads all outcomes of a measure in a region; None where there are none."""
SOURCE = "outcomes: "
"""How the source of every outcome begins that was recorded here."""


@dataclass(frozen=True)
class Scored:
    """A filed forecast, and what became of it.

    Attributes:
        number: of the forecast.
        name: of the pitch.
        title: that it has become; empty for none yet.
        outcome: that scored it; None while it is not known.
        score: by that outcome.
        new: whether it was recorded just now.
        waits: why there is no score, in a sentence; empty where there is one.
    """

    number: str
    name: str
    title: str = ""
    outcome: Outcome | None = None
    score: Score | None = None
    new: bool = False
    waits: str = ""


def imported(project: Project, measure: str, region: str) -> Outcomes | None:
    """Outcomes that were imported."""
    try:
        return read_outcomes(project, None, measure, region)
    except UsageError:
        return None


def score_filed(project: Project, read: Reader = imported) -> tuple[Scored, ...]:
    """Score every filed forecast whose outcome is known; run again, it changes nothing.

    Stability: provisional.

    Args:
        project: where.
        read: where the outcomes of reports come from, such as imported tables. Those of a forecaster of own plays are
            counted from the plays, once their window has closed, and stand as they were first counted.

    Returns:
        One for each filed forecast, from first to last.

    Raises:
        ProjectError: rows that were filed were changed, or a table cannot be read.
        RightsError: the ledger or the vault cannot be written.
    """
    filed = filed_forecasts(project)
    if not filed:
        return ()
    released = {one.title: one.released for one in read_catalogue(project).titles}
    same = same_titles(project)
    before = _recorded(filing.read(project))
    sources = _Sources(project, read)
    found = [_found(one, sources, before, released, same) for one in filed]
    if all(one.outcome is None or before.get(one.number) == plain(one.outcome) for one in found):
        return tuple(_standing(one, some) for one, some in zip(filed, found, strict=True))
    with filing.alone(project) as rows:
        before = _recorded(rows)
        return tuple(_scored(project, rows, before, *both) for both in zip(filed, found, strict=True))


@dataclass(frozen=True)
class _Sources:
    """Where outcomes come from; each is read once, and only where somebody asks."""

    project: Project
    read: Reader
    _known: dict[Target, Outcomes | str | None] = field(default_factory=dict)

    def outcomes(self, target: Target) -> Outcomes | str | None:
        """Outcomes of a target, or why there are none, in a sentence."""
        if target not in self._known:
            own = target.plays > 0
            self._known[target] = (
                own_played(self.project, target) if own else self.read(self.project, target.measure, target.region)
            )
        return self._known[target]


def _found(
    filed: FiledForecast,
    sources: _Sources,
    before: Mapping[str, object],
    released: Mapping[str, date | None],
    same: SameTitles,
) -> Scored:
    """What the source says of a forecast, whether it was recorded or not."""
    title = filed.links[-1].title if filed.links else str(filed.pitch["id"])
    found = Scored(filed.number, filed.name, title)
    if title not in released:
        waits = f"The title {title!r} is not in the catalogue." if title else "No title is known that it has become."
        return replace(found, title="", waits=waits)
    target = Target(**filed.forecast["target"])
    if target.plays and filed.number in before:
        # It stands: a later count differs by members who have left, and by how many is nobody's business.
        return found
    outcomes = sources.outcomes(target)
    if isinstance(outcomes, str):
        return replace(found, waits=outcomes)
    group = same.group(title)
    days = [day for one in (title, *group) if (day := released.get(one)) is not None]
    outcome = _outcome(outcomes, group, days, date.fromisoformat(filed.forecast["as_of"]))
    return replace(found, waits=outcome) if isinstance(outcome, str) else replace(found, outcome=outcome)


def _standing(filed: FiledForecast, found: Scored) -> Scored:
    """A forecast with the outcome that stands."""
    return replace(found, outcome=filed.outcome, score=filed.score, waits="" if filed.score else found.waits)


def _scored(
    project: Project, rows: list[Filed], before: Mapping[str, object], filed: FiledForecast, found: Scored
) -> Scored:
    if found.outcome is None or before.get(filed.number) == plain(found.outcome):
        return _standing(filed, found)
    return replace(found, score=record_among(project, rows, filed.number, found.outcome), new=True)


def _outcome(found: Outcomes | None, group: Sequence[str], days: Sequence[date], as_of: date) -> Outcome | str:
    """The outcome of a title, or why there is none, in a sentence."""
    if not days:
        return "The title has no day of release."
    if found is None or not np.isin(found.title, group).any():
        return "No outcome of it is known yet."
    rows = np.flatnonzero(np.isin(found.title, group))
    mine = replace(
        found,
        title=np.array([group[0]] * len(rows), dtype=object),
        starts=found.starts[rows],
        ends=found.ends[rows],
        value=found.value[rows],
        step=found.step[rows],
        published=found.published[rows],
    )
    label = labels([Work(group[0], "", released=days[0])], mine)
    if label.zero:
        return "Its outcome was zero, which has no logarithm to score."
    if not len(label):
        return f"No outcome is known of a window that holds its release on {days[0]}."
    published = label.published[0].item()
    if published > clock.now().date():
        return f"Its outcome is known on {published}: it waits until then."
    if published <= as_of:
        return f"Its outcome was known on {published} already, so the forecast foretold nothing."
    window = np.flatnonzero((mine.starts == label.starts[0]) & (mine.ends == label.ends[0]))[0]
    at_most, value = bool(label.at_most[0]), float(mine.value[window])
    return Outcome(
        value=max(value, float(mine.step[window])) if at_most else value,
        published=published,
        source=f"{SOURCE}{found.measure} of {found.title[rows[window]]}, {label.starts[0]} to {label.ends[0]}",
        at_most=at_most,
    )


def _recorded(rows: Sequence[Filed]) -> dict[str, object]:
    """By forecast, the last outcome that came from a source and not from a person."""
    return {
        one.forecast: plain(outcome_of(one.document))
        for one in rows
        if one.kind == "outcome" and str(one.document["source"]).startswith(SOURCE)
    }
