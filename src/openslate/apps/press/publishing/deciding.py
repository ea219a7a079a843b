"""Deciding by hand what readers see: corrections, mutes and embargoes, checked before they are written down."""

from datetime import datetime

from openslate.apps.press.desk.decisions import decide
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.items import item_by_id
from openslate.apps.press.desk.subjects import Subject, subject_of
from openslate.apps.press.publishing.decided import FIELDS, moment_of_text
from openslate.clock import now
from openslate.errors import UsageError

LONGEST = {"title": 1_000, "excerpt": 339, "provider": 300, "published": 40}
"""Letters of a corrected field."""


def correct(desk: Desk, item: str, field: str, text: str, by: str, why: str) -> int:
    """Show a field of an item otherwise than its publisher has it, with a note; returns the decision's number.

    Args:
        desk: that keeps it.
        item: id or address.
        field: title, excerpt, provider or published.
        text: that is shown; a moment in ISO 8601 for published.
        by: who corrects it.
        why: in their words.

    Raises:
        UsageError: there is no such item or field, or the field cannot hold the text.
    """
    if field not in FIELDS:
        raise UsageError(f"{field!r} cannot be corrected.", f"Name one of {', '.join(FIELDS)}.")
    known = item_by_id(desk, item)
    shown = text.strip()
    if field == "published":
        shown = _past(shown).isoformat()
    elif not shown or len(shown) > LONGEST[field]:
        what = "is empty" if not shown else f"has {len(shown):,} letters"
        raise UsageError(f"The {field} {what}.", f"Write one of at most {LONGEST[field]:,} letters.")
    return decide(desk, "correct", known.id, f"{field}={shown}", by, why)


def mute(desk: Desk, subject: str, by: str, why: str) -> tuple[int, Subject]:
    """Show something to nobody; returns the decision's number and what it is about.

    Args:
        desk: that keeps it.
        subject: as `subject_of` reads it.
        by: who decides.
        why: in their words.

    Raises:
        UsageError: there is no such subject.
    """
    known = subject_of(desk, subject)
    return decide(desk, "mute", known.name, "", by, why), known


def embargo(desk: Desk, subject: str, until: str, by: str, why: str) -> tuple[int, Subject, datetime]:
    """Show something from a moment on; returns the decision's number, what it is about, and the moment.

    Args:
        desk: that keeps it.
        subject: as `subject_of` reads it.
        until: ISO 8601; UTC where it names no zone.
        by: who decides.
        why: in their words.

    Raises:
        UsageError: there is no such subject, or the moment is none.
    """
    known, moment = subject_of(desk, subject), _moment(until, "The end of the embargo")
    return decide(desk, "embargo", known.name, moment.isoformat(), by, why), known, moment


def _past(text: str) -> datetime:
    """A moment that has come."""
    moment = _moment(text, "The moment")
    if moment > now():
        raise UsageError(f"{text} has not come.", "Nothing was published later than now; see `press embargo`.")
    return moment


def _moment(text: str, what: str) -> datetime:
    try:
        return moment_of_text(text)
    except ValueError:
        raise UsageError(f"{what} {text!r} is none.", "Write one such as 2027-05-14T18:00+02:00.") from None
