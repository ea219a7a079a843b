"""What the rules of a shoot say, whichever packs they come from; hard ones and penalties told apart."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from openslate.apps.production.shoot.people import ContractKind

Strength = Literal["hard", "penalty"]
"""A hard rule is never broken by a schedule of ours; a penalty is broken where paying it is cheaper."""


@dataclass(frozen=True)
class Source:
    """Where a rule is written.

    Attributes:
        pack: id of the pack.
        rule: id of the rule in it.
        title: of the agreement or law, such as 'California Labor Code 1308.7'.
        dated: the day on which the text was current that it was taken from.
        sure: 'read' in the text itself, 'secondary' told by others, or 'unverified'.
    """

    pack: str
    rule: str
    title: str
    dated: date
    sure: Literal["read", "secondary", "unverified"]


@dataclass(frozen=True)
class Rest:
    """Rest between the wrap of a day and the next call.

    Attributes:
        who: 'crew' for everybody who is called, 'cast' for each cast member between days on which they play.
        minutes: of rest.
        strength: whether a shorter rest is ruled out, or paid.
        share: of a day's pay, of the unit or of the member, that a shorter rest costs; 1 is a day.
        most: the most that it costs a member, in whole units of the currency; None without a limit.
        contracts: kinds of contract of the cast that it is about; empty for all of them.
    """

    who: Literal["crew", "cast"]
    minutes: int
    strength: Strength
    source: Source
    share: float = 0.0
    most: int | None = None
    contracts: tuple[ContractKind, ...] = ()


@dataclass(frozen=True)
class AgeHours:
    """How long a minor may be on set and work.

    Attributes:
        from_age, below_age: years.
        on_set_minutes: from call to wrap.
        work_minutes: of the scenes in which they play.
    """

    from_age: float
    below_age: float
    on_set_minutes: int
    work_minutes: int
    source: Source


@dataclass(frozen=True)
class MinorsWindow:
    """Between which minutes after midnight minors may work."""

    opens: int
    closes: int
    source: Source


@dataclass(frozen=True)
class DaysInARow:
    """How many days in a row the crew may shoot."""

    most: int
    strength: Strength
    source: Source
    share: float = 0.0


@dataclass(frozen=True)
class Premium:
    """What a day costs more when it is the nth in a row.

    Attributes:
        nth: such as 6.
        share: of the day's cost that comes on top; .5 for time and a half.
    """

    nth: int
    share: float
    source: Source


@dataclass(frozen=True)
class ScanNotice:
    """Days between asking a person for a scan and the scan."""

    days: int
    source: Source


@dataclass(frozen=True)
class Rules:
    """Every rule that holds for a shoot; the strictest counts where several speak of one thing.

    Stability: provisional.
    """

    rests: tuple[Rest, ...] = ()
    ages: tuple[AgeHours, ...] = ()
    minors_windows: tuple[MinorsWindow, ...] = ()
    days_in_a_row: tuple[DaysInARow, ...] = ()
    premiums: tuple[Premium, ...] = ()
    scan_notices: tuple[ScanNotice, ...] = ()
