"""What a board is held to of the one before it: locked days, the work days of locked cast, and pinned orders."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.words import weekday_words
from openslate.errors import UsageError

Pair = tuple[str, str]


def locked(board: Board, locks: Locks = Locks(), days: Iterable[date] = ()) -> Board:
    """A board with further locks.

    Args:
        board: whose own locks stay.
        locks: that come to them; a scene that is locked to another day already is locked to the new one.
        days: that are locked.

    Raises:
        UsageError: nothing is shot on such a day, or a lock names a scene or a cast member that is not there.
    """
    asked = set(days)
    unknown = sorted(asked - {day.date for day in board})
    if unknown:
        raise UsageError(
            f"Nothing is shot on {weekday_words(unknown[0])} of the board, so it cannot be locked.",
            "Name a shooting day of it.",
        )
    own = board.locks
    merged = Locks(
        scenes=tuple({**dict(own.scenes), **dict(locks.scenes)}.items()),
        cast=tuple(dict.fromkeys((*own.cast, *locks.cast))),
        orders=tuple(dict.fromkeys((*own.orders, *locks.orders))),
    )
    return replace(
        board, days=tuple(replace(day, locked=day.locked or day.date in asked) for day in board), locks=merged
    )


def locked_days(board: Board) -> dict[date, tuple[str, ...]]:
    """The scenes of each locked day, in the order in which they are shot."""
    return {day.date: day.scenes for day in board if day.locked}


def pinned(orders: Iterable[Sequence[str]], known: Iterable[str]) -> tuple[Pair, ...]:
    """Pairs of scenes of which the first is shot before the second.

    Args:
        orders: each a run of scenes.
        known: scenes that are scheduled; others are passed over.

    Raises:
        UsageError: the orders contradict one another.

    Example:
        >>> pinned([("3", "5", "7")], ["3", "7"])
        (('3', '7'),)
    """
    there = set(known)
    pairs = dict.fromkeys(pair for order in orders for pair in pairwise([one for one in order if one in there]))
    later: dict[str, set[str]] = {}
    for one, other in pairs:
        if one == other or one in _reached(later, other):
            raise UsageError(
                f"The orders that are pinned contradict one another: scene {one} would have to come before scene"
                f" {other}, and after it.",
                "Take one of them out.",
            )
        later.setdefault(one, set()).add(other)
    return tuple(pairs)


def _reached(later: dict[str, set[str]], begin: str) -> set[str]:
    """Every scene that comes after one, as far as is pinned."""
    found, left = set[str](), [begin]
    while left:
        new = later.get(left.pop(), set()) - found
        found |= new
        left += new
    return found
