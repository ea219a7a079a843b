"""How often the perceptual hash errs, on generated pictures: `python -m benchmarks.perceptual_hash [--write]`.

Needs the c2pa extra. Pictures of five kinds are drawn, each is changed in the ways that files are changed on their way
through the world, and every recorded picture is compared with every changed one. The limit was set on pictures of
other seeds. `--write` puts the figures where `rights inspect` reads them.
"""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import PIL
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from openslate.accounts.marking import measured_error
from openslate.accounts.marking.images import grey_square
from openslate.accounts.marking.perceptual import LIMIT, STRONGEST, WAVES, Perceptual, perceptual

PICTURES = 1000
SEED = 3
"""The limit was set on seeds 1 and 2."""
Picture = Image.Image
Random = np.random.Generator
CHANCE_STEPS = (0.025, 0.05, 0.075, LIMIT, 0.125, 0.15, 0.2, 0.25)


def _noise(rng: Random, width: int, height: int) -> NDArray[np.uint8]:
    """Clouds: noise whose strength falls with frequency, as in photographs."""
    fall = rng.uniform(0.9, 1.6)
    across = np.hypot(np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None] * width)
    layers = []
    for _ in range(3):
        waves = np.fft.rfft2(rng.standard_normal((height, width))) / np.maximum(across, 1) ** fall
        field = np.fft.irfft2(waves, (height, width))
        layers.append((field - field.min()) / np.ptp(field) * 255)
    return np.stack(layers, axis=-1).astype(np.uint8)


def _colour(rng: Random) -> tuple[int, int, int]:
    red, green, blue = (int(one) for one in rng.integers(0, 256, 3))
    return red, green, blue


def _slope(rng: Random, width: int, height: int) -> Picture:
    """A sky: one colour running into another."""
    first, second = np.array(_colour(rng)), np.array(_colour(rng))
    share = np.linspace(0, 1, height)[:, None, None]
    return Image.fromarray(np.broadcast_to(first + share * (second - first), (height, width, 3)).astype(np.uint8))


def clouds(rng: Random, width: int, height: int) -> Picture:
    """Texture without things."""
    return Image.fromarray(_noise(rng, width, height))


def shapes(rng: Random, width: int, height: int) -> Picture:
    """Things without texture."""
    picture = _slope(rng, width, height)
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(6, 25))):
        left, top = rng.uniform(-0.2, 1, 2) * (width, height)
        right, low = (left, top) + rng.uniform(0.05, 0.5, 2) * (width, height)
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((left, top, right, low), fill=_colour(rng))
    return picture


def landscape(rng: Random, width: int, height: int) -> Picture:
    """A sky over hills, which many pictures have in common."""
    picture = _slope(rng, width, height)
    draw = ImageDraw.Draw(picture)
    places = np.linspace(0, width, 60)
    for layer in range(int(rng.integers(2, 5))):
        base = height * (0.4 + 0.15 * layer)
        line = base + sum(
            rng.uniform(5, 40) * np.sin(places / width * rng.uniform(3, 30) + rng.uniform(0, 7)) for _ in range(4)
        )
        points = [*zip(places.tolist(), np.asarray(line).tolist(), strict=True), (width, height), (0, height)]
        draw.polygon(points, fill=_colour(rng))
    return Image.blend(picture, clouds(rng, width, height), 0.25)


def portrait(rng: Random, width: int, height: int) -> Picture:
    """A head in the middle, as in every other portrait: the hard case for telling two pictures apart."""
    picture = clouds(rng, width, height).filter(ImageFilter.GaussianBlur(8))
    draw = ImageDraw.Draw(picture)
    middle, top = width * rng.uniform(0.42, 0.58), height * rng.uniform(0.08, 0.2)
    wide, tall = height * rng.uniform(0.18, 0.26), height * rng.uniform(0.5, 0.62)
    skin = tuple(int(one) for one in np.array([225, 180, 150]) * rng.uniform(0.35, 1.1))
    hair, eye, mouth = _colour(rng), _colour(rng), _colour(rng)
    draw.ellipse((middle - wide * 2, top + tall * 0.9, middle + wide * 2, height * 1.5), fill=_colour(rng))
    draw.ellipse((middle - wide * 1.2, top - tall * 0.1, middle + wide * 1.2, top + tall * 0.8), fill=hair)
    draw.ellipse((middle - wide, top, middle + wide, top + tall), fill=skin)
    for side in (-1, 1):
        at, level = middle + side * wide * rng.uniform(0.35, 0.5), top + tall * rng.uniform(0.38, 0.46)
        draw.ellipse((at - wide * 0.16, level - tall * 0.05, at + wide * 0.16, level + tall * 0.05), fill=eye)
    low = top + tall * rng.uniform(0.7, 0.78)
    draw.ellipse((middle - wide * 0.4, low, middle + wide * 0.4, low + tall * rng.uniform(0.04, 0.1)), fill=mouth)
    grain = rng.normal(0, 4, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


def poster(rng: Random, width: int, height: int) -> Picture:
    """Bars and letters over a scene."""
    picture = Image.blend(clouds(rng, width, height), shapes(rng, width, height), 0.5)
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(1, 4))):
        words = " ".join("".join(chr(int(one)) for one in rng.integers(65, 91, 6)) for _ in range(2))
        draw.text((rng.uniform(0, 0.5) * width, rng.uniform(0, 0.9) * height), words, fill=_colour(rng), font_size=48)
    return picture


KINDS: tuple[Callable[[Random, int, int], Picture], ...] = (clouds, shapes, landscape, portrait, poster)


