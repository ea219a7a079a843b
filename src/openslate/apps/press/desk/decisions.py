"""What people decided by hand, with name and reason: it sticks until somebody withdraws it, and nothing is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from openslate.apps.press.desk.desk import Desk
from openslate.clock import from_microseconds, now, to_microseconds
from openslate.errors import UsageError
from openslate.storage.state import SqlValue

DecisionKind = Literal["join", "part", "correct", "mute", "embargo"]
"""join, part: two items are in one story, or in two. correct: an item's field is shown otherwise. mute: shown to
nobody. embargo: shown from a moment on."""
KEPT = "SELECT ordinal, at, by, why, kind, subject, value, withdrawn, withdrawn_by, withdrawn_why FROM decisions"


@dataclass(frozen=True)
class Decision:
    """A decision by hand.

    Attributes:
        number: of it.
        at: moment, UTC.
        by: who decided.
        why: in their words.
        kind: of decision.
        subject: what about: an item's id, or, of mutes and embargoes, 'source:NAME', 'story:ID', 'word:TEXT' or
            'title:ID' as well.
        value: the other item of a join or part, 'field=text' of a correction, the moment of an embargo.
    """

    number: int
    at: datetime
    by: str
    why: str
    kind: DecisionKind
    subject: str
    value: str


def decide(desk: Desk, kind: DecisionKind, subject: str, value: str, by: str, why: str) -> int:
    """Write a decision down, and return its number.

    Args:
        desk: that keeps it.
        kind, subject, value: as in `Decision`.
        by: who decides; a name.
        why: in their words.

    Raises:
        UsageError: nobody's name, no reason, or no such kind.
    """
    _check_named(by, why)
    if kind not in get_args(DecisionKind):
        raise UsageError(f"{kind!r} is no kind of decision.", f"Name one of {', '.join(get_args(DecisionKind))}.")
    with desk.transaction():
        desk.execute(
            "INSERT INTO decisions (at, by, why, kind, subject, value) VALUES (?, ?, ?, ?, ?, ?)",
            (to_microseconds(now()), by.strip(), why.strip(), kind, subject, value),
        )
        return int(cast(int, desk.rows("SELECT max(ordinal) FROM decisions")[0][0]))


def withdraw(desk: Desk, number: int, by: str, why: str) -> None:
    """Let a decision hold no more; it stays written down, with who withdrew it and why.

    Args:
        desk: that keeps it.
        number: of it.
        by: who withdraws it; a name.
        why: in their words.

    Raises:
        UsageError: there is none of that number, it was withdrawn before, or a name or a reason is missing.
    """
    _check_named(by, why)
    with desk.transaction():
        found = desk.rows("SELECT 1 FROM decisions WHERE ordinal = ? AND withdrawn IS NULL", (number,))
        if not found:
            raise UsageError(f"No decision {number} holds.", "See `openslate press decisions` for those that do.")
        desk.execute(
            "UPDATE decisions SET withdrawn = ?, withdrawn_by = ?, withdrawn_why = ? WHERE ordinal = ?",
            (to_microseconds(now()), by.strip(), why.strip(), number),
        )


@dataclass(frozen=True)
class Withdrawn:
    """A decision that holds no more.

    Attributes:
        decision: as it was taken.
        at: moment at which it was withdrawn, UTC.
        by: who withdrew it.
        why: in their words.
    """

    decision: Decision
    at: datetime
    by: str
    why: str


def withdrawn(desk: Desk) -> list[Withdrawn]:
    """The decisions that hold no more, in the order in which they were taken.

    Args:
        desk: that keeps them.
    """
    rows = desk.rows(f"{KEPT} WHERE withdrawn IS NOT NULL ORDER BY ordinal")
    return [Withdrawn(_decision(row), from_microseconds(cast(int, row[7])), str(row[8]), str(row[9])) for row in rows]


def decisions(desk: Desk, kind: DecisionKind | None = None) -> list[Decision]:
    """The decisions that hold, in the order in which they were taken.

    Args:
        desk: that keeps them.
        kind: of decision; all when left out.
    """
    rows = desk.rows(
        f"{KEPT} WHERE withdrawn IS NULL AND (? IS NULL OR kind = ?) ORDER BY ordinal",
        (kind, kind),
    )
    return [_decision(row) for row in rows]


def _decision(row: Sequence[SqlValue]) -> Decision:
    number, at, by, why, kind, subject, value, *_ = row
    return Decision(
        cast(int, number),
        from_microseconds(cast(int, at)),
        str(by),
        str(why),
        cast(DecisionKind, kind),
        str(subject),
        str(value),
    )


def _check_named(by: str, why: str) -> None:
    if not by.strip() or not why.strip():
        raise UsageError("A decision needs a name and a reason.", "Say --by NAME and --why TEXT.")
