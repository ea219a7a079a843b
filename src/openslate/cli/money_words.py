"""Periods, amounts and pools as people write them on the command line."""

from datetime import UTC, datetime
from pathlib import Path
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


def pools_of(money: list[str], viewers: list[str]) -> "list[PoolMoney]":
    """The money of pools: shared pro rata, or viewer by viewer where a file of viewers' figures is named.

    Args:
        money: each as 'films=1000.00 USD'.
        viewers: each as 'films=viewers.csv'.

    Raises:
        UsageError: one names no money, no file or a file that cannot be read, or a pool has figures and no money.
    """
    from dataclasses import replace

    from openslate.accounts.pool_figures import read_pool_figures
    from openslate.errors import UsageError

    pools = {pool.name: pool for pool in map(_pool, money)}
    if len(pools) != len(money):
        raise UsageError("A pool is named twice.", "Give the money of each pool once.")
    for text in viewers:
        name, _, file = text.partition("=")
        if not (name and file):
            raise UsageError(f"--viewers {text!r} names no file.", "Write it as 'films=viewers.csv'.")
        if name not in pools:
            raise UsageError(
                f"--viewers {text!r} is of a pool without money.", f"Give --pool '{name}=1000.00 USD' too."
            )
        if pools[name].method == "user_centric":
            raise UsageError(f"--viewers names {name!r} twice.", "Put all its viewers into one file.")
        found = read_pool_figures(Path(file))
        pools[name] = replace(pools[name], method="user_centric", fees=found.fees, uses=found.uses)
    return list(pools.values())


def _pool(text: str) -> "PoolMoney":
    from openslate.accounts.shared_out import PoolMoney
    from openslate.errors import UsageError

    name, sign, money = text.partition("=")
    amount, _, currency = money.strip().partition(" ")
    if not (name and sign and currency):
        raise UsageError(f"--pool {text!r} names no money.", "Write it as 'films=1000.00 USD'.")
    return PoolMoney(name, currency, amount_of(amount), "pro_rata")


def _moment(text: str) -> datetime:
    """A day or a moment; without a zone it is in UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
