"""Who is scored on what: three published ways of cutting histories into training and targets."""

from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError, UsageError
from openslate.evaluation.split import Split, build_split
from openslate.models.histories import Histories

__all__ = ["Split", "cut_at_quantile", "global_time", "leave_last_out", "strong_generalisation"]

DAY = 86_400_000_000
PUBLISHED_SEED = 98765
FEWEST_TITLES = 5
TARGET_SHARE = 0.2


def global_time(histories: Histories, cut: int, until: int | None = None, most: int | None = None) -> Split:
    """Train on what happened before one moment, predict what happens after it (arXiv 2010.11060).

    The question a service asks every night, and the headline of every report. A validation split for the same
    test is `global_time(histories, earlier_cut, until=cut)`: nothing from `cut` on is looked at.

    Args:
        histories: everything known.
        cut: microseconds UTC; events before it train, events from it on are targets.
        until: microseconds UTC; events from here on are left out altogether. None keeps all.
        most: members scored at most, evenly spread over all who could be; None scores all.

    Raises:
        FitError: no member has both a training event and a target.
    """
    train = histories.keep(histories.times < cut)
    after = histories.times >= cut
    if until is not None:
        after &= histories.times < until
    in_training = np.zeros(histories.n_titles, dtype=np.bool_)
    in_training[train.titles] = True
    later = histories.keep(after & in_training[histories.titles])
    return build_split(
        name="global-time",
        rule=(
            "Events before the cut train; titles watched from the cut on are the targets, each once per member. "
            "Titles a member had watched before the cut and titles nobody had are no targets. Members need one "
            "training event and one target. An event exactly at the cut counts as after it."
            + ("" if until is None else f" Events more than {(until - cut) / DAY:.0f} days after the cut are left out.")
        ),
        train=train,
        fold_in=train,
        held_out=later,
        as_of=cut - 1,
        members=np.arange(histories.n_members),
        most=most,
    )


def cut_at_quantile(histories: Histories, share: float) -> int:
    """The moment before which about `share` of all events lie: a cut for `global_time` when none is given.

    The cut is the time of the event at position `floor(share * events)` when all are sorted by time. Events at
    that very time are not before it, so training holds at most `share` of the events, never more.

    Args:
        histories: at least one event.
        share: between 0 and 1, both excluded; .9 leaves the latest tenth as targets.

    Raises:
        UsageError: there are no events, or `share` is not between 0 and 1.

    Example:
        >>> cut_at_quantile(Histories.from_lists([[0, 1, 2, 3]], n_titles=4), 0.75)
        3
    """
    if not 0 < share < 1 or histories.n_events == 0:
        raise UsageError(
            f"No cut at share {share} of {histories.n_events} events.",
            "Give a share between 0 and 1 and histories with events.",
        )
    position = int(share * histories.n_events)
    return int(np.partition(histories.times, position)[position])


def leave_last_out(histories: Histories, offset: int = 0, steps: int = 1) -> Split:
    """Hold out one event of every member: an anchor for comparing with papers, not for deciding.

    One member's training may lie after another's target, so the future leaks in (arXiv 2010.11060).

    Args:
        histories: everything known.
        offset: 0 holds out the last event (test); 1 holds out the one before it and drops the last (validation).
        steps: how many events of each member are asked for. Each is asked for from all that came before it, and none
            of them trains; so a member with enough events is scored as many times.

    Raises:
        UsageError: `offset` is neither 0 nor 1, or `steps` is below 1.
        FitError: no member has an event to be scored from.
    """
    if offset not in (0, 1):
        raise UsageError(f"leave_last_out has no offset {offset}.", "Use 0 for test or 1 for validation.")
    if steps < 1:
        raise UsageError(f"{steps} steps ask for nothing.", "Ask for one or more.")
    place = np.repeat(histories.offsets[1:], histories.lengths()) - np.arange(histories.n_events)
    train = histories.keep(place > offset + steps)
    asked = range(1 + offset, 1 + offset + steps)
    return build_split(
        name="leave-last-out" if offset == 0 else "leave-last-out:validation",
        rule=(
            f"The {'last event' if offset == 0 else 'event before the last'} of every member is the target, "
            f"{'all earlier ones train' if offset == 0 else 'all earlier ones train, the last is dropped'}. Events "
            "at equal times keep the order of the source (stable sort). Members whose target is a title they had "
            "watched before, or who have nothing earlier, are not scored; a target nobody else watched is a miss."
            + (
                ""
                if steps == 1
                else f" So are the {steps - 1} before it, each from what came before; none of them trains."
            )
        ),
        train=train,
        fold_in=Histories.stacked([histories.keep(place > target) for target in asked]),
        held_out=Histories.stacked([histories.keep(place == target) for target in asked]),
        as_of=int(train.times.max(initial=0)),
        members=np.tile(np.arange(histories.n_members), steps),
    )


