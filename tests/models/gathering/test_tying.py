"""Groups held to evidence: parts of groups, and each thing tied to another of its own."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.gathering.tying import tied


@given(st.integers(2, 15), st.integers(0, 999), st.floats(0.05, 0.95))
def test_groups_are_parted_and_never_joined_and_every_thing_is_tied(things: int, seed: int, least: float) -> None:
    drawn = np.random.default_rng(seed)
    half = drawn.random((things, things))
    alike = (half + half.T) / 2
    labels = drawn.integers(0, 3, things)
    found = tied(labels, alike, least)
    for group in np.unique(found):
        rows = np.flatnonzero(found == group)
        assert len(np.unique(labels[rows])) == 1
        others = [np.delete(alike[row, rows], np.flatnonzero(rows == row)) for row in rows]
        assert len(rows) == 1 or all((one >= least).any() for one in others)
    # Nothing that is tied within a group is parted.
    assert all(
        found[one] == found[other]
        for one in range(things)
        for other in range(things)
        if labels[one] == labels[other] and alike[one, other] >= least
    )
