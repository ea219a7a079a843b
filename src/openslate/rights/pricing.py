"""What one use costs by its record: an amount, units for a pool, or the reason why it has no price.

Pure and total: whatever comes in, a `Price` or an `Unpriced` comes out. The gate turns an `Unpriced` into R21, so that
no use is free by oversight. Fractions of a coin are rounded up, see `currencies.rounded_up`.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from openslate.rights.compensation import PER_USE, POOLED, Basis, Compensation
from openslate.rights.currencies import (
    LARGEST,
    MINOR_DIGITS,
    is_plain,
    money_text,
    number_text,
    rounded_up,
    whole_coins,
)
from openslate.rights.usage import MOST, UNITS, Estimate, Scan, Terms, Usage


@dataclass(frozen=True)
class Price:
    """What a use costs.

    Attributes:
        amount: in whole coins; None where a pool is shared out later.
        units: what is counted, after rounding.
        unit: of what.
        rate: for one unit, with the floor already in it; None for a pool.
        currency: ISO 4217.
        basis: which formula.
        pool: name of the pool; None for payment by use.
        residuals: whether later income is shared, too.
        pension_and_health: whether contributions are owed on top.
        explanation: how it was reckoned, in a sentence.
    """

    amount: Decimal | None
    units: Decimal
    unit: str
    rate: Decimal | None
    currency: str
    basis: Basis
    pool: str | None
    residuals: bool
    pension_and_health: bool
    explanation: str


@dataclass(frozen=True)
class Unpriced:
    """Why a use has no price, and the way out; the gate denies it as R21."""

    what: str
    way_out: str


def price(compensation: Compensation | None, usage: Usage, terms: Terms = Terms()) -> Price | Unpriced:
    """What a use costs.

    Args:
        compensation: of the record that allows it; None where it has none.
        usage: how much is used.
        terms: how the contract counts.

    Source: SAG-AFTRA TV/Theatrical 2023, XX.A.2.b (days); Interactive Media 2025 (lines).

    Example:
        >>> found = price(Compensation("per_line", Decimal("25"), "USD"), Usage(Decimal(31), "word"))
        >>> found.amount, found.explanation
        (Decimal('100.00'), '31 words are 4 lines of 10 words, rounded up; 4 lines at USD 25.00.')
        >>> price(None, Usage(Decimal(1), "use")).what
        'The record says nothing of what is owed.'
    """
    if compensation is None:
        return Unpriced("The record says nothing of what is owed.", "Agree on a basis and a rate in a new version.")
    usage = _itself(compensation, usage)
    trouble = _trouble(compensation, usage)
    if trouble is not None:
        return trouble
    units, counted = _counted(usage, terms)
    unit = "line" if usage.unit == "word" else usage.unit
    if compensation.basis in POOLED:
        return _priced(
            compensation, None, units, unit, None, f"{counted}{_many(units, unit)}, paid from {compensation.pool!r}."
        )
    rate, why = _rate(compensation, usage.real_time, terms)
    if rate is None:
        return Unpriced("Real time is paid as a multiple of scale, and the record names no floor.", "Name the scale.")
    said = f"{counted}{_many(units, unit)} at {compensation.currency} {_readable(rate, compensation.currency)}{why}."
    return _priced(compensation, _product(units, rate), units, unit, rate, said)


def price_scan(compensation: Compensation | None, scan: Scan, terms: Terms = Terms()) -> Price | Unpriced:
    """What a scanning session costs: a day, half of it for a short block, or nothing beyond the day's work.

    Args:
        compensation: of the record; its rate is the pro-rata daily rate and its floor the day minimum.
        scan: the session.
        terms: how the contract counts.

    Source: SAG-AFTRA TV/Theatrical 2023, XX.A.2.a.

    Example:
        >>> paid = Compensation("day_equiv", Decimal("1000"), "USD", floor=Decimal("1283"))
        >>> price_scan(paid, Scan("block", Decimal(3), suits_performer=True)).amount
        Decimal('641.50')
    """
    if compensation is None:
        return price(None, Usage(Decimal(1), "day"), terms)
    if compensation.basis not in ("day_equiv", "freely_bargained"):
        return Unpriced(f"A scan is paid by the day, and the record pays {compensation.basis}.", "Agree on a day rate.")
    trouble = _trouble(compensation, Usage(scan.hours, "day", Estimate("-", "-")))
    if trouble is not None:
        return trouble
    if scan.hours > 24:
        return Unpriced(f"A scan of {scan.hours} hours is no session of one day.", "Enter each day by itself.")
    share = _share_of_day(scan, terms)
    if isinstance(share, Unpriced):
        return share
    rate, why = _rate(compensation, False, terms)
    assert rate is not None
    day = f"{compensation.currency} {_readable(rate, compensation.currency)}{why}"
    said = {
        "work_time": "Scanned on a day of other work, which pays for it.",
        "standalone": f"A scan by itself is a day at {day}.",
        "block": f"A block of {number_text(scan.hours)} hours is {_decimal(share)} of a day at {day}.",
    }[scan.kind]
    return _priced(compensation, share * Fraction(rate), Decimal(_decimal(share)), "day", rate, said)


def _itself(compensation: Compensation, usage: Usage) -> Usage:
    """A use by itself is one use, where a sum is paid for each; nothing else is counted unless somebody counted it."""
    if usage.units is None and usage.unit == "use" and compensation.basis in PER_USE:
        return replace(usage, units=Decimal(1))
    return usage


def _trouble(compensation: Compensation, usage: Usage) -> Unpriced | None:
    """Whatever keeps a use from being priced."""
    money_given = [one for one in (compensation.rate, compensation.floor) if one is not None]
    if not all(is_plain(one) for one in money_given) or not compensation.is_usable:
        return Unpriced(
            f"The record's terms of {compensation.basis} pay no amount.",
            "Name a rate that is not negative, or a pool, in a new version of the record.",
        )
    if compensation.currency not in MINOR_DIGITS:
        return Unpriced(f"The currency {compensation.currency!r} is unknown.", "Name one of ISO 4217.")
    if usage.unit not in UNITS.get(compensation.basis, ()):
        wanted = " or ".join(UNITS.get(compensation.basis, ()))
        return Unpriced(f"The record pays by {wanted}, and the use counts {usage.unit!r}.", f"Count it by {wanted}.")
    if usage.units is None:
        return Unpriced(f"Nobody said how many {usage.unit}s are used.", "Count them, and say `units` in the request.")
    # Nothing counted would be a way to a free use.
    if not is_plain(usage.units) or usage.units <= 0 or usage.units > 10**9:
        return Unpriced(f"{usage.units} is no number of {usage.unit}s.", "Count more than 0, with at most 6 decimals.")
    if usage.units > MOST.get(usage.unit, usage.units):
        return Unpriced(
            f"{number_text(usage.units)} {usage.unit}s are more than one use can count.",
            f"Correct `units`, or ask for several uses of at most {MOST[usage.unit]} {usage.unit}s each.",
        )
    estimate = usage.estimate
    if usage.unit == "day" and (estimate is None or not (estimate.author.strip() and estimate.basis.strip())):
        return Unpriced("Nobody answers for the number of days.", "Say whose estimate it is, and from what.")
    return None


def _counted(usage: Usage, terms: Terms) -> tuple[Decimal, str]:
    """Units as they are paid; lines are whole, and a line begun is a line."""
    assert usage.units is not None
    if usage.unit not in ("word", "line"):
        return usage.units, ""
    per_line = terms.words_per_line if usage.unit == "word" else 1
    lines = Decimal(-(-Fraction(usage.units) // per_line))
    if usage.unit == "line":
        return lines, ""
    return lines, (f"{number_text(usage.units)} words are {_many(lines, 'line')} of {per_line} words, rounded up; ")


def _rate(compensation: Compensation, real_time: bool, terms: Terms) -> tuple[Decimal | None, str]:
    """The rate for one unit with its floor, and a word on where it comes from."""
    rate, floor = compensation.rate, compensation.floor
    assert rate is not None
    if real_time:
        if floor is None:
            return None, ""
        multiple = terms.real_time_multiple
        least = rounded_up(Fraction(floor) * multiple, compensation.currency)
        return max(rate, least), f", {_decimal(multiple)} times scale" if least > rate else ""
    if floor is not None and floor > rate:
        return floor, ", the minimum"
    return rate, ""


def _share_of_day(scan: Scan, terms: Terms) -> Fraction | Unpriced:
    if scan.kind == "standalone":
        return Fraction(1)
    if scan.kind == "work_time":
        return Fraction(0)
    if not scan.suits_performer or Fraction(scan.hours) > terms.block_hours:
        return Unpriced(
            f"A block is at most {terms.block_hours} hours at a time that suits the performer.",
            "Enter it as a standalone scan, which pays the day.",
        )
    return terms.block_share


def _priced(
    compensation: Compensation, exact: Fraction | None, units: Decimal, unit: str, rate: Decimal | None, said: str
) -> Price | Unpriced:
    amount = None if exact is None else rounded_up(exact, compensation.currency)
    if amount is not None and amount >= LARGEST:
        return Unpriced(
            f"{number_text(units)} {unit}s at {rate} are no amount of money.", "Correct the rate or the units."
        )
    return Price(
        amount=amount,
        units=units,
        unit=unit,
        rate=rate,
        currency=compensation.currency,
        basis=compensation.basis,
        pool=compensation.pool,
        residuals=compensation.residuals,
        pension_and_health=compensation.pension_and_health,
        explanation=said,
    )


def _product(units: Decimal, rate: Decimal) -> Fraction:
    (counted, of), (paid, parts) = units.as_integer_ratio(), rate.as_integer_ratio()
    return Fraction(counted * paid, of * parts)


def _readable(rate: Decimal, currency: str) -> str:
    """A rate, which may be finer than a coin."""
    coins = whole_coins(rate, MINOR_DIGITS[currency])
    return number_text(rate) if coins is None else money_text(rate, currency)


def _decimal(share: Fraction) -> str:
    return number_text((Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.000001")))


def _many(units: Decimal, unit: str) -> str:
    return f"{number_text(units)} {unit}{'' if units == 1 else 's'}"
