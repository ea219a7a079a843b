"""What a home page says about itself and its titles, the same in HTML and in a terminal."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from openslate.drawing.words import printable

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def heading_of(page: Mapping[str, Any]) -> str:
    """For whom the page is."""
    return f"Home page of member {printable(page['member'])}" if page["member"] else "Home page for everyone"


def basis_of(page: Mapping[str, Any]) -> str:
    """Whether the page was made from the member's own viewing."""
    return "Personalised: made from this member's own viewing." if page["personalised"] else "Not personalised."


def model_of(page: Mapping[str, Any]) -> str:
    """The beginning of the model's id, enough to find it by."""
    return printable(page["model"])[:12]


def day_in_words(day: date) -> str:
    """A day for readers.

    Example:
        >>> day_in_words(date(2003, 2, 28))
        '28 February 2003'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(made: str) -> str:
    """An ISO 8601 moment for readers, in its own zone.

    Example:
        >>> moment_in_words("2026-03-07T20:15:00+00:00")
        '7 March 2026, 20:15 UTC'
    """
    moment = datetime.fromisoformat(made)
    day = f"{day_in_words(moment)}, {moment:%H:%M}"
    return f"{day} {moment.tzname()}" if moment.tzinfo else day


def facts_of(slot: Mapping[str, Any]) -> str:
    """The line under a title: year, at most two genres, and that it is a series when it is.

    Example:
        >>> facts_of({"year": 1994, "genres": ["Drama", "Crime", "War"], "kind": "film"})
        '1994 · Drama, Crime'
    """
    kind = "" if slot["kind"] == "film" else printable(slot["kind"]).capitalize()
    genres = ", ".join(printable(genre) for genre in slot["genres"][:2])
    return " · ".join(str(fact) for fact in (slot["year"], kind, genres) if fact)


def further_facts_of(slot: Mapping[str, Any]) -> str:
    """What else is known: running time, maturity rating, and how much was watched.

    Example:
        >>> further_facts_of({"runtime": 102, "maturity": "12", "progress": 0.4})
        '1 h 42 min · Rated 12 · 40% watched'
    """
    runtime = slot["runtime"]
    hours, minutes = divmod(runtime, 60) if runtime else (0, 0)
    length = " ".join(part for part in (f"{hours} h" * (hours > 0), f"{minutes} min" * (minutes > 0)) if part)
    rating = _rating(printable(slot["maturity"]))
    watched = "" if slot["progress"] is None else f"{slot['progress']:.0%} watched"
    return " · ".join(fact for fact in (length, rating, watched) if fact)


def _rating(maturity: str) -> str:
    """A maturity rating in words; empty where there is none, however its absence is written."""
    if maturity.upper() in ("", "NR", "NOT RATED", "UNRATED"):
        return ""
    return "All ages" if maturity.upper() == "ALL" else f"Rated {maturity}"
