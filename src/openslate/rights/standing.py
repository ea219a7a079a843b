"""How everything stands at one moment: records, mandates, packs, strikes, dues and reservations, ready to be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from openslate.rights.governing import Eras, Governing
from openslate.rights.packs.pack import Pack
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.reservation import Reservation


@dataclass(frozen=True)
class Held:
    """The latest version of a record, with its place.

    Attributes:
        record: the version.
        hash: of its document.
    """

    record: ConsentRecord
    hash: str


@dataclass(frozen=True)
class Standing:
    """What decisions are made from; nothing in it changes.

    Attributes:
        held: the latest version of every record.
        mandates: by id.
        packs: by id.
        strikes: unions on strike, such as 'sag-aftra'.
        used: how often a record's use was made, by record id and use.
        overdue: record ids whose earlier dues are overdue.
        reservations: by source.
        forgetting: from the id of a model that learned from somebody who withdrew, to when it must have forgotten.
        last_at: moment of the last entry on the ledger; None for an empty one.
        durable: whether the ledger takes entries.
    """

    held: tuple[Held, ...] = ()
    mandates: Mapping[str, Mandate] = field(default_factory=dict)
    packs: Mapping[str, Pack] = field(default_factory=dict)
    strikes: frozenset[str] = frozenset()
    used: Mapping[tuple[str, str], int] = field(default_factory=dict)
    overdue: frozenset[str] = frozenset()
    reservations: Mapping[str, tuple[Reservation, ...]] = field(default_factory=dict)
    forgetting: Mapping[str, datetime] = field(default_factory=dict)
    last_at: datetime | None = None
    durable: bool = True
    # Which packs govern is asked again and again with the same few eras and places.
    governing: dict[object, Governing] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def eras(self) -> Eras:
        """When what is in force changes."""
        return Eras(self.packs.values())

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Held, ...]]:
        """Records by whose they are, in order of their ids, whatever the order they came in."""
        return _grouped((one.record.subject_id, one) for one in self.held)

    @cached_property
    def deceased(self) -> frozenset[str]:
        """Subjects of whom some record says that they are dead, however that record stands."""
        return frozenset(one.record.subject_id for one in self.held if one.record.subject_kind == "deceased")

    @cached_property
    def minors(self) -> frozenset[str]:
        """Subjects of whom some record says that they are minors, however that record stands."""
        return frozenset(
            one.record.subject_id for one in self.held if one.record.is_minor or one.record.subject_kind == "minor"
        )

    @cached_property
    def by_id(self) -> Mapping[str, Held]:
        """Records by their ids."""
        return {one.record.record_id: one for one in self.held}


def _grouped(pairs: Iterable[tuple[str, Held]]) -> dict[str, tuple[Held, ...]]:
    found: dict[str, list[Held]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return {key: tuple(sorted(some, key=lambda one: one.record.record_id)) for key, some in found.items()}
