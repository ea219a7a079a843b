"""Checkpoints: how large the ledger was, and the root over all of its entries, signed.

Whoever keeps one can find out later whether the ledger still begins with what it held then. Without one outside, a
ledger that was cut or rewritten as a whole, with everything in the project that remembers it, looks like any other.

Source: C2SP tlog-checkpoint.
"""

import base64
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openslate.errors import RightsError
from openslate.rights.note import Note, PublicKey, Signature, read_note, sign

LARGEST_SIZE = 2**53 - 1
ORIGIN = re.compile(r"openslate-ledger/[0-9a-f]{32}")
"""The name of a ledger, drawn at random when it begins."""


@dataclass(frozen=True)
class Checkpoint:
    """The ledger as it stood at one moment.

    Attributes:
        origin: the ledger's name.
        size: how many entries it held.
        root: of the Merkle tree over them.
        at: when it was signed.
        signatures: of the ledger's key and of witnesses.

    Example:
        >>> one = Checkpoint("openslate-ledger/" + "0" * 32, 0, bytes(32), "2026-01-02T03:04:05.000000+00:00", ())
        >>> one.body.splitlines()[1]
        '0'
    """

    origin: str
    size: int
    root: bytes
    at: str
    signatures: tuple[Signature, ...]

    @property
    def body(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\nat {self.at}\n"

    @property
    def note(self) -> Note:
        """The checkpoint as a signed note."""
        return Note(self.body, self.signatures)

    def signed(self, private: Ed25519PrivateKey) -> "Checkpoint":
        """The same with the ledger's own signature."""
        return self.with_signature(sign(self.body, private, self.origin))

    def with_signature(self, signature: Signature) -> "Checkpoint":
        """The same with one more signature."""
        return Checkpoint(self.origin, self.size, self.root, self.at, self.note.with_signature(signature).signatures)


def read_checkpoint(text: str, key: PublicKey | None) -> Checkpoint:
    """A checkpoint from its note.

    Args:
        text: the note.
        key: whose signature it must carry; None leaves that to the caller.

    Raises:
        RightsError: the text is no checkpoint of ours, or not one that the key signed.
    """
    note = read_note(text)
    lines = note.body.split("\n")
    if len(lines) == 5 and lines[4] == "" and lines[3].startswith("at "):
        origin, size, root, at = lines[0], lines[1], lines[2], lines[3][3:]
        if ORIGIN.fullmatch(origin) and len(size) <= 16 and size.isascii() and size.isdigit() and is_moment(at):
            try:
                found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), at, note.signatures)
            except ValueError:
                raise _no_checkpoint() from None
            # Compared as a whole, because a number and a root can be spelled in several ways.
            if found.body == note.body and len(found.root) == 32 and found.size <= LARGEST_SIZE:
                if key is not None and not (key.name == origin and note.is_signed_by(key)):
                    raise RightsError(
                        f"The checkpoint of {size} entries is not signed by the key {key.text}.",
                        "Find out who wrote it; do not trust it.",
                    )
                return found
    raise _no_checkpoint()


def is_moment(text: object) -> bool:
    """Whether a text is a moment as entries have it: UTC, six digits of a second.

    Example:
        >>> is_moment("2026-01-02T03:04:05.000000+00:00"), is_moment("2026-01-02")
        (True, False)
    """
    if not isinstance(text, str) or len(text) != 32 or not text.endswith("+00:00"):
        return False
    try:
        return datetime.fromisoformat(text).isoformat(timespec="microseconds") == text
    except ValueError:
        return False


def _no_checkpoint() -> RightsError:
    return RightsError("The text is no checkpoint of a ledger.", "Copy the whole text of one.")
