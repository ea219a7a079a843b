"""One hash for a whole read: a Merkle root over a salted commitment to each member and source, allowed or denied.

The root stands on the ledger, the salt in the vault. With the salt, whoever holds the data can show of one member
whether the read let them through; without it, and for everybody else, the root says nothing of anyone. Erasing a
person destroys the salts of the reads so far, after which nobody can be looked for in them.
"""

import hashlib
import secrets

import duckdb

from openslate.project import Project

SALT_BYTES = 16
"""As much as nobody can guess, and little enough for most leaves to be one block of SHA-256."""
HASH_BYTES = 32
KIND = "read salt"


def new_salt() -> str:
    """A salt for one read, in hexadecimal."""
    return secrets.token_hex(SALT_BYTES)


def leaf(salt: str, allowed: bool, source: str, member: str) -> bytes:
    """The leaf of one member and source.

    The length of the source stands before it, so that no two pairs give one text.

    Args:
        salt: of the read.
        allowed: whether the rows were let through.
        source: where they came from.
        member: whose they are.
    """
    text = f"{'allow' if allowed else 'deny'}{len(source)}:{source}{member}"
    return hashlib.sha256(b"\x00" + bytes.fromhex(salt) + text.encode()).digest()


def leaves_of(connection: duckdb.DuckDBPyConnection, pairs: str, salt: str) -> bytes:
    """The leaves of a read, in order of their bytes, one after the other.

    Args:
        connection: where the table is.
        pairs: table of every `member` and `source` with rows, and whether they were `granted`.
        salt: of the read.
    """
    told = "CASE WHEN granted THEN 'allow' ELSE 'deny' END"
    text = f"encode({told} || length(source) || ':' || source || member)"
    found = connection.execute(
        f"SELECT string_agg(leaf, '' ORDER BY leaf) FROM "
        f"(SELECT sha256(unhex('00{salt}') || {text}) AS leaf FROM {pairs})"
    ).fetchone()
    assert found is not None
    return bytes.fromhex(found[0] or "")


def root_of(leaves: bytes) -> str:
    """The Merkle root over hashed leaves, in hexadecimal.

    Args:
        leaves: their hashes, one after the other.

    Source: RFC 9162, section 2.1.1.

    Example:
        >>> root_of(b"")[:16]
        'e3b0c44298fc1c14'
    """
    sha256, level = hashlib.sha256, leaves
    if not level:
        return sha256(b"").hexdigest()
    pair = 2 * HASH_BYTES
    while len(level) > HASH_BYTES:
        whole = len(level) - len(level) % pair
        above = [sha256(b"\x01" + level[start : start + pair]).digest() for start in range(0, whole, pair)]
        # The odd one out is carried up as it is, which is the same tree as splitting at powers of two.
        level = b"".join(above) + level[whole:]
    return level.hex()


def keep_salt(project: Project, root: str, salt: str) -> None:
    """Keep the salt of a read, so that its root can be opened."""
    project.vault.execute("INSERT INTO papers VALUES (?, ?, '', ?)", (KIND, root, bytes.fromhex(salt)))


def salt_of(project: Project, root: str) -> str | None:
    """The salt of a read, or None once an erasure has destroyed it."""
    rows = project.vault.rows("SELECT document FROM papers WHERE kind = ? AND name = ?", (KIND, root))
    return bytes(rows[0][0]).hex() if rows and isinstance(rows[0][0], bytes) else None


def destroy_salts(project: Project) -> int:
    """Make every root so far say nothing of anyone; returns how many reads that were."""
    return project.vault.execute("DELETE FROM papers WHERE kind = ?", (KIND,))
