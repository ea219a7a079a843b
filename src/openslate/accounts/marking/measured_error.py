"""How often the perceptual hash errs, as it was measured: the table that `benchmarks/perceptual_hash.py` writes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PATH = Path(__file__).with_name("measured_error.json")


@dataclass(frozen=True)
class MeasuredError:
    """The figures, as counts, on drawn pictures; those of a service's own pictures may differ.

    Attributes:
        command: that measured them.
        pictures: how many were drawn.
        too_plain: of these, how many have no hash.
        compared: how many were changed in every way and compared.
        missed: how many changed pictures were not recognised, by the change.
        pairs: of a recorded picture and a change of another one.
        alike_by_chance: how many of these pairs were within a difference, by the difference.
    """

    command: str
    pictures: int
    too_plain: int
    compared: int
    missed: Mapping[str, int]
    pairs: int
    alike_by_chance: Mapping[str, int]

    def false_matches(self, difference: float) -> str:
        """How often different pictures were as alike as these, in a sentence.

        Args:
            difference: as found; the next larger one that was counted is told.

        Example:
            >>> figures = MeasuredError("", 10, 0, 10, {}, 900, {"0.100": 0, "0.200": 4})
            >>> figures.false_matches(0.15)
            'Of 900 pairs of different drawn pictures, 4 differed by 20.0% or less.'
        """
        steps = sorted((float(step), count) for step, count in self.alike_by_chance.items())
        step, count = next(((step, count) for step, count in steps if difference <= step), (1.0, self.pairs))
        return f"Of {self.pairs:,} pairs of different drawn pictures, {count:,} differed by {step:.1%} or less."

    def misses(self) -> str:
        """Which changes hide a picture from it, in a sentence.

        Example:
            >>> MeasuredError("", 10, 0, 10, {"grey": 0, "mirrored": 10}, 900, {}).misses()
            'Of 10 drawn pictures, each change hid: grey 0, mirrored 10.'
        """
        told = ", ".join(f"{name} {count}" for name, count in self.missed.items())
        return f"Of {self.compared:,} drawn pictures, each change hid: {told}."


@lru_cache(maxsize=1)
def measured_error() -> MeasuredError:
    """The figures of this version."""
    found = json.loads(PATH.read_text(encoding="utf-8"))
    return MeasuredError(**{name: found[name] for name in MeasuredError.__dataclass_fields__})
