"""Between which values each setting of a recipe makes sense, so that a slip is told before anything is fitted.

A setting is known by the last part of its dotted name. The bounds are wide: they keep out what cannot be computed or
would take for ever, and leave what is merely unwise to validation.
"""

from collections.abc import Mapping

from openslate.errors import UsageError

MOST = 10**12
"""Of any setting that has no bounds of its own."""
Bounds = tuple[float, float]
SHARE: Bounds = (0, 1)
POWER: Bounds = (0, 20)
EVENTS: Bounds = (1, 10_000)
"""Of a member's events that are looked at one by one."""
KEPT: Bounds = (1, 1_000_000)
LEAST = 1e-6

BOUNDS: Mapping[str, Bounds] = {
    "engagement_share": SHARE,
    "half_life": (0.01, MOST),
    "half_life_days": (LEAST, MOST),
    "window_days": (LEAST, MOST),
    "trend_days": (LEAST, MOST),
    "l2": (0, MOST),
    "shrinkage": (LEAST, MOST),
    "past": EVENTS,
    "past_decay": SHARE,
    "future": EVENTS,
    "latest": EVENTS,
    "shared": EVENTS,
    "nearby": EVENTS,
    "around": EVENTS,
    "sharpness": (1, 20),
    "ahead": (0, 10_000),
    "behind": (0, 10_000),
    "lags": (1, 1_000),
    "kept": KEPT,
    "neighbours": KEPT,
    "weights_per_row": KEPT,
    "most_events": (1, MOST),
    "most_members": (1, MOST),
    "width": (1, 4_096),
    "epochs": (0, 10_000),
    "steps": (1, 1_000),
    "seed": (0, 2**31 - 1),
    "candidates": (1, 10_000),
    "folds": (2, 100),
    "trees": (1, 100_000),
    "leaves": (2, 100_000),
    "learning_rate": (LEAST, 1),
    "fewest_per_leaf": (1, 2**31 - 1),
    "feature_share": (LEAST, 1),
    "repeated_share": (LEAST, 1),
    "floor": SHARE,
}


def bounds_of(name: str) -> Bounds:
    """The least and the greatest value of a setting.

    Args:
        name: its dotted name.

    Example:
        >>> bounds_of("sequential.past"), bounds_of("neighbours.shared_power")
        ((1, 10000), (0, 20))
    """
    last = name.rpartition(".")[2]
    return BOUNDS.get(last, POWER if last.endswith("_power") else (0, MOST))


def require_bounds(name: str, value: float, where: str, way_out: str) -> None:
    """Refuse a setting whose value is out of bounds, or no number at all.

    Args:
        name: its dotted name.
        value: what it is set to.
        where: what is read, for the message.
        way_out: for the message, too.

    Raises:
        UsageError: it is.
    """
    low, high = bounds_of(name)
    if not low <= value <= high:
        shown = f"{value:,}" if isinstance(value, float) or abs(value) < MOST else "a number beyond all bounds"
        raise UsageError(f"{where} sets {name} to {shown}, outside {low:,} to {high:,}.", way_out)
