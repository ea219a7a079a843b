"""What a training counts of members' plays beside the outcomes: who watched both, and the weeks of own titles.

Everything is read through the gate and kept as sums over titles. How many members were counted stands in the manifest,
and whoever of them is forgotten makes the forecaster be trained again (`forgetting`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.comps.kept_audience import keep_audience
from openslate.apps.greenlight.comps.watched_together import WatchedTogether, count_watched_together
from openslate.apps.greenlight.known import Known
from openslate.apps.greenlight.own_outcomes import OwnOutcomes, Weekly, weekly
from openslate.apps.greenlight.own_weeks import DAYS, FEWEST_WEEKS, OwnWeeks, own_weeks
from openslate.apps.greenlight.works import Work
from openslate.data.matching.groups import same_titles
from openslate.errors import NothingAllowed
from openslate.project import Project
from openslate.rights.gate import Decision

COUNTED = "counted"
"""What a manifest says of members: how many were counted, by what for."""
OUTCOMES, WEEKS, AUDIENCE = "own outcomes", "weeks of own titles", "audience map"


@dataclass(frozen=True)
class MembersCounted:
    """What was counted.

    Attributes:
        members: how many members, by what for; empty where no member was.
        audience: who watched both; None where no plays may be counted.
        weeks: of own titles; None where outcomes were imported.
        decisions: what the gate let through.
        why_no_audience: in a sentence, where there are plays and none may be counted.
    """

    members: Mapping[str, int] = field(default_factory=dict)
    audience: WatchedTogether | None = None
    weeks: OwnWeeks | None = None
    decisions: tuple[Decision, ...] = ()
    why_no_audience: str = ""

    def parts(self) -> dict[str, Any]:
        """As parts of an artifact."""
        kept = {} if self.audience is None else {"audience": keep_audience(self.audience)}
        return kept if self.weeks is None else {**kept, "weeks": self.weeks}


def count_members(project: Project, asked: Asked, as_of: date, known: Known) -> MembersCounted:
    """Count what a training needs of members' plays.

    Args:
        project: where.
        asked: what is forecast; weeks are counted where own plays are.
        as_of: the last day of which plays are seen.
        known: what is known, with the outcomes that own plays told.

    Raises:
        RightsError: the ledger cannot be written.
        ProjectError: a file is missing, or is not what its name says.
    """
    members: dict[str, int] = {}
    decisions: list[Decision] = []
    weeks = None
    for own in known.outcomes:
        if isinstance(own, OwnOutcomes):
            members[OUTCOMES] = own.members
            decisions.append(own.decision)
            if asked.plays >= FEWEST_WEEKS * DAYS:
                found = weekly(project, as_of, asked.plays // DAYS, own.measure, asked.region, asked.age_band)
                weeks = own_weeks(found, _works_of(project, found, known), own.members)
                members[WEEKS] = own.members
                decisions.append(found.decision)
    if not project.lake.snapshot("plays").shards:
        return MembersCounted(members, None, weeks, tuple(decisions))
    try:
        audience, decision = count_watched_together(project, as_of)
    except NothingAllowed as error:
        return MembersCounted(members, None, weeks, tuple(decisions), str(error))
    members[AUDIENCE] = audience.members
    return MembersCounted(members, audience, weeks, (*decisions, decision))


def _works_of(project: Project, found: Weekly, known: Known) -> dict[str, Work]:
    """By titles' own ids, the works that they are."""
    same, works = same_titles(project), {work.id: work for work in known.works}
    named = {str(title): same.canonical(str(title)) for title in found.titles}
    return {title: works[work] for title, work in named.items() if work in works}
