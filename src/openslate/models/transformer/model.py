"""The fitted sequence transformer: arrays and what they say of a member, with NumPy alone.

Only a member's latest event asks what comes next, so the last block works out one place where the training, in
`network`, works out all of them.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import Histories
from openslate.models.transformer.pieces import Pieces, latest, read, side_by_side
from openslate.models.transformer.settings import TransformerSettings

EVENTS_AT_ONCE = 8192
SMALLEST_VARIANCE = 1e-5
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class SequenceTransformer:
    """A fitted sequence transformer. All arrays are float32; those of the blocks have the block first.

    Stability: provisional.

    Attributes:
        titles: [n_titles, width], of an event's title and, the same again, of the title asked for.
        popularity: [n_titles], what a title's score begins with.
        engagement: [ENGAGEMENT_STEPS + 1, width].
        gaps: [BUCKETS, width], of the time since the member's event before.
        ages: [BUCKETS, width], of how many events the member had before.
        distance: [blocks, heads, context], attention to the event so many events ago.
        elapsed: [blocks, heads, BUCKETS], attention to an event so long ago.
        attention_scale: [blocks, width].
        attention_in: [blocks, width, 3 width], to queries, keys and values.
        attention_out: [blocks, width, width].
        forward_scale: [blocks, width].
        forward_in: [blocks, width, feed_forward].
        forward_shift: [blocks, feed_forward].
        forward_out: [blocks, feed_forward, width].
        final_scale: [width].
        final_shift: [width].
        settings: what it was built and trained with.
    """

    titles: Floats
    popularity: Floats
    engagement: Floats
    gaps: Floats
    ages: Floats
    distance: Floats
    elapsed: Floats
    attention_scale: Floats
    attention_in: Floats
    attention_out: Floats
    forward_scale: Floats
    forward_in: Floats
    forward_shift: Floats
    forward_out: Floats
    final_scale: Floats
    final_shift: Floats
    settings: TransformerSettings

    @property
    def weights(self) -> dict[str, Floats]:
        """Every array by its name: all but the settings."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "settings"}

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not.

        A member without events is given every title's popularity.
        """
        scores = np.tile(self.popularity, (histories.n_members, 1))
        for stretches in side_by_side(latest(histories, self.settings.context), EVENTS_AT_ONCE):
            asked = self._last_states(read(histories, stretches))
            scores[stretches.members] += asked @ self.titles.T
        return scores

    def _last_states(self, pieces: Pieces) -> Floats:
        """What each piece's last event says about the next, float32 [pieces, width]."""
        last = pieces.present.sum(axis=1) - 1
        states = (
            self.titles[pieces.titles]
            + self.engagement[pieces.engagement]
            + self.gaps[pieces.gaps]
            + self.ages[pieces.ages]
        )
        every = np.tile(np.arange(states.shape[1]), (len(last), 1))
        for block in range(self.settings.blocks):
            asking = every if block < self.settings.blocks - 1 else last[:, None]
            states = self._attend(block, states, asking, pieces.elapsed)
            states = self._feed_forward(block, states)
        return normalised(states[:, 0], self.final_scale) + self.final_shift

    def _attend(self, block: int, states: Floats, asking: NDArray[np.int64], elapsed: NDArray[np.int64]) -> Floats:
        """One attention on top of the states of the places that ask, float32 [pieces, asking, width]."""
        heads, width = self.settings.heads, self.settings.width
        inner = normalised(states, self.attention_scale[block])
        into_queries, into_rest = np.split(self.attention_in[block], [width], axis=1)
        queries = _by_head(_at(inner, asking) @ into_queries, heads)
        keys, values = (_by_head(part, heads) for part in np.split(inner @ into_rest, 2, axis=2))
        before = asking[:, :, None] - np.arange(states.shape[1])
        weights = queries @ keys.swapaxes(2, 3) * np.float32((width // heads) ** -0.5)
        weights += self.distance[block][:, np.maximum(before, 0)].swapaxes(0, 1)
        weights += self.elapsed[block][:, _at(elapsed, asking)].swapaxes(0, 1)
        shares = softmax(np.where(before[:, None] < 0, np.float32(-np.inf), weights))
        joined = (shares @ values).swapaxes(1, 2).reshape(*asking.shape, width)
        out: Floats = _at(states, asking) + joined @ self.attention_out[block]
        return out

    def _feed_forward(self, block: int, states: Floats) -> Floats:
        inner = normalised(states, self.forward_scale[block]) @ self.forward_in[block] + self.forward_shift[block]
        out: Floats = states + np.maximum(inner, 0) @ self.forward_out[block]
        return out


def normalised(states: Floats, scale: Floats) -> Floats:
    """Each state less its mean, over its deviation, times `scale`.

    Example:
        >>> normalised(np.array([[1, 3]], dtype=np.float32), np.array([1, 2], dtype=np.float32)).round(3).tolist()
        [[-1.0, 2.0]]
    """
    centred = states - states.mean(axis=-1, keepdims=True)
    variance = np.square(centred).mean(axis=-1, keepdims=True)
    result: Floats = centred / np.sqrt(variance + np.float32(SMALLEST_VARIANCE)) * scale
    return result


def softmax(weights: Floats) -> Floats:
    """Shares along the last axis that sum to one.

    Example:
        >>> softmax(np.array([0, 0, -np.inf], dtype=np.float32)).tolist()
        [0.5, 0.5, 0.0]
    """
    powers = np.exp(weights - weights.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _by_head(states: Floats, heads: int) -> Floats:
    """From [pieces, places, width] to [pieces, heads, places, width of a head]."""
    return states.reshape(*states.shape[:2], heads, -1).swapaxes(1, 2)


def _at(states: NDArray[np.generic], asking: NDArray[np.int64]) -> NDArray[np.generic]:
    """The rows of each piece's places that ask, [pieces, asking, ...]."""
    return np.take_along_axis(states, asking[:, :, None], axis=1)
