"""Which boards a bound is of: those that keep the locks, the shot days and the boneyard that it was proved with."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import listed, scenes_words, weekday_words
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.writing.shoot_file import shoot_digest


@dataclass(frozen=True)
class Condition:
    """What boards have in common of which a bound was proved, besides their shoot and its rules.

    Locks and the boneyard are those of the board that the bound stands beside.

    Attributes:
        begins: the first day that could be planned; days before it were shot. None where all days could.
        stays: numbers of scenes that stayed on their day though no lock of the board says so.
        digest: SHA-256 of all that it was proved with; empty where nobody has to tell later whether it still holds.
    """

    begins: date | None = None
    stays: tuple[str, ...] = ()
    digest: str = ""


def condition_of(board: Board, rules: Rules, begins: date | None = None, stays: Sequence[str] = ()) -> Condition:
    """What a bound is proved with, to be kept beside it.

    Args:
        board: beside which the bound stands.
        rules: that hold.
        begins, stays: as `Condition` has them.
    """
    days = {number: day.date for day in board for number in day.scenes}
    told = {
        "shoot": shoot_digest(board.shoot),
        "rules": repr(rules),
        "scenes": sorted(board.locks.scenes),
        "cast": {member: board.work_days(member) for member in sorted(board.locks.cast)},
        "orders": sorted(board.locks.orders),
        "days": [(day.date, day.scenes) for day in board if day.locked],
        "shot": [begins, *((day.date, day.scenes) for day in board if begins is not None and day.date < begins)],
        "stays": [(number, days.get(number)) for number in sorted(stays)],
        "boneyard": sorted(board.boneyard),
    }
    text = json.dumps(told, default=str, sort_keys=True)
    return Condition(begins, tuple(stays), hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def holds(condition: Condition, board: Board, rules: Rules) -> bool:
    """Whether a bound that was proved on a condition is one of boards like this one: nothing was locked or freed since.

    Args:
        condition: that was kept.
        board: as it is now.
        rules: that hold now.
    """
    known = set(board.shoot.scene_of)
    return known.issuperset(condition.stays) and condition == condition_of(
        board, rules, condition.begins, condition.stays
    )


def is_locked(board: Board) -> bool:
    """Whether a person has fixed anything on a board."""
    locks = board.locks
    return bool(locks.scenes or locks.cast or locks.orders) or any(day.locked for day in board)


def condition_words(board: Board, condition: Condition) -> str:
    """Which boards a bound is of, to be read after 'board'; empty where it is of all of them.

    Args:
        board: beside which the bound stands.
        condition: on which it was proved.

    Example:
        >>> from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
        >>> shoot = invented_shoot(ShootSettings(scenes=2))
        >>> numbers = tuple(one.number for one in shoot.scenes)
        >>> condition_words(Board(shoot, (), numbers), Condition())
        ' that leaves scenes 1 and 2 in the boneyard'
    """
    clauses = list(_clauses(board, condition))
    return f" that {' and '.join(clauses)}" if clauses else ""


def _clauses(board: Board, condition: Condition) -> Iterator[str]:
    kept = ["these locks"] if is_locked(board) else []
    if condition.stays:
        kept.append(f"{scenes_words(condition.stays)} on {'their days' if len(condition.stays) > 1 else 'its day'}")
    begins = condition.begins
    shot = begins is not None and any(day.date < begins for day in board)
    if begins is not None and shot:
        kept.append(f"the days shot until {weekday_words(begins - timedelta(days=1))}")
    if kept:
        yield f"keeps {listed(kept)}"
    if begins is not None and not shot and begins > board.shoot.calendar.starts:
        yield f"shoots nothing before {weekday_words(begins)}"
    # Scenes of other units are on no board of the main unit.
    left = [number for number in board.boneyard if board.shoot.scene_of[number].unit == "main"]
    if left:
        yield f"leaves {scenes_words(left)} in the boneyard"
