"""Signed notes: a short text and, under it, the signatures of those who stand by it, as plain lines.

Source: C2SP signed-note; C2SP tlog-cosignature, for what a witness adds.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from openslate.errors import RightsError

ED25519 = 1
COSIGNATURE = 4
"""Kinds of signature: a log's own, and a witness's, which carries a time."""
MOST_SIGNATURES = 64
DASH = "—"


@dataclass(frozen=True)
class PublicKey:
    """A key that signatures are checked with.

    Attributes:
        name: whose, as its signature lines say it: without spaces or plus signs.
        kind: `ED25519` or `COSIGNATURE`.
        raw: the 32 bytes of the key.

    Raises:
        RightsError: the name cannot be on a signature line.
    """

    name: str
    kind: int
    raw: bytes

    def __post_init__(self) -> None:
        if not self.name.isprintable() or not self.name or "+" in self.name or any(one.isspace() for one in self.name):
            raise RightsError(f"A key cannot be named {self.name!r}.", "Name it without spaces and plus signs.")

    @property
    def id(self) -> bytes:
        """Four bytes that tell this key from others of the same name."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.raw).digest()[:4]

    @property
    def text(self) -> str:
        """The key in one line, as auditors keep it."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.raw).decode()}"

    @classmethod
    def read(cls, text: str) -> "PublicKey":
        """The key of one line.

        Raises:
            RightsError: the line is no public key.
        """
        name, _, rest = text.strip().partition("+")
        said, _, encoded = rest.partition("+")
        blob = _decoded(encoded)
        if len(blob) == 33 and blob[0] in (ED25519, COSIGNATURE):
            key = cls(name, blob[0], blob[1:])
            if key.id.hex() == said:
                return key
        raise RightsError(f"{text.strip()[:100]!r} is no public key.", "Copy the whole line that the ledger shows.")


@dataclass(frozen=True)
class Signature:
    """One signature line.

    Attributes:
        name: whose.
        id: of the key.
        blob: the signature, a witness's with its time before it.
    """

    name: str
    id: bytes
    blob: bytes

    @property
    def line(self) -> str:
        """The line, with its newline."""
        return f"{DASH} {self.name} {base64.b64encode(self.id + self.blob).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A text and its signatures.

    Attributes:
        body: the signed text, with its last newline.
        signatures: in the order of their lines.
    """

    body: str
    signatures: tuple[Signature, ...]

    @property
    def text(self) -> str:
        """The note as it is kept."""
        return self.body + "\n" + "".join(one.line for one in self.signatures)

    def signatures_of(self, key: PublicKey) -> tuple[Signature, ...]:
        """The lines that claim to be of a key."""
        return tuple(one for one in self.signatures if (one.name, one.id) == (key.name, key.id))

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether the key signed it, and no line in its name is false."""
        lines = self.signatures_of(key)
        return bool(lines) and all(_is_valid(self.body, one, key) for one in lines)

    def with_signature(self, signature: Signature) -> "Note":
        """The note with one more signature; the same one twice is one."""
        if signature in self.signatures:
            return self
        return Note(self.body, (*self.signatures, signature))


def sign(body: str, private: Ed25519PrivateKey, name: str) -> Signature:
    """A log's signature of a text."""
    key = public_key(private, name, ED25519)
    return Signature(name, key.id, private.sign(body.encode()))


def cosign(body: str, private: Ed25519PrivateKey, name: str, seconds: int) -> Signature:
    """A witness's signature of a text at a time, in seconds since 1970.

    Source: C2SP tlog-cosignature, Ed25519.
    """
    key = public_key(private, name, COSIGNATURE)
    return Signature(name, key.id, seconds.to_bytes(8, "big") + private.sign(_cosigned(body, seconds)))


def public_key(private: Ed25519PrivateKey, name: str, kind: int) -> PublicKey:
    """The public half of a key."""
    return PublicKey(name, kind, private.public_key().public_bytes_raw())


def read_note(text: str) -> Note:
    """A note from its text.

    Raises:
        RightsError: the text is no signed note.
    """
    body, separator, below = text.rpartition("\n\n")
    lines = below.split("\n")
    well_formed = separator and lines[-1] == "" and 1 < len(lines) <= MOST_SIGNATURES + 1
    if not well_formed or any(ord(one) < 32 and one != "\n" for one in text):
        raise _no_note()
    return Note(body + "\n", tuple(_signature(line) for line in lines[:-1]))


def _signature(line: str) -> Signature:
    parts = line.split(" ")
    blob = _decoded(parts[2]) if len(parts) == 3 else b""
    if parts[0] != DASH or len(blob) < 5 or not parts[1]:
        raise _no_note()
    return Signature(parts[1], blob[:4], blob[4:])


def _is_valid(body: str, signature: Signature, key: PublicKey) -> bool:
    message, blob = body.encode(), signature.blob
    if key.kind == COSIGNATURE:
        if len(blob) != 72:
            return False
        message, blob = _cosigned(body, int.from_bytes(blob[:8], "big")), blob[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(blob, message)
    except InvalidSignature:
        return False
    return True


def _cosigned(body: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{body}".encode()


def _decoded(text: str) -> bytes:
    """The bytes of a base64 text that has one spelling only; nothing for any other."""
    try:
        blob = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return blob if base64.b64encode(blob).decode() == text else b""


def _no_note() -> RightsError:
    return RightsError("The text is no signed note.", "Copy it whole: the text, an empty line, and its signatures.")
