"""A board that is searched for quickly, without a proof, where somebody asks for the risk of a shoot that has none."""

from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import arranged
from openslate.apps.production.scheduling.boards import board_of
from openslate.apps.production.scheduling.stopping import never
from openslate.apps.production.shoot.shoot import Shoot
from openslate.models.shooting.annealing import Placed, annealed
from openslate.progress import Progress, silent


def quick_board(shoot: Shoot, rules: Rules, turns: int, seed: int, progress: Progress = silent) -> Board:
    """A board of a shoot.

    Args:
        shoot: to be scheduled.
        rules: that hold.
        turns: changes that are tried.
        seed: of the random numbers.
        progress: told how far it is.

    Raises:
        UsageError: there is nothing to schedule.
    """
    arrays = arranged(shoot, rules)
    best: Placed | None = None
    for best in annealed(arrays.problem, seed, turns, never, None):
        progress("Scheduling", min(best.turns / max(turns, 1), 1.0))
    assert best is not None
    days: dict[str, date] = {
        scene.number: arrays.dates[at] for scene, at in zip(arrays.scenes, best.slot.tolist(), strict=True)
    }
    return board_of(shoot, days)
