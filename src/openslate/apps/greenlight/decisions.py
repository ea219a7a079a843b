"""Forecasts that are filed with their evidence, what named people decided, and what came of it.

Nothing here decides, and nothing says yes or no: a forecast is advice, and a decision is what a person said, in a word
of a closed list and in their own. Who it was and why lies in the vault, and the row holds its salted hash: the person
can be erased there while the chain stands. An outcome scores its forecast at once.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from openslate import clock
from openslate.apps.greenlight import filing
from openslate.apps.greenlight.decision_types import VERDICTS, Decision, FiledForecast, Outcome
from openslate.apps.greenlight.filing import RESTORE, Filed
from openslate.apps.greenlight.forecast_types import Forecast, plain, quantiles_of
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.scoring import Calibration, Score, calibration, score
from openslate.errors import ProjectError, UsageError
from openslate.project import Project
from openslate.rights.canonical import canonical, parsed

PAPER = "greenlight decision"
ERASED = "erased"
NOBODY = frozenset(
    ("auto", "automatic", "bot", "computer", "machine", "model", "nobody", "openslate", "script", "system")
)
"""Names that stand for no person."""


def file_forecast(project: Project, pitch: Pitch, forecast: Forecast) -> str:
    """File a forecast with its evidence, before anybody decides; filing the same again changes nothing.

    Args:
        project: where.
        pitch: that it is of.
        forecast: what was said, with model, data, comparables and baseline.

    Returns:
        Its number.

    Raises:
        UsageError: the forecast was made of another pitch or as of another day.
        ProjectError: rows that were filed earlier were changed.
    """
    if forecast.pitch != pitch.hash or forecast.as_of != pitch.as_of:
        raise UsageError(
            f"The forecast is of pitch {forecast.pitch[:12]} as of {forecast.as_of}, and {pitch.name!r} is "
            f"{pitch.hash[:12]} as of {pitch.as_of}.",
            "Make the forecast of this pitch, and file that.",
        )
    number = forecast.hash[:16]
    with project.state.transaction():
        if all(one.forecast != number for one in filing.read(project)):
            document = {"filed": clock.now().isoformat(), "forecast": plain(forecast), "pitch": pitch.plain()}
            filing.add(project, "forecast", number, document)
    return number


def decide(project: Project, number: str, decision: Decision) -> None:
    """Record what a named person decided on a filed forecast; a later decision stands beside the earlier one.

    Args:
        project: where.
        number: of the forecast, or its first characters.
        decision: who decided what, and why.

    Raises:
        UsageError: no person is named, no reason is given, the verdict is unknown, or there is no such forecast.
        ProjectError: rows that were filed earlier were changed.
    """
    _check(decision)
    words = {"reason": decision.reason.strip(), "role": decision.role.strip(), "who": decision.who.strip()}
    paper = canonical({**words, "salt": secrets.token_hex(32)})
    digest = hashlib.sha256(paper).hexdigest()
    with project.state.transaction():
        found = _found(filing.read(project), number)
        # Words first: a row must never point to a paper that is not there.
        project.vault.execute(
            "INSERT INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
            (PAPER, digest, words["who"], paper),
        )
        said = {
            "at": clock.now().isoformat(),
            "departs": decision.departs,
            "verdict": decision.verdict,
            "words": digest,
        }
        filing.add(project, "decision", found.forecast, said)


def record_outcome(project: Project, number: str, outcome: Outcome) -> Score:
    """Record what came of it, and score the forecast; a corrected outcome takes the place of the earlier one.

    Args:
        project: where.
        number: of the forecast, or its first characters.
        outcome: as it was published.

    Returns:
        What the forecast was worth.

    Raises:
        UsageError: the value is not above 0, it was known on the forecast's day already, or there is no such forecast.
        ProjectError: rows that were filed earlier were changed.
    """
    with project.state.transaction():
        filed = filing.read(project)
        found = _found(filed, number)
        held = found.document["forecast"]
        if outcome.published <= date.fromisoformat(held["as_of"]):
            raise UsageError(
                f"The outcome was known on {outcome.published}, and the forecast is as of {held['as_of']}.",
                "Score a forecast by what became known after it.",
            )
        worth = _scored(found, outcome)
        document = plain(outcome)
        before = [one.document for one in filed if (one.forecast, one.kind) == (found.forecast, "outcome")]
        if before[-1:] != [document]:
            filing.add(project, "outcome", found.forecast, document)
        return worth


def filed_forecasts(project: Project) -> tuple[FiledForecast, ...]:
    """Every filed forecast with its decisions, outcome and score, from first to last.

    Raises:
        ProjectError: a row, or the words of a decision, were changed.
    """
    filed = filing.read(project)
    about: dict[str, list[Filed]] = {}
    for one in filed:
        about.setdefault(one.forecast, []).append(one)
    return tuple(_gathered(project, some) for some in about.values())


def running_calibration(found: Iterable[FiledForecast]) -> Calibration | None:
    """How well calibrated all forecasts were whose outcome is known, abstained ones left out; None without any."""
    return calibration([one.score for one in found if one.score is not None and not one.forecast["abstains"]])


def _gathered(project: Project, rows: list[Filed]) -> FiledForecast:
    first = rows[0]
    outcomes = [_outcome(one.document) for one in rows if one.kind == "outcome"]
    return FiledForecast(
        number=first.forecast,
        name=str(first.document["pitch"]["name"]),
        forecast=first.document["forecast"],
        filed=first.document["filed"],
        decisions=tuple(_decision(project, one.document) for one in rows if one.kind == "decision"),
        outcome=outcomes[-1] if outcomes else None,
        score=_scored(first, outcomes[-1]) if outcomes else None,
    )


def _scored(found: Filed, outcome: Outcome) -> Score:
    held = found.document["forecast"]
    return score(quantiles_of(held), quantiles_of(held, "baseline"), outcome.value, outcome.at_most)


def _decision(project: Project, said: dict[str, Any]) -> Decision:
    rows = project.vault.rows("SELECT document FROM papers WHERE kind = ? AND name = ?", (PAPER, said["words"]))
    words = {"who": ERASED, "role": ERASED, "reason": ERASED}
    if rows:
        paper = rows[0][0]
        assert isinstance(paper, bytes)
        if hashlib.sha256(paper).hexdigest() != said["words"]:
            raise ProjectError(f"The words of the decision of {said['at']} were changed.", RESTORE)
        words = parsed(paper)
    return Decision(words["who"], words["role"], said["verdict"], words["reason"], said["departs"], said["at"])


def _outcome(document: dict[str, Any]) -> Outcome:
    published = date.fromisoformat(document["published"])
    return Outcome(float(document["value"]), published, document["source"], document["at_most"])


def _found(filed: list[Filed], number: str) -> Filed:
    found = [one for one in filed if one.kind == "forecast" and number and one.forecast.startswith(number)]
    if len(found) != 1:
        raise UsageError(
            f"{'Several filed forecasts begin with' if found else 'There is no filed forecast'} {number!r}.",
            "Copy its number from the memo, and file a forecast before anybody decides on it.",
        )
    return found[0]


def _check(decision: Decision) -> None:
    named = decision.who.strip()
    if not any(letter.isalpha() for letter in named) or named.lower() in NOBODY:
        raise UsageError(f"{decision.who!r} names nobody who decides.", "Give the name of the person who decided.")
    for field, words in (("role", decision.role), ("reason", decision.reason)):
        if not words.strip():
            raise UsageError(f"The decision's {field} is empty.", f"Say the {field} in the person's own words.")
    if decision.verdict not in VERDICTS:
        raise UsageError(f"{decision.verdict!r} is no decision.", f"Write one of {', '.join(VERDICTS)}.")
    if decision.at:
        raise UsageError("When a decision was made is what the clock says.", "Leave out at.")