def drawn(seed: int, count: int) -> Iterator[Picture]:
    """Pictures of every kind in turn, wide and narrow."""
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        width, height = ((512, 288), (480, 360), (360, 480), (400, 400))[int(rng.integers(4))]
        yield KINDS[number % len(KINDS)](rng, width, height)


def _encoded(picture: Picture, form: str, **settings: Any) -> Picture:
    file = io.BytesIO()
    picture.save(file, form, **settings)
    return Image.open(io.BytesIO(file.getvalue()))


def _scaled(picture: Picture, share: float) -> Picture:
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _cropped(picture: Picture, share: float) -> Picture:
    return ImageOps.crop(picture, round(min(picture.size) * share))


def _noisy(picture: Picture, spread: float) -> Picture:
    rng = np.random.default_rng(picture.width)
    pixels = np.asarray(picture) + rng.normal(0, spread, (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


CHANGES: dict[str, Callable[[Picture], Picture]] = {
    "JPEG, quality 90": lambda one: _encoded(one, "JPEG", quality=90),
    "JPEG, quality 50": lambda one: _encoded(one, "JPEG", quality=50),
    "JPEG, quality 20": lambda one: _encoded(one, "JPEG", quality=20),
    "WebP, quality 50": lambda one: _encoded(one, "WEBP", quality=50),
    "half the size": lambda one: _scaled(one, 0.5),
    "a quarter of the size, JPEG 50": lambda one: _encoded(_scaled(one, 0.25), "JPEG", quality=50),
    "twice the size": lambda one: _scaled(one, 2.0),
    "squeezed to another shape": lambda one: one.resize((one.width, round(one.height * 0.8))),
    "grey": lambda one: ImageOps.grayscale(one),
    "brighter by 20%": lambda one: ImageEnhance.Brightness(one).enhance(1.2),
    "more contrast by 30%": lambda one: ImageEnhance.Contrast(one).enhance(1.3),
    "blurred": lambda one: one.filter(ImageFilter.GaussianBlur(2)),
    "noise": lambda one: _noisy(one, 12),
    "1% cropped from each side": lambda one: _cropped(one, 0.01),
    "5% cropped from each side": lambda one: _cropped(one, 0.05),
    "turned by 1 degree": lambda one: one.rotate(1, Image.Resampling.BICUBIC),
    "turned by 5 degrees": lambda one: one.rotate(5, Image.Resampling.BICUBIC),
    "mirrored": ImageOps.mirror,
    "a bar of 10% added below": lambda one: ImageOps.pad(one, (one.width, round(one.height * 1.1)), centering=(0, 0)),
}


def as_arrays(hashes: list[Perceptual]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Signs as -1 and 1, and masks, as matrices."""

    def bits(numbers: list[int]) -> NDArray[np.float32]:
        lines = [np.frombuffer(one.to_bytes(WAVES * WAVES // 8, "big"), dtype=np.uint8) for one in numbers]
        return np.unpackbits(np.stack(lines), axis=1).astype(np.float32)

    return bits([one.signs for one in hashes]) * 2 - 1, bits([one.mask for one in hashes])


def differences(recorded: list[Perceptual], seen: list[Perceptual]) -> NDArray[np.float32]:
    """Of every recorded picture to every seen one."""
    signs, mask = as_arrays(recorded)
    others, _ = as_arrays(seen)
    asked = mask.sum(axis=1, keepdims=True)
    found: NDArray[np.float32] = (asked - (mask * signs) @ others.T) / 2 / asked
    return found


def hashed(picture: Picture) -> Perceptual | None:
    """As `rights inspect` hashes it."""
    return perceptual(grey_square(picture))


def measure(seed: int, count: int) -> dict[str, Any]:
    """The figures, with counts as they were."""
    pictures = list(drawn(seed, count))
    hashes = [hashed(one) for one in pictures]
    kept = [number for number, one in enumerate(hashes) if one is not None]
    recorded = [one for one in hashes if one is not None]
    missed: dict[str, int] = {}
    nearest = np.zeros(len(CHANCE_STEPS), dtype=np.int64)
    pairs = 0
    for name, change in CHANGES.items():
        changed = [hashed(change(pictures[number])) for number in kept]
        missed[name] = changed.count(None)
        seen = [(at, one) for at, one in enumerate(changed) if one is not None]
        apart = differences(recorded, [one for _, one in seen])
        own = apart[[at for at, _ in seen], range(len(seen))]
        missed[name] += int((own > LIMIT).sum())
        apart[[at for at, _ in seen], range(len(seen))] = 1
        nearest += [int((apart <= step).sum()) for step in CHANCE_STEPS]
        pairs += apart.size - len(seen)
        print(f"{name:30} missed {missed[name]:4} of {len(kept)}, median {np.median(own):.3f}", flush=True)
    return {
        "pictures": count,
        "too_plain": count - len(kept),
        "compared": len(kept),
        "missed": missed,
        "pairs": pairs,
        "alike_by_chance": {f"{step:.3f}": int(one) for step, one in zip(CHANCE_STEPS, nearest, strict=True)},
    }


def main() -> None:
    """Measure, print, and write if asked to."""
    arguments = sys.argv[1:]
    found = {
        "command": "python -m benchmarks.perceptual_hash --write",
        "pillow": PIL.__version__,
        "seed": SEED,
        "limit": f"{LIMIT:.3f}",
        "strongest": STRONGEST,
        **measure(SEED, PICTURES),
    }
    print(f"different pictures called alike: {found['alike_by_chance']} of {found['pairs']} pairs")
    if "--write" in arguments:
        Path(measured_error.PATH).write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
