"""Facts as people write them: a day, somebody and the days they are out, a location and the days it is gone."""

import contextlib
import re
from datetime import date

from openslate.apps.production.replanning.facts import Gone, Lost, Out
from openslate.apps.production.shoot.people import Span
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def written_day(text: str, option: str) -> date:
    """A day.

    Args:
        text: such as '2027-03-09'.
        option: that it stands behind, for the refusal.

    Raises:
        UsageError: it is none.
    """
    if _DAY.fullmatch(text):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text)
    raise UsageError(f"{option} {text} is no day.", f"Write it as 2027-03-09: {option} 2027-03-09.")


def written_lost(text: str) -> Lost:
    """A lost day, such as '2027-03-09'."""
    return Lost(written_day(text, "--lost"))


def written_out(text: str, shoot: Shoot) -> Out:
    """Somebody who is out, by id or by character.

    Args:
        text: such as '3=2027-03-08..2027-03-12'.
        shoot: that they are in.

    Raises:
        UsageError: it is written otherwise, or there is nobody like that.
    """
    name, span = _parts(text, "--out", "3")
    named = [one.id for one in shoot.cast if one.id == name]
    named = named or [one.id for one in shoot.cast if one.character.casefold() == name.casefold()]
    if len(named) != 1:
        there = ", ".join(f"{one.id} ({one.character})" for one in shoot.cast[:12])
        raise UsageError(f"--out {text} names nobody of the cast, or several.", f"Name one by id: {there}.")
    return Out(named[0], span)


def written_gone(text: str, shoot: Shoot) -> Gone:
    """A location that is gone, by name.

    Args:
        text: such as 'Harbour=2027-03-08..2027-03-12'.
        shoot: that it is of.

    Raises:
        UsageError: it is written otherwise, or there is no such location.
    """
    name, span = _parts(text, "--gone", "Harbour")
    named = [one.name for one in shoot.locations if one.name.casefold() == name.casefold()]
    if len(named) != 1:
        there = ", ".join(one.name for one in shoot.locations)
        raise UsageError(f"--gone {text} names no location of the shoot.", f"Name one of these: {there}.")
    return Gone(named[0], span)


def _parts(text: str, option: str, such: str) -> tuple[str, Span]:
    name, found, days = text.rpartition("=")
    first, dots, last = days.partition("..")
    if not found or not name.strip() or not first or (dots and not last):
        raise UsageError(
            f"{option} {text} does not say who or what, and from when to when.",
            f"Write it as {option} {such}=2027-03-08..2027-03-12.",
        )
    return name.strip(), Span(written_day(first, option), written_day(last if dots else first, option))
