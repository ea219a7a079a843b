"""What happens to a shoot, and the shoot that it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from openslate.apps.production.board.words import member_words, span_words, weekday_words
from openslate.apps.production.shoot.people import CastMember, Span
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError


@dataclass(frozen=True)
class Lost:
    """A day on which nothing is shot after all.

    Attributes:
        day: which the crew would have worked.
    """

    day: date


@dataclass(frozen=True)
class Out:
    """Somebody who cannot work.

    Attributes:
        member: id of the cast member.
        span: in which they cannot.
    """

    member: str
    span: Span


@dataclass(frozen=True)
class Gone:
    """A location where nothing can be shot.

    Attributes:
        location: by name.
        span: in which it cannot.
    """

    location: str
    span: Span


Fact: TypeAlias = Lost | Out | Gone


def first_day(facts: Sequence[Fact]) -> date | None:
    """The first day that facts change; None where there are none."""
    return min((one.day if isinstance(one, Lost) else one.span.first for one in facts), default=None)


def shoot_with(shoot: Shoot, facts: Sequence[Fact]) -> Shoot:
    """The shoot as it is once facts have come true: nothing of it is more than it was.

    Args:
        shoot: as it was.
        facts: in any order.

    Raises:
        UsageError: the crew does not work on a lost day, one is named twice, or a person, a location or a span is none.

    Example:
        >>> from openslate.apps.production.invented.shoots import invented_shoot
        >>> before = invented_shoot()
        >>> after = shoot_with(before, [Lost(before.calendar.starts)])
        >>> len(list(before.calendar.working_days())) - len(list(after.calendar.working_days()))
        1
    """
    lost = [one.day for one in facts if isinstance(one, Lost)]
    twice = next((day for day in lost if lost.count(day) > 1), None)
    if twice is not None:
        raise UsageError(f"{weekday_words(twice)} is named twice as lost.", "Name each lost day once.")
    for fact in facts:
        shoot = _with(shoot, fact)
    return shoot


def fact_words(shoot: Shoot, fact: Fact) -> str:
    """A fact in words, to be read after its shoot."""
    if isinstance(fact, Lost):
        return f"{weekday_words(fact.day)} is lost"
    if isinstance(fact, Out):
        return f"{member_words(shoot.member_of[fact.member])} is out {span_words(fact.span)}"
    return f"{fact.location} is gone {span_words(fact.span)}"


def _with(shoot: Shoot, fact: Fact) -> Shoot:
    if isinstance(fact, Lost):
        calendar = shoot.calendar
        if not calendar.starts <= fact.day <= calendar.ends or not calendar.works(fact.day):
            raise UsageError(
                f"{weekday_words(fact.day)} cannot be lost: the crew does not work on it.",
                f"Name a working day from {calendar.starts.isoformat()} to {calendar.ends.isoformat()}.",
            )
        return replace(shoot, calendar=replace(calendar, holidays=(*calendar.holidays, Span(fact.day, fact.day))))
    if fact.span.first > fact.span.last:
        raise UsageError(
            f"The span from {fact.span.first.isoformat()} to {fact.span.last.isoformat()} ends before it begins.",
            "Write the first day and then the last.",
        )
    if isinstance(fact, Out):
        member = _member(shoot, fact.member)
        out = replace(member, away=(*member.away, fact.span))
        return replace(shoot, cast=tuple(out if one is member else one for one in shoot.cast))
    if fact.location not in shoot.location_of:
        names = ", ".join(sorted(shoot.location_of))
        raise UsageError(f"The shoot has no location {fact.location!r}.", f"Name one of these: {names}.")
    place = shoot.location_of[fact.location]
    shut = replace(place, closed=(*place.closed, fact.span))
    return replace(shoot, locations=tuple(shut if one is place else one for one in shoot.locations))


def _member(shoot: Shoot, number: str) -> CastMember:
    if number not in shoot.member_of:
        raise UsageError(
            f"The shoot has no cast member {number!r}.", "Name one by the id that the shoot has for them, such as 1."
        )
    return shoot.member_of[number]
