"""A request: one use of one asset of one person, with every fact that a rule may ask for."""

import hashlib
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Literal

from openslate.rights.canonical import JsonValue, canonical
from openslate.rights.places import why_no_place
from openslate.rights.records.record import description_hash
from openslate.rights.usage import Unit
from openslate.rights.vocabulary import (
    ALTERATIONS,
    ASSET_KINDS,
    SUBJECT_KINDS,
    USES,
    Alteration,
    AssetKind,
    Mark,
    SubjectKind,
    Use,
)


@dataclass(frozen=True)
class Request:
    """What is asked for. A fact that is not known is None or empty, and whatever rule needs it denies.

    Attributes:
        subject: id of the person, or of the source.
        subject_kind: what they are.
        use: which use.
        asset: id of what is used.
        asset_kind: what kind of asset.
        project: the production.
        territory: where, such as 'US' or 'US-CA' (ISO 3166), or '*'.
        medium: for which medium.
        language: of the output, ISO 639-1; None where it has none.
        description: what will be done; must be the one of the record.
        scene: scene or line; None where the use is of none.
        custodian: who holds the asset.
        count: how often.
        packs: contracts that govern the production, as 'id@version'.
        jurisdictions: laws that govern it, such as 'US-CA'; empty for that of the territory alone.
        photography_start: of the production.
        fixed_on: when the performance is or was fixed.
        engaged_at, notice_at, scan_at: of a scan.
        business_reason: of a scan.
        replaces_in_person: whether it stands for work the person would have done; None where nobody said.
        sexual_content: nude or simulated sexual content; None where nobody said.
        depicts_minor: whether a minor is shown, by age or by change of age; None where nobody said.
        counts_as_background: whether it counts toward the least number of background actors; None where nobody said.
        synthetic_performer: whether a synthetic performer plays a human role; None where nobody said.
        union_notice: SHA-256 or reference of the notice to the union.
        value_statement: of the additional value of a synthetic performer.
        alteration: what an alteration does.
        unrelated_purpose: whether a biometric is used for anything beside the picture.
        generated_text: whether text is generated for a writer; None where nobody said.
        text_role: 'source', 'assigned' or 'neither', as it is given to the writer.
        disclosed_to_writer: whether the writer was told.
        source: of third-party material or viewing data.
        licence: record id of a licence that outweighs a reservation.
        output: whether something comes out that people see or hear; None where nobody said.
        marks: how it is marked.
        advertising: whether it is an advertisement; None where nobody said.
        model: id of a model whose lineage is asked about; empty for none.
        scan_kind: 'standalone', 'block' or 'work_time', for the price of a scan.
        scan_hours: how long a scan takes.
        suits_performer: whether the performer chose the time of a scan.
        units, unit: how much is used, for the price; None where nobody counted.
        estimate_author, estimate_basis: who answers for a number of days.
    """

    subject: str
    subject_kind: SubjectKind
    use: Use
    asset: str
    asset_kind: AssetKind
    project: str = ""
    territory: str = ""
    medium: str = ""
    language: str | None = None
    description: str = ""
    scene: str | None = None
    custodian: str = ""
    count: int = 1
    packs: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    photography_start: date | None = None
    fixed_on: date | None = None
    engaged_at: datetime | None = None
    notice_at: datetime | None = None
    scan_at: datetime | None = None
    business_reason: str = ""
    replaces_in_person: bool | None = None
    sexual_content: bool | None = None
    depicts_minor: bool | None = None
    counts_as_background: bool | None = None
    synthetic_performer: bool | None = None
    union_notice: str = ""
    value_statement: str = ""
    alteration: Alteration | None = None
    unrelated_purpose: bool | None = None
    generated_text: bool | None = None
    text_role: str = ""
    disclosed_to_writer: bool = False
    source: str = ""
    licence: str = ""
    output: bool | None = None
    marks: frozenset[Mark] = frozenset()
    advertising: bool | None = None
    model: str = ""
    scan_kind: Literal["", "standalone", "block", "work_time"] = ""
    scan_hours: Decimal = Decimal(0)
    suits_performer: bool = False
    units: Decimal | None = None
    unit: Unit = "use"
    estimate_author: str = ""
    estimate_basis: str = ""

    @cached_property
    def pinned(self) -> str:
        """Hash of the description."""
        return description_hash(self.description)

    @cached_property
    def trouble(self) -> str | None:
        """The first fact that is none: of another kind than it should be, an unknown word, a moment without a zone.

        Whatever is read by truth alone must be a yes, a no or unknown, or a slip would be taken for a no.
        """
        look = (*map(type, _VALUES(self)), *_SPOKEN(self))
        if look not in _GOOD_LOOKS:
            for name, allowed in _KINDS:
                if type(getattr(self, name)) not in allowed:
                    return f"{name} is {type(getattr(self, name)).__name__}"
            for name, words in _WORDS:
                if getattr(self, name) not in words:
                    return f"{name} = {getattr(self, name)!r} is no word that is known"
            # Most requests look like one before; there are too few good looks to fill the memory.
            _GOOD_LOOKS.add(look)
        for moment in (self.engaged_at, self.notice_at, self.scan_at):
            if moment is not None and moment.utcoffset() is None:
                return "a moment has no time zone"
        if not {*map(type, self.packs), *map(type, self.jurisdictions), *map(type, self.marks)} <= _TEXT:
            return "packs, jurisdictions or marks hold what is no text"
        for place in (self.territory, *self.jurisdictions) if self.territory else self.jurisdictions:
            trouble = why_no_place(place)
            if trouble is not None:
                return f"{place!r} {trouble}"
        return None

    @cached_property
    def hash(self) -> str:
        """SHA-256 of all that is asked: a token is bound to it."""
        return hashlib.sha256(
            canonical({one.name: _plain(getattr(self, one.name)) for one in fields(self)})
        ).hexdigest()


