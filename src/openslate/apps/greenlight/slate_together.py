"""How far the outcomes of a slate move together, and who says so: an option, the file, a backtest, or nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from openslate.apps.greenlight.shared_shock import SharedShock, kept_shared_shock
from openslate.project import Project

Source: TypeAlias = Literal["option", "file", "backtest", "assumption"]
LEAST_TOLD = 0.005
"""What is less is told as 0."""
ALL_AS_ONE = 1 - LEAST_TOLD
"""What is more is told as all moving as one."""
ASSUMED = 0.2
"""Where nothing was said and no backtest tells."""


@dataclass(frozen=True)
class Together:
    """The number that is used.

    Attributes:
        value: correlation on the normal scale, 0 to 1.
        source: who says so.
        found: by the backtest; None where it comes from elsewhere.
    """

    value: float
    source: Source
    found: SharedShock | None = None

    @property
    def moves(self) -> bool:
        """Whether outcomes are taken to move together at all, as far as it is told."""
        return self.value >= LEAST_TOLD

    @property
    def words(self) -> str:
        """The number and its source in a sentence."""
        start = "Outcomes are taken not to move together"
        if self.value >= ALL_AS_ONE:
            start = "Outcomes are taken to move all as one"
        elif self.moves:
            start = f"Outcomes are taken to move together by {self.value:.2g}"
        if self.found is not None:
            found = self.found
            interval = f"{_told(found.low)} to {_told(found.high)}"
            return (
                f"{start}: a backtest found {_told(found.together)}, of {found.titles:,} titles at {found.blocks}"
                f" origins, tested from {found.since} to before {found.until}, with a 90% interval of {interval}; as"
                f" wide as that is it is drawn to {ASSUMED}, which is assumed where nothing is known."
            )
        if self.source == "assumption":
            return (
                f"{start}, an assumption: no backtest of these forecasts' model is kept. `openslate greenlight "
                "evaluate` makes one."
            )
        return f"{start}, because {'--together' if self.source == 'option' else 'the file'} says so: it is no estimate."


def together_of(project: Project, models: Iterable[str], option: float | None, written: float | None) -> Together:
    """How far outcomes move together: as an option says, else the file, else a backtest, else an assumption.

    Args:
        project: where.
        models: ids of the forecasters.
        option: of the command; None for none.
        written: in the slate's file; None for none.
    """
    if option is not None:
        return Together(option, "option")
    if written is not None:
        return Together(written, "file")
    found = kept_shared_shock(project, models)
    return Together(ASSUMED, "assumption") if found is None else Together(drawn(found), "backtest", found)


def drawn(found: SharedShock) -> float:
    """What a backtest found, drawn to what is assumed by the width of its interval.

    Few origins often find 0 with an interval up to .7: to take 0 would make every slate look safer than it is.

    Args:
        found: by the backtest.

    Example:
        >>> from openslate.apps.greenlight.shared_shock import SharedShock
        >>> round(drawn(SharedShock(0.0, 0.0, 0.74, 247, 2, "2024-01-01", "2025-01-01")), 3)
        0.148
    """
    return found.together + (found.high - found.low) * (ASSUMED - found.together)


def _told(value: float) -> str:
    return f"{value:.2g}" if value >= LEAST_TOLD else "0"
