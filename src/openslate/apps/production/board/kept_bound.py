"""The bound in a board's file, as long as it is of boards like this one."""

from openslate.apps.production.board.board_file import KeptBoard
from openslate.apps.production.board.conditions import holds
from openslate.apps.production.rules.rules import Rules

UNKNOWN = "What the bound in the file was proved with is not in it, so it is not shown: schedule anew for one."
OTHERWISE = (
    "The bound in the file was proved with other locks, shot days, boneyard or rules, so it is none of this board:"
    " schedule the shoot anew for one."
)


def kept_bound(kept: KeptBoard, cost: int, rules: Rules) -> tuple[int | None] | tuple[None, str]:
    """The bound of a board that was read, or None and, where a person may wonder, why there is none any more.

    Args:
        kept: that was read.
        cost: of its board, with the penalties of rules.
        rules: that hold.
    """
    bound, then = kept.solver.get("bound"), kept.solver.get("cost")
    if kept.changed or type(bound) is not int or then != cost:
        return (None,)
    if kept.condition is None:
        return None, UNKNOWN
    return (bound,) if holds(kept.condition, kept.board, rules) else (None, OTHERWISE)
