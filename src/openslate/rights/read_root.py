"""One hash for a whole read: a Merkle root over a salted commitment to each member and source, allowed or denied.

The root stands on the ledger; the salt and the leaves lie in the owner-only folder, where they answer a member who
asks in which reads they were. To everybody else, and once they are gone, the root says nothing of anyone. Erasing a
person closes all reads so far, after which nobody can be looked for in them.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from openslate.errors import RightsError
from openslate.project import Project
from openslate.storage.files import OWNER_ONLY, make_folder, sync_folder, write_atomically

SALT_BYTES = 16
"""As much as nobody can guess, and little enough for most leaves to be one block of SHA-256."""
HASH_BYTES = 32
CHUNK = 2**20
"""Leaves hashed at a time: a power of two, so that the roots of chunks are nodes of the one tree."""
MOST_KEPT = 4 * CHUNK
"""Leaves of the largest read that is kept to be opened: 134 MB."""


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


def leaves_of(connection: duckdb.DuckDBPyConnection, pairs: str, salt: str) -> Iterator[bytes]:
    """The leaves of a read, in order of their bytes, one after the other, in chunks of `CHUNK`.

    Args:
        connection: where the table is.
        pairs: table of every `member` and `source` with rows, and whether they were `granted`.
        salt: of the read.
    """
    told = "CASE WHEN granted THEN 'allow' ELSE 'deny' END"
    text = f"encode({told} || length(source) || ':' || source || member)"
    leaves = f"(SELECT sha256(unhex('00{salt}') || {text}) AS leaf FROM {pairs})"
    (count,) = connection.execute(f"SELECT count(*) FROM {pairs}").fetchall()[0]
    if count <= CHUNK:
        found = connection.execute(f"SELECT string_agg(leaf, '' ORDER BY leaf) FROM {leaves}").fetchall()[0][0]
        yield bytes.fromhex(found or "")
        return
    sorted_leaves = connection.execute(f"SELECT leaf FROM {leaves} ORDER BY leaf")
    while chunk := sorted_leaves.fetchmany(CHUNK):
        yield bytes.fromhex("".join(row[0] for row in chunk))


def committed(project: Project, connection: duckdb.DuckDBPyConnection, pairs: str) -> str:
    """The root of a read, once what opens it is kept.

    Args:
        project: where.
        connection: where the table is.
        pairs: as for `leaves_of`.
    """
    salt = secrets.token_hex(SALT_BYTES)
    roots: list[bytes] = []
    kept: list[bytes] = []
    count = 0
    for chunk in leaves_of(connection, pairs, salt):
        roots.append(bytes.fromhex(root_of(chunk)))
        count += len(chunk) // HASH_BYTES
        kept = [*kept, chunk] if count <= MOST_KEPT else []
    root = root_of(b"".join(roots)) if count else root_of(b"")
    if kept and count:
        keep(project, root, salt, b"".join(kept))
    return root


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


def keep(project: Project, root: str, salt: str, leaves: bytes) -> None:
    """Keep what opens the root of a read, for the owner's eyes only and on the disk for good.

    Args:
        project: where.
        root: of the leaves.
        salt: of the read.
        leaves: as `leaves_of` gave them.
    """
    make_folder(_folder(project), OWNER_ONLY)
    write_atomically(_folder(project) / f"{root}.leaves", bytes.fromhex(salt) + leaves)


def let_through(project: Project, root: str, member: str, sources: Iterable[str]) -> bool | None:
    """Whether a read let a member's rows through, by its root.

    Args:
        project: where.
        root: as it stands on the ledger.
        member: the id.
        sources: every source that may have brought rows of theirs.

    Returns:
        True where rows of at least one source were let through, False where they were all held back, and None where the
        read met nothing of the member.

    Raises:
        RightsError: an erasure closed the read, it was too large to be kept, or its leaves are not those of the root.
    """
    path = _folder(project) / f"{root}.leaves"
    if root == root_of(b""):
        return None
    if not path.exists():
        raise RightsError(
            f"The read {root[:12]} cannot be opened: an erasure closed it, or it was too large to keep.",
            "Look at the ledger for what was read; whom it let through is known for later reads.",
        )
    kept = path.read_bytes()
    salt, leaves = kept[:SALT_BYTES].hex(), kept[SALT_BYTES:]
    # Half a leaf has no root, and looking for one would not end.
    if len(leaves) % HASH_BYTES or root_of(leaves) != root:
        raise RightsError(f"{path} does not hold the leaves of its root.", "Restore it from a backup.")
    held = {leaves[start : start + HASH_BYTES] for start in range(0, len(leaves), HASH_BYTES)}
    found = {allowed for one in sources for allowed in (True, False) if leaf(salt, allowed, one, member) in held}
    return True if True in found else False if found else None


def is_kept(project: Project, root: str) -> bool:
    """Whether a read can be opened: no erasure closed it, and it was not too large to be kept.

    Args:
        project: where.
        root: as it stands on the ledger.
    """
    return root == root_of(b"") or (_folder(project) / f"{root}.leaves").exists()


def close_all(project: Project) -> int:
    """Make every root so far say nothing of anyone, as an erasure must; returns how many reads that were."""
    files = sorted(_folder(project).glob("*.leaves"))
    for path in files:
        path.unlink()
    if files:
        sync_folder(_folder(project))
    return len(files)


def _folder(project: Project) -> Path:
    return project.people / "reads"
