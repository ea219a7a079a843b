"""The bases on which people's data may be used: a grant for a whole source, and what each member said.

A member's own word always outweighs the source's grant. Both are kept as they were given, latest last; nothing is
ever changed in place. A yes is on the ledger before it takes effect, and a no takes effect first.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches

import duckdb

from openslate import clock
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import erased, ledger
from openslate.rights.bases_noted import record_basis, unnoted_ends
from openslate.rights.commitments import commitment
from openslate.rights.taking import in_force
from openslate.storage.manifest import Import

PURPOSES = ("train", "evaluate", "personalize")
"""What people's data may be used for: learning, measuring, and choosing for that very member."""

CONSENT_COLUMNS: Mapping[str, str] = {
    "member": "VARCHAR",
    "purpose": "VARCHAR",
    "granted": "BOOLEAN",
    "recorded": "TIMESTAMP",
}

MEMBERS_WORD = ("member", "rights")
"""Source and location of what members said through `record_member`, which is no source of data."""


@dataclass(frozen=True)
class Basis:
    """Why a source's data may be used, and for what.

    Attributes:
        text: the licence, contract or law, in words a reader of the ledger understands.
        purposes: some of `PURPOSES`.

    Raises:
        UsageError: the text is empty or cannot be written as UTF-8, or a purpose is unknown.

    Example:
        >>> Basis("Membership terms of 2026, section 4.", ("train", "evaluate")).purposes
        ('train', 'evaluate')
    """

    text: str
    purposes: tuple[str, ...] = PURPOSES

    def __post_init__(self) -> None:
        check_text(self.text)
        if not self.text.strip():
            raise UsageError("The basis is empty.", "Say which licence, contract or law it is.")
        check_purposes(self.purposes)


def check_purposes(purposes: Sequence[str]) -> None:
    """Refuse a purpose nobody has defined.

    Raises:
        UsageError: none is given, or one is unknown.
    """
    if not purposes:
        raise UsageError("No purpose is named.", f"Name one or more of {', '.join(PURPOSES)}.")
    for purpose in purposes:
        if purpose not in PURPOSES:
            raise UsageError(f"The purpose {purpose!r} is unknown.", f"Name one of {', '.join(PURPOSES)}.")


