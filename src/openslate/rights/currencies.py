"""Money: which currencies there are, their smallest coins, and amounts as text that any reader reads the same.

A currency that is not in the table is refused, never guessed: an amount rounded to the wrong coin is a wrong amount.
"""

import re
from decimal import Decimal
from fractions import Fraction

from openslate.errors import RightsError

_BY_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: "AED ARS AUD BDT BGN BRL CAD CHF CNY COP CRC CZK DKK DOP EGP EUR GBP GEL GHS HKD HUF IDR ILS INR JMD KES KZT "
    "LKR MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TRY TTD TWD TZS UAH USD UYU UZS ZAR",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
MINOR_DIGITS = {currency: digits for digits, currencies in _BY_DIGITS.items() for currency in currencies.split()}
"""Decimals of the smallest coin of a currency. Source: ISO 4217, list one (a part of it; further lines are welcome)."""

LARGEST = Decimal(10) ** 15
"""No amount of money here comes near it: what does is a slip of the pen."""

_TEXT = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")


def minor_digits(currency: str) -> int:
    """Decimals of the smallest coin.

    Args:
        currency: ISO 4217.

    Raises:
        RightsError: the currency is not in the table.

    Example:
        >>> minor_digits("USD"), minor_digits("JPY"), minor_digits("KWD")
        (2, 0, 3)
    """
    try:
        return MINOR_DIGITS[currency]
    except KeyError:
        raise RightsError(
            f"The currency {currency!r} is unknown.", "Name it by its three letters in ISO 4217, such as 'USD'."
        ) from None


def rounded_up(amount: Fraction, currency: str) -> Decimal:
    """An exact amount in whole coins; what is left of a coin becomes one, so that no floor is undercut.

    Args:
        amount: exact, not negative.
        currency: ISO 4217.

    Source: our own rule, and stricter than the contracts, which are silent on the last coin.

    Example:
        >>> rounded_up(Fraction(1283, 4), "USD"), rounded_up(Fraction(1001, 10), "JPY")
        (Decimal('320.75'), Decimal('101'))
    """
    digits = minor_digits(currency)
    return Decimal(-(-amount.numerator * 10**digits // amount.denominator)).scaleb(-digits)


def money_text(amount: Decimal, currency: str) -> str:
    """An amount with exactly the decimals of its currency, as it is hashed.

    Args:
        amount: in whole coins.
        currency: ISO 4217.

    Raises:
        RightsError: it is no finite number, too large, or has a part of a coin.

    Example:
        >>> money_text(Decimal("12.5"), "EUR"), money_text(Decimal("-0"), "JPY")
        ('12.50', '0')
    """
    digits = minor_digits(currency)
    if not amount.is_finite() or abs(amount) >= LARGEST:
        raise RightsError(f"{amount} is no amount of money.", "Give a finite amount below 10^15.")
    coins = whole_coins(amount, digits)
    if coins is None:
        raise RightsError(f"{amount} {currency} has a part of a coin.", f"Give at most {digits} decimals.")
    # By way of an int: it has no negative zero.
    return f"{Decimal(coins).scaleb(-digits):f}"


def whole_coins(amount: Decimal, digits: int) -> int | None:
    """A finite amount in coins, or None where it has a part of one.

    Args:
        amount: any amount.
        digits: decimals of its currency.
    """
    numerator, denominator = amount.as_integer_ratio()
    coins, rest = divmod(numerator * 10**digits, denominator)
    return None if rest else coins


def money(text: str, currency: str) -> Decimal:
    """The amount that `money_text` wrote.

    Raises:
        RightsError: the text is not the one text of an amount in this currency.

    Example:
        >>> money("12.50", "EUR")
        Decimal('12.50')
    """
    if isinstance(text, str) and _TEXT.fullmatch(text):
        amount = Decimal(text)
        if money_text(amount, currency) == text:
            return amount
    raise RightsError(
        f"{text!r} is no amount in {currency}.", f"Write it with {minor_digits(currency)} decimals, such as '12'."
    )


def number_text(number: Decimal) -> str:
    """A quantity, such as days or lines, without needless zeros.

    Raises:
        RightsError: it is no finite number, or too large or too fine to be one of ours.

    Example:
        >>> number_text(Decimal("2.50")), number_text(Decimal("1E+2"))
        ('2.5', '100')
    """
    if not is_plain(number):
        raise RightsError(f"{number} is no quantity.", "Give a finite number with at most 6 decimals, below 10^15.")
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def is_plain(number: Decimal) -> bool:
    """Whether a number is finite, below 10^15, and has at most 6 decimals, so that exact sums of it stay small."""
    if not isinstance(number, Decimal) or not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -6 and abs(number) < LARGEST


def quantity(text: str) -> Decimal:
    """The number that `number_text` wrote.

    Raises:
        RightsError: the text is not the one text of a quantity.
    """
    if isinstance(text, str) and _TEXT.fullmatch(text) and number_text(Decimal(text)) == text:
        return Decimal(text)
    raise RightsError(f"{text!r} is no quantity.", "Write it in digits, without zeros at the end, such as '2.5'.")
