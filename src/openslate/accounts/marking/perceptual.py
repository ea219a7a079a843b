"""A perceptual hash of pictures: alike for pictures that look alike, whatever size and format they are stored in.

The picture is made grey and small, and of the 255 slowest waves in it the signs are kept, with a mask of the strongest.
Weak waves change their sign with every compression, so they are not asked when two pictures are compared. What this
finds is probable and never more: how often it errs is measured (`measured_error`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dctn

from openslate.errors import UsageError

SIDE = 64
"""Pictures are compared as squares of this many grey points."""
WAVES = 16
STRONGEST = 128
"""How many waves are asked at most."""
FEWEST = 64
"""A picture with fewer waves above the floor is too plain to be told from others."""
FLOOR = 4.0
"""Amplitude, in grey levels summed as the transform sums them, under which a wave is noise."""
LIMIT = 0.1
"""Pictures of which a larger share of the strongest waves disagrees are not called alike."""


@dataclass(frozen=True)
class Perceptual:
    """The hash of one picture.

    Attributes:
        signs: one bit for each wave.
        mask: which of them are asked.
    """

    signs: int
    mask: int

    @property
    def text(self) -> str:
        """Both in hexadecimal, as they are recorded."""
        return f"{self.signs:064x}:{self.mask:064x}"

    @classmethod
    def read(cls, text: str) -> "Perceptual":
        """The hash of its text.

        Raises:
            UsageError: it is none.
        """
        signs, _, mask = text.partition(":")
        try:
            if len(signs) == len(mask) == SIDE and int(mask, 16):
                return cls(int(signs, 16), int(mask, 16))
        except ValueError:
            pass
        raise UsageError(f"{text!r} is no perceptual hash.", "Hash the picture again.")


def perceptual(grey: NDArray[np.uint8]) -> Perceptual | None:
    """The hash of a picture; None for one that is too plain to be told from others.

    Args:
        grey: uint8 [SIDE, SIDE].

    Source: after the DCT hash of pictures (Zauner, 2010), with signs in place of a median, and a mask.

    Example:
        >>> perceptual(np.full((SIDE, SIDE), 128, dtype=np.uint8)) is None
        True
    """
    waves = dctn(grey.astype(np.float64), norm="ortho")[:WAVES, :WAVES].ravel()[1:]
    strength = np.abs(waves)
    asked = np.zeros(waves.size, dtype=bool)
    asked[np.argsort(-strength, kind="stable")[:STRONGEST]] = True
    asked &= strength >= FLOOR
    if asked.sum() < FEWEST:
        return None
    return Perceptual(_bits(waves > 0), _bits(asked))


def difference(recorded: Perceptual, seen: Perceptual) -> float:
    """Which share of the waves that the recorded picture asks about the seen one answers otherwise, from 0 to 1.

    Example:
        >>> difference(Perceptual(0b1100, 0b1110), Perceptual(0b1001, 0b0111))
        0.3333333333333333
    """
    return ((recorded.signs ^ seen.signs) & recorded.mask).bit_count() / recorded.mask.bit_count()


def _bits(flags: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(flags).tobytes(), "big")
