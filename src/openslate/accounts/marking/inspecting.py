"""Saying what is known of a file, and how sure it is; what is not known is never made into a verdict."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from openslate.accounts.marking import content_credentials, known_files
from openslate.accounts.marking.content_credentials import STATES, Credentials
from openslate.accounts.marking.described import KnownFile
from openslate.accounts.marking.fingerprints import Fingerprints, fingerprints
from openslate.accounts.marking.identities import read_roots
from openslate.accounts.marking.measured_error import measured_error
from openslate.accounts.marking.opened import opened
from openslate.accounts.marking.perceptual import LIMIT
from openslate.accounts.removals import removed_at
from openslate.accounts.replicas import Registered, replicas
from openslate.accounts.withdrawals import REMOVING, Withdrawal, withdrawn_since
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger

Verdict: TypeAlias = Literal["unaltered", "registered", "same content", "probable", "unknown"]
VERDICTS = {
    "unaltered": "This is a file that was generated here, byte for byte.",
    "registered": "This is a scan or replica that is registered here, byte for byte.",
    "same content": "It has exactly the {kind} of a file that was generated here; what lies around them differs.",
    "probable": "It probably shows a picture that was generated here, stored or scaled otherwise.",
    "unknown": "Nothing is known of this file here. It may still have been generated, here or elsewhere.",
}
MOST_MATCHES = 20


@dataclass(frozen=True)
class Match:
    """A recorded file that agrees with the one that is asked about.

    Attributes:
        known: the record.
        difference: share of the look that differs, from 0 to 1; None where bytes or content are the same.
        withdrawn: the withdrawal, since, of the consent that allowed it; None while that stands.
        removed: when it was recorded as removed; None for one that was not.
    """

    known: KnownFile
    difference: float | None = None
    withdrawn: Withdrawal | None = None
    removed: datetime | None = None


@dataclass(frozen=True)
class Inspection:
    """What is known of a file.

    Attributes:
        prints: what it is found by.
        verdict: how sure it is that the file was generated or registered here; 'unknown' says nothing either way.
        matches: recorded files, nearest first.
        compared: how many recorded looks it was compared with; 0 where looks were not asked.
        credentials: what its own manifest is worth, and says.
        uses_here: whether the decisions that its manifest names stand on this project's ledger; None where it names
            none, or those of another ledger.
        error: the measured error of a probable match, or of finding none by its look; empty where no look was asked.
        registered: assets whose registered file this is.
    """

    prints: Fingerprints
    verdict: Verdict
    matches: tuple[Match, ...]
    compared: int
    credentials: Credentials
    uses_here: bool | None
    error: str = ""
    registered: tuple[Registered, ...] = ()

    def sentences(self) -> list[str]:
        """What is known, for people, the most certain first."""
        told = [VERDICTS[self.verdict].format(kind=self.prints.kind)]
        for one in self.registered:
            told.append(f"It is the asset {one.replica.asset}, {one.replica.kind}: entry {one.entry} of the ledger.")
            if one.destroyed is not None:
                told.append(f"It was recorded as destroyed on {one.destroyed:%Y-%m-%d}, and here it is.")
        for match in self.matches:
            told += [_told(match), *_ended(match)]
        if self.compared:
            told.append(f"Its look was compared with that of {self.compared:,} recorded pictures. {self.error}")
        told += self.prints.notes
        told.append(STATES[self.credentials.state])
        told += _credentials(self.credentials)
        if self.uses_here is not None:
            stands = "stand" if self.uses_here else "do not stand"
            told.append(f"The decisions that its manifest names {stands} on this project's ledger.")
        return told


def inspect(project: Project, path: Path, trusted_roots: Path | None = None) -> Inspection:
    """What is known of a file.

    Args:
        project: whose records.
        path: a plain file; its name and ending say nothing.
        trusted_roots: certificates in PEM whose signers are trusted; None trusts nobody.

    Raises:
        UsageError: there is no such file, it is no plain one, it is empty, or the roots cannot be read.
        RightsError: the vault or ledger cannot be read, or they do not agree.
    """
    roots = None if trusted_roots is None else read_roots(trusted_roots)
    with opened(path) as file:
        prints = fingerprints(file)
        if not prints.size:
            raise UsageError(f"{path} is empty.", "Name a file with content.")
        credentials = content_credentials.read(file, roots)
    return _judged(project, prints, credentials)


def _judged(project: Project, prints: Fingerprints, credentials: Credentials) -> Inspection:
    uses_here = _uses_here(project, credentials)
    own = tuple(one for one in replicas(project) if one.replica.sha256 == prints.file)
    exact = known_files.by_file(project, prints.file)
    if exact:
        return Inspection(prints, "unaltered", _matches(project, exact), 0, credentials, uses_here, registered=own)
    if own:
        return Inspection(prints, "registered", (), 0, credentials, uses_here, registered=own)
    same = known_files.by_content(project, prints.content) if prints.content else []
    if same:
        return Inspection(prints, "same content", _matches(project, same), 0, credentials, uses_here)
    if prints.look is None:
        return Inspection(prints, "unknown", (), 0, credentials, uses_here)
    alike, compared = known_files.by_look(project, prints.look, LIMIT)
    figures = measured_error()
    if not alike:
        error = figures.misses() if compared else ""
        return Inspection(prints, "unknown", (), compared, credentials, uses_here, error)
    matches = tuple(_match(project, known, share) for share, known in alike[:MOST_MATCHES])
    error = figures.false_matches(alike[0][0])
    return Inspection(prints, "probable", matches, compared, credentials, uses_here, error)


def _matches(project: Project, known: list[KnownFile]) -> tuple[Match, ...]:
    return tuple(_match(project, one) for one in known[:MOST_MATCHES])


def _match(project: Project, known: KnownFile, difference: float | None = None) -> Match:
    ended = withdrawn_since(project, known.record, known.use)
    return Match(known, difference, ended, removed_at(project, known.file))


def _uses_here(project: Project, credentials: Credentials) -> bool | None:
    said = credentials.said
    if not said.uses or said.ledger != known_files.ledger_name(project):
        return None
    return all(_stands(project, place, leaf) for place, leaf in said.uses)


def _stands(project: Project, place: int, leaf: str) -> bool:
    try:
        return ledger.entry(project, place).hash == leaf
    except UsageError:
        # There is no such entry.
        return False


def _told(match: Match) -> str:
    known, described = match.known, match.known.described
    name = f"'{described.name}'" if described else f"the file {known.file[:12]}, whose description was erased"
    apart = "" if match.difference is None else f", {match.difference:.1%} of its look apart"
    return (
        f"It agrees with {name}{apart}, recorded on {known.at:%Y-%m-%d} as entry {known.entry} of the ledger, "
        f"from decision {known.use}."
    )


def _ended(match: Match) -> list[str]:
    """What became of the consent since, and of the file."""
    told, ended = [], match.withdrawn
    if ended is not None:
        told.append(
            f"The consent behind entry {match.known.entry} was withdrawn on {ended.at:%Y-%m-%d}, "
            f"with the effect {ended.effect}."
        )
    if match.removed is not None:
        told.append(f"The file of entry {match.known.entry} was recorded as removed on {match.removed:%Y-%m-%d}.")
    elif ended is not None and ended.effect in REMOVING:
        told.append(f"The file of entry {match.known.entry} is to be removed; nobody has recorded so far that it was.")
    elif ended is not None:
        told.append("Nothing new may be made under it; what was made before stays.")
    return told


def _credentials(found: Credentials) -> list[str]:
    said = found.said
    told = [found.note] if found.note else []
    if found.codes:
        told.append(f"The codes of the check: {', '.join(found.codes)}.")
    if said.signer:
        told.append(f"The manifest names as its signer: {said.signer}.")
    if said.source_types:
        told.append(f"The manifest says how the file came about: {', '.join(said.source_types)}.")
    if said.reserved:
        words = ", ".join(f"{one.entry} {one.use}" for one in said.reserved)
        told.append(f"The manifest says of learning from the file: {words}.")
    return told
