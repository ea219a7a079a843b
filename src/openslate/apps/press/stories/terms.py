"""The terms of a headline, as numbers: words, stems, pairs of neighbours, runs of letters."""

import re
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from openslate.models.kernels.letters import letter_runs

Terms = NDArray[np.int64]
"""The terms of one text in their order; a term that is there twice counts twice."""
WORD = re.compile(r"[a-z0-9$](?:[a-z0-9$'.&-]*[a-z0-9$])?")
PLAIN = re.compile(r"\w\w+")
ENDINGS = ("'s", "ing", "ed", "es", "s")
SHORTEST = 4
"""Letters that are left of a word without its ending."""
KEPT = 1 << 15
"""Texts whose terms are held in memory."""


def stems(text: str) -> list[str]:
    """The words of a text without common ones and endings.

    Example:
        >>> stems("The regulators' filings: AT&T's")
        ['regulator', 'filing', 'at&t']
    """
    return [_stem(word) for word in WORD.findall(text.lower()) if word not in ENGLISH_STOP_WORDS]


@lru_cache(maxsize=KEPT)
def words(text: str) -> Terms:
    """Words without common ones."""
    return _numbers(_plain(text))


@lru_cache(maxsize=KEPT)
def word_pairs(text: str) -> Terms:
    """Words without common ones, and pairs of neighbouring ones."""
    return _with_pairs(words(text))


@lru_cache(maxsize=KEPT)
def single_stems(text: str) -> Terms:
    """Stems."""
    return _numbers(stems(text))


@lru_cache(maxsize=KEPT)
def stem_pairs(text: str) -> Terms:
    """Stems, and pairs of neighbouring ones."""
    return _with_pairs(single_stems(text))


@lru_cache(maxsize=KEPT // 4)
def letters(text: str) -> Terms:
    """Runs of three to five letters within words."""
    padded = " " + " ".join(text.lower().split()) + " "
    if not padded.strip():
        return np.empty(0, dtype=np.int64)
    points = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return letter_runs(points, 3, 5)


@lru_cache(maxsize=1 << 17)
def number(word: str) -> int:
    """A number for a word, the same in every process."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _plain(text: str) -> list[str]:
    return [word for word in PLAIN.findall(text.lower()) if word not in ENGLISH_STOP_WORDS]


def _numbers(found: list[str]) -> Terms:
    return np.array([number(word) for word in found], dtype=np.int64)


def _with_pairs(single: Terms) -> Terms:
    pairs = (single[:-1] * np.int64(1_000_003)) ^ (single[1:] * np.int64(998_244_353))
    return np.concatenate([single, pairs])


def _stem(word: str) -> str:
    ending = next((one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= SHORTEST), "")
    return word[: len(word) - len(ending)] if ending else word
