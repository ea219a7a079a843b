"""The perceptual hash by itself, the table of its error, and what manifests say: none of it needs the extra."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.accounts.marking.manifests import ENTRIES, RESERVED, USE, Said, manifest, read_manifest
from openslate.accounts.marking.measured_error import PATH, MeasuredError, measured_error
from openslate.accounts.marking.perceptual import (
    LIMIT,
    SIDE,
    STRONGEST,
    WAVES,
    Perceptual,
    difference,
    perceptual,
)
from openslate.errors import UsageError
from tests.accounts.marking.conftest import scene


def small(seed: int) -> Any:
    return scene(seed, SIDE, SIDE)[:, :, 0]


def hashed(grey: Any) -> Perceptual:
    found = perceptual(grey)
    assert found is not None
    return found


def test_a_picture_is_like_itself_and_unlike_others() -> None:
    hashes = [hashed(small(seed)) for seed in range(6)]
    for one in hashes:
        assert difference(one, one) == 0.0
        assert one.mask.bit_count() <= STRONGEST
        assert min(difference(one, other) for other in hashes if other is not one) > LIMIT


def test_light_and_noise_change_little() -> None:
    grey = small(1).astype(np.float64)
    rng = np.random.default_rng(1)
    for changed in (grey * 0.8 + 20, grey + rng.normal(0, 6, grey.shape), 255 * (grey / 255) ** 1.1):
        assert difference(hashed(small(1)), hashed(np.clip(changed, 0, 255).astype(np.uint8))) < 0.04


def test_a_negative_is_the_opposite() -> None:
    assert difference(hashed(small(1)), hashed(255 - small(1))) == 1.0


def test_plain_pictures_have_no_hash() -> None:
    ramp = np.broadcast_to(np.linspace(0, 255, SIDE), (SIDE, SIDE)).astype(np.uint8)
    assert perceptual(ramp) is None
    assert perceptual(np.zeros((SIDE, SIDE), dtype=np.uint8)) is None


@settings(deadline=None)
@given(st.integers(0, 2**255 - 1), st.integers(1, 2**255 - 1))
def test_a_hash_is_read_as_it_was_written(signs: int, mask: int) -> None:
    one = Perceptual(signs, mask)
    assert Perceptual.read(one.text) == one


@pytest.mark.parametrize("text", ["", "12:34", "z" * 64 + ":" + "1" * 64, "1" * 64 + ":" + "0" * 64, "1" * 128])
def test_what_is_no_hash(text: str) -> None:
    with pytest.raises(UsageError, match="no perceptual hash"):
        Perceptual.read(text)


def test_the_table_of_errors_is_that_of_this_hash() -> None:
    found = json.loads(PATH.read_text())
    assert (float(found["limit"]), found["strongest"]) == (LIMIT, STRONGEST)
    figures = measured_error()
    assert figures.compared + figures.too_plain == figures.pictures >= 1000
    assert figures.pairs > 10_000_000
    assert all(0 <= one <= figures.compared for one in figures.missed.values())
    assert f"{LIMIT:.1%} or less" in figures.false_matches(LIMIT)
    assert len(PATH.read_bytes()) < 4000
    assert WAVES * WAVES < SIDE * SIDE


def test_a_difference_beyond_the_table_says_nothing_good() -> None:
    figures = MeasuredError("", 10, 0, 10, {}, 90, {"0.100": 0})
    assert figures.false_matches(0.5) == "Of 90 pairs of different drawn pictures, 90 differed by 100.0% or less."
    assert figures.false_matches(0.1) == "Of 90 pairs of different drawn pictures, 0 differed by 10.0% or less."


def test_what_is_written_is_what_is_read() -> None:
    uses = [(7, "a" * 64), (9, "b" * 64)]
    said = read_manifest(manifest("take", "virtualRecording", RESERVED, "ledger/1", uses, "1", parent=None))
    assert said.source_types == ("virtualRecording",)
    assert [one.entry for one in said.reserved] == sorted(f"cawg.{name}" for name in ENTRIES)
    assert (said.ledger, said.uses, said.title) == ("ledger/1", tuple(uses), "take")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
LABELS = st.sampled_from(("c2pa.actions.v2", "cawg.training-mining", "c2pa.training-mining", USE, "c2pa.actions__1"))
DATA = st.dictionaries(st.sampled_from(("actions", "entries", "ledger", "uses", "digitalSourceType")), ANYTHING)


@settings(deadline=None, max_examples=60)
@given(
    ANYTHING | st.fixed_dictionaries({"assertions": st.lists(st.fixed_dictionaries({"label": LABELS, "data": DATA}))})
)
def test_nothing_that_a_manifest_says_is_taken_for_granted(found: object) -> None:
    said = read_manifest(found)
    assert isinstance(said, Said)
    for text in (*said.source_types, *(one.entry for one in said.reserved), said.ledger, said.title):
        assert text.isprintable() or text == ""
        assert len(text) <= 200


def test_a_text_from_a_manifest_cannot_move_the_cursor() -> None:
    mining = {"label": "cawg.training-mining", "data": {"entries": {"\x1b[2J": "not\nAllowed"}}}
    (one,) = read_manifest({"assertions": [mining]}).reserved
    assert (one.entry, one.use) == ("?[2J", "not?Allowed")
