"""Periods, amounts and pools as people write them on the command line."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from openslate.accounts.shared_out import PoolMoney
    from openslate.rights.periods import Period

PERIOD_HELP = "2026-11, or from and to: 2026-11-01/2026-11-16. In UTC."


def period_of(text: str) -> "Period":
    """A month, or two days or moments with a slash between them; the second is not included.

    Raises:
        UsageError: it is neither.
    """
    from openslate.errors import UsageError
    from openslate.rights.periods import Period, month

    start, slash, end = text.partition("/")
    try:
        if slash:
            return Period(_moment(start), _moment(end))
        first = datetime.strptime(text, "%Y-%m")
        if len(text) != 7 or first.year < 2000:
            raise ValueError
        return month(first.year, first.month)
    except ValueError:
        raise UsageError(
            f"{text!r} is no period.", "Write a month, 2026-11, or from and to, 2026-11-01/2026-11-16."
        ) from None


def amount_of(text: str) -> "Decimal":
    """An amount of money.

    Raises:
        UsageError: it is none.
    """
    from decimal import Decimal, InvalidOperation

    from openslate.errors import UsageError

    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise UsageError(f"{text!r} is no amount.", "Write it as 2250.00.")
    return amount


def pool_of(text: str) -> "PoolMoney":
    """The money of a pool that is shared pro rata.

    Raises:
        UsageError: it names none.
    """
    from decimal import Decimal, InvalidOperation

    from openslate.accounts.shared_out import PoolMoney
    from openslate.errors import UsageError

    name, sign, money = text.partition("=")
    amount, _, currency = money.strip().partition(" ")
    try:
        if not (name and sign and currency):
            raise InvalidOperation
        return PoolMoney(name, currency, Decimal(amount), "pro_rata")
    except InvalidOperation:
        raise UsageError(f"--pool {text!r} names no money.", "Write it as 'films=1000.00 USD'.") from None


def _moment(text: str) -> datetime:
    """A day or a moment; without a zone it is in UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
