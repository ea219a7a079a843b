"""The guard: nothing that was known only later may help, and what looks too good is looked at before it is believed.

It refuses features by the stage at which they are known, rows whose label was not known at the origin, and anything
learned (an encoder, a vocabulary, a track record) from other rows than those that may be learned from.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

Stage = Literal["pitch", "closed", "release"]
"""When a feature is known: at the pitch; at the pitch, from outcomes closed by then; or only after release."""

TOO_GOOD: Mapping[str, float] = {
    "revenue": 0.62,
    "domestic_revenue": 0.62,
    "views": 0.45,
    "hours": 0.45,
}
"""R2 on logarithms above which votes, ratings or popularity have leaked in every case we know of."""


def require_known_at_pitch(used: Sequence[str], stages: Mapping[str, Stage]) -> None:
    """Refuse features that are known only after release, and those of which nobody said when they are known.

    Args:
        used: names of the features a model is to learn from.
        stages: when each is known.

    Raises:
        FitError: one is known only after release, or has no stage.

    Example:
        >>> require_known_at_pitch(["votes"], {"votes": "release"})
        Traceback (most recent call last):
        ...
        openslate.errors.FitError: The feature 'votes' is known only after release. Leave out what came later.
    """
    unknown = [name for name in used if stages.get(name) not in get_args(Stage)]
    if unknown:
        raise FitError(
            f"Nobody has said when {_named(unknown)} known.",
            f"Declare one of {', '.join(get_args(Stage))} for each feature.",
        )
    late = [name for name in used if stages[name] == "release"]
    if late:
        raise FitError(f"{_named(late, 'The')} known only after release.", "Leave out what came later.")


def require_closed(closes: NDArray[np.datetime64], rows: NDArray[np.int64], origin: date) -> None:
    """Refuse rows whose label window had not closed before the origin: to learn from, as comps or as a track record.

    Args:
        closes: datetime64[D] [titles], last day of each label window, or the day the label was published.
        rows: int64, which of them are to be learned from.
        origin: the day the forecast is made.

    Raises:
        FitError: one of them closed on that day or later, or has no closing day.
    """
    late = ~(closes[rows] < np.datetime64(origin))
    if late.any():
        first = rows[late][0]
        raise FitError(
            f"The outcomes of {int(late.sum())} of {len(rows)} rows were not known before {origin}; that of row {first}"
            f" closed on {closes[first]}.",
            "Learn from titles whose label window closed before the forecast is made.",
        )


def require_learned_from(what: str, learned: NDArray[np.int64], allowed: NDArray[np.int64]) -> None:
    """Refuse an encoder, vocabulary, scaler or mean that was learned from other rows than those it may learn from.

    Args:
        what: its name, for the sentence.
        learned: int64, the rows it was learned from.
        allowed: int64, the rows known at the origin.

    Raises:
        FitError: one of its rows is none of those.
    """
    beyond = np.setdiff1d(learned, allowed)
    if len(beyond):
        raise FitError(
            f"{what} was learned from {len(beyond)} rows not known at the origin, row {beyond[0]} among them.",
            "Learn it anew at each origin, from the rows known there.",
        )


def require_apart(titles: NDArray[np.int64], learned: NDArray[np.int64], tested: NDArray[np.int64]) -> None:
    """Refuse a split that has rows of one title, say of two regions, on both sides.

    Args:
        titles: int64 [rows], the title of each row.
        learned: int64, rows that are learned from.
        tested: int64, rows that are tested.

    Raises:
        FitError: one title has rows among both.
    """
    both = np.intersect1d(titles[learned], titles[tested])
    if len(both):
        raise FitError(
            f"{len(both)} titles are both learned from and tested, title {both[0]} among them.",
            "Split by release date with `RollingOrigins`, which keeps a title's rows together.",
        )


def too_good(measure: str, r_squared: float) -> str:
    """A sentence where a result is too good to be believed at once, else empty.

    Args:
        measure: of the outcome, such as 'views'. Of one that no limit is known for, nothing is said.
        r_squared: on natural logarithms.

    Example:
        >>> too_good("views", 0.44)
        ''
        >>> too_good("revenue", 0.7)[:57]
        'R2 0.70 on log revenue is above 0.62: look for a leak bef'
    """
    limit = TOO_GOOD.get(measure)
    if limit is None or r_squared <= limit:
        return ""
    return (
        f"R2 {r_squared:.2f} on log {measure} is above {limit:.2f}: look for a leak before you believe it. Votes,"
        " ratings, crowd keywords, later metadata and random splits give figures like this one."
    )


def _named(names: Sequence[str], article: str = "the") -> str:
    quoted = ", ".join(repr(name) for name in names)
    return f"{article} feature{'s' * (len(names) > 1)} {quoted} {'are' if len(names) > 1 else 'is'}"
