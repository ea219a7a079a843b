"""Gathering how everything stands: records and mandates from the vault, the rest from the ledger, for many decisions.

What a decision needs to know of the past is on the ledger, so that nobody can make it forget: strikes, reservations,
uses made, dues. Which models still have to forget somebody is told from outside, because rights know no models.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from openslate import clock
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import JsonValue
from openslate.rights.consent import check_text
from openslate.rights.dues import outstanding, overdue
from openslate.rights.ledger.writing import exclusive
from openslate.rights.packs.loading import packs_of, readable_packs
from openslate.rights.packs.pack import Pack
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import latest
from openslate.rights.reservation import Reservation
from openslate.rights.standing import Held, Standing
from openslate.rights.use_entry import DECISION as USE
from openslate.rights.voids import voided

STRIKE, RESERVATION = "strike", "reservation"


def standing_of(
    project: Project, forgetting: Mapping[str, datetime] | None = None, packs: Mapping[str, Pack] | None = None
) -> Standing:
    """How everything stands now. It is a picture: after a grant, a withdrawal or a use, take another.

    Args:
        project: whose.
        forgetting: from the id of a model that learned from somebody who withdrew, to when it must have forgotten.
        packs: those that can be read, to look at everything else while one is broken, and never to decide by; all of
            them when left out.

    Raises:
        RightsError: a record, pack or entry is not what it was; then nothing may be decided. A ledger that takes no
            entries is no error here: every decision is then a denial (R26).
    """
    packs = packs_of(project) if packs is None else packs
    if not takes_entries(project):
        return Standing(packs=packs, durable=False)
    kept = latest(project)
    entries = [(one.index, one.entry) for one in ledger.search(project)]
    due = overdue(outstanding(entries), clock.now())
    return Standing(
        held=tuple(Held(one.value, one.hash) for one in kept if isinstance(one.value, ConsentRecord)),
        mandates={one.value.mandate_id: one.value for one in kept if isinstance(one.value, Mandate)},
        packs=packs,
        strikes=strikes(entry for _, entry in entries),
        used=used(entries),
        overdue=frozenset(record for one in due for record in one.records),
        reservations=reservations(entry for _, entry in entries),
        forgetting=dict(forgetting or {}),
        last_at=datetime.fromisoformat(entries[-1][1]["at"]) if entries else None,
    )


def set_strike(project: Project, union: str, on: bool) -> ledger.Position:
    """Say that a union is on strike, or no longer.

    Args:
        project: where.
        union: as its packs are called, such as 'sag-aftra'.
        on: True while it strikes.

    Raises:
        UsageError: no pack is of that union, or the answer is neither True nor False.
        RightsError: the ledger cannot be written.
    """
    if not isinstance(on, bool):
        raise UsageError(f"The answer {on!r} is neither True nor False.", "Say True while the union strikes.")
    # A strike is heeded though a pack is broken: it begins no use.
    unions = {pack.id.split(".")[0] for pack in readable_packs(project).packs.values() if pack.kind == "contract"}
    if union not in unions:
        raise UsageError(f"There is no pack of the union {union!r}.", f"Name one of {', '.join(sorted(unions))}.")
    return ledger.append(project, {"decision": STRIKE, "union": union, "on": on})


def note_reservations(project: Project, source: str, reservations: Sequence[Reservation]) -> ledger.Position:
    """Put on record what the owner of a source says now, in the place of what they said before by the same channels.

    What they said by other channels stands: who allows crawling in robots.txt takes back no letter.

    Args:
        project: where.
        source: its name, as records and requests have it.
        reservations: every signal that was read, those that free it included.

    Raises:
        UsageError: the name is empty, there is no signal, or a text cannot be written as UTF-8.
        RightsError: the ledger cannot be written.
    """
    if not reservations:
        raise UsageError(
            f"Nothing was said of the source {source!r}, so that what was said before stands.",
            "Give a signal; where no reservation is left, lift them all.",
        )
    return _note(project, source, reservations)


def lift_reservations(project: Project, source: str) -> ledger.Position:
    """Put on record that the owner of a source reserves nothing any more, by any channel.

    Args:
        project: where.
        source: its name, as records and requests have it.

    Raises:
        UsageError: the name is empty, or cannot be written as UTF-8.
        RightsError: the ledger cannot be written.
    """
    return _note(project, source, ())


def _note(project: Project, source: str, reservations: Sequence[Reservation]) -> ledger.Position:
    for text in (source, *(text for one in reservations for text in (one.said, one.where, one.policy))):
        check_text(text)
    if not source:
        raise UsageError("The source has no name.", "Name it as its records do.")
    signals: list[JsonValue] = [asdict(one) for one in reservations]
    return ledger.append(project, {"decision": RESERVATION, "source": source, "signals": signals})


def takes_entries(project: Project) -> bool:
    """Whether the ledger can be written and is what it was."""
    try:
        with exclusive(project):
            return True
    except RightsError:
        return False


def strikes(entries: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Unions on strike, by the ledger's entries."""
    found = {one["union"]: one["on"] for one in entries if one.get("decision") == STRIKE}
    return frozenset(union for union, on in found.items() if on)


def used(entries: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[tuple[str, str], int]:
    """How often a record's use was allowed and not voided, by record id and use; each entry comes with its place."""
    ended = voided(entry for _, entry in entries)
    return dict(
        Counter(
            (one["record"], one["use"])
            for index, one in entries
            if one.get("decision") == USE and one.get("outcome") == "allow" and index not in ended
        )
    )


def reservations(entries: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Reservation, ...]]:
    """What the owner of each source said last by each channel; an entry without signals lifts all of them."""
    found: dict[str, tuple[Reservation, ...]] = {}
    for one in entries:
        if one.get("decision") == RESERVATION:
            said = tuple(Reservation(**signal) for signal in one["signals"])
            channels = {signal.channel for signal in said}
            before = found.get(one["source"], ()) if said else ()
            found[one["source"]] = (*(signal for signal in before if signal.channel not in channels), *said)
    return found
