"""A witness: somebody else, with a key and a memory of their own, who signs that a ledger has only grown.

The witness keeps the last checkpoint that they signed for each ledger, and signs the next one only with a proof that
the ledger still begins with it. Two people who are shown two different ledgers under one name find out when they
compare what the witness signed.

Source: C2SP tlog-cosignature.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openslate import clock
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.alarm import CLOCK
from openslate.rights.checkpoint import Checkpoint, read_checkpoint
from openslate.rights.keys import read_private, write_private
from openslate.rights.known_witnesses import keep_witness
from openslate.rights.merkle import is_consistent
from openslate.rights.note import COSIGNATURE, PublicKey, Signature, cosign, public_key
from openslate.storage.files import OWNER_ONLY, make_folder, write_atomically
from openslate.storage.lock import write_lock

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,99}")
LOCK_SECONDS = 30.0


def make_witness(folder: Path, name: str) -> PublicKey:
    """Make a witness in a folder of theirs, outside the project; a second time changes nothing.

    Args:
        folder: where the key and the memory lie.
        name: as it stands on signature lines, such as 'union.example/witness'.

    Raises:
        RightsError: the name cannot stand there, the folder cannot be written, or it is another witness's.
    """
    if not NAME.fullmatch(name):
        raise RightsError(f"A witness cannot be named {name!r}.", "Use letters, digits, dots, dashes and slashes.")
    try:
        make_folder(folder, OWNER_ONLY)
        if not _name_path(folder).exists():
            write_atomically(_name_path(folder), f"{name}\n".encode())
        if not _key_path(folder).exists():
            write_private(_key_path(folder), Ed25519PrivateKey.generate())
    except OSError as error:
        raise RightsError(f"The witness {folder} cannot be made: {error.strerror}.", "Name another folder.") from error
    private, found = _witness(folder)
    if found != name:
        raise RightsError(f"The witness in {folder} is {found}.", "Name it so, or name another folder.")
    return public_key(private, name, COSIGNATURE)


def witness_key(folder: Path) -> PublicKey:
    """The public key of a witness, for whoever checks that they signed.

    Raises:
        RightsError: there is no witness in the folder.
    """
    private, name = _witness(folder)
    return public_key(private, name, COSIGNATURE)


def last_seen(folder: Path, key: PublicKey) -> Checkpoint | None:
    """The last checkpoint that a witness signed for a ledger.

    Args:
        folder: the witness's.
        key: the ledger's public key.

    Raises:
        RightsError: what they remember cannot be read.
    """
    try:
        return read_checkpoint(_seen_path(folder, key).read_bytes().decode(), key)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise RightsError(f"{_seen_path(folder, key)} cannot be read: {error}.", "Restore it from a backup.") from error


def cosign_checkpoint(folder: Path, key: PublicKey, text: str, proof: Sequence[bytes] = ()) -> Signature:
    """Sign a checkpoint, once it is shown to continue the last one that was signed here.

    A checkpoint is signed once: asked again for the last one, the witness gives the same signature.

    Args:
        folder: the witness's.
        key: the ledger's public key, which the witness had from the ledger's people and not from the checkpoint.
        text: the checkpoint.
        proof: of consistency between the last one signed here and this one; none for the first.

    Raises:
        RightsError: the checkpoint is not signed by the key, is of an earlier moment or a smaller ledger than the last
            one, or the proof does not show that it continues that one; then nothing is signed.
    """
    private, name = _witness(folder)
    new = read_checkpoint(text, key)
    try:
        with write_lock(folder, LOCK_SECONDS):
            last = last_seen(folder, key)
            if last is not None:
                _check_growth(last, new, proof)
            again = _given(last, new, public_key(private, name, COSIGNATURE))
            if again is not None:
                return again
            signature = cosign(new.body, private, name, int(clock.now().timestamp()))
            # Remembered before it is given out: a signature that somebody has is never forgotten by a crash.
            write_atomically(_seen_path(folder, key), new.with_signature(signature).note.text.encode())
            return signature
    except OSError as error:
        raise RightsError(f"The witness {folder} cannot remember: {error.strerror}.", "Make room for it.") from error


def witness(project: Project, folder: Path, key: PublicKey) -> Checkpoint:
    """Sign a project's ledger as it stands, where the witness can read the project, and keep the signature with it.

    What the witness signed already is not signed again.

    Args:
        project: whose ledger; it is checkpointed first.
        folder: the witness's.
        key: the ledger's public key, as the witness knows it.

    Raises:
        RightsError: as for `ledger.checkpoint` and `cosign_checkpoint`.
    """
    if folder.resolve().is_relative_to(project.folder):
        raise RightsError(f"The witness {folder} lies in the project itself.", "Name a folder of somebody else's.")
    new, last = ledger.checkpoint(project), last_seen(folder, key)
    proof: tuple[bytes, ...] = ()
    if last is not None and last.size <= new.size:
        proof = tuple(bytes.fromhex(one) for one in ledger.consistency(project, last.size, new.size).path)
    own = witness_key(folder)
    if new.note.is_signed_by(own):
        keep_witness(project, own)
        return new
    signed = ledger.add_cosignature(project, new, cosign_checkpoint(folder, key, new.note.text, proof))
    keep_witness(project, own)
    return signed


def _given(last: Checkpoint | None, new: Checkpoint, own: PublicKey) -> Signature | None:
    """The signature that this witness gave for this very checkpoint before."""
    if last is None or last.body != new.body or not last.note.is_signed_by(own):
        return None
    return last.note.signatures_of(own)[0]


def _check_growth(last: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> None:
    if new.size < last.size:
        raise RightsError(
            f"The ledger was set back: the checkpoint is of {new.size} entries; one of {last.size} was signed here.",
            "Keep both checkpoints, and ask the ledger's people.",
        )
    if not is_consistent(last.size, new.size, last.root, new.root, proof):
        raise RightsError(
            f"Nothing shows that the ledger of {new.size} entries begins with the {last.size} that were signed here.",
            "Ask for a proof of consistency; if there is none, the ledger was forked: keep both checkpoints.",
        )
    if new.at < last.at:
        raise RightsError(
            f"The checkpoint is of {new.at}, before the last one of {last.at}.", "Set the ledger's clock right.", CLOCK
        )


def _witness(folder: Path) -> tuple[Ed25519PrivateKey, str]:
    try:
        name = _name_path(folder).read_bytes().decode().strip()
    except (OSError, ValueError) as error:
        raise RightsError(
            f"There is no witness in {folder}: {error}.", "Make one first: give it a name with `--name`."
        ) from error
    return read_private(_key_path(folder), "Make the witness first, or restore its folder."), name


def _key_path(folder: Path) -> Path:
    return folder / "witness.key"


def _name_path(folder: Path) -> Path:
    return folder / "witness.name"


def _seen_path(folder: Path, key: PublicKey) -> Path:
    # By the key, because a name is anybody's to claim.
    return folder / f"seen-{key.raw.hex()}.txt"
