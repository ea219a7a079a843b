"""Days, people and scenes in the words that a clash is told in."""

from collections.abc import Sequence
from datetime import date

from openslate.apps.production.shoot.people import CastMember, Span
from openslate.drawing.page_words import day_in_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday_words(day: date) -> str:
    """A day with its weekday.

    Example:
        >>> weekday_words(date(2027, 3, 1))
        'Monday 1 March 2027'
    """
    return f"{WEEKDAYS[day.weekday()]} {day_in_words(day)}"


def span_words(span: Span) -> str:
    """Days from the first to the last.

    Example:
        >>> span_words(Span(date(2027, 3, 1), date(2027, 3, 5)))
        'from Monday 1 March 2027 to Friday 5 March 2027'
        >>> span_words(Span(date(2027, 3, 1), date(2027, 3, 1)))
        'on Monday 1 March 2027'
    """
    if span.first == span.last:
        return f"on {weekday_words(span.first)}"
    return f"from {weekday_words(span.first)} to {weekday_words(span.last)}"


def member_words(member: CastMember) -> str:
    """Who somebody is.

    Example:
        >>> member_words(CastMember("1", "MIRA", "Ada Berg")), member_words(CastMember("1", "MIRA"))
        ('Ada Berg (1, MIRA)', 'MIRA (1)')
    """
    return (
        f"{member.performer} ({member.id}, {member.character})"
        if member.performer
        else f"{member.character} ({member.id})"
    )


def listed(names: Sequence[str]) -> str:
    """Names one after another.

    Example:
        >>> listed(["1", "2", "7A"])
        '1, 2 and 7A'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def share_words(share: float) -> str:
    """A share in per cent, never rounded to nothing where something is left, nor to all where something is not.

    Example:
        >>> share_words(0.1234), share_words(0.00001), share_words(0.0), share_words(0.9999)
        ('12.3%', 'less than 0.1%', '0.0%', 'more than 99.9%')
    """
    said = f"{share:.1%}"
    if said == "0.0%" and share > 0:
        return "less than 0.1%"
    return "more than 99.9%" if said == "100.0%" and share < 1 else said


def scenes_words(numbers: Sequence[str]) -> str:
    """Scenes by number.

    Example:
        >>> scenes_words(["4"]), scenes_words(["4", "6"])
        ('scene 4', 'scenes 4 and 6')
    """
    return f"scene{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def are(numbers: Sequence[str]) -> str:
    """The verb for so many."""
    return "are" if len(numbers) > 1 else "is"


def lasting(minutes: int) -> str:
    """A length of time.

    Example:
        >>> lasting(90), lasting(120), lasting(45), lasting(-30)
        ('1 h 30 min', '2 h', '45 min', '-30 min')
    """
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{rest} min"] if rest or not hours else []
    return ("-" if minutes < 0 else "") + " ".join(parts)
