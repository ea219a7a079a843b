"""Which locks a board has that the one before had not, and the other way round."""

from collections.abc import Iterator

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import listed, member_words, weekday_words


def lock_changes(before: Board, after: Board) -> tuple[str, ...]:
    """A sentence for each lock that is new or gone.

    Args:
        before: the board as it was.
        after: the board as it is, of the same shoot or of one that it has become.
    """
    then, now = list(_locks(before)), list(_locks(after))
    new = [f"New lock: {words}." for words in now if words not in then]
    return (*new, *(f"No longer locked: {words}." for words in then if words not in now))


def _locks(board: Board) -> Iterator[str]:
    for day in board:
        if day.locked:
            yield f"the day of {weekday_words(day.date)}"
    for number, date in board.locks.scenes:
        yield f"scene {number} on {weekday_words(date)}"
    for member in board.locks.cast:
        yield f"the work days of {member_words(board.shoot.member_of[member])}"
    for order in board.locks.orders:
        yield f"scenes {listed(order)} in this order"
