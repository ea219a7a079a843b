"""Gathering how everything stands for one request: only what its decision can depend on, however long the ledger is.

`gathering.standing_of` looks at everybody's records; for any request both lead to the same verdict. What members and
sources said otherwise than by records (`rights.viewers`) is here alone: there are too many members to bring it for all.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from openslate import clock
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import canonical
from openslate.rights.dues import outstanding, overdue
from openslate.rights.gathering import RESERVATION, STRIKE, reservations, strikes, takes_entries, used
from openslate.rights.packs.loading import packs_of
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import Stored, latest_of
from openslate.rights.request import Request
from openslate.rights.standing import Held, Standing
from openslate.rights.viewers import with_words

EARNED = ("use", "earning")
OF_EVERYBODY = ("period", "hold", "dispute")
"""Decisions on accounts that are not found by their payee alone."""


def standing_for(project: Project, request: Request, forgetting: Mapping[str, datetime] | None = None) -> Standing:
    """How everything stands now, as far as one request is concerned. It is a picture, as `standing_of` is.

    Args:
        project: whose.
        request: what is asked for.
        forgetting: from the id of a model that learned from somebody who withdrew, to when it must have forgotten.

    Raises:
        RightsError: a record, pack or entry is not what it was, or a name in the request cannot be written as UTF-8;
            then nothing may be decided.
    """
    if not takes_entries(project):
        return Standing(packs=packs_of(project), durable=False)
    kept = _kept(project, request)
    held = tuple(Held(one.value, one.hash) for one in kept if isinstance(one.value, ConsentRecord))
    under = [(one.index, one.entry) for each in held for one in ledger.search(project, record=each.record.record_id)]
    payees = {one["payee"] for _, one in under if one.get("decision") in EARNED and one.get("outcome") == "allow"}
    due = overdue(outstanding(_accounts(project, payees), payees=payees), clock.now())
    standing = Standing(
        held=held,
        mandates={one.value.mandate_id: one.value for one in kept if isinstance(one.value, Mandate)},
        packs=packs_of(project),
        strikes=strikes(one.entry for one in ledger.search(project, STRIKE)),
        used=used(under),
        overdue=frozenset(record for one in due for record in one.records),
        reservations=reservations(one.entry for one in ledger.search(project, RESERVATION)),
        forgetting=dict(forgetting or {}),
        last_at=ledger.last_moment(project),
    )
    return with_words(project, standing, request, clock.now())


def _kept(project: Project, request: Request) -> tuple[Stored, ...]:
    """The records of whoever and whatever is asked about, and the mandates under which they were signed."""
    if request.trouble is not None:
        # Whatever it asks for, it is denied, and nothing can be looked up by what is no text.
        return ()
    canonical([request.subject, request.source, request.licence])
    subjects = dict.fromkeys(one for one in (request.subject, request.source) if one)
    records = latest_of(project, subjects, [request.licence] if request.licence else ())
    signed = {one.value.mandate for one in records if isinstance(one.value, ConsentRecord) and one.value.mandate}
    return (*records, *latest_of(project, (), sorted(signed)))


def _accounts(project: Project, payees: Collection[str]) -> list[tuple[int, Mapping[str, Any]]]:
    """The entries on the accounts of some payees, in order."""
    if not payees:
        return []
    found = {one.index: one.entry for payee in payees for one in ledger.search(project, payee=payee)}
    for decision in OF_EVERYBODY:
        found |= {one.index: one.entry for one in ledger.search(project, decision)}
    return sorted(found.items())