def strong_generalisation(
    histories: Histories,
    held_out: int,
    part: Literal["validation", "test"] = "test",
    *,
    engagement_above: int,
) -> Split:
    """Hold out whole members by the published ML-20M protocol (dawenl/vae_cf; google-research `ials/vae_benchmarks`).

    It asks how well a model completes the list of a member it never met. To repeat published digits the
    members must be indexed in ascending order of the publisher's numeric ids, and the titles likewise: the
    draws are made over positions, and the published file lists a member's titles by ascending id.

    Args:
        histories: everything known.
        held_out: members held out for each of the two parts (10,000 for ML-20M).
        part: which of the two held-out parts is scored. Both have the same training members.
        engagement_above: only events with more engagement than this count, all alike ("rating > 3.5").

    Raises:
        FitError: too few members are left to train on, or nobody can be scored.
    """
    liked = _first_plays(histories.keep(histories.engagement > engagement_above))
    eligible = np.flatnonzero(liked.lengths() >= FEWEST_TITLES)
    n_training = len(eligible) - 2 * held_out
    if held_out < 1 or n_training < 1:
        raise FitError(
            f"Only {len(eligible)} members have {FEWEST_TITLES} titles or more, too few to hold out 2 x {held_out}.",
            "Import events of more members, or hold out fewer, at least one for each part.",
        )
    # The published members come from NumPy's legacy stream; a modern generator would hold out others.
    shuffled = eligible[np.random.RandomState(PUBLISHED_SEED).permutation(len(eligible))]
    first = n_training if part == "validation" else n_training + held_out
    train = liked.take(np.sort(shuffled[:n_training]))
    members = np.sort(shuffled[first : first + held_out])
    remaining = liked.take(members)
    remaining = remaining.keep(np.isin(remaining.titles, train.titles))
    is_target = _published_targets(remaining)
    return build_split(
        name="strong-generalisation" if part == "test" else "strong-generalisation:validation",
        rule=(
            f"{held_out:,} members are held out whole; the catalogue is what the training members watched. Events "
            f"with engagement above {engagement_above} count, all alike, for members with {FEWEST_TITLES} titles or "
            f"more. A fifth of a held-out member's titles, drawn with legacy seed {PUBLISHED_SEED} in catalogue "
            "order, are the targets, the rest is shown to the model. Times play no part, so neither do ties."
        ),
        train=train,
        fold_in=remaining.keep(~is_target),
        held_out=remaining.keep(is_target),
        as_of=int(liked.times.max()),
        members=members,
    )


def _published_targets(histories: Histories) -> NDArray[np.bool_]:
    """Mark the events that the published protocol draws as targets, bool [events]."""
    random = np.random.RandomState(PUBLISHED_SEED)
    is_target = np.zeros(histories.n_events, dtype=np.bool_)
    for start, stop in pairwise(histories.offsets.tolist()):
        n_titles = stop - start
        if n_titles >= FEWEST_TITLES:
            drawn = random.choice(n_titles, size=int(TARGET_SHARE * n_titles), replace=False)
            is_target[start + np.argsort(histories.titles[start:stop])[drawn]] = True
    return is_target


def _first_plays(histories: Histories) -> Histories:
    """The first event of every member with every title."""
    keys = histories.members_of_events() * histories.n_titles + histories.titles
    first = np.zeros(histories.n_events, dtype=np.bool_)
    first[np.unique(keys, return_index=True)[1]] = True
    return histories.keep(first)
