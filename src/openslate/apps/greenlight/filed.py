"""What was filed, as people read it: names from the vault stand where the chain holds marks.

Whoever was erased reads 'erased', wherever a pitch, a forecast or a decision named them.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from openslate import clock
from openslate.apps.greenlight import filing, papers
from openslate.apps.greenlight.decision_types import Decision, FiledForecast, Link, Outcome
from openslate.apps.greenlight.filing import Filed
from openslate.apps.greenlight.forecast_types import quantiles_of
from openslate.apps.greenlight.papers import ERASED
from openslate.apps.greenlight.scoring import Score, score
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights.canonical import canonical

NOBODY = {"who": ERASED, "role": ERASED, "reason": ERASED}


def filed_forecasts(project: Project) -> tuple[FiledForecast, ...]:
    """Every filed forecast with its decisions, outcome and score, from first to last.

    Stability: provisional.

    Args:
        project: where.

    Raises:
        ProjectError: a row, or the words of a decision, were changed.
    """
    about: dict[str, list[Filed]] = {}
    for one in filing.read(project):
        about.setdefault(one.forecast, []).append(one)
    return tuple(_gathered(project, some) for some in about.values())


def find_filed(project: Project, number: str) -> FiledForecast:
    """One filed forecast.

    Args:
        project: where.
        number: of it, or its first characters.

    Raises:
        UsageError: there is none, or several begin so.
        ProjectError: a row, or the words of a decision, were changed.
    """
    rows = filing.read(project)
    wanted = row_of(rows, number).forecast
    return _gathered(project, [one for one in rows if one.forecast == wanted])


def row_of(rows: list[Filed], number: str) -> Filed:
    """The row of a forecast.

    Raises:
        UsageError: there is none, or several begin so.
    """
    found = [one for one in rows if one.kind == "forecast" and number and one.forecast.startswith(number)]
    if len(found) != 1:
        raise UsageError(
            f"{'Several filed forecasts begin with' if found else 'There is no filed forecast'} {number!r}.",
            "Copy its number from the memo, or from `openslate greenlight filed`.",
        )
    return found[0]


def rows_about(rows: list[Filed], number: str) -> tuple[str, list[Filed]]:
    """A forecast's whole number, and all its rows, itself first."""
    whole = row_of(rows, number).forecast
    return whole, [one for one in rows if one.forecast == whole]


def names_in(project: Project, rows: list[Filed]) -> dict[str, str]:
    """From the hashes of papers to names, of everybody whom the rows of one forecast know and nobody erased."""
    kinds = {"forecast": papers.TALENT, "decision": papers.DECISION, "link": papers.LINK}
    found = {}
    for row in rows:
        for name in papers.named_in(row.document):
            words = papers.words_of(project, kinds[row.kind], name)
            if words is not None:
                found[name] = words["who"]
    return found


def decision_of(project: Project, said: dict[str, Any], names: dict[str, str]) -> Decision:
    """A row's decision with its words."""
    words = papers.words_of(project, papers.DECISION, said["words"]) or NOBODY
    role, reason = papers.shown([words["role"], words["reason"]], names)
    return Decision(words["who"], role, said["verdict"], reason, said["departs"], said["at"])


def link_of(project: Project, said: dict[str, Any], names: dict[str, str]) -> Link:
    """A row's link with its words."""
    words = papers.words_of(project, papers.LINK, said["words"])
    if words is None:
        return Link(said["title"], ERASED, said["at"], ERASED if said.get("reasoned") else "")
    return Link(said["title"], words["who"], said["at"], papers.shown(words.get("reason", ""), names))


def outcome_of(document: dict[str, Any]) -> Outcome:
    """A row's outcome."""
    published = date.fromisoformat(document["published"])
    return Outcome(float(document["value"]), published, document["source"], document["at_most"])


def worth(forecast: dict[str, Any], outcome: Outcome) -> Score:
    """What a filed forecast was worth by an outcome."""
    return score(quantiles_of(forecast), quantiles_of(forecast, "baseline"), outcome.value, outcome.at_most)


def in_hindsight(found: Sequence[FiledForecast]) -> tuple[str, ...]:
    """Of forecasts that were filed after their outcome was known, that they foretold nothing; nothing without any."""
    late = [one.name for one in found if not one.foretold]
    if not late:
        return ()
    return (f"Filed after the outcome was known, so that nothing was foretold: {', '.join(late)}.",)


def _gathered(project: Project, rows: list[Filed]) -> FiledForecast:
    first, names = rows[0], names_in(project, rows)
    # Rows of before this was asked may be dated later than today: what they say is not known yet.
    today = clock.now().date()
    told = [outcome_of(one.document) for one in rows if one.kind == "outcome"]
    outcomes = [one for one in told if one.published <= today]
    pitch = papers.shown(first.document["pitch"], names)
    forecast = papers.shown(first.document["forecast"], names)
    if names.keys() >= set(first.document.get("people", ())):
        # Nobody is missing, so it is the pitch that was filed.
        forecast = {**forecast, "pitch": hashlib.sha256(canonical(pitch)).hexdigest()}
    return FiledForecast(
        number=first.forecast,
        name=str(pitch["name"]),
        pitch=pitch,
        forecast=forecast,
        filed=first.document["filed"],
        decisions=tuple(decision_of(project, one.document, names) for one in rows if one.kind == "decision"),
        links=tuple(link_of(project, one.document, names) for one in rows if one.kind == "link"),
        outcome=outcomes[-1] if outcomes else None,
        score=worth(first.document["forecast"], outcomes[-1]) if outcomes else None,
        # A correction does not make unknown what was known before it.
        first_known=min((one.published for one in outcomes), default=None),
    )
