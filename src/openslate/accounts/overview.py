"""What counsel should look at: grants that end, denials and why, records that are not in order, disputes, dues, packs.

It names nobody: records, mandates and payees stand by their ids and commitments. Whoever needs to know who that is asks
for the person, which is a look on the ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from openslate import clock
from openslate.accounts import book
from openslate.accounts.erasing import unfinished
from openslate.accounts.history import history
from openslate.accounts.overview_ledger import (
    DeniedBy,
    HoldInForce,
    LedgerPlace,
    OpenDispute,
    denials_by_reason,
    holds_in_force,
    ledger_place,
    open_disputes,
)
from openslate.accounts.overview_records import (
    Ending,
    Flaw,
    PackStanding,
    Reserved,
    endings,
    flaws,
    pack_standings,
    reserved_sources,
)
from openslate.accounts.removals import ToRemove, to_remove
from openslate.accounts.replicas import due, replicas
from openslate.accounts.withdrawals import withdrawals
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights.dues import Due, outstanding, overdue
from openslate.rights.gathering import standing_of
from openslate.rights.packs.loading import readable_packs

LONGEST_DAYS = 3660


@dataclass(frozen=True)
class Forgetting:
    """A model that learned from somebody who withdrew.

    Attributes:
        model: its id.
        deadline: to when it must have forgotten; from then on it may not serve.
        is_late: whether that has come.
    """

    model: str
    deadline: datetime
    is_late: bool


@dataclass(frozen=True)
class Unfinished:
    """An erasure that was begun and is not finished.

    Attributes:
        subject: commitment to the member.
        requested: when.
    """

    subject: str
    requested: str


@dataclass(frozen=True)
class ReplicaCounts:
    """How many scans and replicas there are.

    Attributes:
        kept: and not recorded as destroyed.
        past: of these, kept past the moment until which they may be.
        destroyed: recorded as destroyed.
    """

    kept: int = 0
    past: int = 0
    destroyed: int = 0


@dataclass(frozen=True)
class Overview:
    """How consents, decisions and dues stand.

    Attributes:
        at: when this was put together.
        days: how far ahead grants are looked at, and how far back denials count as recent.
        records: how many consent records stand, by status.
        endings: grants and mandates that end within the days.
        denials: by reason, most frequent first.
        flaws: records that allow nothing because of their form.
        disputes: open ones.
        holds: in force.
        dues: overdue ones.
        strikes: unions on strike.
        reservations: sources that are reserved against learning.
        packs: contracts and laws, with what they are good for now.
        broken_packs: what is wrong with each pack that cannot be read, because of which nothing is allowed.
        forgetting: models that wait to forget; None where nobody said which those are.
        erasures: begun and not finished.
        ledger: where it stands.
        removals: what is to be removed since somebody withdrew, and was not recorded as removed.
        replicas: how many scans and replicas are registered, kept, and kept past their day.
        unlearning: whether anybody withdrew with the effect that models unlearn.
    """

    at: datetime
    days: int
    records: Mapping[str, int]
    endings: tuple[Ending, ...]
    denials: tuple[DeniedBy, ...]
    flaws: tuple[Flaw, ...]
    disputes: tuple[OpenDispute, ...]
    holds: tuple[HoldInForce, ...]
    dues: tuple[Due, ...]
    strikes: tuple[str, ...]
    reservations: tuple[Reserved, ...]
    packs: tuple[PackStanding, ...]
    broken_packs: tuple[str, ...]
    forgetting: tuple[Forgetting, ...] | None
    erasures: tuple[Unfinished, ...]
    ledger: LedgerPlace
    removals: tuple[ToRemove, ...] = ()
    replicas: ReplicaCounts = ReplicaCounts()
    unlearning: bool = False


def overview(project: Project, days: int = 30, forgetting: Mapping[str, datetime] | None = None) -> Overview:
    """How consents, decisions and dues stand now.

    Args:
        project: whose.
        days: how far ahead grants are looked at, and how far back denials count as recent.
        forgetting: from the id of a model that learned from somebody who withdrew, to when it must have forgotten; None
            where that is not known, which is told.

    Raises:
        UsageError: there are no days, or too many.
        RightsError: a record, checkpoint or entry is not what it was, or the ledger takes no entries, so that
            nothing true can be said.

    Example:
        >>> import tempfile
        >>> found = overview(Project.init(tempfile.mkdtemp() + "/svc"))
        >>> found.endings, found.ledger.size
        ((), 1)
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise UsageError(f"{days} days cannot be looked at.", f"Say from 1 to {LONGEST_DAYS:,} days.")
    at = clock.now()
    readable = readable_packs(project)
    standing = standing_of(project, forgetting, readable.packs)
    if not standing.durable:
        raise RightsError("The ledger takes no entries, so every use is denied.", "Mend it, then look again.", "R26")
    entries = book.read(project)
    known = history(entries)
    return Overview(
        at=at,
        days=days,
        records=_by_status([one.record.status for one in standing.held]),
        endings=endings(standing, at, at + timedelta(days=days)),
        denials=denials_by_reason(entries, at - timedelta(days=days)),
        flaws=flaws(standing),
        disputes=open_disputes(known),
        holds=holds_in_force(known),
        dues=overdue(outstanding((one.index, one.entry) for one in entries), at),
        strikes=tuple(sorted(standing.strikes)),
        reservations=reserved_sources(standing),
        packs=pack_standings(standing, at),
        broken_packs=readable.broken,
        forgetting=None if forgetting is None else _waiting(forgetting, at),
        erasures=tuple(Unfinished(one.subject, str(one.document["requested"])) for one in unfinished(project)),
        ledger=ledger_place(project, entries),
        removals=to_remove(project, entries),
        replicas=_replica_counts(project, at),
        unlearning=any(one.effect == "unlearn" for one in withdrawals(entries).values()),
    )


def _replica_counts(project: Project, at: datetime) -> ReplicaCounts:
    every = replicas(project)
    kept = sum(one.destroyed is None for one in every)
    return ReplicaCounts(kept, len(due(project, at)), len(every) - kept)


def _by_status(found: list[str]) -> dict[str, int]:
    return {status: found.count(status) for status in sorted(set(found))}


def _waiting(forgetting: Mapping[str, datetime], at: datetime) -> tuple[Forgetting, ...]:
    """Those with the nearest deadline first."""
    ordered = sorted((deadline, model) for model, deadline in forgetting.items())
    return tuple(Forgetting(model, deadline, deadline <= at) for deadline, model in ordered)
