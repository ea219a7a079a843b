"""The ledger: every decision about people's data, in an append-only file that anybody can check.

`ledger.jsonl` holds one canonical JSON line per entry, which names the one before it; over all of them stands a Merkle
tree (RFC 6962, RFC 9162), whose root a key outside the project signs. The state holds an index, which `rebuild` makes
again. What is on the ledger names nobody: people appear as salted commitments (`rights.commitments`).
"""

from openslate.rights.ledger.lines import FORMAT, GENESIS
from openslate.rights.ledger.reading import (
    Consistency,
    Inclusion,
    Recorded,
    consistency,
    entries,
    entry,
    find,
    inclusion,
    last_moment,
    search,
)
from openslate.rights.ledger.signing import add_cosignature, checkpoint, checkpoints, make_key, public_key
from openslate.rights.ledger.verification import Verified, verify
from openslate.rights.ledger.writing import Position, append, append_all, rebuild

__all__ = [
    "FORMAT",
    "GENESIS",
    "Consistency",
    "Inclusion",
    "Position",
    "Recorded",
    "Verified",
    "add_cosignature",
    "append",
    "append_all",
    "checkpoint",
    "checkpoints",
    "consistency",
    "entries",
    "entry",
    "find",
    "inclusion",
    "last_moment",
    "make_key",
    "public_key",
    "rebuild",
    "search",
    "verify",
]
