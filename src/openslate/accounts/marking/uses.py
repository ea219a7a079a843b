"""The uses that a generated file comes from: whom each is about, and whether it still stands at marking."""

from collections.abc import Sequence
from dataclasses import dataclass

from openslate.accounts.marking.fingerprints import Fingerprints
from openslate.accounts.marking.known_files import DECISION
from openslate.accounts.withdrawals import withdrawn_since
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.commitments import known_commitment
from openslate.rights.gathering import STRIKE, strikes
from openslate.rights.governing import Governing
from openslate.rights.packs.loading import packs_of
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import versions

SUBJECT = "subject"


@dataclass(frozen=True)
class AllowedUse:
    """A decision that a generated file comes from.

    Attributes:
        entry: place of the decision on the ledger, as spending its token returns it.
        subject: id of the person whose likeness, voice or writing was used, as the vault has it.
    """

    entry: int
    subject: str


def allowed_uses(project: Project, uses: Sequence[AllowedUse]) -> list[ledger.Recorded]:
    """The decisions behind a file, each checked: allowed, spent, about this subject, and still standing.

    Raises:
        UsageError: there is none, or one is named twice.
        RightsError: one allowed no use, was not spent, is about somebody else (R01), or its consent was withdrawn
            (R20), is suspended (R01) or is suspended by a strike (R09).
    """
    if not uses or len({one.entry for one in uses}) != len(uses):
        raise UsageError("A file comes from one decision or more, each named once.", "Name those that allowed it.")
    found = [ledger.entry(project, one.entry) for one in uses]
    for one in found:
        if one.entry.get("decision") != "use" or one.entry.get("outcome") != "allow":
            raise RightsError(
                f"Entry {one.index} of the ledger allows no use.",
                "Ask for the use first; marking does not make up for a decision.",
                "R01",
            )
    # A token is spent after its use was allowed, so nothing before the first of them matters.
    first = min(one.index for one in found)
    spent = {one.entry.get("use"): one.index for one in ledger.search(project, decision="spend", start=first)}
    for use, one in zip(uses, found, strict=True):
        if one.index not in spent:
            raise RightsError(
                f"The token of entry {one.index} of the ledger was not spent.",
                "Make the use first: openslate rights use REQUEST --token TOKEN.",
                "R01",
            )
        _require_subject(project, use, one)
        _require_consent(project, one)
        _require_no_strike(project, one, spent[one.index])
    return found


def require_one_file(project: Project, decisions: Sequence[ledger.Recorded], prints: Fingerprints) -> None:
    """Refuse another file for a use that has one: it was allowed, and paid, once.

    The same file may be marked again: from the same bytes, or with the same pixels or samples in another format.

    Args:
        project: whose ledger.
        decisions: that the file comes from.
        prints: of the file that is to be marked.

    Raises:
        RightsError: a decision has another file already.
    """
    places = {one.index for one in decisions}
    for one in ledger.search(project, decision=DECISION, start=min(places)):
        said = one.entry
        if said["use"] not in places:
            continue
        same = prints.file in (said.get("source"), said["file"])
        if not same and not (prints.content and prints.content == said["content"]):
            raise RightsError(
                f"Decision {said['use']} of the ledger allowed one file, and entry {one.index} marked another.",
                "Request a use for each file; the same file may be marked again, in another lossless format, too.",
                "R01",
            )


def _require_subject(project: Project, use: AllowedUse, decided: ledger.Recorded) -> None:
    """What is kept of the file must lie under whom it is about, so that it goes when they are erased."""
    if known_commitment(project, SUBJECT, use.subject) != decided.entry.get("subject"):
        raise RightsError(
            f"Decision {decided.index} of the ledger is not about {use.subject!r}.",
            f"Name the subject of the request that it answered; it was allowed under {decided.entry.get('record')}.",
            "R01",
        )


def _require_consent(project: Project, decided: ledger.Recorded) -> None:
    record = str(decided.entry.get("record") or "")
    ended = withdrawn_since(project, record, decided.index)
    if ended is not None:
        raise RightsError(
            f"The use was allowed by decision {decided.index}, and {record} was withdrawn on {ended.at:%Y-%m-%d}.",
            "Do not publish the file; what a new consent allows is a new use, requested anew.",
            "R20",
        )
    kept = versions(project, record)
    value = kept[-1].value if kept else None
    if not isinstance(value, ConsentRecord) or value.status in ("draft", "suspended", "withdrawn"):
        # A withdrawal stands in the vault a moment before it is on the ledger.
        stands = value.status if isinstance(value, ConsentRecord) else "not kept any more"
        raise RightsError(
            f"The consent {record} of decision {decided.index} is {stands}.",
            "Mark the file once it is active again; what a new consent allows is a new use, requested anew.",
            "R20" if stands == "withdrawn" else "R01",
        )


def _require_no_strike(project: Project, decided: ledger.Recorded, spent: int) -> None:
    """Refuse in a strike that began after the use was made.

    A use that was made in the strike was exempt from it when the gate judged the request, which is not on hand here.
    """
    said = list(ledger.search(project, STRIKE))
    begun = strikes(one.entry for one in said) - strikes(one.entry for one in said if one.index < spent)
    if not begun:
        return
    named = set(decided.entry.get("packs", ()))
    governing = Governing(tuple(one for one in packs_of(project).values() if one.name in named), ())
    struck = sorted(governing.strike_unions & begun)
    record = versions(project, str(decided.entry["record"]))[-1].value
    if struck or (isinstance(record, ConsentRecord) and record.strike_suspends and "R09" in governing.sources):
        raise RightsError(
            f"{(struck or sorted(begun))[0]} is on strike, and decision {decided.index} needs consent.",
            "Wait until the strike has ended; then mark the file.",
            "R09",
        )
