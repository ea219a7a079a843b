"""The decision: pure and total. Whatever is asked, it answers with the reason, its source and the record that decided.

It knows no clock, no disk and no ledger: all of that comes in as a `Standing`. Any error on the way is a denial. Where
several records of a subject may cover a use, one that allows it is enough, and each stands for itself.
"""

from dataclasses import dataclass
from datetime import datetime

from openslate.rights.governing import Dates, Governing, day_of, govern
from openslate.rights.pricing import Price
from openslate.rights.records.record import ConsentRecord
from openslate.rights.request import Request
from openslate.rights.rules.case import Case
from openslate.rights.rules.codes import CODES
from openslate.rights.rules.table import RULES
from openslate.rights.standing import Held, Standing
from openslate.rights.vocabulary import EVERYWHERE


@dataclass(frozen=True)
class Finding:
    """One reason to deny.

    Attributes:
        code: of the rule, such as 'R03'.
        why: what was found, in a sentence.
        source: the pack it comes from and the place in its text.
    """

    code: str
    why: str
    source: str

    @property
    def name(self) -> str:
        """The rule's name, such as 'NEW_PROJECT'."""
        return CODES[self.code][0]


@dataclass(frozen=True)
class Verdict:
    """What was decided.

    Attributes:
        findings: every reason to deny, the first first; empty for an allowed use.
        held: the record that decided; None where there was none.
        packs: that governed, as 'id@version'.
        price: what the use costs; None where it is denied, or where nobody is paid for it.
    """

    findings: tuple[Finding, ...]
    held: Held | None
    packs: tuple[str, ...]
    price: Price | None = None

    @property
    def allowed(self) -> bool:
        """Whether the use may go ahead, once the ledger says so."""
        return not self.findings

    @property
    def code(self) -> str | None:
        """Code of the first reason to deny."""
        return self.findings[0].code if self.findings else None

    @property
    def record(self) -> str | None:
        """Id of the record that decided."""
        return None if self.held is None else self.held.record.record_id


def decide(request: Request, at: datetime, standing: Standing) -> Verdict:
    """Whether a use may go ahead.

    Args:
        request: what is asked for.
        at: the moment, with its time zone.
        standing: how everything stands.

    Returns:
        The verdict; nothing is ever raised, because an error is a denial (R24).

    Source: each finding names the pack and the clause it comes from.

    Example:
        >>> from openslate.rights.packs.loading import built_in
        >>> from datetime import UTC
        >>> asked = Request("h-0417", "principal", "generate", "scan-9", "EBDR", project="p-1", territory="US-CA")
        >>> verdict = decide(asked, datetime(2026, 11, 25, tzinfo=UTC), Standing(packs=built_in()))
        >>> verdict.allowed, verdict.code, verdict.findings[0].why
        (False, 'R01', 'There is no record of this principal.')
    """
    try:
        return _decide(request, at, standing)
    except Exception as error:  # whatever it is, nobody's likeness is used because of it
        why = f"The request could not be judged: {type(error).__name__}: {error}."
        return Verdict((Finding("R24", why, "openslate.own"),), None, ())


def _decide(request: Request, at: datetime, standing: Standing) -> Verdict:
    hindered = _hindered(request, at, standing)
    if hindered is not None:
        return Verdict((hindered,), None, ())
    if request.use == "erase":
        # Whoever asks to be erased needs nobody's leave, and no withdrawal stands against it.
        return Verdict((), None, ())
    denied: list[Verdict] = []
    for held in _candidates(request, at, standing):
        verdict = _judged(request, at, standing, held)
        if verdict.allowed:
            return verdict
        denied.append(verdict)
    # With several records that deny, the one that comes nearest is told of.
    return min(denied, key=lambda verdict: len(verdict.findings))


def _hindered(request: Request, at: datetime, standing: Standing) -> Finding | None:
    """What keeps anything from being decided at all."""
    if not standing.durable:
        return Finding("R26", "The ledger takes no entries.", "openslate.own")
    if at.tzinfo is None:
        return Finding("R24", "The moment has no time zone.", "openslate.own")
    trouble = request.trouble
    if trouble is not None:
        return Finding("R24", f"The request cannot be judged: {trouble}.", "openslate.own")
    if standing.last_at is not None and at < standing.last_at and request.use != "erase":
        return Finding("R25", f"The ledger is at {standing.last_at.isoformat()} already.", "openslate.own")
    return None


def said_at(record: ConsentRecord) -> datetime:
    """When a member said what a record holds."""
    return record.withdrawn_at or record.issued_at or record.effective_from


def last_said(held: tuple[Held, ...], at: datetime) -> Held | None:
    """The record that holds the last word of a member by a moment; at one moment a refusal outweighs a consent.

    A draft is no word, and a consent is none before it takes effect; a withdrawal always is.

    Args:
        held: of one member, for one use.
        at: the moment.
    """
    spoken = [
        one
        for one in held
        if one.record.subject_kind == "viewer"
        and (one.record.status == "withdrawn" or (one.record.status != "draft" and one.record.effective_from <= at))
    ]
    return max(spoken, key=lambda one: (said_at(one.record), one.record.status != "active"), default=None)


def _candidates(request: Request, at: datetime, standing: Standing) -> tuple[Held | None, ...]:
    """The records that may cover a request; one None where there is none."""
    own = standing.by_subject.get(request.subject, ())
    if request.subject_kind == "viewer":
        # What members say themselves outweighs, both ways, what the source's contract says of everybody.
        last = last_said(tuple(held for held in own if request.use in held.record.by_use), at)
        if last is not None:
            return (last,)
        basis = standing.by_subject.get(request.source, ()) if request.source else ()
        own = tuple(held for held in basis if held.record.subject_kind == "source")
    if len(own) > 1:
        # Records of other projects and assets are told of only where there is none of this one.
        projects, assets = (request.project, EVERYWHERE), {request.asset, EVERYWHERE}
        fitting = tuple(
            [one for one in own if one.record.project_id in projects and not assets.isdisjoint(one.record.asset_ids)]
        )
        own = fitting or own
    return own or (None,)


def _judged(request: Request, at: datetime, standing: Standing, held: Held | None) -> Verdict:
    governing = _governing(request, at, standing, held)
    case = Case.of(request, at, None if held is None else held.record, governing, standing)
    findings = []
    for code, source in governing.sources.items():
        rule = RULES.get(code)
        why = None if rule is None else rule(case)
        if why is not None:
            findings.append(Finding(code, why, source))
    price = case.price if not findings else None
    # Whatever has no price is denied by R21, which is always in force.
    assert price is None or isinstance(price, Price)
    return Verdict(tuple(findings), held, governing.names, price)


def _governing(request: Request, at: datetime, standing: Standing, held: Held | None) -> Governing:
    """The packs that govern, looked up once for each combination of names, places and eras."""
    record = None if held is None else held.record
    scan_at = request.scan_at or (None if record is None else record.scan_at)
    packs, places = ((), ()) if record is None else (record.packs, record.jurisdictions)
    days = (at.date(), request.photography_start, day_of(scan_at), request.fixed_on)
    key = (request.packs, packs, request.jurisdictions, places, request.territory, standing.eras.of(days))
    found = standing.governing.get(key)
    if found is None:
        named = frozenset((*request.packs, *packs))
        touched = frozenset((*request.jurisdictions, *places, request.territory))
        found = govern(standing.packs, named, touched, Dates(*days))
        if not found.unknown:
            # What is wrong with a pack may be told with the very date.
            standing.governing[key] = found
    return found
