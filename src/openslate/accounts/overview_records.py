"""Records, mandates and packs as counsel looks at them: what ends, what is not in order, what is in force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from openslate.rights.packs.pack import Grade, Pack, PackKind
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.standing import Standing

InForce: TypeAlias = Literal["in force", "draft", "not yet", "ended"]
NO_PERSON = ("viewer", "source")
WAITS = "It is a draft, and waits for a signature."


@dataclass(frozen=True)
class Ending:
    """A grant or mandate that ends soon.

    Attributes:
        id: of the record or mandate.
        kind: which of the two.
        uses: that end with it; none for a mandate over everything.
        ends: when.
    """

    id: str
    kind: Literal["record", "mandate"]
    uses: tuple[str, ...]
    ends: datetime


@dataclass(frozen=True)
class Flaw:
    """A record whose form allows nothing.

    Attributes:
        record: its id.
        status: active or draft.
        trouble: what is wrong, as a denial says it.
    """

    record: str
    status: str
    trouble: str


@dataclass(frozen=True)
class Reserved:
    """A source that its owner reserved against learning.

    Attributes:
        source: its name.
        channel: how it was said.
        said: the words themselves.
        draft: whether the protocol is a draft.
    """

    source: str
    channel: str
    said: str
    draft: bool


@dataclass(frozen=True)
class PackStanding:
    """A contract or law as data, and whether it decides anything today.

    Attributes:
        name: id and version.
        title: of the text.
        kind: contract, law, policy, or Openslate's own.
        grade: how sure we are of it.
        stands: whether it is in force on this day.
        stricter: rules that go beyond the text.
    """

    name: str
    title: str
    kind: PackKind
    grade: Grade
    stands: InForce
    stricter: tuple[str, ...]


def endings(standing: Standing, at: datetime, until: datetime) -> tuple[Ending, ...]:
    """Active records and mandates that end after a moment and not after another, the first first."""
    found = [
        Ending(one.record.record_id, "record", tuple(sorted(one.record.by_use)), one.record.expires_at)
        for one in standing.held
        if one.record.status == "active" and _ends(one.record.expires_at, at, until) and one.record.expires_at
    ]
    found += [
        Ending(one.mandate_id, "mandate", tuple(sorted(one.uses)), one.expires_at)
        for one in standing.mandates.values()
        if one.revoked_at is None and _ends(one.expires_at, at, until) and one.expires_at
    ]
    return tuple(sorted(found, key=lambda one: (one.ends, one.id)))


def flaws(standing: Standing) -> tuple[Flaw, ...]:
    """Drafts that wait for a signature, and active records of people that were not validly signed."""
    found = []
    for one in standing.held:
        record = one.record
        waits = record.status == "draft" and not record.signature and record.subject_kind not in NO_PERSON
        trouble = WAITS if waits else trouble_with_form(record, standing.mandates)
        if trouble is not None:
            found.append(Flaw(record.record_id, record.status, trouble))
    return tuple(found)


def trouble_with_form(record: ConsentRecord, mandates: Mapping[str, Mandate]) -> str | None:
    """Why an active record of a person was not validly given, in the words in which the gate denies (R01).

    Args:
        record: as it stands.
        mandates: by id.
    """
    if record.status != "active" or record.subject_kind in NO_PERSON:
        return None
    return next(_troubles(record, mandates.get(record.mandate)), None)


def reserved_sources(standing: Standing) -> tuple[Reserved, ...]:
    """Sources with at least one signal that reserves, by name; the first such signal of each."""
    found = []
    for source, signals in sorted(standing.reservations.items()):
        reserving = [one for one in signals if one.reserved]
        if reserving:
            first = reserving[0]
            found.append(Reserved(source, first.channel, first.said, first.draft))
    return tuple(found)


def pack_standings(standing: Standing, at: datetime) -> tuple[PackStanding, ...]:
    """Every pack, by id."""
    return tuple(
        PackStanding(
            one.name,
            one.title,
            one.kind,
            one.grade,
            _stands(one, at),
            tuple(sorted(code for code, rule in one.rules.items() if rule.stricter)),
        )
        for _, one in sorted(standing.packs.items())
    )


def _troubles(record: ConsentRecord, mandate: Mandate | None) -> Iterator[str]:
    minor = record.is_minor or record.subject_kind == "minor"
    if not record.signature:
        yield "The record is not signed."
    if minor and (not record.guardian or record.signer_role != "guardian"):
        yield "A minor's record is signed by a guardian, and this one is not."
    if record.signer_role == "self":
        return
    if mandate is None:
        yield f"The {record.signer_role} signed without a recorded mandate."
        return
    signed = record.issued_at or record.effective_from
    if not mandate.covers(record.subject_id, record.signer_role, signed, frozenset(record.by_use)):
        yield f"The mandate of the {record.signer_role} does not cover this record."
    if minor and mandate.holder_id != record.guardian:
        yield "The mandate is that of another guardian."


def _ends(end: datetime | None, at: datetime, until: datetime) -> bool:
    return end is not None and at < end <= until


def _stands(pack: Pack, at: datetime) -> InForce:
    # What a pack's dates mean for a production is decided by its own date; this is how it stands today.
    if not pack.enabled:
        return "draft"
    if pack.in_force(at.date()):
        return "in force"
    return "not yet" if at.date() < pack.in_force_from else "ended"
