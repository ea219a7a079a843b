"""The token that a record carries of its own service: small, authenticated, and never a text of an article.

The token names the record, its source and the hash of what it says, with an HMAC over it, and is encrypted with
AES-256-CBC and PKCS7, as the form's tokens are shaped. Its initialisation vector is the first 16 bytes of that HMAC, so
that an unchanged token is written as the same bytes and no file changes for nothing. Tokens of other services are kept
byte for byte, and never read.
"""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from openslate.errors import AdmitError, UsageError

KEY_BYTES = 32
BLOCK = 16
LONGEST = 200
"""Characters of an id: a token is no place for texts."""


@dataclass(frozen=True)
class Token:
    """What a token says.

    Attributes:
        record: id of the record.
        source: id of the feed or page that it is from.
        content: SHA-256 of what the record says, in hex.

    Raises:
        UsageError: an id is empty or a text, or the hash is none.
    """

    record: str
    source: str
    content: str

    def __post_init__(self) -> None:
        for name, value in (("record", self.record), ("source", self.source)):
            if not 0 < len(value) <= LONGEST or any(letter.isspace() for letter in value):
                raise UsageError(f"A token's {name} is no id of at most {LONGEST} characters.", "Give an id.")
        if len(self.content) != 64 or set(self.content) - set("0123456789abcdef"):
            raise UsageError("A token's content is no SHA-256 in hex.", "Give the hash of what the record says.")


def read_key(path: Path) -> bytes:
    """The key that a file holds: 64 hexadecimal digits, and nothing else.

    Args:
        path: of the file, which its owner alone may read.

    Raises:
        AdmitError: it cannot be read, holds something else, or others may read it.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise AdmitError(f"{path} may be read by others.", f"Keep it for yourself: chmod 600 {path}.")
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise AdmitError(f"{path} cannot be read: {error.strerror}.", "Name the file of the key.") from error
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise AdmitError(f"{path} holds no key of {KEY_BYTES} bytes.", "Write 64 hexadecimal digits into it.")
    return key


def secured_with(token: Token, key: bytes) -> str:
    """A token as records carry it: ciphertext and initialisation vector, each in base64.

    Args:
        token: to carry.
        key: 32 bytes.

    Raises:
        UsageError: the key has another length.

    Example:
        >>> token = Token("r-1", "feed-1", "0" * 64)
        >>> secured_with(token, bytes(32)) == secured_with(token, bytes(32))
        True
        >>> token_of(secured_with(token, bytes(32)), bytes(32)) == token
        True
    """
    encrypting, authenticating = _keys(key)
    said = {"r": token.record, "s": token.source, "c": token.content}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    code = hmac.new(authenticating, text, hashlib.sha256).digest()
    pad = PKCS7(BLOCK * 8).padder()
    padded = pad.update(code + text) + pad.finalize()
    cipher = Cipher(algorithms.AES(encrypting), modes.CBC(code[:BLOCK])).encryptor()
    written = cipher.update(padded) + cipher.finalize()
    return f"{base64.b64encode(written).decode()};{base64.b64encode(code[:BLOCK]).decode()}"


def token_of(secured: str, key: bytes) -> Token | None:
    """What a token of ours says; None for one that another key or service wrote.

    Args:
        secured: as a record carries it.
        key: 32 bytes.
    """
    encrypting, authenticating = _keys(key)
    try:
        written, vector = (base64.b64decode(part, validate=True) for part in secured.split(";"))
        if not written or len(written) % BLOCK or len(vector) != BLOCK:
            return None
        cipher = Cipher(algorithms.AES(encrypting), modes.CBC(vector)).decryptor()
        pad = PKCS7(BLOCK * 8).unpadder()
        opened = pad.update(cipher.update(written) + cipher.finalize()) + pad.finalize()
    except (ValueError, binascii.Error):
        return None
    code, text = opened[:KEY_BYTES], opened[KEY_BYTES:]
    if not hmac.compare_digest(code, hmac.new(authenticating, text, hashlib.sha256).digest()):
        return None
    said = json.loads(text)
    return Token(said["r"], said["s"], said["c"])


def is_shaped(secured: str) -> bool:
    """Whether a text has the shape of a token: whole blocks and a vector of 16 bytes.

    Args:
        secured: as a record carries it.
    """
    try:
        written, vector = (base64.b64decode(part, validate=True) for part in secured.split(";"))
    except (ValueError, binascii.Error):
        return False
    return bool(written) and len(written) % BLOCK == 0 and len(vector) == BLOCK


def _keys(key: bytes) -> tuple[bytes, bytes]:
    """One key to encrypt with and one to authenticate with."""
    if len(key) != KEY_BYTES:
        raise UsageError(f"The key has {len(key)} bytes.", f"Give one of {KEY_BYTES}.")
    return (
        hmac.new(key, b"openslate press: encrypt", hashlib.sha256).digest(),
        hmac.new(key, b"openslate press: authenticate", hashlib.sha256).digest(),
    )
