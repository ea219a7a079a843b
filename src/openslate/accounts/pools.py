"""What each part of a pool is owed, exactly: by its share of all uses, or viewer by viewer.

Both answers stand on a statement, because the choice between them moves money: from the most watched to the rest.
Exact fractions throughout; coins come later, in `rounding`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from openslate.errors import RightsError


@dataclass(frozen=True)
class PoolShares:
    """What each part is owed under both methods.

    Attributes:
        pro_rata: by part, from the share of all uses.
        user_centric: by part, from each viewer's fee; None where viewers' figures are not given.
        unwatched: fees of viewers who used nothing, which are shared out pro rata within `user_centric`.
    """

    pro_rata: dict[str, Fraction]
    user_centric: dict[str, Fraction] | None
    unwatched: Fraction


def pro_rata(pool: Fraction, uses: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """A pool shared out by use: pool * use_a / sum(use).

    Args:
        pool: to be shared out.
        uses: of each part; empty where nothing was used, and then nobody is owed anything.

    Example:
        >>> pro_rata(Fraction(20), {"a": Fraction(3), "b": Fraction(1)})
        {'a': Fraction(15, 1), 'b': Fraction(5, 1)}
    """
    total = sum(uses.values(), Fraction(0))
    return {part: pool * use / total for part, use in sorted(uses.items())} if total else {}


def user_centric(fees: Mapping[str, Fraction], uses: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """Each viewer's fee shared out among what that viewer used: sum over u of fee_u * use_(u,a) / use_u.

    What viewers paid who used nothing is shared out pro rata, so that the whole pool is paid out.

    Args:
        fees: of each viewer.
        uses: of each viewer, by part.

    Raises:
        RightsError: a viewer has uses and no fee, or something is negative.

    Source: the formula of the reference; the rule for idle viewers is ours.

    Example:
        >>> fees = {"ann": Fraction(10), "bob": Fraction(10)}
        >>> user_centric(fees, {"ann": {"a": Fraction(3)}, "bob": {"b": Fraction(1)}})
        {'a': Fraction(10, 1), 'b': Fraction(10, 1)}
    """
    _check(fees, uses)
    # Whole numbers of the smallest parts there are: sums of many fractions would be exact as well, and far slower.
    per_fee = lcm(*(fee.denominator for fee in fees.values()))
    per_use = lcm(*(use.denominator for used in uses.values() for use in used.values()))
    by_total: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    all_uses: dict[str, int] = defaultdict(int)
    for viewer, used in uses.items():
        counted = {part: use.numerator * (per_use // use.denominator) for part, use in used.items()}
        fee = int(fees.get(viewer, Fraction(0)) * per_fee)
        parts = by_total[sum(counted.values())]
        for part, use in counted.items():
            all_uses[part] += use
            parts[part] += fee * use
    # A viewer without uses is owed for below.
    by_total.pop(0, None)
    common = lcm(*by_total)
    owed = dict.fromkeys(all_uses, 0)
    for total, parts in by_total.items():
        for part, amount in parts.items():
            owed[part] += amount * (common // total)
    idle = pro_rata(unwatched(fees, uses), {part: Fraction(use, per_use) for part, use in all_uses.items()})
    return {part: Fraction(owed[part], common * per_fee) + idle[part] for part in sorted(idle)}


def unwatched(fees: Mapping[str, Fraction], uses: Mapping[str, Mapping[str, Fraction]]) -> Fraction:
    """What viewers paid who used nothing."""
    return sum((fee for viewer, fee in fees.items() if not any(uses.get(viewer, {}).values())), Fraction(0))


def both(
    pool: Fraction,
    uses: Mapping[str, Fraction],
    fees: Mapping[str, Fraction],
    by_viewer: Mapping[str, Mapping[str, Fraction]],
) -> PoolShares:
    """Both methods side by side.

    Args:
        pool: to be shared out.
        uses: of each part, as metered.
        fees: of each viewer; empty where viewers' figures are not given.
        by_viewer: uses of each viewer, by part.

    Raises:
        RightsError: the fees do not add up to the pool, or viewers' uses to what was metered.
    """
    if not fees and not by_viewer:
        return PoolShares(pro_rata(pool, uses), None, Fraction(0))
    paid = sum(fees.values(), Fraction(0))
    if paid != pool:
        raise RightsError(
            f"The viewers' fees add up to {paid}, and the pool is {pool}.", "Give the part of each fee that is shared."
        )
    said: dict[str, Fraction] = defaultdict(Fraction)
    for used in by_viewer.values():
        for part, use in used.items():
            said[part] += use
    for part in sorted({*said, *uses}):
        if said.get(part, 0) != uses.get(part, 0):
            raise RightsError(
                f"Viewers' uses of {part} add up to {said.get(part, 0)}, and the ledger holds {uses.get(part, 0)}.",
                "Count viewers' uses of the same period, from the same decisions.",
            )
    return PoolShares(pro_rata(pool, uses), user_centric(fees, by_viewer), unwatched(fees, by_viewer))


def _check(fees: Mapping[str, Fraction], uses: Mapping[str, Mapping[str, Fraction]]) -> None:
    if any(fee < 0 for fee in fees.values()) or any(use < 0 for used in uses.values() for use in used.values()):
        raise RightsError("A viewer's fee or use is negative.", "Give numbers from 0 up.")
    for viewer, used in uses.items():
        if viewer not in fees and any(used.values()):
            # The viewer is not named: an error travels further than people's data may.
            raise RightsError("A viewer has uses and no fee.", "Give every viewer's fee; 0 for a free one.")
