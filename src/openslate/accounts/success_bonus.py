"""The streaming success bonus: whether a title was watched enough, exactly, and who gets how much.

The threshold is a cliff: a title at exactly one fifth qualifies, one view less does not. So views are compared as exact
fractions, and a float is refused.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from openslate.accounts.rounding import apportion
from openslate.errors import UsageError
from openslate.rights.currencies import rounded_up

Exact = int | Decimal | Fraction


@dataclass(frozen=True)
class BonusTerms:
    """One contract's success bonus.

    Attributes:
        id: of the rule pack that holds them.
        threshold: least views for each domestic subscriber.
        days: of exhibition in which hours are counted.
        of_residual: bonus as a share of the residual.
        to_performer: share of the bonus that goes to the person.
        source: where the numbers come from.
        grade: how sure we are of them.
    """

    id: str
    threshold: Fraction
    days: int
    of_residual: Fraction
    to_performer: Fraction
    source: str
    grade: str


SAG_AFTRA = BonusTerms(
    "sag-aftra.tvth.2023",
    Fraction(1, 5),
    90,
    Fraction(1),
    Fraction(3, 4),
    "SAG-AFTRA TV/Theatrical 2023: 100% of the residual, a quarter of it to a fund; the changes of 2026 are unknown",
    "secondary",
)
WGA = BonusTerms(
    "wga.mba.2023", Fraction(1, 5), 90, Fraction(1, 2), Fraction(1), "WGA MBA 2023: 50% of the residual", "secondary"
)


@dataclass(frozen=True)
class Bonus:
    """What a title's success pays one person.

    Attributes:
        qualifies: whether the threshold was reached.
        views_per_subscriber: exact.
        performer: to the person, in whole coins.
        fund: to the fund, in whole coins.
    """

    qualifies: bool
    views_per_subscriber: Fraction
    performer: Decimal
    fund: Decimal


def views_per_subscriber(hours: Exact, runtime_hours: Exact, subscribers: int) -> Fraction:
    """Domestic hours watched in the days that count, over the running time, over domestic subscribers.

    Args:
        hours: watched.
        runtime_hours: of the title; 95 minutes are Fraction(95, 60).
        subscribers: domestic.

    Raises:
        UsageError: a number is a float, negative, or a divisor is zero.

    Example:
        >>> views_per_subscriber(19_000, Fraction(95, 60), 60_000)
        Fraction(1, 5)
    """
    given = {"hours": hours, "runtime_hours": runtime_hours, "subscribers": subscribers}
    for name, number in given.items():
        if type(number) not in (int, Decimal, Fraction) or (isinstance(number, Decimal) and not number.is_finite()):
            raise UsageError(f"{name} is {number!r}, which is not exact.", "Give an int, a Decimal or a Fraction.")
        if number < 0 or (name != "hours" and number == 0):
            raise UsageError(f"{name} is {number}.", "Give a number above 0.")
    return Fraction(hours) / Fraction(runtime_hours) / subscribers


def success_bonus(residual: Decimal, reached: Fraction, currency: str, terms: BonusTerms = SAG_AFTRA) -> Bonus:
    """The bonus on one residual.

    Args:
        residual: of the person for the title, in whole coins.
        reached: views for each subscriber, see `views_per_subscriber`.
        currency: ISO 4217.
        terms: of the contract.

    Raises:
        UsageError: what was reached is not exact.
        RightsError: the residual is negative or no whole coins.

    Example:
        >>> bonus = success_bonus(Decimal("100.01"), Fraction(1, 5), "USD")
        >>> bonus.qualifies, str(bonus.performer), str(bonus.fund)
        (True, '75.01', '25.00')
    """
    if type(reached) is not Fraction:
        raise UsageError(f"{reached!r} views for each subscriber are not exact.", "Give a Fraction.")
    qualifies = reached >= terms.threshold
    whole = apportion(residual, {"all": Fraction(1)}, currency)["all"]
    due = rounded_up(Fraction(whole) * terms.of_residual, currency) if qualifies else whole - whole
    parts = apportion(due, {"fund": 1 - terms.to_performer, "performer": terms.to_performer}, currency)
    return Bonus(qualifies, reached, parts["performer"], parts["fund"])