_NONE = type(None)
_TEXT = {str}
_KINDS: tuple[tuple[str, tuple[type, ...]], ...] = tuple(
    (name, kinds)
    for kinds, names in (
        (
            (str,),
            "subject subject_kind use asset asset_kind project territory medium description custodian business_reason "
            "union_notice value_statement text_role source licence model scan_kind unit estimate_author estimate_basis",
        ),
        ((str, _NONE), "language scene alteration"),
        ((int,), "count"),
        ((tuple,), "packs jurisdictions"),
        ((frozenset,), "marks"),
        # By type, because a datetime is a date to `isinstance`, and the two cannot be compared.
        ((date, _NONE), "photography_start fixed_on"),
        ((datetime, _NONE), "engaged_at notice_at scan_at"),
        ((bool,), "disclosed_to_writer suits_performer"),
        (
            (bool, _NONE),
            "replaces_in_person sexual_content depicts_minor counts_as_background synthetic_performer "
            "unrelated_purpose generated_text output advertising",
        ),
        ((Decimal,), "scan_hours"),
        ((Decimal, _NONE), "units"),
    )
    for name in names.split()
)
"""Every field and what it may be."""
_VALUES = attrgetter(*(name for name, _ in _KINDS))
_WORDS: tuple[tuple[str, frozenset[str | None]], ...] = (
    ("subject_kind", frozenset(SUBJECT_KINDS)),
    ("use", frozenset(USES)),
    ("asset_kind", frozenset(ASSET_KINDS)),
    ("alteration", frozenset((*ALTERATIONS, None))),
    ("text_role", frozenset(("", "source", "assigned", "neither"))),
    ("scan_kind", frozenset(("", "standalone", "block", "work_time"))),
)
_SPOKEN = attrgetter(*(name for name, _ in _WORDS))
_GOOD_LOOKS: set[tuple[object, ...]] = set()


def _plain(value: object) -> JsonValue:
    """A field as canonical JSON can hold it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    assert value is None or isinstance(value, str | int)
    return value
