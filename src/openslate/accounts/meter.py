"""What was used in a period: the allowed uses and recorded earnings on the ledger, each counted exactly once.

A period takes what happened before its end and stood on the ledger when it was closed, unless an earlier one has taken
it. So whatever comes late, or was written by a clock that ran behind, is taken by the next period, and nothing twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openslate.accounts.book import Numbered
from openslate.rights.periods import Period
from openslate.rights.use_entry import DECISION, UseEntry
from openslate.rights.voids import voided

EARNING = "earning"


@dataclass(frozen=True)
class Metered:
    """One use with its place on the ledger."""

    index: int
    id: str
    use: UseEntry


@dataclass(frozen=True)
class Window:
    """Which entries a period takes.

    Attributes:
        period: whose.
        upto: entries on the ledger when it is closed.
        settled_end: end of the period before; None for the first.
        settled_upto: entries on the ledger when that one was closed.
    """

    period: Period
    upto: int
    settled_end: datetime | None = None
    settled_upto: int = 0

    def sees(self, one: Numbered) -> bool:
        """Whether an entry belongs to this period or an earlier one."""
        return one.at < self.period.end

    def takes(self, one: Numbered) -> bool:
        """Whether an entry belongs to this period and to no earlier one."""
        settled = self.settled_end is not None and one.index < self.settled_upto and one.at < self.settled_end
        return self.sees(one) and not settled


def allowed_uses(entries: Iterable[Numbered]) -> list[Metered]:
    """The uses that were allowed, and earnings that were recorded, in the order of the ledger.

    Raises:
        RightsError: one of them is incomplete: nothing is passed over in silence, for it would go unpaid.
    """
    return [
        Metered(one.index, one.id, UseEntry.of_entry({**one.entry, "decision": DECISION}))
        for one in entries
        if one.entry.get("decision") in (DECISION, EARNING) and one.entry.get("outcome") == "allow"
    ]


def taken(entries: Iterable[Numbered], window: Window) -> list[Metered]:
    """The uses and earnings that a period pays: those that were voided before it was closed are not among them.

    Args:
        entries: the ledger.
        window: of the period.

    Raises:
        RightsError: an entry is incomplete.
    """
    known = list(entries)
    ended = voided(one.entry for one in known)
    return allowed_uses(one for one in known if one.index not in ended and window.takes(one))
