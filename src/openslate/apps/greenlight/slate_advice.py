"""A slate under a budget from forecasts that were filed: what to choose, how sure that is, and what would change it.

It is advice. Nothing is written, and nothing is marked as chosen: a person decides on each pitch by name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from openslate.apps.greenlight import filing, papers
from openslate.apps.greenlight.decision_types import FiledForecast
from openslate.apps.greenlight.filed import filed_forecasts, in_hindsight
from openslate.apps.greenlight.forecast_types import Target, quantiles_of
from openslate.apps.greenlight.pitch_file import read_pitch
from openslate.apps.greenlight.slate_breadth import SlateBreadth, breadth_of
from openslate.apps.greenlight.slate_candidates import Candidate, warnings_of
from openslate.apps.greenlight.slate_draws import joint_outcomes
from openslate.apps.greenlight.slate_fields import WrittenCandidate, WrittenSlate
from openslate.apps.greenlight.slate_file import read_slate, refused
from openslate.apps.greenlight.slate_moved import RiskAt, require_correlation, risk_by_together
from openslate.apps.greenlight.slate_together import Together, together_of
from openslate.models.slate_changes import Changes, what_would_change
from openslate.models.slate_choice import Count, Risk, SlateChoice, SlateProblem, choose_slate
from openslate.models.slate_table import MOST_CANDIDATES
from openslate.project import Project

SCENARIOS = 1000
FEWER_SCENARIOS = 300
"""Where there are too many candidates to look at every slate."""
FORECAST_FROM = "Forecast the pitch and file it first; `openslate greenlight filed` lists what is filed."


@dataclass(frozen=True, eq=False)
class SlateAdvice:
    """What is advised, and all that it follows from.

    Attributes:
        slate: as it was written, with the budget that was used.
        target: what all forecasts are of.
        candidates: in the file's order.
        problem: that was solved.
        choice: the best slate, and the next best ones.
        changes: what would change the choice.
        warnings: what else to know, a sentence each.
        together: how far outcomes move together, and who says so.
        breadth: what the breadth of a slate is of.
        risks: of the choice, by how far outcomes move together.
    """

    slate: WrittenSlate
    target: Target
    candidates: tuple[Candidate, ...]
    problem: SlateProblem
    choice: SlateChoice
    changes: Changes
    warnings: tuple[str, ...]
    together: Together
    breadth: SlateBreadth
    risks: tuple[RiskAt, ...] = ()


def advise_slate(
    project: Project,
    path: Path,
    budget: Decimal | None = None,
    runners_up: int = 3,
    go_on: Callable[[], bool] = lambda: True,
    together: float | None = None,
) -> SlateAdvice:
    """The best slate that a file's constraints allow.

    Stability: provisional.

    Args:
        project: where the forecasts are filed.
        path: of the slate's file.
        budget: in the place of the file's.
        runners_up: how many other slates to look for.
        go_on: asked before each question of what would change; those from which on there is no time are named.
        together: how far outcomes move together, in the place of the file's or the backtest's.

    Raises:
        UsageError: `together` is no correlation from 0 to 1.
        AdmitError: the file is wrong, or names what is not filed.
        NoSlate: its constraints clash.
        ProjectError: rows that were filed were changed.
    """
    require_correlation(together)
    slate = read_slate(path)
    if budget is not None:
        slate = slate.model_copy(update={"budget": budget})
    filed = filed_forecasts(project)
    matched = [_filed(project, path, filed, place, one) for place, one in enumerate(slate.candidate)]
    target = _one_target(path, matched)
    candidates = tuple(
        _candidate(path, slate, place, one, found)
        for place, (one, found) in enumerate(zip(slate.candidate, matched, strict=True))
    )
    moved = together_of(project, (one.forecast["model"] for one in matched), together, slate.risk.together)
    latest = date.fromisoformat(max(one.as_of for one in candidates))
    broad = breadth_of(project, slate, [one.pitch for one in matched], latest)
    problem = _problem(path, slate, candidates, moved.value, broad)
    choice = choose_slate(problem, runners_up)
    changes = what_would_change(problem, choice, go_on)
    warnings = (*in_hindsight(matched), *warnings_of(slate, candidates, choice, moved, broad))
    forecasts = [one.forecast for one in candidates]
    risks = risk_by_together(forecasts, choice.best.chosen, moved, len(problem.values), slate.risk.tail)
    return SlateAdvice(slate, target, candidates, problem, choice, changes, warnings, moved, broad, risks)


def _filed(
    project: Project, path: Path, filed: Sequence[FiledForecast], place: int, one: WrittenCandidate
) -> FiledForecast:
    """The filed forecast that a candidate names; of several of one pitch the latest."""
    if one.pitch is None:
        found = [some for some in filed if some.number.startswith(one.forecast)]
        if len(found) != 1:
            reason = "several filed forecasts begin so" if found else "there is no such filed forecast"
            raise refused(path, ("candidate", place, "forecast"), one.forecast, reason)
        return found[0]
    where = path.parent / one.pitch
    if not where.resolve().is_relative_to(path.parent.resolve()):
        raise refused(path, ("candidate", place, "pitch"), one.pitch, "it leads away from the slate's folder")
    known = papers.known(project, read_pitch(where).hash)
    numbers = {row.forecast for row in filing.read(project) if row.document.get("pitch_known_as") == known}
    found = [some for some in filed if some.number in numbers]
    if not found:
        reason = "no forecast of this pitch, as it is now, is filed"
        raise refused(path, ("candidate", place, "pitch"), one.pitch, reason, FORECAST_FROM)
    return found[-1]


def _one_target(path: Path, found: Sequence[FiledForecast]) -> Target:
    targets = [Target(**one.forecast["target"]) for one in found]
    for place, one in enumerate(targets):
        if one != targets[0]:
            reason = f"it forecasts {one.measure}, {one.region}, {one.window}, and others {targets[0].measure}, "
            raise refused(
                path,
                ("candidate", place, "forecast"),
                found[place].number,
                f"{reason}{targets[0].region}, {targets[0].window}",
                "Choose among forecasts of one target.",
            )
    return targets[0]


def _candidate(path: Path, slate: WrittenSlate, place: int, one: WrittenCandidate, found: FiledForecast) -> Candidate:
    cost, planned = one.cost, found.pitch["budget"]
    if cost is None:
        if planned is None or planned["currency"] != slate.currency:
            reason = f"the pitch names no budget in {slate.currency} to take its place"
            way_out = None
            if planned is not None:
                reason = f"the pitch's budget is in {planned['currency']} and the slate in {slate.currency}"
                way_out = f"Write cost as one whole amount in {slate.currency}: no exchange rate is assumed."
            raise refused(path, ("candidate", place, "cost"), None, reason, way_out)
        cost = Decimal(planned["highest"]).to_integral_value(rounding="ROUND_CEILING")
    unknown = sorted(one.serves.keys() - slate.groups.keys())
    if unknown:
        reason = "there is no such group"
        raise refused(
            path, ("candidate", place, "serves"), unknown[0], reason, "Name it under [groups] with its worth."
        )
    return Candidate(
        name=one.name or found.name,
        number=found.number,
        cost=cost,
        cost_from_pitch=one.cost is None,
        planned_in="" if planned is None or planned["currency"] == slate.currency else planned["currency"],
        forecast=quantiles_of(found.forecast),
        as_of=found.forecast["as_of"],
        why_abstained=str(found.forecast["abstains"]),
        # Forecasts that were filed before doubts were told have none.
        doubts=tuple(found.forecast.get("doubts", ())),
    )


def _problem(
    path: Path, slate: WrittenSlate, candidates: Sequence[Candidate], together: float, broad: SlateBreadth
) -> SlateProblem:
    names = tuple(one.name for one in candidates)
    numbers: dict[str, str] = {}
    for place, one in enumerate(candidates):
        if one.number in numbers:
            reason = f"{numbers[one.number]!r} is the same forecast"
            raise refused(path, ("candidate", place, "forecast"), one.number, reason, "Name each forecast once.")
        if names.index(one.name) < place:
            way_out = "Give each candidate a name of its own: name = ..."
            raise refused(path, ("candidate", place, "name"), one.name, "another candidate has that name", way_out)
        numbers[one.number] = one.name

    def place_of(where: tuple[str | int, ...], name: str) -> int:
        if name not in names:
            raise refused(path, where, name, "no candidate is called so", f"Name one of {', '.join(names[:8])}.")
        return names.index(name)

    many = len(candidates) > MOST_CANDIDATES
    return SlateProblem(
        names=names,
        costs=np.array([float(one.cost) for one in candidates]),
        budget=float(slate.budget),
        values=joint_outcomes([one.forecast for one in candidates], together, FEWER_SCENARIOS if many else SCENARIOS),
        risk=Risk(slate.risk.weight, slate.risk.tail),
        breadth=broad.breadth,
        counts=tuple(
            Count(
                one.name,
                tuple(sorted({place_of(("count", at, "of"), name) for name in one.of})),
                one.least,
                one.most,
            )
            for at, one in enumerate(slate.count)
        ),
        take=tuple(place_of(("take",), name) for name in slate.take),
        leave=tuple(place_of(("leave",), name) for name in slate.leave),
        apart=tuple(_pair(path, place_of(("apart",), a), place_of(("apart",), b), a) for a, b in slate.apart),
    )


def _pair(path: Path, one: int, other: int, name: str) -> tuple[int, int]:
    if one == other:
        raise refused(path, ("apart",), name, "a pair names one candidate twice")
    return one, other
