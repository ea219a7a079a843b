"""One person's page of the books: what is held about them, for what, until when, how often used, paid how much.

Nothing is shown before the look itself is on the ledger. Names come from the vault; after an erasure nobody is found,
and the ledger's entries about them stand and say nothing of anyone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from openslate import clock
from openslate.accounts import book
from openslate.accounts.book import Numbered
from openslate.accounts.history import history
from openslate.accounts.names import Names, VaultNames
from openslate.accounts.person_assets import FileMade, ReplicaHeld, files_made, replicas_held
from openslate.accounts.person_money import Account, Dispute, accounts_of, disputes_of, lines_of, own_payees
from openslate.accounts.person_pages import pages_held
from openslate.accounts.person_papers import PaperHeld, papers_held, scripts_held
from openslate.accounts.person_reads import Read, reads_of
from openslate.accounts.person_records import RecordHeld, mandates_of, records_held, records_of
from openslate.accounts.person_uses import Denied, Looked, UseMade, denials_of, looks_of, uses_of
from openslate.accounts.person_ways import Way, ways_of_member, ways_of_subject
from openslate.accounts.removals import ToRemove, to_remove
from openslate.data.held import RowsHeld, Word, held_of
from openslate.project import Project
from openslate.rights.consent import known_sources, source_grants
from openslate.rights.erased import is_erased
from openslate.rights.looking import Look, PersonKind, check_person, look
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.versions import Stored, id_of


@dataclass(frozen=True)
class SourceBasis:
    """The basis on which a source that brought a member's rows may be used.

    Attributes:
        source: its name.
        purpose: what for.
        text: the licence, contract or law in words.
    """

    source: str
    purpose: str
    text: str


@dataclass(frozen=True)
class Person:
    """What is held about a person, and what became of it.

    Attributes:
        kind: member or subject.
        id: as the project knows them.
        at: when this was put together.
        look: this look, on the ledger.
        records: about them.
        mandates: by which they act for others, or others for them.
        words: of a member, on each purpose.
        bases: of the sources that brought a member's rows.
        rows: of a member, by table and source.
        uses: that were allowed.
        denials: of requests.
        reads: of everybody's viewing, for a member.
        accounts: into which their uses pay.
        disputes: of their lines.
        looks: before this one.
        ways: to withdraw, dispute, or be forgotten.
        is_erased: whether a member of this id was erased, and has not consented anew.
        replicas: scans and replicas of them that are registered.
        files: that were generated of them and marked.
        removals: what is to be removed since they withdrew, and was not recorded as removed.
        pages: kept home pages of a member; None where none is kept.
        papers: pitches that name them, what they decided or said of pitches, and the scripts that they hold.
    """

    kind: PersonKind
    id: str
    at: datetime
    look: Look
    records: tuple[RecordHeld, ...]
    mandates: tuple[Mandate, ...]
    words: tuple[Word, ...]
    bases: tuple[SourceBasis, ...]
    rows: tuple[RowsHeld, ...]
    uses: tuple[UseMade, ...]
    denials: tuple[Denied, ...]
    reads: tuple[Read, ...]
    accounts: tuple[Account, ...]
    disputes: tuple[Dispute, ...]
    looks: tuple[Looked, ...]
    ways: tuple[Way, ...]
    is_erased: bool = False
    replicas: tuple[ReplicaHeld, ...] = ()
    files: tuple[FileMade, ...] = ()
    removals: tuple[ToRemove, ...] = ()
    pages: RowsHeld | None = None
    papers: tuple[PaperHeld, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything is held about them, or was done with it."""
        held = (self.records, self.mandates, self.words, self.rows, self.uses, self.denials, self.accounts)
        return any((*held, self.replicas, self.files, self.pages, self.papers)) or any(
            one.outcome in ("let through", "held back") for one in self.reads
        )


