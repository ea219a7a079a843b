"""The backtest as plain values for JSON: every figure of every origin and every tested title."""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import numpy as np

from openslate.apps.greenlight.backtest_figures import key_of, outcome
from openslate.apps.greenlight.backtest_types import Backtest, OriginFound, Tested
from openslate.apps.greenlight.backtest_words import alarms, findings, verdict
from openslate.apps.greenlight.forecast_types import LEVELS
from openslate.errors import FitError


def backtest_plain(backtest: Backtest) -> dict[str, Any]:
    """Everything that was found.

    Args:
        backtest: what was found.

    Returns:
        Text, whole and finite numbers, or None where a figure could not be worked out; days in ISO 8601. Origins and
        the pooled one have the same keys.

    Raises:
        FitError: it compares on a figure of which nobody can say whether more of it is better.
    """
    alone = ("origins", "pooled", "tested")
    return {
        "verdict": verdict(backtest),
        "alarms": alarms(backtest),
        "findings": findings(backtest),
        **{one.name: plain(getattr(backtest, one.name)) for one in fields(backtest) if one.name not in alone},
        "levels": list(LEVELS),
        "origins": [_origin(one) for one in backtest.origins],
        "pooled": _origin(backtest.pooled),
        "tested": _tested(backtest.tested),
    }


def plain(value: Any) -> Any:
    """A value of ours as JSON has it.

    Args:
        value: a frozen value, an array, a mapping, a sequence, a day, text or a number.

    Raises:
        FitError: it is of a kind that JSON has not.

    Example:
        >>> plain({"day": date(2024, 7, 1), "shares": np.array([0.5, np.nan])})
        {'day': '2024-07-01', 'shares': [0.5, None]}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, np.ndarray):
        return [plain(one) for one in (value.astype(str) if value.dtype.kind == "M" else value).tolist()]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    raise FitError(f"A {type(value).__name__} has no form in JSON.", "Give text, numbers, days or sequences of these.")


def _origin(origin: OriginFound) -> dict[str, Any]:
    """With whether each interval held and each difference is one."""
    told: dict[str, Any] = plain(origin)
    told["ahead"] = [
        {"over": one.over, "figure": key_of(one.figure), **plain(one.difference), "verdict": outcome(one)}
        for one in origin.ahead
    ]
    for card, given in [
        (told["card"], origin.card),
        *zip(told["segments"].values(), origin.segments.values(), strict=True),
    ]:
        for coverage, one in zip(card["coverages"], given.coverages, strict=True):
            coverage["holds"] = one.holds
    told["abstention"]["earns"] = origin.abstention.earns
    return told


def _tested(tested: Tested) -> list[dict[str, Any]]:
    """One entry per title."""
    names = [one.name for one in fields(tested)]
    columns = [plain(getattr(tested, name)) for name in names]
    return [dict(zip(("title", "name", *names[2:]), row, strict=True)) for row in zip(*columns, strict=True)]
