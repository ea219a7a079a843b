"""The pools of a period shared out among the lines that draw on them, to the coin."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from openslate.accounts.lines import Group
from openslate.accounts.pools import PoolShares, both
from openslate.accounts.rounding import apportion
from openslate.errors import RightsError
from openslate.rights.currencies import money_text, number_text


@dataclass(frozen=True)
class PoolMoney:
    """The money of one pool in one period, and viewers' figures where there are any.

    Viewers' figures come from people's data: read them through the gate. They are used and not kept.

    Attributes:
        name: as the records name it.
        currency: ISO 4217.
        amount: in whole coins.
        method: by which the pool pays; its records say the same.
        fees: of each viewer, which add up to the amount; empty where they are not given.
        uses: of each viewer, by record and production, in the unit in which the pool counts.
    """

    name: str
    currency: str
    amount: Decimal
    method: Literal["pro_rata", "user_centric"]
    fees: Mapping[str, Decimal] = field(default_factory=dict)
    uses: Mapping[str, Mapping[tuple[str, str], Decimal]] = field(default_factory=dict)


@dataclass(frozen=True)
class SharedOut:
    """What a pool came to.

    Attributes:
        pays: by line, in whole coins.
        would_pay: by line, under the other method; None without viewers' figures.
        summary: for the ledger.
    """

    pays: Mapping[str, Decimal]
    would_pay: Mapping[str, Decimal] | None
    summary: Mapping[str, Any]


def share_out(pools: Sequence[PoolMoney], groups: Iterable[Group]) -> dict[str, SharedOut]:
    """Every pool of a period, by name.

    Args:
        pools: the money.
        groups: lines that draw on a pool.

    Raises:
        RightsError: a pool has uses and no money, is named twice, or does not fit its uses.
    """
    drawing: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        drawing[str(group.first.pool)].append(group)
    given = {pool.name: pool for pool in pools}
    if len(given) != len(pools):
        raise RightsError("A pool is named twice.", "Give the money of each pool of the period once.")
    for name in drawing:
        if name not in given:
            raise RightsError(
                f"The pool {name!r} has uses in this period and no money.",
                "Give its amount, which may be 0, so that nothing goes unpaid by oversight.",
            )
    return {name: _shared(pool, drawing[name]) for name, pool in sorted(given.items())}


def _shared(pool: PoolMoney, groups: Sequence[Group]) -> SharedOut:
    uses: dict[str, Fraction] = defaultdict(Fraction)
    for group in groups:
        _check(pool, group, groups[0].first.unit)
        uses[_part(group)] += group.units
    fees = {viewer: Fraction(fee) for viewer, fee in pool.fees.items()}
    by_viewer = {
        viewer: {f"{record} {project}": Fraction(use) for (record, project), use in used.items()}
        for viewer, used in pool.uses.items()
    }
    shares = both(Fraction(pool.amount), uses, fees, by_viewer)
    if pool.method == "user_centric" and shares.user_centric is None:
        raise RightsError(
            f"The pool {pool.name!r} pays viewer by viewer, and viewers' figures are not given.",
            "Give each viewer's fee and uses, read through the gate.",
        )
    by_method = {
        "pro_rata": _to_lines(pool, groups, uses, shares.pro_rata),
        "user_centric": None if shares.user_centric is None else _to_lines(pool, groups, uses, shares.user_centric),
    }
    pays = by_method.pop(pool.method)
    assert pays is not None
    return SharedOut(pays, by_method.popitem()[1], _summary(pool, groups, shares, pays))


def _to_lines(
    pool: PoolMoney, groups: Sequence[Group], uses: Mapping[str, Fraction], shares: Mapping[str, Fraction]
) -> dict[str, Decimal]:
    """Shares of a record in a production, split among its lines by their units and rounded once."""
    if not groups:
        return {}
    weights = {group.id: shares.get(_part(group), Fraction(0)) * group.units / uses[_part(group)] for group in groups}
    return apportion(pool.amount, weights, pool.currency)


def _summary(
    pool: PoolMoney, groups: Sequence[Group], shares: PoolShares, pays: Mapping[str, Decimal]
) -> dict[str, Any]:
    paid = sum(pays.values(), Decimal(0))
    # Exact fractions of a coin are said as such: a rounded figure would not add up.
    return {
        "pool": pool.name,
        "currency": pool.currency,
        "amount": money_text(pool.amount, pool.currency),
        "method": pool.method,
        "units": _units(sum((group.units for group in groups), Fraction(0))),
        "unit": groups[0].first.unit if groups else None,
        "paid": money_text(paid, pool.currency),
        "not_paid_for_want_of_uses": money_text(pool.amount - paid, pool.currency),
        "fees_of_idle_viewers": str(shares.unwatched),
    }


def _check(pool: PoolMoney, group: Group, unit: str) -> None:
    use = group.first
    for what, said, wanted in (
        ("currency", use.currency, pool.currency),
        ("method", use.basis, pool.method),
        ("unit", use.unit, unit),
    ):
        if said != wanted:
            raise RightsError(
                f"Record {use.record} draws on the pool {pool.name!r} with the {what} {said!r}, and the pool has "
                f"{wanted!r}.",
                "Give the pool as its records have it: one pool has one currency, one method and one unit.",
            )


def _part(group: Group) -> str:
    return f"{group.first.record} {group.first.project}"


def _units(units: Fraction) -> str:
    return number_text(Decimal(units.numerator) / Decimal(units.denominator))
