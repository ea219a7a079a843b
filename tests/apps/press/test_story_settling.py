"""When headlines are grouped anew, and which stories are looked at together."""

import numpy as np
import pytest

from openslate.apps.press.stories import settling
from openslate.apps.press.stories.settling import grown, neighbourhoods, settled
from openslate.apps.press.stories.window import Window, likenesses, telling_terms

HALVES = [f"Northstream bid for Slate: {word} weigh offer" for word in ("owners", "regulators", "banks", "judges")]
OTHERS = [f"Cinema ticket prices on Easter {word} at a record high" for word in ("Monday", "Sunday", "Friday", "night")]
TITLES = [*HALVES[:2], *OTHERS, *HALVES[2:]]
LABELS = np.array([0, 0, 1, 1, 1, 1, 2, 2])


def test_two_halves_of_a_story_are_neighbours_and_others_are_not() -> None:
    terms = telling_terms(Window().with_more([str(at) for at in range(len(TITLES))], TITLES))
    fresh = np.array([False] * 6 + [True] * 2)
    found = neighbourhoods(LABELS, fresh, likenesses(terms, np.array([6, 7])), terms)
    assert [sorted(rows.tolist()) for rows in found.due] == [[0, 1, 6, 7]] and not found.alone


def test_a_share_must_have_come_before_all_are_grouped_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert grown(1, 11, 0.1) and not grown(1, 12, 0.1) and not grown(0, 0, 0.1)
    terms = telling_terms(Window().with_more([str(at) for at in range(len(TITLES))], TITLES))
    near = likenesses(terms, np.array([7]))
    fresh = np.array([False] * 7 + [True])
    monkeypatch.setattr(settling, "ALWAYS", 4)
    assert not settled(TITLES, LABELS, fresh, near, terms).fresh.any()
    monkeypatch.setattr(settling, "TENTH", 0.5)
    kept = settled(TITLES, LABELS, fresh, near, terms)
    assert kept.fresh.tolist() == fresh.tolist() and kept.labels.tolist() == LABELS.tolist()
