"""What is counted when somebody's likeness, voice, writing or viewing is used, and by which numbers of the contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from openslate.rights.compensation import Basis

Unit: TypeAlias = Literal["day", "line", "word", "use", "view", "hour"]
UNITS: Mapping[Basis, tuple[Unit, ...]] = {
    "day_equiv": ("day",),
    "per_line": ("line", "word"),
    "flat": ("use",),
    "freely_bargained": ("use", "day", "line"),
    "pro_rata": ("view", "hour", "use", "line"),
    "user_centric": ("view", "hour", "use", "line"),
}
"""What each basis can count; the first is its own."""
MOST: Mapping[Unit, Decimal] = {"day": Decimal(366), "line": Decimal(20_000), "word": Decimal(200_000)}
"""The most that one use may count: more is a slip of the pen, and whatever is larger is several uses."""


@dataclass(frozen=True)
class Terms:
    """The numbers of a contract by which uses are counted; a rule pack brings its own.

    Attributes:
        words_per_line: words that make one line of dialogue.
        real_time_multiple: least pay for generation in real time, as a multiple of scale.
        block_hours: longest scan that counts as a half day, where it is set to suit the performer.
        block_share: what such a block pays of a day.
        source: where the numbers come from.
        grade: how sure we are of them.
    """

    words_per_line: int = 10
    real_time_multiple: Fraction = Fraction(15, 2)
    block_hours: Fraction = Fraction(4)
    block_share: Fraction = Fraction(1, 2)
    source: str = "SAG-AFTRA TV/Theatrical 2023, XX.A.2.a (scan); Interactive Media 2025 (lines, real time)"
    grade: str = "secondary"


@dataclass(frozen=True)
class Estimate:
    """Who says how many days the scenes would have needed, and from what: it is the number that is disputed.

    Attributes:
        author: a role or a name, such as 'first assistant director'; on the ledger a commitment to it.
        basis: what it was reckoned from, such as a one-line schedule.
    """

    author: str
    basis: str


@dataclass(frozen=True)
class Usage:
    """How much of something is used.

    Attributes:
        units: how many; None where nobody counted.
        unit: of what.
        estimate: of days; needed for them and for nothing else.
        real_time: whether the replica speaks or moves at once, on a viewer's request.
    """

    units: Decimal | None
    unit: Unit
    estimate: Estimate | None = None
    real_time: bool = False


@dataclass(frozen=True)
class Scan:
    """A session in which somebody is scanned; every day of scanning is a session of its own.

    Attributes:
        kind: 'standalone'; 'block' for a few hours set to suit the performer; 'work_time' on a day of other work.
        hours: how long.
        suits_performer: whether the performer chose the time.
    """

    kind: Literal["standalone", "block", "work_time"]
    hours: Decimal
    suits_performer: bool = False
