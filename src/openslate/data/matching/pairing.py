"""Which titles of two sources are one, how sure that is, and why: a pure function of the two lists."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.catalogue import Title
from openslate.data.matching.candidates import candidates
from openslate.data.matching.comparing import Comparison, compare
from openslate.data.matching.describing import Described, describe
from openslate.data.matching.one_to_one import among_rivals
from openslate.data.matching.reasons import reasons
from openslate.data.matching.weighing import odds_of
from openslate.progress import Progress, silent, within

SURE, DOUBTFUL = 0.95, 0.5
"""At least so sure is taken; at least so sure is shown to a person, and not taken."""
BESIDE = 0.1
"""A pair that would be doubtful but for a rival is shown, too, from here on: with the rival it is a tie."""
SUREST = 0.999
"""No rule is surer than this: only a person's word is certain."""
DIGITS = 3


@dataclass(frozen=True)
class Link:
    """Two titles that may be one.

    Attributes:
        first: id of one; the lesser text of the two.
        second: id of the other.
        sureness: probability that they are one, 0 to 1.
        reasons: what speaks for it and against it, in words.
    """

    first: str
    second: str
    sureness: float
    reasons: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether it is taken without a person's word."""
        return self.sureness >= SURE


def match_titles(left: Sequence[Title], right: Sequence[Title], progress: Progress = silent) -> tuple[Link, ...]:
    """The pairs of two sources that are one title, surely or doubtfully, in order of their ids.

    Neither the order of titles nor which source is named first makes a difference.

    Args:
        left: titles of one source.
        right: titles of another.
        progress: told how far it is.

    Example:
        >>> from datetime import date
        >>> ours = [Title("a", "Dune: Part Two", released=date(2024, 2, 27))]
        >>> ours += [Title("b", "Dune", released=date(1984, 12, 14))]
        >>> theirs = [Title("x", "Dune 2", released=date(2024, 3, 1)), Title("y", "Dune", released=date(2021, 9, 15))]
        >>> for link in match_titles(ours, theirs):
        ...     print(link.first, link.second, link.sureness >= 0.95, "; ".join(link.reasons))
        a x True same name; released 3 days apart
    """
    # In one order, so that sums of fractions and words do not depend on which was named first.
    first, second = sorted((describe(left), describe(right)), key=_identity)
    pairs = candidates(first, second, within(progress, 0.1, 0.7))
    progress("Comparing titles", 0.7)
    found = compare(first, second, pairs)
    odds = odds_of(found)
    sure = np.minimum(among_rivals(found.left, found.right, odds), SUREST).round(DIGITS)
    alone = odds / (1 + odds)
    shown = np.flatnonzero((sure >= DOUBTFUL) | ((alone >= DOUBTFUL) & (sure >= BESIDE)))
    return tuple(
        sorted((_link(first, second, found, int(place), float(sure[place]), shown) for place in shown), key=_ids)
    )


def _identity(source: Described) -> list[tuple[str, str]]:
    return [(title.title, title.name) for title in source.titles]


def _ids(link: Link) -> tuple[str, str]:
    return link.first, link.second


def _link(
    left: Described,
    right: Described,
    found: Comparison,
    place: int,
    sureness: float,
    shown: NDArray[np.int64],
) -> Link:
    a, b = int(found.left[place]), int(found.right[place])
    rivals = shown[(found.left[shown] == a) ^ (found.right[shown] == b)]
    others = sorted(
        right.titles[int(found.right[one])].title if found.left[one] == a else left.titles[int(found.left[one])].title
        for one in rivals.tolist()
    )
    told = reasons(left, right, found, place) + ((f"but so may be {', '.join(others)}",) if others else ())
    first, second = sorted((left.titles[a].title, right.titles[b].title))
    return Link(first, second, sureness, told)
