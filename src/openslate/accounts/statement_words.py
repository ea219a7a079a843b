"""The sentences of a statement, for whoever is paid and has never read a ledger."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from openslate.accounts.names import Names
from openslate.drawing.page_words import day_in_words
from openslate.rights.currencies import minor_digits

ERASED = "erased"
USES = {
    "scan": "a scan was made",
    "train": "a model was trained on it",
    "fine_tune": "a model was fine-tuned on it",
    "generate": "new material was generated from it",
    "alter": "recorded material was altered with it",
    "dub": "a replica spoke another language with it",
    "promo": "it appeared in promotion",
    "third_party_training_licence": "it was licensed to others for training",
    "residual": "a residual was earned",
    "success_bonus": "the title was watched enough to earn a success bonus",
}
"""What happened, by kind of use."""

EARNINGS = ("residual", "success_bonus")
"""Kinds that come of no single use."""

METHODS = {"pro_rata": "by its share of all uses", "user_centric": "viewer by viewer, from each one's own fee"}
OTHER = {"pro_rata": "user_centric", "user_centric": "pro_rata"}
PLURALS = {"day": "days", "line": "lines", "use": "uses", "view": "views", "hour": "hours"}
AS_COUNTED = {"day": "each day", "line": "each line", "use": "each use"}
KINDS = {"subject": "", "estate": "an estate", "agent": "an agent", "fund": "a fund"}


def sum_in_words(text: str, currency: str) -> str:
    """An amount as people write it.

    Example:
        >>> sum_in_words("-1283", "USD"), sum_in_words("1283", "JPY"), sum_in_words("0.125", "EUR")
        ('USD −1,283.00', 'JPY 1,283', 'EUR 0.125')
    """
    amount = Decimal(text)
    # A rate may be written shorter than its coins, or finer.
    digits = max(minor_digits(currency), -int(amount.as_tuple().exponent))
    return f"{currency} {amount:,.{digits}f}".replace("-", "−")


def counted(line: Mapping[str, Any]) -> str:
    """How many of what.

    Example:
        >>> counted({"units": "2.5", "unit": "day"}), counted({"units": "1", "unit": "line"})
        ('2.5 days', '1 line')
    """
    return f"{line['units']} {line['unit'] if line['units'] == '1' else PLURALS[line['unit']]}"


def period_in_words(period: Mapping[str, str]) -> str:
    """A period by its first and last day, where it is made of whole days.

    Example:
        >>> period_in_words({"start": "2026-07-01T00:00:00+00:00", "end": "2026-08-01T00:00:00+00:00"})
        '1 July 2026 to 31 July 2026'
    """
    start, end = datetime.fromisoformat(period["start"]), datetime.fromisoformat(period["end"])
    if not (start.hour or start.minute or start.second or end.hour or end.minute or end.second):
        return f"{day_in_words(start)} to {day_in_words(end - timedelta(days=1))}"
    return f"{start:%Y-%m-%d %H:%M:%S} up to, and not including, {end:%Y-%m-%d %H:%M:%S}"


def last_day(due: datetime) -> str:
    """The last day on which money is paid in time, where it is due before a moment.

    Example:
        >>> last_day(datetime.fromisoformat("2027-03-02T00:00:00+00:00"))
        '1 March 2027'
    """
    return day_in_words(due - timedelta(days=1))


def named_period(name: str) -> str:
    """A period from its id."""
    start, _, end = name.partition("/")
    return period_in_words({"start": start, "end": end})


def when(line: Mapping[str, Any]) -> str:
    """On which day or days a line's uses were decided."""
    first, last = (day_in_words(datetime.fromisoformat(line[name])) for name in ("first", "last"))
    return first if first == last else f"{first} to {last}"


def production(line: Mapping[str, Any], names: Names) -> str:
    """The production's title, or its id where no title is known."""
    return names.title(line["project"]) or str(line["project"])


def what_happened(line: Mapping[str, Any], names: Names) -> str:
    """A line in one or two plain sentences.

    Args:
        line: of a statement.
        names: for what people call things.
    """
    use = USES.get(line["use"], f"it was used for '{line['use']}'")
    often = len(line["decisions"])
    times = "" if often == 1 else f", decided {often} times"
    subject = "" if line["use"] in (*EARNINGS, "scan") else "the material named below was used: "
    return f"In {production(line, names)}, {subject}{use}{times}. {_for_what(line, names)}{_money(line)}"


def _for_what(line: Mapping[str, Any], names: Names) -> str:
    if line["use"] in EARNINGS:
        return ""
    said = dict.fromkeys(names.description(one["request"]) for one in line["decisions"])
    words = [f"“{one}”" for one in said if one is not None]
    return f"It was asked for as {', '.join(words[:3])}{' and more' if len(words) > 3 else ''}. " if words else ""


def _money(line: Mapping[str, Any]) -> str:
    currency = line["currency"]
    gross = sum_in_words(line["gross"], currency)
    if line["pool"] is None:
        if line["units"] == "0":
            return f"It pays {gross} beside that day's work, which pays for it."
        each = f" at {sum_in_words(line['rate'], currency)} {AS_COUNTED[line['unit']]}"
        return f"That is {gross}." if line["use"] in EARNINGS else f"That is {counted(line)}{each}: {gross}."
    other = line["by_other_method"]
    beside = (
        "What the other way of sharing would have paid is not known, for want of viewers' figures."
        if other is None
        else f"Shared {METHODS[OTHER[line['basis']]]}, it would have paid {sum_in_words(other, currency)}."
    )
    return (
        f"It had {counted(line)} and takes from the pool “{line['pool']}” {METHODS[line['basis']]}: {gross}. {beside}"
    )
