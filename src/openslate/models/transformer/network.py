"""The transformer's network in torch, for training: what every event of a piece says about the next one.

It does for all places what `model.SequenceTransformer` does with NumPy for the last; a test holds the two together.
Weights are a plain dictionary with the names of that dataclass.

Sources: W. Kang and J. McAuley, "Self-attentive sequential recommendation", ICDM 2018; C. Raffel et al., "Exploring the
limits of transfer learning", 2020 (distances as learned biases); J. Zhai et al., "Actions speak louder than words",
ICML 2024 (time between events as a bias).
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from openslate.models.transformer.model import SMALLEST_VARIANCE
from openslate.models.transformer.pieces import Pieces
from openslate.models.transformer.settings import TransformerSettings

OF_BLOCKS = (
    "attention_scale",
    "attention_in",
    "attention_out",
    "forward_scale",
    "forward_in",
    "forward_shift",
    "forward_out",
)
"""Weights whose first axis is the block."""
Weights = dict[str, Tensor]


def states_of_events(weights: Weights, pieces: Pieces, settings: TransformerSettings, dropout: float) -> Tensor:
    """What each event that is present says about the next, float32 [events present, width], piece after piece.

    States and sums are in float32, and matrix products where `settings.bfloat16` is not set.

    Args:
        weights: all on one device.
        pieces: on which events.
        settings: sizes and precision.
        dropout: share of numbers left out; 0 when not training.
    """
    device = weights["titles"].device

    def there(array: NDArray[np.generic]) -> Tensor:
        return torch.from_numpy(array).to(device)

    states = functional.embedding(there(pieces.titles), weights["titles"])
    for name in ("engagement", "gaps", "ages"):
        states = states + functional.embedding(there(getattr(pieces, name)), weights[name])
    states = thinned(states, dropout)
    biases = _biases(weights, there(pieces.elapsed))
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=bool(settings.bfloat16)):
        for block in range(settings.blocks):
            own = {name: weights[name][block] for name in OF_BLOCKS}
            states = states + thinned(_attended(own, states, biases[block]), dropout)
            states = states + thinned(_fed_forward(own, states, dropout), dropout)
    states = states.float()[there(pieces.present)]
    return _normalised(states, weights["final_scale"]) + weights["final_shift"]


def _biases(weights: Weights, elapsed: Tensor) -> Tensor:
    """What is added to every attention, [blocks, pieces, heads, to, from]; minus infinity for what comes later."""
    pieces, longest, _ = elapsed.shape
    blocks, heads, _ = weights["elapsed"].shape
    places = torch.arange(longest, device=elapsed.device)
    before = places[:, None] - places
    distance = weights["distance"][:, :, before.clamp(min=0)].masked_fill(before < 0, -torch.inf)
    # One look-up of all blocks and heads: its gradient is by far the dearest part of these biases.
    by_time = functional.embedding(elapsed, weights["elapsed"].reshape(blocks * heads, -1).T)
    by_time = by_time.reshape(pieces, longest, longest, blocks, heads).permute(3, 0, 4, 1, 2)
    return by_time + distance[:, None]


def _attended(own: Weights, states: Tensor, bias: Tensor) -> Tensor:
    pieces, longest, width = states.shape
    heads = bias.shape[1]
    inner = _normalised(states, own["attention_scale"]) @ own["attention_in"]
    queries, keys, values = inner.reshape(pieces, longest, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
    weights = queries @ keys.transpose(2, 3) * (width // heads) ** -0.5 + bias
    joined = torch.softmax(weights, dim=-1) @ values
    return joined.transpose(1, 2).reshape(pieces, longest, width) @ own["attention_out"]


def _fed_forward(own: Weights, states: Tensor, dropout: float) -> Tensor:
    inner = _normalised(states, own["forward_scale"]) @ own["forward_in"] + own["forward_shift"]
    return thinned(functional.relu(inner), dropout) @ own["forward_out"]


def _normalised(states: Tensor, scale: Tensor) -> Tensor:
    return functional.layer_norm(states, scale.shape, scale, eps=SMALLEST_VARIANCE)


def thinned(states: Tensor, dropout: float) -> Tensor:
    """Dropout in steps of 1/256: one drawn number serves eight places, where torch's own draws one for each.

    On a processor those draws are a fifth of a step.
    """
    left_out = round(256 * dropout)
    if left_out == 0:
        return states
    numbers = torch.empty(-(-states.numel() // 8), dtype=torch.int64, device=states.device)
    drawn = numbers.random_(torch.iinfo(torch.int64).min, None).view(torch.uint8)[: states.numel()]
    kept = (drawn.view(states.shape) >= left_out).to(states.dtype)
    return states * kept.mul_(256 / (256 - left_out))
