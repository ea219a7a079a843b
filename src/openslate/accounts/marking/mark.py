"""Marking: a copy of a generated file that says so, recorded before it is there."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO

from openslate.accounts.marking import content_credentials
from openslate.accounts.marking.described import Description, KnownFile
from openslate.accounts.marking.fingerprints import Fingerprints, fingerprints
from openslate.accounts.marking.identities import SigningIdentity
from openslate.accounts.marking.images import decoder
from openslate.accounts.marking.known_files import ledger_name, remember
from openslate.accounts.marking.manifests import RESERVED, Permission, SourceType, manifest
from openslate.accounts.marking.media_types import IMAGES, MARKABLE, media_type
from openslate.accounts.marking.opened import opened
from openslate.accounts.marking.uses import AllowedUse, allowed_uses, require_one_file
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.storage.files import sync_folder, temporary_path


@dataclass(frozen=True)
class MarkedFile:
    """A marked file and its records.

    Attributes:
        path: where it lies.
        prints: what it is found by.
        known: its records, one for each decision.
    """

    path: Path
    prints: Fingerprints
    known: tuple[KnownFile, ...]


def mark(
    project: Project,
    source: Path,
    target: Path,
    uses: Sequence[AllowedUse],
    identity: SigningIdentity,
    source_type: SourceType = "trainedAlgorithmicMedia",
    reservations: Mapping[str, Permission] = RESERVED,
    *,
    replace: bool = False,
) -> MarkedFile:
    """Write a copy of a generated file with Content Credentials in it, and record what it is found by.

    The record is durable before the copy appears under its name; a copy that cannot be recorded does not appear.

    Args:
        project: whose ledger allowed the use.
        source: the generated file; a manifest that it has already is kept as that of its parent.
        target: where the copy goes.
        uses: the decisions that allowed it, one or more.
        identity: who signs.
        source_type: how it came about.
        reservations: what others may do with it.
        replace: whether a file that is there already may be replaced.

    Raises:
        UsageError: a file or argument is wrong, or the target is there already.
        RightsError: a decision did not allow the use, is about somebody else, has a file already, or its consent was
            withdrawn (R20) or suspended by a strike (R09); the file cannot be signed, or it cannot be recorded.
        MissingExtra: the c2pa extra is not installed.

    Source: rule R22 (UNMARKED); C2PA 2.x; EU AI Act, article 50(2).
    """
    decisions = allowed_uses(project, uses)
    content_credentials.c2pa()
    with opened(source) as file:
        found = media_type(file)
        if found not in MARKABLE:
            raise UsageError(
                f"{source} is of a kind that no manifest is written into here.",
                f"Store it as one of {', '.join(sorted(MARKABLE))}.",
            )
        _check_target(source, target, replace)
        before = fingerprints(file)
        require_one_file(project, decisions, before)
        temporary = temporary_path(target.parent, target.suffix)
        try:
            _sign(project, file, temporary, found, target.name, decisions, identity, source_type, reservations)
            with temporary.open("rb") as copy:
                prints = fingerprints(copy)
            _check_same(source, before, prints)
            described = _described(target, before.file, prints, identity, source_type, uses, decisions)

            def check() -> None:
                require_one_file(project, allowed_uses(project, uses), before)

            known = remember(project, described, check)
            _publish(temporary, target, replace)
        except OSError as error:
            raise UsageError(f"{target} cannot be written: {error.strerror}.", "Name another place.") from error
        finally:
            temporary.unlink(missing_ok=True)
    return MarkedFile(target, prints, tuple(known))


def _check_target(source: Path, target: Path, replace: bool) -> None:
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}.", "Make it, or name another.")
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise UsageError(f"{target} is a link or no file.", "Name another place for the copy.")
    if target.exists() and target.samefile(source):
        raise UsageError(f"{target} is the source itself.", "Name another place for the copy.")
    if target.exists() and not replace:
        raise UsageError(f"{target} is there already.", "Name another place, or ask for it to be replaced.")


def _sign(
    project: Project,
    file: IO[bytes],
    temporary: Path,
    found: str,
    title: str,
    decisions: Sequence[ledger.Recorded],
    identity: SigningIdentity,
    source_type: SourceType,
    reservations: Mapping[str, Permission],
) -> None:
    has_one = content_credentials.read(file).state != "none"
    parent = content_credentials.PARENT if has_one else None
    places = [(one.index, one.hash) for one in decisions]
    definition = manifest(
        title, source_type, reservations, ledger_name(project), places, version("openslate"), parent=parent
    )
    with temporary.open("x+b") as copy:
        content_credentials.write(file, copy, found, definition, identity, parent)
        copy.flush()
        os.fsync(copy.fileno())
        state = content_credentials.read(copy).state
    if state not in ("trusted", "untrusted"):
        raise RightsError(
            f"The signed copy of {title} is {state} when it is read again.",
            "Check the certificate: it must be in force and meant for signing manifests.",
        )


def _check_same(source: Path, before: Fingerprints, after: Fingerprints) -> None:
    if before.content != after.content:
        raise RightsError(
            f"The marked copy of {source} has other pixels or samples than the file itself.",
            "See that nothing else writes to the file, and mark it again.",
        )


def _described(
    target: Path,
    source: str,
    prints: Fingerprints,
    identity: SigningIdentity,
    source_type: SourceType,
    uses: Sequence[AllowedUse],
    decisions: Sequence[ledger.Recorded],
) -> list[tuple[str, Description]]:
    return [
        (
            use.subject,
            Description(
                file=prints.file,
                kind=prints.kind or "",
                content=prints.content or "",
                look=prints.look.text if prints.look else "",
                decoder=decoder() if prints.media_type in IMAGES else "",
                media_type=prints.media_type,
                source_type=source_type,
                name=target.name,
                size=prints.size,
                signer=identity.name,
                use=decided.index,
                use_hash=decided.hash,
                source=source,
            ),
        )
        for use, decided in zip(uses, decisions, strict=True)
    ]


def _publish(temporary: Path, target: Path, replace: bool) -> None:
    if replace:
        temporary.replace(target)
    else:
        try:
            # Unlike a rename, a link does not take the place of a file that came in the meantime.
            os.link(temporary, target)
        except FileExistsError:
            raise UsageError(f"{target} has come to be there.", "Name another place for the copy.") from None
        except OSError:
            # Some file systems of media have no links.
            if target.exists():
                raise UsageError(f"{target} has come to be there.", "Name another place for the copy.") from None
            temporary.rename(target)
    sync_folder(target.parent)
