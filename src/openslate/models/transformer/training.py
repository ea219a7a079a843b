"""The training loop in torch: pieces in random order, AdamW, and a learning rate that falls to zero."""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray

from openslate.models.histories import Histories
from openslate.models.transformer.beginnings import first_weights
from openslate.models.transformer.loss import Seen, among_all, among_drawn
from openslate.models.transformer.network import Weights, states_of_events
from openslate.models.transformer.pieces import Stretches, cut, first_seen, read, side_by_side
from openslate.models.transformer.settings import TransformerSettings
from openslate.progress import Progress

MOMENTS = (0.9, 0.98)
LONGEST_GRADIENT = 1.0


def train(
    histories: Histories,
    settings: TransformerSettings,
    device: str,
    progress: Progress,
    begun: Mapping[str, NDArray[np.float32]] | None = None,
) -> dict[str, NDArray[np.float32]]:
    """The weights after `settings.epochs`, by the names of `SequenceTransformer`.

    Args:
        histories: training members; at least one of them has two events.
        settings: sizes, budget and seed.
        device: as torch names it: 'cpu', 'cuda' or 'cuda:1'.
        progress: told the share of the budget that is spent, after every step.
        begun: weights of a finished training on most of the histories, of which the last `settings.repeated_share` is
            repeated on all of them; None begins from nothing.
    """
    first = first_weights(histories, settings) if begun is None else begun
    # Copied, or a training on a processor would go on inside the arrays of the model that was begun with.
    weights = {name: torch.tensor(array, device=device, requires_grad=True) for name, array in first.items()}
    optimizer = _optimizer(weights, settings)
    rng = np.random.default_rng([settings.seed, 1])
    budget = settings.epochs * float(np.maximum(histories.lengths() - 1, 0).sum())
    spent, step = 0 if begun is None else int(budget * (1 - settings.repeated_share)), 0
    with torch.random.fork_rng(devices=[device] if device.startswith("cuda") else []):
        torch.manual_seed(settings.seed)
        while spent < budget:
            for stretches in side_by_side(cut(histories, settings.context, rng), settings.events_per_step, rng):
                share = spent / budget
                for group in optimizer.param_groups:
                    group["lr"] = learning_rate(settings, step, share)
                optimizer.zero_grad()
                loss = _add_gradients(weights, histories, stretches, settings, rng if _draws(settings, share) else None)
                torch.nn.utils.clip_grad_norm_(weights.values(), LONGEST_GRADIENT)
                optimizer.step()
                spent, step = spent + int((stretches.stops - stretches.starts).sum()), step + 1
                progress(f"training the transformer, loss {loss:.2f}", min(1.0, spent / budget))
                if spent >= budget:
                    break
    return {name: value.detach().cpu().numpy() for name, value in weights.items()}


def learning_rate(settings: TransformerSettings, step: int, share: float) -> float:
    """The learning rate of a step: up in a line, level, and down in a line to zero.

    Example:
        >>> settings = TransformerSettings(learning_rate=1.0, warm_up=4, falling_share=0.5)
        >>> [learning_rate(settings, step, share) for step, share in [(0, 0.0), (10, 0.4), (20, 0.75), (40, 1.0)]]
        [0.25, 1.0, 0.5, 0.0]
    """
    rising = min(1.0, (step + 1) / max(settings.warm_up, 1))
    falling = min(1.0, (1 - share) / settings.falling_share)
    return settings.learning_rate * rising * falling


def _draws(settings: TransformerSettings, share: float) -> bool:
    return share < settings.sampled_share


def _optimizer(weights: Weights, settings: TransformerSettings) -> torch.optim.Optimizer:
    """AdamW; tables and matrices shrink, biases and scales do not."""
    shrinking = ("titles", "engagement", "gaps", "ages", "attention_in", "attention_out", "forward_in", "forward_out")
    groups = [
        {"params": [weights[name] for name in shrinking], "weight_decay": settings.weight_decay},
        {"params": [value for name, value in weights.items() if name not in shrinking], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.learning_rate, betas=MOMENTS, fused=True)


def _add_gradients(
    weights: Weights,
    histories: Histories,
    stretches: Stretches,
    settings: TransformerSettings,
    drawing: np.random.Generator | None,
) -> float:
    """The loss of some pieces; its gradients are added to the weights'. Titles are drawn where `drawing` is given."""
    device = weights["titles"].device
    pieces = read(histories, stretches)
    states = states_of_events(weights, pieces, settings, settings.dropout)
    rows, places = np.nonzero(pieces.present)
    wanted = torch.from_numpy(histories.titles[pieces.events[rows, places] + 1].astype(np.int64)).to(device)
    known = states, weights["titles"], weights["popularity"]
    precision = torch.bfloat16 if settings.bfloat16 else torch.float32
    if drawing:
        drawn = drawing.choice(histories.n_titles, min(settings.negatives, histories.n_titles), replace=False)
        return among_drawn(*known, wanted, torch.from_numpy(drawn).to(device), precision)
    seen = Seen(
        torch.from_numpy(first_seen(histories, stretches)).to(device),
        torch.from_numpy(rows).to(device),
        torch.from_numpy(places.astype(np.int16)).to(device),
    )
    return among_all(*known, wanted, seen, precision)
