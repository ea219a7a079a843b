"""How a ledger begins: with an entry that names it, over nothing or over a ledger of the first format.

That format had no Merkle tree. The new ledger commits to the old file as a whole, which is kept beside it.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from openslate.project import Project
from openslate.rights.alarm import alarm
from openslate.rights.canonical import JsonValue
from openslate.rights.ledger.lines import FORMAT, GENESIS, NOTHING, complete, line_text, moment
from openslate.storage.files import write_atomically

FIRST = "0" * 64


def begin(project: Project) -> None:
    """Begin a ledger where there is none, or where the state remembers one of the first format; under its lock.

    An old file becomes `ledger-before-HASH.jsonl`, and the first entry of the new ledger names its SHA-256, how many
    entries it had, and the last one's hash.

    Raises:
        RightsError: the old ledger is not whole, or not the one that the state remembers.
    """
    path = project.ledger_path
    remembered = project.state.rows("SELECT entries, hash FROM earlier_ledger_head")
    if not remembered:
        if not path.exists() or not path.stat().st_size:
            _write_genesis(path, {})
        return
    text = path.read_bytes() if path.exists() else b""
    # A crash may have come between the new file and the state.
    if not _is_moved(text):
        entries, last = _checked(path, text, (int(str(remembered[0][0])), str(remembered[0][1])))
        whole = hashlib.sha256(text).hexdigest()
        write_atomically(path.with_name(f"ledger-before-{whole[:12]}.jsonl"), text)
        _write_genesis(path, {"earlier": {"sha256": whole, "entries": entries, "last": last}})
    project.state.execute("DELETE FROM earlier_ledger_head")


def _write_genesis(path: Path, more: Mapping[str, JsonValue]) -> None:
    said = {"decision": GENESIS, "format": FORMAT, "origin": f"openslate-ledger/{token_hex(16)}", **more}
    # Atomic, and with its folder synced: a new file whose name is not durable is lost with all of its entries.
    write_atomically(path, line_text(complete(said, moment(""), NOTHING)) + b"\n")


def _is_moved(text: bytes) -> bool:
    try:
        first = json.loads(text.partition(b"\n")[0])
    except ValueError:
        return False
    return isinstance(first, dict) and first.get("decision") == GENESIS and "earlier" in first


def _checked(path: Path, text: bytes, remembered: tuple[int, str]) -> tuple[int, str]:
    """How many entries an old ledger has, and the hash of the last one, once its chain was checked."""
    entries, last, met = 0, FIRST, False
    for line in text.split(b"\n")[:-1]:
        try:
            follows = json.loads(line).get("previous") == last
        except (ValueError, AttributeError):
            follows = False
        if not follows:
            raise alarm(f"{path}, line {entries + 1}: the entry does not follow the one before it.")
        entries, last = entries + 1, hashlib.sha256(line).hexdigest()
        met = met or (entries, last) == remembered
    if not met:
        raise alarm(f"The ledger {path} is not the one the state remembers, with {remembered[0]} entries.")
    return entries, last