def check_text(text: str) -> None:
    """Refuse text that no file can hold.

    Raises:
        UsageError: it cannot be written as UTF-8, as half of a surrogate pair cannot.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"The text {text!r} cannot be written as UTF-8.", "Name it as the data does.") from None


def grant_source(project: Project, source: str, basis: Basis) -> None:
    """Record the basis on which everything from `source` may be used; saying the same again changes nothing.

    Args:
        project: where.
        source: a source that an import has named.
        basis: why its data may be used, and for what.

    Raises:
        UsageError: no import has brought anything from the source.
        RightsError: the ledger cannot be written.
    """
    _check_known(source, known_sources(project), "No import has brought anything from", "Import its data first.")
    standing = source_grants(project)
    new = [purpose for purpose in basis.purposes if standing.get((source, purpose)) != basis.text]
    for purpose, reason in unnoted_ends(project, source, new).items():
        record_basis(project, source, [purpose], False, reason)
    record_basis(project, source, new, True, basis.text)


def withdraw_source(project: Project, source: str, purposes: Sequence[str], reason: str) -> None:
    """End a source's grant for those of the purposes that it has one for, from now on.

    Where one has ended already and the ledger does not say so, it is said.

    Args:
        project: where.
        source: a source with a grant for at least one of the purposes.
        purposes: some of `PURPOSES`.
        reason: why it ends.

    Raises:
        UsageError: the source has a grant for none of the purposes, one is unknown, or the reason is empty.
        RightsError: the ledger cannot be written; the grant has ended all the same, and saying it again notes it.
    """
    check_text(source)
    ending = Basis(reason, tuple(purposes)).purposes
    standing = [(one, purpose) for one, purpose in source_grants(project) if purpose in ending]
    standing += [(source, purpose) for purpose in unnoted_ends(project, source, ending)]
    complaint = f"No basis to {' or '.join(ending)} is in force for"
    _check_known(source, {one for one, _ in standing}, complaint, "See those in force with `openslate rights check`.")
    record_basis(project, source, [purpose for one, purpose in standing if one == source], False, reason)


def known_sources(project: Project) -> set[str]:
    """The sources that imports have named."""
    return {one.source for one in project.lake.imports() if (one.source, one.location) != MEMBERS_WORD}


def source_grants(project: Project) -> dict[tuple[str, str], str]:
    """The bases in force now: from (source, purpose) to the basis in words."""
    standing: dict[tuple[str, str], str] = {}
    for source, purpose, granted, text in project.state.rows(
        "SELECT source, purpose, granted, basis FROM grants ORDER BY ordinal"
    ):
        key = (str(source), str(purpose))
        if granted:
            standing[key] = str(text)
        else:
            standing.pop(key, None)
    return standing


def record_member(project: Project, member: str, purposes: Sequence[str], granted: bool) -> None:
    """Record what one member agreed to or refused, effective with the very next read.

    Where a clock that went ahead left words of theirs at later moments, this one is recorded at those moments, too: it
    is the last they said, and must not be outweighed once those moments come.

    An erased member's new consent takes them in again, for the purposes named and no other: what they said before is
    forgotten, but not that they had left. Until then their refusal stands, so saying it again records nothing.

    Args:
        project: where.
        member: the member's id; it need not have watched anything yet.
        purposes: some of `PURPOSES`.
        granted: True for yes, False for a refusal or withdrawal.

    Raises:
        UsageError: a purpose is unknown, the answer is neither True nor False, or the id cannot be a member's.
        RightsError: the ledger cannot be written, or the member is being erased; then nothing has changed, but that a
            refusal stands though the ledger cannot be written: saying it again puts it there.
    """
    check_purposes(purposes)
    if not isinstance(granted, bool):
        raise UsageError(f"The answer {granted!r} is neither True nor False.", "Say True for yes, False for no.")
    check_text(member)
    if not 1 <= len(member) <= 200:
        raise UsageError(f"The member id {member!r} is not 1 to 200 characters long.", "Name an existing member.")
    returning = erased.is_erased(project, member)
    if returning and not granted:
        return
    erased.require_finished(project, member)
    answers = dict.fromkeys(PURPOSES, False) if returning else {}
    answers |= dict.fromkeys(purposes, granted)
    moment = clock.now()
    source, location = MEMBERS_WORD
    with project.lake.writing(), project.lake.reading() as connection:
        connection.execute(
            "CREATE TEMP TABLE said (member VARCHAR, purpose VARCHAR, granted BOOLEAN, recorded TIMESTAMP)"
        )
        said = [
            (member, purpose, answer, recorded)
            for purpose, answer in answers.items()
            for recorded in _moments(project, connection, member, purpose, moment.replace(tzinfo=None))
        ]
        connection.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", said)
        # Somebody may say the same twice at one moment with another word between: each is a file of its own.
        label = f"word {len(project.lake.snapshot('consents').shards)}"
        shard = project.lake.write(connection, "consents", "SELECT * FROM said", source, label)
        name = f"consent-{uuid.uuid4().hex}"
        counts = {"consents": {"read": len(said), "added": len(said), "repeated": 0, "quarantined": 0}}
        word = Import(name, source, location, name, counts, None, moment)
        if granted:
            _note_member(project, member, purposes, granted)
        project.lake.commit(word, [shard])
        if not granted:
            with in_force("The refusal"):
                _note_member(project, member, purposes, granted)
    if returning:
        # Last, so that a kill before it leaves them refused.
        erased.lift(project, member)


def _note_member(project: Project, member: str, purposes: Sequence[str], granted: bool) -> None:
    ledger.append(
        project,
        {
            "decision": "consent" if granted else "refusal",
            "purposes": sorted(set(purposes)),
            # The ledger may be read by more people than the data, so it names nobody.
            "subject": commitment(project, "viewer", member),
        },
    )


def take_in_by_record(project: Project, member: str) -> None:
    """Take an erased member in again, because a record given since consents anew; its uses alone are granted.

    That they had left is said again, at the moment they left: it outweighs every source's grant, and the record, which
    was given later, outweighs it for what it names. Nothing happens to a member who is not erased.

    Raises:
        RightsError: the vault cannot be written, or the member is being erased; then nothing has changed.
    """
    erased.require_finished(project, member)
    since = erased.erased_since(project, member)
    if since is None:
        return
    source, location = MEMBERS_WORD
    with project.lake.writing(), project.lake.reading() as connection:
        connection.execute(
            "CREATE TEMP TABLE said (member VARCHAR, purpose VARCHAR, granted BOOLEAN, recorded TIMESTAMP)"
        )
        left = since.astimezone(UTC).replace(tzinfo=None)
        connection.executemany(
            "INSERT INTO said VALUES (?, ?, false, ?)", [(member, purpose, left) for purpose in PURPOSES]
        )
        label = f"word {len(project.lake.snapshot('consents').shards)}"
        shard = project.lake.write(connection, "consents", "SELECT * FROM said", source, label)
        name = f"consent-{uuid.uuid4().hex}"
        counts = {"consents": {"read": len(PURPOSES), "added": len(PURPOSES), "repeated": 0, "quarantined": 0}}
        project.lake.commit(Import(name, source, location, name, counts, None, clock.now()), [shard])
    erased.lift(project, member)


def _moments(
    project: Project, connection: duckdb.DuckDBPyConnection, member: str, purpose: str, now: datetime
) -> list[datetime]:
    """Now, and every later moment at which a word of the member on the purpose is recorded."""
    consents = project.lake.relation(project.lake.snapshot("consents"), "consents", CONSENT_COLUMNS)
    later = connection.execute(
        f"SELECT DISTINCT recorded FROM {consents} WHERE member = ? AND purpose = ? AND recorded > ? ORDER BY recorded",
        (member, purpose, now),
    ).fetchall()
    return [now, *(recorded for (recorded,) in later)]


def _check_known(source: str, known: Collection[str], complaint: str, otherwise: str) -> None:
    """Refuse a source that is not among the known ones: name those that come closest, or say what to do otherwise."""
    check_text(source)
    if source not in known:
        closest = ", ".join(repr(name) for name in get_close_matches(source, sorted(known), n=8, cutoff=0))
        raise UsageError(f"{complaint} the source {source!r}.", f"Name one of {closest}." if closest else otherwise)
