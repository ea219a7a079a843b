"""Sharing out money so that the parts are whole coins and add up to the whole: the largest remainder method.

Each part is first rounded down; the coins that are left go one each to the largest remainders. Equal remainders are
served in the order of their names, so that the same shares give the same coins whatever order they come in. Where
names are salted commitments, nobody can choose one that comes first.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from openslate.errors import RightsError
from openslate.rights.currencies import minor_digits, money_text


def apportion(total: Decimal, weights: Mapping[str, Fraction], currency: str) -> dict[str, Decimal]:
    """A total in whole coins, shared out in proportion to weights.

    Args:
        total: in whole coins, not negative.
        weights: of each part, by name; not negative, and not all zero unless the total is.
        currency: ISO 4217.

    Returns:
        The parts in the order of their names; they add up to the total, none is negative, and none is further than
        one coin from its exact share.

    Raises:
        RightsError: the total is negative or no whole coins, or there is nothing to share it out by.

    Source: Hamilton's method of apportionment.

    Example:
        >>> parts = apportion(Decimal("1.00"), {"c": Fraction(1), "a": Fraction(1), "b": Fraction(1)}, "USD")
        >>> {name: str(part) for name, part in parts.items()}
        {'a': '0.34', 'b': '0.33', 'c': '0.33'}
    """
    digits = minor_digits(currency)
    coins = int(Decimal(money_text(total, currency)).scaleb(digits))
    names = sorted(weights)
    whole = sum(weights.values(), Fraction(0))
    if coins < 0 or any(weights[name] < 0 for name in names):
        raise RightsError(f"{total} {currency} cannot be shared out: something is negative.", "Give amounts from 0 up.")
    if whole == 0:
        if coins:
            raise RightsError(f"{total} {currency} cannot be shared out among nobody.", "Name who takes part.")
        return {name: Decimal(0).scaleb(-digits) for name in names}
    parts, remainders = {}, {}
    for name in names:
        exact = coins * weights[name] / whole
        parts[name] = exact.numerator // exact.denominator
        remainders[name] = exact - parts[name]
    left = coins - sum(parts.values())
    for name in sorted(names, key=lambda one: (-remainders[one], one))[:left]:
        parts[name] += 1
    return {name: Decimal(coin).scaleb(-digits) for name, coin in parts.items()}
