"""The folder outside every project: the keys that ledgers are signed with, and the last checkpoint of each.

Whoever can write to the project cannot reach it, if permissions say so: the folder belongs to the person or service
that signs. `OPENSLATE_KEYS` names it; without, it is `openslate/keys` in the user's folder for settings.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from openslate.errors import RightsError
from openslate.rights.alarm import alarm
from openslate.rights.checkpoint import ORIGIN, Checkpoint, read_checkpoint
from openslate.rights.note import ED25519, PublicKey, public_key
from openslate.storage.files import OWNER_ONLY, make_folder, sync_folder, temporary_path, write_atomically

VARIABLE = "OPENSLATE_KEYS"


def keys_folder() -> Path:
    """Where keys lie on this machine; it need not exist."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    settings = os.environ.get("XDG_CONFIG_HOME")
    return (Path(settings) if settings else Path.home() / ".config") / "openslate" / "keys"


@dataclass(frozen=True)
class Outside:
    """What is kept of one ledger outside its project.

    Attributes:
        folder: where.
        origin: the ledger's name.
    """

    folder: Path
    origin: str

    @property
    def key_path(self) -> Path:
        """The private key."""
        return self._path("key")

    @property
    def public_path(self) -> Path:
        """The public key, in one line."""
        return self._path("pub")

    @property
    def checkpoint_path(self) -> Path:
        """The last checkpoint."""
        return self._path("checkpoint")

    def make_key(self, project: Path) -> PublicKey:
        """Make the signing key, unless there is one, which is never replaced.

        Args:
            project: the project's folder, which must not hold the keys.

        Raises:
            RightsError: the folder cannot be written, lies in the project, or its key cannot be read.
        """
        if self.folder.resolve().is_relative_to(project.resolve()):
            raise RightsError(
                f"The folder of keys {self.folder} lies in the project itself.",
                f"Name one outside with the environment variable {VARIABLE}.",
            )
        try:
            make_folder(self.folder, OWNER_ONLY)
            if not self.key_path.exists():
                write_private(self.key_path, Ed25519PrivateKey.generate())
            key = public_key(self.private(), self.origin, ED25519)
            write_atomically(self.public_path, f"{key.text}\n".encode())
        except OSError as error:
            raise RightsError(
                f"The signing key {self.key_path} cannot be made: {error.strerror}.",
                f"Mend the permissions, or name another folder with {VARIABLE}.",
            ) from error
        return key

    def private(self) -> Ed25519PrivateKey:
        """The signing key.

        Raises:
            RightsError: there is none, others may read it, or the file holds none.
        """
        return read_private(
            self.key_path,
            f"Make one with `openslate rights key`; if there was one, restore it, or name its folder: {VARIABLE}.",
        )

    def public(self) -> PublicKey | None:
        """The public key, if there is one here.

        Raises:
            RightsError: the file cannot be read or holds none.
        """
        text = kept_text(self.public_path)
        return None if text is None else PublicKey.read(text)

    def checkpoint(self) -> Checkpoint | None:
        """The last checkpoint that was signed here.

        Raises:
            RightsError: the file cannot be read, or the key here did not sign it.
        """
        text = kept_text(self.checkpoint_path)
        if text is None:
            return None
        key = self.public()
        if key is None:
            raise alarm(
                f"The checkpoint {self.checkpoint_path} has lost its public key.", "Restore both from a backup."
            )
        found = _checkpoint(text, key)
        if found.origin != self.origin:
            raise alarm(f"The checkpoint {self.checkpoint_path} is of another ledger.", "Restore it from a backup.")
        return found

    def keep(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint in place of the one before it.

        Raises:
            RightsError: the file cannot be written.
        """
        try:
            write_atomically(self.checkpoint_path, checkpoint.note.text.encode())
        except OSError as error:
            raise RightsError(
                f"The checkpoint {self.checkpoint_path} cannot be written: {error.strerror}.",
                "Make room or mend the permissions.",
            ) from error

    def _path(self, kind: str) -> Path:
        # The name comes from the ledger file, which may be anybody's.
        if not ORIGIN.fullmatch(self.origin):
            raise alarm(f"{self.origin!r} is no name of a ledger.")
        return self.folder / f"{self.origin.rpartition('/')[2]}.{kind}"


def write_private(path: Path, key: Ed25519PrivateKey) -> None:
    """Write a new private key for its owner's eyes; one that is there already stays.

    Raises:
        OSError: it cannot be written.
    """
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    temporary = temporary_path(path.parent, ".new")
    try:
        # Born with its mode, so that nobody else can read it even for a moment.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, this does not replace the key of a process that was faster.
        with suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def read_private(path: Path, way_out: str) -> Ed25519PrivateKey:
    """A private key that its owner alone may read.

    Args:
        path: where.
        way_out: what to do when there is none.

    Raises:
        RightsError: there is none, others may read it, or the file holds none.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise RightsError(
                f"Others than its owner may read the key {path}.",
                f"Say `chmod 600 {path}`, and think about who has read it.",
            )
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise RightsError(f"There is no key {path}.", way_out) from None
    except (OSError, ValueError, TypeError) as error:
        raise RightsError(f"The key {path} cannot be read: {error}.", "Restore it from a backup.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise RightsError(f"The key {path} is none of Ed25519.", "Restore it from a backup.")
    return key


@lru_cache(maxsize=64)
def _checkpoint(text: str, key: PublicKey) -> Checkpoint:
    # Every append reads the checkpoint; its signature is checked once.
    return read_checkpoint(text, key)


def outside(origin: str) -> Outside:
    """What is kept of a ledger outside its project, on this machine."""
    return Outside(keys_folder(), origin)


def kept_text(path: Path) -> str | None:
    """What a file outside the project says; None where there is none.

    Raises:
        RightsError: it cannot be read.
    """
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise alarm(f"{path} cannot be read: {error}.", "Mend its permissions, or restore it from a backup.") from error
