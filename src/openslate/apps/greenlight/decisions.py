"""Forecasts that are filed with their evidence, what named people decided, and what came of it.

Nothing here decides, and nothing says yes or no: a forecast is advice, and a decision is what a person said, in a word
of a closed list and in their own. Who it was and why lies in the vault, as do the names of talent in a pitch: they can
be erased there while the chain stands. An outcome scores its forecast at once. What was filed already is not filed
twice, so that a command that was killed may be run again.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from openslate import clock
from openslate.apps.greenlight import filing, papers
from openslate.apps.greenlight.decision_types import VERDICTS, Decision, FiledForecast, Outcome
from openslate.apps.greenlight.filed import decision_of, filed_forecasts, names_in, rows_about, worth
from openslate.apps.greenlight.filing import Filed
from openslate.apps.greenlight.forecast_types import Forecast, plain
from openslate.apps.greenlight.linking import link_title
from openslate.apps.greenlight.papers import paper
from openslate.apps.greenlight.persons import require_person, require_readable
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.scoring import Calibration, Score, calibration
from openslate.errors import UsageError
from openslate.project import Project

__all__ = [
    "decide",
    "file_forecast",
    "filed_forecasts",
    "link_title",
    "number_of",
    "record_outcome",
    "running_calibration",
]


def number_of(project: Project, forecast: Forecast) -> str:
    """The number under which a forecast is filed in this project, whether it was or not.

    It tells nothing of the forecast to who lacks the vault's key, not even by trying names that it may have had.
    """
    return papers.known(project, forecast.hash)[:16]


def file_forecast(project: Project, pitch: Pitch, forecast: Forecast) -> str:
    """File a forecast with its evidence, before anybody decides; filing the same again changes nothing.

    Stability: provisional.

    Args:
        project: where.
        pitch: that it is of.
        forecast: what was said, with model, data, comparables and baseline.

    Returns:
        Its number.

    Raises:
        UsageError: the forecast was made of another pitch or as of another day.
        ProjectError: rows that were filed earlier were changed.
        RightsError: the ledger or the vault cannot be written.
    """
    if forecast.pitch != pitch.hash or forecast.as_of != pitch.as_of:
        raise UsageError(
            f"The forecast is of pitch {forecast.pitch[:12]} as of {forecast.as_of}, and {pitch.name!r} is "
            f"{pitch.hash[:12]} as of {pitch.as_of}.",
            "Make the forecast of this pitch, and file that.",
        )
    with filing.alone(project) as rows:
        number = number_of(project, forecast)
        if all(one.forecast != number for one in rows):
            talent = [paper(papers.TALENT, one) for one in dict.fromkeys(one.name for one in pitch.talent)]
            marks = {one.subject: one.name for one in talent}
            document = {
                "filed": clock.now().isoformat(),
                # The pitch's own hash could be tried with names that it may have had.
                "forecast": papers.masked({**plain(forecast), "pitch": ""}, marks),
                "people": [one.name for one in talent],
                "pitch": papers.masked(pitch.plain(), marks),
                "pitch_known_as": papers.known(project, pitch.hash),
            }
            filing.add(project, rows, "forecast", number, document, talent)
    return number


def decide(project: Project, number: str, decision: Decision) -> Decision:
    """Record what a named person decided on a filed forecast; a later decision stands beside the earlier one.

    Said again in the same words, it changes nothing.

    Stability: provisional.

    Args:
        project: where.
        number: of the forecast, or its first characters.
        decision: who decided what, and why.

    Returns:
        It as it was recorded; what others decided meanwhile stands beside it.

    Raises:
        UsageError: no person is named, no reason is given, the verdict is unknown, or there is no such forecast.
        ProjectError: rows that were filed earlier were changed.
        RightsError: the ledger or the vault cannot be written.
    """
    _check(decision)
    said = replace(
        decision, who=decision.who.strip(), role=decision.role.strip(), reason=decision.reason.strip(), at=""
    )
    with filing.alone(project) as rows:
        number, about = rows_about(rows, number)
        names = names_in(project, about)
        before = [decision_of(project, one.document, names) for one in about if one.kind == "decision"]
        if before and replace(before[-1], at="") == said:
            return before[-1]
        marks = {who: mark for mark, who in names.items()}
        reason, role = papers.masked([said.reason, said.role], marks)
        words = paper(papers.DECISION, said.who, reason=reason, role=role)
        now = clock.now().isoformat()
        document = {
            "at": now,
            "departs": said.departs,
            "verdict": said.verdict,
            "words": words.name,
        }
        filing.add(project, rows, "decision", number, document, [words])
        return replace(said, at=now)


def record_outcome(project: Project, number: str, outcome: Outcome) -> Score:
    """Record what came of it, and score the forecast; a corrected outcome takes the place of the earlier one.

    Stability: provisional.

    Args:
        project: where.
        number: of the forecast, or its first characters.
        outcome: as it was published.

    Returns:
        What the forecast was worth.

    Raises:
        UsageError: the value is not above 0, it was known on the forecast's day already or is not known today, or there
            is no such forecast.
        ProjectError: rows that were filed earlier were changed.
        RightsError: the ledger cannot be written.
    """
    with filing.alone(project) as rows:
        return record_among(project, rows, number, outcome)


def record_among(project: Project, rows: list[Filed], number: str, outcome: Outcome) -> Score:
    """The same inside `filing.alone`, whose rows these are."""
    number, about = rows_about(rows, number)
    held = about[0].document["forecast"]
    if outcome.published <= date.fromisoformat(held["as_of"]):
        raise UsageError(
            f"The outcome was known on {outcome.published}, and the forecast is as of {held['as_of']}.",
            "Score a forecast by what became known after it.",
        )
    if outcome.published > clock.now().date():
        raise UsageError(
            f"The outcome is dated {outcome.published}, which has not come.", "Record it once it is known, on that day."
        )
    score = worth(held, outcome)
    document = plain(outcome)
    before = [one.document for one in about if one.kind == "outcome"]
    if before[-1:] != [document]:
        filing.add(project, rows, "outcome", number, document)
    return score


def running_calibration(found: Iterable[FiledForecast]) -> Calibration | None:
    """How well calibrated all forecasts were whose outcome is known; None without any.

    Left out are those that abstained, and those that were filed after the outcome was known.

    Stability: provisional.
    """
    return calibration(
        [one.score for one in found if one.score is not None and one.foretold and not one.forecast["abstains"]]
    )


def _check(decision: Decision) -> None:
    require_person(decision.who, "decides")
    for field, words in (("role", decision.role), ("reason", decision.reason)):
        if not words.strip():
            raise UsageError(f"The decision's {field} is empty.", f"Say the {field} in the person's own words.")
        require_readable(words, f"The decision's {field}")
    if decision.verdict not in VERDICTS:
        raise UsageError(f"{decision.verdict!r} is no decision.", f"Write one of {', '.join(VERDICTS)}.")
    if decision.at:
        raise UsageError("When a decision was made is what the clock says.", "Leave out at.")
