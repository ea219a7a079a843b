"""The three ways a recipe is measured, each with the validation split that fits its blend."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from openslate.errors import UsageError
from openslate.evaluation.results import ForeignRow
from openslate.evaluation.split import Split
from openslate.evaluation.splits import cut_at_quantile, global_time, leave_last_out, strong_generalisation
from openslate.models.histories import ENGAGEMENT_STEPS, Histories

TEST_SHARE = 0.1
"""Share of all events that lie after the cut of the global time split."""
HORIZON = 28 * 86_400_000_000
"""How far ahead is predicted, in microseconds: weights fitted for next month's viewing are no good for next year's."""
HELD_OUT_SHARE = 0.1
"""Share of members held out for each part of strong generalisation: near the 7% of the published protocol."""
LIKED_ABOVE = ENGAGEMENT_STEPS * 7 // 10
"""Engagement above which an event counts in strong generalisation: 'rating > 3.5' of 5 stars."""
VALIDATION_STEPS = 3
"""Last events of each member that the blend and its second stage learn from under leave-last-out."""


@dataclass(frozen=True)
class Protocol:
    """One way of measuring.

    Attributes:
        name: as on the command line.
        test: cuts everything known into training and targets.
        validation: cuts a test's training part again, for fitting the blend.
        cutoffs: list lengths; the first is the headline.
        foreign: figures from papers that used the same kind of protocol, never ranked against ours.
    """

    name: str
    test: Callable[[Histories], Split]
    validation: Callable[[Histories], Split]
    cutoffs: tuple[int, ...] = (10, 20)
    foreign: tuple[ForeignRow, ...] = ()


def latest_share(histories: Histories, share: float = TEST_SHARE, most: int | None = None) -> Split:
    """The global time split whose cut leaves a share of all events after it; targets are those of the next 28 days.

    Args:
        histories: everything known.
        share: of the events, after the cut.
        most: members scored at most, evenly spread over all who could be; None scores all.
    """
    cut = cut_at_quantile(histories, 1 - share)
    return global_time(histories, cut, until=min(cut + HORIZON, int(histories.times.max()) + 1), most=most)


def held_out(histories: Histories) -> Split:
    """A tenth of the members is held out whole, and as many are set aside; cut again, it asks the same of the rest."""
    members = max(1, int(HELD_OUT_SHARE * histories.n_members))
    return strong_generalisation(histories, members, "test", engagement_above=LIKED_ABOVE)


_ML_1M_NOTE = "ML-1M, leave last out, full ranking; other preprocessing and another order of ties"

PROTOCOLS = {
    protocol.name: protocol
    for protocol in (
        Protocol("global-time", latest_share, latest_share),
        Protocol("leave-last-out", leave_last_out, partial(leave_last_out, steps=VALIDATION_STEPS)),
        Protocol("strong-generalisation", held_out, held_out, (100, 20, 50)),
    )
}

PAPERS_ON_MOVIELENS_1M = (
    ForeignRow("BERT4Rec", f"antklen/sasrec-bert4rec-recsys23: {_ML_1M_NOTE}", {"ndcg@10": 0.1537, "hr@10": 0.2843}),
    ForeignRow("SASRec+", f"antklen/sasrec-bert4rec-recsys23: {_ML_1M_NOTE}", {"ndcg@10": 0.1821, "hr@10": 0.3152}),
    ForeignRow("HSTU-large", f"RecTools HSTU tutorial: {_ML_1M_NOTE}", {"ndcg@10": 0.2164, "hr@10": 0.3642}),
)
"""Quoted beside our own figures when the data is MovieLens 1M."""


def named(names: tuple[str, ...]) -> list[Protocol]:
    """The protocols of these names, in this order.

    Raises:
        UsageError: one is unknown, or none is given.
    """
    unknown = [name for name in names if name not in PROTOCOLS]
    if unknown or not names:
        raise UsageError(
            f"There is no protocol {unknown[0]!r}." if unknown else "No protocol is named.",
            f"Name some of {', '.join(PROTOCOLS)}.",
        )
    return [PROTOCOLS[name] for name in names]
