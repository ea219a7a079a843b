"""Columns of features: named, in a family that drivers are told by, and known at a stage that the guard checks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.evaluation.forecasting.leakage import Stage

Floats = NDArray[np.float64]
UNKNOWN = float("nan")


@dataclass(frozen=True)
class Columns:
    """Features of some works.

    Attributes:
        names: of each, unlike any other's.
        families: of each, in words, such as 'release' or 'series so far'.
        stages: when each is known.
        values: float64 [works, features], NaN where unknown.
    """

    names: tuple[str, ...]
    families: tuple[str, ...]
    stages: tuple[Stage, ...]
    values: Floats


def columns(family: str, stage: Stage, rows: Sequence[dict[str, float]]) -> Columns:
    """Features of one family, from a row of names and values for each work.

    Args:
        family: in words.
        stage: when all of them are known.
        rows: one for each work, at least one; all with the same names in the same order.

    Example:
        >>> columns("length", "pitch", [{"minutes": 90.0}, {"minutes": UNKNOWN}]).values.tolist()
        [[90.0], [nan]]
    """
    names = tuple(rows[0])
    values = np.array([[row[name] for name in names] for row in rows], dtype=np.float64)
    return Columns(names, (family,) * len(names), (stage,) * len(names), values.reshape(len(rows), len(names)))


def beside(parts: Sequence[Columns]) -> Columns:
    """Several families side by side."""
    return Columns(
        tuple(name for part in parts for name in part.names),
        tuple(family for part in parts for family in part.families),
        tuple(stage for part in parts for stage in part.stages),
        np.concatenate([part.values for part in parts], axis=1),
    )


def logarithm(value: float | None) -> float:
    """ln of a value, NaN of none and of what is not above zero."""
    return float(np.log(value)) if value is not None and value > 0 else UNKNOWN


def truth(value: bool | None) -> float:
    """1, 0, or NaN where it is not known."""
    return UNKNOWN if value is None else float(value)
