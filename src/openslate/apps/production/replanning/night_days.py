"""Days of scenes for any light, called for the night where the rest before them would be too short otherwise."""

from collections.abc import Iterator
from dataclasses import replace

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import impossible, penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.board.rest_clashes import rest_clashes
from openslate.apps.production.rules.rules import Rules


def rests_kept(board: Board, rules: Rules, first: int) -> Board:
    """The same board, with days called later that may be, where that leaves fewer hard rules broken.

    Args:
        board: whose scenes stay on their days; locked days stay as they are.
        rules: that hold.
        first: place of the first day that may be called otherwise.
    """
    short = sorted({one.dates[1] for one in impossible(rest_clashes(board, rules))})
    for begin in short:
        place = next(at for at, day in enumerate(board.days) if day.date == begin)
        if place >= first and _may(board, board.days[place]):
            board = min([board, *_later(board, place)], key=lambda one: _worth(one, rules))
    return board


def _later(board: Board, place: int) -> Iterator[Board]:
    """The board with one day called for the night, then with the next one as well, and so on."""
    days = list(board.days)
    for at in range(place, len(days)):
        if not _may(board, days[at]):
            return
        days[at] = replace(days[at], night=True)
        yield replace(board, days=tuple(days))


def _may(board: Board, day: ShootDay) -> bool:
    """Whether a day may be called for the night, and is not."""
    lights = {board.shoot.scene_of[number].shift for number in day.scenes}
    return not day.locked and not day.night and lights == {"any"}


def _worth(board: Board, rules: Rules) -> tuple[int, int]:
    clashes = clashes_of(board, rules)
    return len(impossible(clashes)), costs_of(board).total + penalties(clashes)
