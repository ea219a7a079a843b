"""The pixels of pictures, decoded with Pillow: what they hash to, and how they look small and grey.

Only formats in common use are opened, none of which runs another program, and nothing is decoded before its size is
known: a small file can hold a picture of any size.
"""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from openslate.accounts.marking.perceptual import SIDE, Perceptual, perceptual
from openslate.native import load

INSTALL = "pip install 'openslate[c2pa]'"
FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "AVIF")
LARGEST = 150_000_000
"""Pixels of all frames together that are decoded; a frame of 16k has 133 million."""
CONTEXT = b"openslate pixels 1\n"
COLOURS = frozenset(("1", "L", "P", "LA", "La", "PA", "RGB", "RGBX", "RGBA", "RGBa"))
"""Modes whose every value has its place in RGBA; others are hashed as they are."""


class Undecoded(Exception):
    """The content could not be hashed; the text says why, in a sentence."""


def pillow() -> Any:
    """The module that opens pictures.

    Raises:
        MissingExtra: Pillow is not installed.
    """
    return load("PIL.Image", "Decoding pictures", INSTALL)


def decoder() -> str:
    """Name and version of what decodes, because a lossy format may be decoded otherwise by another one."""
    return f"pillow {load('PIL', 'Decoding pictures', INSTALL).__version__}"


def read_picture(file: IO[bytes]) -> tuple[str, Perceptual | None]:
    """The hash of a picture's pixels, and how it looks.

    The same pixels have the same hash in every format without loss, whatever metadata lies beside them.

    Args:
        file: open, to be read from its beginning.

    Raises:
        Undecoded: it is damaged, no picture, or too large.
        MissingExtra: Pillow is not installed.
    """
    with _opened(file) as picture:
        frames = int(getattr(picture, "n_frames", 1))
        if picture.width * picture.height * frames > LARGEST:
            raise Undecoded(f"It holds more than {LARGEST} pixels, and was not decoded.")
        digest = hashlib.sha256(CONTEXT)
        look = None
        for number in range(frames):
            picture.seek(number)
            if picture.width * picture.height * frames > LARGEST:
                raise Undecoded(f"It holds more than {LARGEST} pixels, and was not decoded.")
            picture.load()
            pixels = picture.convert("RGBA") if picture.mode in COLOURS else picture
            digest.update(f"{pixels.mode} {pixels.width} {pixels.height}\n".encode())
            digest.update(pixels.tobytes())
            if number == 0:
                look = perceptual(grey_square(picture))
    return digest.hexdigest(), look


def grey_square(picture: Any) -> NDArray[np.uint8]:
    """A picture as it is looked at, small and grey: uint8 [SIDE, SIDE].

    Args:
        picture: of Pillow, decoded.
    """
    image = pillow()
    upright = load("PIL.ImageOps", "Decoding pictures", INSTALL).exif_transpose(picture)
    if "A" in upright.getbands() or "transparency" in upright.info:
        # What lies behind what is seen through is white on most pages.
        clear = upright.convert("RGBA")
        upright = image.alpha_composite(image.new("RGBA", clear.size, "white"), clear)
    if upright.mode.startswith(("I", "F")):
        values = np.asarray(upright, dtype=np.float64)
        scale = 255 / max(float(values.max()), 1.0) if upright.mode == "F" else 255 / 65535
        upright = image.fromarray(np.clip(values * scale, 0, 255).astype(np.uint8))
    grey = upright.convert("L").resize((SIDE, SIDE), image.Resampling.BOX)
    return np.asarray(grey, dtype=np.uint8)


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Any]:
    image = pillow()
    try:
        with warnings.catch_warnings():
            # They are about damage that is either read over or raised, and about sizes, which are checked above.
            warnings.simplefilter("ignore")
            with image.open(file, formats=FORMATS) as picture:
                yield picture
    except Undecoded:
        raise
    except image.DecompressionBombError:
        raise Undecoded(f"It holds more than {LARGEST} pixels, and was not decoded.") from None
    except MemoryError:
        raise Undecoded("There is not enough memory to decode it.") from None
    except Exception as error:
        # Decoders raise anything over a damaged file; whatever it is, the file is not decoded, and that is said.
        raise Undecoded(f"It cannot be decoded as a picture ({type(error).__name__}).") from error
