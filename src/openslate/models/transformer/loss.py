"""How far what was expected lies from what came: cross-entropy over the whole catalogue, or over a drawn part of it.

Over the whole catalogue the gradient is worked out beside the loss, some events at a time: the probabilities of
1,536 events and 20,000 titles are 123 MB, and never need to exist all at once.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

EVENTS_AT_ONCE = 256


@dataclass(frozen=True)
class Seen:
    """What cannot come, because the member has watched it before.

    Attributes:
        first: int16 [pieces, n_titles], the place at which a title was first watched, see `pieces.first_seen`.
        pieces: int64 [events], whose row of `first` counts.
        places: int16 [events], each event's own place.
    """

    first: Tensor
    pieces: Tensor
    places: Tensor

    def not_by(self, events: slice) -> Tensor:
        """Which titles were not yet watched by then, bool [events, n_titles]."""
        return self.first[self.pieces[events]] > self.places[events, None]


def among_all(
    states: Tensor, titles: Tensor, popularity: Tensor, wanted: Tensor, seen: Seen, precision: torch.dtype
) -> float:
    """The mean loss over every title not yet seen; its gradients are added to those of the three tensors.

    Args:
        states: float32 [events, width], what each event says about the next.
        titles: float32 [n_titles, width], a leaf.
        popularity: float32 [n_titles], a leaf.
        wanted: int64 [events], the title that came.
        seen: what could not come.
        precision: of the matrix products.
    """
    low_states, low_titles = states.detach().to(precision), titles.detach().to(precision)
    state_gradient = torch.empty_like(states)
    total = torch.zeros((), device=states.device)
    for tensor in (titles, popularity):
        tensor.grad = torch.zeros_like(tensor)
    for start in range(0, len(states), EVENTS_AT_ONCE):
        part = slice(start, start + EVENTS_AT_ONCE)
        scores = (low_states[part] @ low_titles.T).float().add_(popularity.detach())
        came = wanted[part, None]
        told = scores.gather(1, came)
        # A title that is watched again is wanted all the same: it is told apart from the unseen ones.
        possible = seen.not_by(part).scatter_(1, came, True)
        highest = scores.amax(dim=1, keepdim=True)
        odds = scores.sub_(highest).exp_().mul_(possible)
        everything = odds.sum(dim=1, keepdim=True)
        total -= (told - highest - everything.log()).sum()
        gradient = odds.div_(everything).scatter_add_(1, came, torch.full_like(told, -1)).div_(len(states))
        low_gradient = gradient.to(precision)
        state_gradient[part] = (low_gradient @ low_titles).float()
        titles.grad += (low_gradient.T @ low_states[part]).float()
        popularity.grad += gradient.sum(dim=0)
    states.backward(state_gradient)
    return float(total.item()) / len(states)


def among_drawn(
    states: Tensor, titles: Tensor, popularity: Tensor, wanted: Tensor, drawn: Tensor, precision: torch.dtype
) -> float:
    """The mean loss over the wanted titles and a few drawn ones that stand for all; gradients are added likewise.

    Args:
        states, titles, popularity, wanted, precision: as for `among_all`.
        drawn: int64 [negatives], different titles, each as likely as any other.
    """
    against = (states.to(precision) @ titles[drawn].to(precision).T).float() + popularity[drawn]
    against = against + math.log(len(titles) / len(drawn))
    against = against.masked_fill(drawn == wanted[:, None], -torch.inf)
    told = (states * titles[wanted]).sum(dim=1) + popularity[wanted]
    loss = (torch.logsumexp(torch.cat([told[:, None], against], dim=1), dim=1) - told).mean()
    loss.backward()
    return float(loss.item())
