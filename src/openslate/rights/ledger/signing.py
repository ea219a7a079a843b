"""Signing the ledger: its key, which lies outside the project, and its checkpoints, which lie inside and outside."""

from pathlib import Path

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.alarm import alarm
from openslate.rights.checkpoint import Checkpoint, read_checkpoint
from openslate.rights.folders import bind_folder
from openslate.rights.keys import outside
from openslate.rights.ledger.index import FIND, PART, damaged, name_key, read_head
from openslate.rights.ledger.lines import KEY, read_line
from openslate.rights.ledger.trust import check_file_since
from openslate.rights.ledger.writing import Held, exclusive, write
from openslate.rights.note import PublicKey, Signature
from openslate.storage.files import make_folder, write_atomically

FOLDER = "checkpoints"


def make_key(project: Project) -> PublicKey:
    """Make the ledger's signing key outside the project, and put the public half on the ledger; a second time changes
    nothing, and no key is ever replaced.

    Raises:
        RightsError: the key cannot be written, lies in the project, or is not the one that the ledger names.
    """
    with exclusive(project) as held:
        own, named = outside(held.head.origin), public_key(project)
        if named is not None and not own.key_path.exists():
            raise RightsError(
                f"The ledger names the key {named.text}, and {own.key_path} is not there.",
                "Restore the key from a backup; another one cannot sign this ledger.",
            )
        key = own.make_key(project.folder)
        if named is None:
            write(project, held, [{"decision": KEY, "key": key.text}])
        else:
            _refuse_other(key, named)
        bind_folder(project.folder, held.head.origin)
    return key


def public_key(project: Project) -> PublicKey | None:
    """The key that the ledger names as its own, if it names one.

    Raises:
        RightsError: the entry that names it is not what it was.
    """
    parts = read_head(project.state).entries >> PART
    rows = project.state.rows(
        f"SELECT number, start, hash FROM ledger_entries WHERE number IN ({FIND}) ORDER BY number LIMIT 1",
        (parts, name_key("decision", KEY)),
    )
    if not rows:
        return None
    number, start, leaf = rows[0]
    assert isinstance(number, int) and isinstance(start, int) and isinstance(leaf, bytes)
    return PublicKey.read(str(read_line(project.ledger_path, number, start, leaf).value["key"]))


def checkpoint(project: Project) -> Checkpoint:
    """Sign the ledger as it stands, once its lines since the last checkpoint were read and agree with that.

    It is kept in the project and, as the last one, outside, where `append` and `verify` compare with it. Where nothing
    was added since the last checkpoint, that one is returned.

    Raises:
        RightsError: there is no key, it is not the one that the ledger names, the clock has gone backwards, or the
            ledger is not what it was.
    """
    with exclusive(project) as held:
        head, own = held.head, outside(held.head.origin)
        private, named = own.private(), public_key(project)
        key = own.public()
        if named is None or key is None:
            raise RightsError("The ledger names no key.", "Make one with `openslate rights key`.")
        _refuse_other(key, named)
        check_file_since(project, head, held.outside)
        found = _standing(project, held, named)
        if found is None:
            found = Checkpoint(head.origin, head.entries, head.frontier.root, held.moment(), ()).signed(private)
            if not found.note.is_signed_by(named):
                raise RightsError(
                    f"The key {own.key_path} is not the one that the ledger names.", "Restore it from a backup."
                )
        _store(project, found)
        own.keep(found)
        bind_folder(project.folder, head.origin)
    return found


def checkpoints(project: Project) -> list[Checkpoint]:
    """Every checkpoint that the project keeps, smallest first, each signed by the key that the ledger names.

    Raises:
        RightsError: one cannot be read, was altered, or was signed by another key.
    """
    folder = project.folder / FOLDER
    paths = sorted(folder.glob("*.txt")) if folder.exists() else []
    key = public_key(project)
    if paths and key is None:
        raise alarm(f"The ledger names no key, and {folder} holds checkpoints.")
    return [_read(path, key) for path in paths]


def add_cosignature(project: Project, cosigned: Checkpoint, signature: Signature) -> Checkpoint:
    """Keep a witness's signature with the checkpoint that it is of, inside and outside the project.

    Raises:
        RightsError: the project has no such checkpoint.
    """
    with exclusive(project) as held:
        path = _path(project, cosigned.size)
        kept = _read(path, public_key(project)) if path.exists() else None
        if kept is None or kept.body != cosigned.body:
            raise RightsError(
                f"The project keeps no such checkpoint of {cosigned.size} entries.", "Let one of its own be cosigned."
            )
        signed = kept.with_signature(signature)
        _store(project, signed)
        if held.outside is not None and held.outside.body == signed.body:
            outside(held.head.origin).keep(signed)
    return signed


def _standing(project: Project, held: Held, key: PublicKey) -> Checkpoint | None:
    """The checkpoint of the ledger as it stands, if one was made before."""
    head, path = held.head, _path(project, held.head.entries)
    if path.exists():
        found = _read(path, key)
        if (found.origin, found.size, found.root) != (head.origin, head.entries, head.frontier.root):
            raise damaged(project)
        return found
    if held.outside is not None and held.outside.size == head.entries:
        return held.outside
    return None


def _path(project: Project, size: int) -> Path:
    return project.folder / FOLDER / f"{size:016d}.txt"


def _store(project: Project, checkpoint: Checkpoint) -> None:
    path = _path(project, checkpoint.size)
    make_folder(path.parent)
    write_atomically(path, checkpoint.note.text.encode())


def _read(path: Path, key: PublicKey | None) -> Checkpoint:
    try:
        return read_checkpoint(path.read_bytes().decode(), key)
    except (RightsError, OSError, ValueError) as error:
        told = error.what if isinstance(error, RightsError) else str(error)
        raise alarm(f"The checkpoint {path} was altered: {told}", "Restore it from a backup.") from error


def _refuse_other(key: PublicKey, named: PublicKey) -> None:
    if key != named:
        raise RightsError(
            f"The ledger names the key {named.text}, and the one here is {key.text}.",
            "Restore the ledger's own key from a backup; another one cannot sign it.",
        )