def person(
    project: Project, identifier: str, reader: str, kind: PersonKind = "subject", names: Names | None = None
) -> Person:
    """What is held about somebody, once this look is on the ledger.

    Args:
        project: where.
        identifier: id of a member, or of a performer, writer or director.
        reader: who looks, by role, such as 'counsel'; it stands on the ledger for the person to see.
        kind: which of the two it is.
        names: for what payees are called, and what disputes say; those of the vault when left out.

    Raises:
        UsageError: the kind is unknown, the id is none, or the reader is empty.
        RightsError: the ledger cannot be written or read, or a record is not what it was; then nothing is shown.

    Source: GDPR article 15: what is held, for what, until when, who received it, and how to object.

    Example:
        >>> import tempfile
        >>> project = Project.init(tempfile.mkdtemp() + "/svc")
        >>> person(project, "nobody", "counsel").is_known
        False
    """
    check_person(kind, identifier)
    at, names = clock.now(), names or VaultNames(project)
    return (_member if kind == "member" else _subject)(project, identifier, reader, at, names)


def _member(project: Project, member: str, reader: str, at: datetime, names: Names) -> Person:
    held = held_of(project, member, reader)
    stored = records_of(project, "member", member)
    pages = pages_held(project, member)
    seen = held.look
    if seen.subject is None and (stored or pages):
        seen = look(project, "member", member, reader, is_held=True)
    entries = book.read(project)
    sources = {one.source for one in held.rows}
    bases = tuple(SourceBasis(*key, text) for key, text in sorted(source_grants(project).items()) if key[0] in sources)
    reads = reads_of(project, entries, member, known_sources(project) | sources)
    found = _put_together(project, "member", member, at, seen, stored, entries, names)
    found = replace(found, words=held.words, bases=bases, rows=held.rows, reads=reads, pages=pages)
    found = replace(found, is_erased=is_erased(project, member))
    return replace(found, ways=ways_of_member(member)) if found.is_known else found


def _subject(project: Project, subject: str, reader: str, at: datetime, names: Names) -> Person:
    seen = look(project, "subject", subject, reader)
    stored, scripts = records_of(project, "subject", subject), scripts_held(project, subject)
    if seen.subject is None and (stored or scripts or own_payees(project, subject)):
        # Only now is it known that there is somebody who can be told of this look.
        seen = look(project, "subject", subject, reader, is_held=True)
    entries = book.read(project)
    found = _put_together(project, "subject", subject, at, seen, stored, entries, names)
    removals = to_remove(project, entries, subject)
    names_to_remove = {one.name for one in removals}
    return replace(
        found,
        replicas=replicas_held(project, subject, at, names_to_remove),
        files=files_made(project, subject, names_to_remove),
        removals=removals,
        papers=(*found.papers, *scripts),
    )


def _put_together(
    project: Project,
    kind: PersonKind,
    identifier: str,
    at: datetime,
    seen: Look,
    stored: Sequence[Stored],
    entries: Sequence[Numbered],
    names: Names,
) -> Person:
    """What records, ledger and accounts say of somebody."""
    ids = frozenset(id_of(one.value) for one in stored)
    own = own_payees(project, identifier) if kind == "subject" else frozenset()
    known = history(entries)
    uses = uses_of(entries, seen.subject, ids, names)
    records = records_held(stored, uses)
    disputes = disputes_of(known, own, ids, names)
    paid = {one.payee for one in uses if one.payee is not None}
    return Person(
        kind=kind,
        id=identifier,
        at=at,
        look=seen,
        records=records,
        mandates=mandates_of(project, identifier, records) if kind == "subject" else (),
        words=(),
        bases=(),
        rows=(),
        uses=uses,
        denials=denials_of(entries, seen.subject, ids, names),
        reads=(),
        accounts=accounts_of(entries, known, own, paid, ids, names),
        disputes=disputes,
        papers=papers_held(project, identifier),
        looks=looks_of(entries, seen),
        ways=ways_of_subject(identifier, [one.record for one in records], lines_of(known, own, ids), disputes),
    )
