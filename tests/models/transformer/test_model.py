"""Scoring with NumPy alone: what a transformer's weights say of a member, without torch."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.histories import Histories
from openslate.models.transformer.model import SequenceTransformer
from openslate.models.transformer.settings import TransformerSettings
from openslate.project import Project
from openslate.registry import artifacts
from tests.models.drawn import histories, many
from tests.models.transformer.conftest import shaken

SMALL = TransformerSettings(width=16, heads=2, feed_forward=24, context=4)


def test_by_hand_without_attention_the_latest_title_asks_for_its_own_kind() -> None:
    model = shaken(many(), SMALL)
    silent = {name: np.zeros_like(getattr(model, name)) for name in ("attention_out", "forward_out", "gaps", "ages")}
    titles = np.zeros((30, 16), dtype=np.float32)
    titles[3, :2], titles[4, :2], titles[5, :2] = [1, -1], [1, -1], [-1, 1]
    by_hand = dataclasses.replace(
        model,
        **silent,
        titles=titles,
        popularity=np.zeros(30, dtype=np.float32),
        engagement=np.zeros_like(model.engagement),
        final_scale=np.ones(16, dtype=np.float32),
        final_shift=np.zeros(16, dtype=np.float32),
    )
    scores = by_hand.score(Histories.from_lists([[7, 3]], n_titles=30))[0]
    # The state (1, -1, 0, ...) has mean 0 and variance 1/8, so normalised it is sqrt(8) times as long.
    assert scores[3:6] == pytest.approx([2 * 8**0.5, 2 * 8**0.5, -2 * 8**0.5], rel=1e-3)
    assert not scores[6:].any()


@given(histories(), st.integers(0, 3))
def test_a_member_scores_the_same_alone_as_among_others(drawn: Histories, seed: int) -> None:
    model = shaken(drawn, SMALL, seed)
    together = model.score(drawn)
    assert together.shape == (drawn.n_members, drawn.n_titles) and together.dtype == np.float32
    for member in range(drawn.n_members):
        assert model.score(drawn.part(member, member + 1))[0] == pytest.approx(together[member], abs=1e-3)


def test_members_without_events_are_given_the_popular_titles() -> None:
    model = shaken(many(), SMALL)
    assert (model.score(Histories.from_lists([[]], n_titles=30))[0] == model.popularity).all()


def test_what_lies_before_the_context_is_forgotten_but_for_its_number() -> None:
    model = shaken(many(), SMALL)
    ones = model.score(_timed([[9, 1, 2, 3, 4]])), model.score(_timed([[8, 1, 2, 3, 4]]))
    assert (ones[0] == ones[1]).all()
    assert (model.score(_timed([[1, 2, 3, 4]])) != ones[0]).any()


@pytest.mark.parametrize("what", ["order", "time", "engagement"])
def test_order_time_and_engagement_matter(what: str) -> None:
    model = shaken(many(), SMALL)
    plain = _timed([[1, 2, 3]])
    changed = {
        "order": _timed([[2, 1, 3]]),
        "time": dataclasses.replace(plain, times=plain.times * 60),
        "engagement": dataclasses.replace(plain, engagement=plain.engagement // 2),
    }[what]
    assert np.abs(model.score(plain) - model.score(changed)).max() > 0.01


def test_the_calendar_does_not_matter() -> None:
    model = shaken(many(), SMALL)
    plain = _timed([[1, 2, 3]])
    later = dataclasses.replace(plain, times=plain.times + 86_400_000_000)
    assert (model.score(plain) == model.score(later)).all()


def test_it_is_stored_and_opened_like_every_model(project: Project) -> None:
    model = shaken(many(), SMALL)
    stored = artifacts.save(project, "test", {"transformer": model}, {})
    opened = artifacts.load(stored, {"SequenceTransformer": SequenceTransformer})["transformer"]
    assert opened.settings == SMALL
    assert (opened.score(many(3)) == model.score(many(3))).all()


def _timed(watched: list[list[int]]) -> Histories:
    plain = Histories.from_lists(watched, n_titles=30)
    return dataclasses.replace(plain, times=plain.times * 1_000_000)
