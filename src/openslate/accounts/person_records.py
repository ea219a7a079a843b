"""The consent records and mandates about one person, as they stand and as they were."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openslate.accounts.person_uses import UseMade
from openslate.project import Project
from openslate.rights.looking import PersonKind
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import Stored, id_of, latest, of_subject, versions


@dataclass(frozen=True)
class RecordHeld:
    """A consent record about a person.

    Attributes:
        record: as it stands.
        hash: of its document.
        earlier: its versions before, first to last.
        used: how often each of its uses was allowed.
    """

    record: ConsentRecord
    hash: str
    earlier: tuple[ConsentRecord, ...]
    used: Mapping[str, int]


def records_of(project: Project, kind: PersonKind, identifier: str) -> tuple[Stored, ...]:
    """Every version of their records; those of a source are nobody's."""
    return tuple(one for one in of_subject(project, identifier) if _kind_of(one) == kind)


def parties_of(project: Project, record: str) -> frozenset[str]:
    """Ids of everybody whom a record concerns: subject, guardian, whoever is paid, and whoever signed for them.

    Raises:
        RightsError: a version was changed or removed outside Openslate.
    """
    stored = versions(project, record)
    value = stored[-1].value if stored else None
    if not isinstance(value, ConsentRecord):
        return frozenset()
    signed = versions(project, value.mandate) if value.mandate else ()
    holders = [one.value.holder_id for one in signed if isinstance(one.value, Mandate)]
    return frozenset(one for one in (value.subject_id, value.guardian, value.paid_to, *holders) if one)


def records_held(stored: Sequence[Stored], uses: Sequence[UseMade]) -> tuple[RecordHeld, ...]:
    """Each record with its versions, and how often its uses were allowed."""
    counts = Counter((one.record, one.use) for one in uses if not one.voided)
    by_id: dict[str, list[Stored]] = {}
    for one in stored:
        by_id.setdefault(id_of(one.value), []).append(one)
    return tuple(_record(every, counts) for every in by_id.values())


def _record(every: Sequence[Stored], counts: Mapping[tuple[str | None, str], int]) -> RecordHeld:
    *earlier, last = every
    record = last.value
    assert isinstance(record, ConsentRecord)
    before = tuple(one.value for one in earlier if isinstance(one.value, ConsentRecord))
    return RecordHeld(record, last.hash, before, {one: counts[record.record_id, one] for one in sorted(record.by_use)})


def mandates_of(project: Project, identifier: str, records: Iterable[RecordHeld]) -> tuple[Mandate, ...]:
    """Mandates of theirs, for them, or under which their records were signed."""
    named = {one.record.mandate for one in records}
    return tuple(
        one.value
        for one in latest(project)
        if isinstance(one.value, Mandate)
        and (one.value.holder_id == identifier or identifier in one.value.subjects or one.value.mandate_id in named)
    )


def _kind_of(one: Stored) -> PersonKind | None:
    """Whose record it is; that of a source is nobody's."""
    assert isinstance(one.value, ConsentRecord)
    match one.value.subject_kind:
        case "viewer":
            return "member"
        case "source":
            return None
        case _:
            return "subject"
