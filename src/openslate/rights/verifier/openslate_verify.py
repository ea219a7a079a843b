"""Checks a bundle of a ledger of Openslate, or a statement or receipt that rests on one, with nothing of Openslate.

    python openslate_verify.py BUNDLE --key PUBLICKEY [--checkpoint EARLIER] [--witness PUBLICKEY ...] [--json]
    python openslate_verify.py STATEMENT.json --key PUBLICKEY [--json]
    python openslate_verify.py RECEIPT.json --key PUBLICKEY [--bundle BUNDLE] [--json]

It needs Python 3.11 and the package `cryptography`. A statement with a proof and the receipt of a consent carry their
checkpoint and proofs with them; the receipt of an erasure carries none, and is looked for in a bundle.

BUNDLE is the folder. PUBLICKEY is the ledger's key, in one line or in a file, and must have come to you by another
way than the bundle. EARLIER is a checkpoint that you kept, which the ledger must still begin with. The exit code is
0 when everything holds, 1 when anything does not, and 2 when the check itself could not be made as asked.

Sources: RFC 9162, sections 2.1.3.2 and 2.1.4.2; C2SP signed-note, tlog-checkpoint, tlog-cosignature; RFC 8785.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "openslate-bundle-1"
LARGEST_FILE, LARGEST_LINE, LARGEST_NOTE, LARGEST_NUMBER = 1 << 28, 1 << 24, 1 << 16, 2**53 - 1
LOOSE = "checkpoint.txt"
MOST_LEVELS = 64
HASH = re.compile(r"[0-9a-f]{64}")
ORIGIN = re.compile(r"openslate-ledger/[0-9a-f]{32}")


class Refused(Exception):
    """Something does not hold."""


class Unusable(Exception):
    """The check cannot be made as asked."""


class Key(NamedTuple):
    """A public key: whose, of which kind (1 a log's, 4 a witness's), and its bytes."""

    name: str
    kind: int
    raw: bytes


class Note(NamedTuple):
    """A checkpoint: its signed text, what it says, and its signature lines as name, key id and bytes."""

    body: str
    origin: str
    size: int
    root: bytes
    at: str
    signatures: list[tuple[str, bytes, bytes]]


# ---- The tree, written from the RFCs and apart from the code that makes the proofs.


def hash_leaf(entry: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The tree over leaves that come one after the other."""

    def __init__(self) -> None:
        self.size = 0
        self.stack: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        """Take in the next leaf."""
        height, current = 0, leaf
        while self.stack and self.stack[-1][0] == height:
            current, height = hash_node(self.stack.pop()[1], current), height + 1
        self.stack.append((height, current))
        self.size += 1

    def root(self) -> bytes:
        """The root as it stands."""
        if not self.stack:
            return hashlib.sha256(b"").digest()
        current = self.stack[-1][1]
        for _, left in self.stack[-2::-1]:
            current = hash_node(left, current)
        return current


def includes(index: int, size: int, leaf: bytes, root: bytes, path: list[bytes]) -> bool:
    """Whether the path shows that a leaf is in a tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, last, current = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if first & 1 or first == last:
            current = hash_node(other, current)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            current = hash_node(current, other)
        first, last = first >> 1, last >> 1
    return last == 0 and current == root


def extends(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    """Whether the path shows that a tree begins with a smaller one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new or (old in (0, new) and path):
        return False
    if old == 0:
        return old_root == hashlib.sha256(b"").digest()
    if old == new:
        return old_root == new_root
    rest = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not rest:
        return False
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    from_old = from_new = rest[0]
    for other in rest[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            from_old, from_new = hash_node(other, from_old), hash_node(other, from_new)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            from_new = hash_node(from_new, other)
        first, last = first >> 1, last >> 1
    return last == 0 and from_old == old_root and from_new == new_root


# ---- Texts and files, which may be anybody's.


def shown(text: object) -> str:
    """A text as it may be printed: short, and without what a terminal would obey."""
    return ascii(str(text)[:120])


def opened(path: Path) -> BinaryIO:
    """A plain file for reading; links, pipes and devices are refused."""
    try:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        file = os.fdopen(os.open(path, flags), "rb")
    except (OSError, ValueError) as error:
        raise Refused(f"There is no readable file {shown(path.name)}: {type(error).__name__}.") from None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise Refused(f"{shown(path.name)} is not a plain file.")
    return file


def strict(text: bytes) -> Any:
    """The value of a JSON text without repeated keys, fractions, numbers beyond 2**53 - 1 and deep nesting."""
    try:
        value = READER.decode(text.decode())
        check_levels(value, MOST_LEVELS)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return value


def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless it names a key twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is named twice")
    return found


def whole_number(digits: str) -> int:
    """A number, unless some reader of JSON would round it."""
    if len(digits) > 17 or abs(int(digits)) > LARGEST_NUMBER:
        raise ValueError("a number is too large")
    return int(digits)


def no_number(_: str) -> NoReturn:
    """Refuse a number that is not whole."""
    raise ValueError("a number is not whole")


READER = json.JSONDecoder(
    object_pairs_hook=unrepeated, parse_int=whole_number, parse_float=no_number, parse_constant=no_number
)
WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def check_levels(value: Any, levels: int) -> None:
    """Refuse what is nested too deeply."""
    if isinstance(value, dict | list):
        if not levels:
            raise ValueError("it is nested too deeply")
        for inner in value.values() if isinstance(value, dict) else value:
            if not isinstance(inner, str):
                check_levels(inner, levels - 1)


def read_entry(line: bytes, index: int) -> dict[str, Any]:
    """An entry from its line, which must be the one canonical text of what it says."""
    try:
        value = strict(line)
        again = WRITER.encode(value).encode()
    except ValueError as error:
        raise Refused(f"Entry {index} cannot be read: {shown(error)}.") from None
    if not isinstance(value, dict) or again != line or not all(key.isascii() for key in value):
        raise Refused(f"Entry {index} is not written in the canonical form: it was changed.")
    if not is_moment(value.get("at")) or not HASH.fullmatch(str(value.get("previous"))):
        raise Refused(f"Entry {index} has no moment, or does not name the entry before it.")
    return value


@lru_cache(maxsize=256)
def is_moment(text: object) -> bool:
    """Whether a text is a moment in UTC as the ledger writes it."""
    try:
        if not isinstance(text, str) or not text.endswith("+00:00"):
            return False
        return datetime.fromisoformat(text).isoformat(timespec="microseconds") == text
    except ValueError:
        return False


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file, without their newlines."""
    with opened(path) as file:
        while line := file.readline(LARGEST_LINE + 1):
            if not line.endswith(b"\n"):
                raise Refused(f"The last line of {shown(path.name)} is cut, or longer than any entry.")
            yield line[:-1]


# ---- Keys and signatures.


def key_id(key: Key) -> bytes:
    """Four bytes that tell keys of one name apart."""
    return hashlib.sha256(key.name.encode() + b"\n" + bytes([key.kind]) + key.raw).digest()[:4]


def read_key(said: str, kind: int) -> Key:
    """A public key from its line, or from the file that holds it."""
    try:
        text = Path(said).read_text(encoding="utf-8") if "+" not in said or Path(said).is_file() else said
        name, told, encoded = text.strip().split("+", 2)
        blob = base64.b64decode(encoded, validate=True)
        key = Key(name, blob[0], blob[1:])
        Ed25519PublicKey.from_public_bytes(key.raw)
        if key.kind != kind or key_id(key).hex() != told:
            raise ValueError("it is of another kind, or mistyped")
    except (OSError, ValueError, IndexError) as error:
        raise Unusable(f"{shown(said)} is no public key: {shown(error)}.") from None
    return key


def read_checkpoint(text: str) -> Note:
    """A checkpoint from its text; its signatures are not checked yet."""
    try:
        body, below = text[: text.rindex("\n\n") + 1], text[text.rindex("\n\n") + 2 :]
        origin, size, root, moment, end = body.split("\n")
        at = moment.removeprefix("at ")
        signatures = []
        if not below.endswith("\n") or any(ord(one) < 32 and one != "\n" for one in text):
            raise ValueError("it is cut, or holds what no text does")
        for line in below.removesuffix("\n").split("\n"):
            dash, name, encoded = line.split(" ")
            blob = base64.b64decode(encoded, validate=True)
            if dash != "—" or len(blob) < 5:
                raise ValueError("a signature line is false")
            signatures.append((name, blob[:4], blob[4:]))
        if not re.fullmatch(r"0|[1-9][0-9]{0,15}", size) or int(size) > LARGEST_NUMBER or len(signatures) > 64:
            raise ValueError("a number is too large")
        note = Note(body, origin, int(size), base64.b64decode(root, validate=True), at, signatures)
        again = f"{origin}\n{size}\n{base64.b64encode(note.root).decode()}\nat {at}\n"
        if end or again != body or len(note.root) != 32 or not ORIGIN.fullmatch(origin) or not is_moment(at):
            raise ValueError("its lines are not those of a checkpoint")
    except ValueError as error:
        raise Refused(f"A checkpoint cannot be read: {shown(error)}.") from None
    return note


def signed(note: Note, key: Key) -> bool:
    """Whether the key signed the checkpoint, and no signature in its name is false."""
    blobs = [blob for name, id, blob in note.signatures if (name, id) == (key.name, key_id(key))]
    for blob in blobs:
        message = note.body.encode()
        if key.kind == 4:
            seconds, blob = int.from_bytes(blob[:8], "big"), blob[8:]
            message = f"cosignature/v1\ntime {seconds}\n".encode() + message
        try:
            Ed25519PublicKey.from_public_bytes(key.raw).verify(blob, message)
        except InvalidSignature:
            return False
    return bool(blobs)


# ---- The bundle.


class Bundle:
    """A bundle, and what was found out about it so far."""

    def __init__(self, folder: Path, key: Key) -> None:
        self.folder, self.key = folder, key
        self.said: list[str] = []
        with opened(folder / "bundle.json") as file:
            text = file.read(LARGEST_FILE + 1)
        if len(text) > LARGEST_FILE:
            raise Refused("bundle.json is larger than any bundle.")
        try:
            told = strict(text)
        except ValueError as error:
            raise Refused(f"bundle.json cannot be read: {shown(error)}.") from None
        if not isinstance(told, dict) or told.get("format") != FORMAT:
            raise Refused(f"bundle.json is of no format that this verifier knows ({FORMAT}).")
        self.whole = told.get("whole") is True
        self.proofs = {one["index"]: path_of(one) for one in objects(told, "proofs", "index")}
        self.steps = {one["old"]: path_of(one) for one in objects(told, "consistency", "old")}
        texts = told.get("checkpoints")
        if not isinstance(texts, list) or not texts or not all(isinstance(one, str) for one in texts):
            raise Refused("bundle.json holds no checkpoint.")
        if any(len(one) > LARGEST_NOTE for one in texts):
            raise Refused("A checkpoint of the bundle is larger than any.")
        self.checkpoints = [read_checkpoint(one) for one in texts]
        self.newest = self.checkpoints[-1]
        self.newest_text = texts[-1]

    def check_checkpoints(self, earlier: Note | None, witnesses: list[Key]) -> None:
        """Check every signature, and that each checkpoint is the beginning of the newest."""
        for note in [*self.checkpoints, *([earlier] if earlier else [])]:
            if note.origin != self.key.name:
                raise Refused(f"A checkpoint is of {shown(note.origin)}, and the key is of {shown(self.key.name)}.")
            if not signed(note, self.key):
                raise Refused(f"The checkpoint of {note.size} entries was altered, or signed by another key.")
        sizes = [note.size for note in self.checkpoints]
        if sizes != sorted(set(sizes)):
            raise Refused("The checkpoints of the bundle are not in the order of their sizes.")
        self.check_loose()
        count = f"{len(sizes)} checkpoint{'s are' if len(sizes) > 1 else ' is'}"
        self.said.append(f"{count} signed by the key you gave; the newest is of {self.newest.size} entries.")
        if earlier and earlier.size > self.newest.size:
            raise Refused(f"The ledger was set back: your checkpoint is of {earlier.size} entries; here are fewer.")
        if not self.whole:
            for note in [*self.checkpoints[:-1], *([earlier] if earlier else [])]:
                self.check_step(note)
        for key in witnesses:
            if not signed(self.newest, key):
                raise Refused(f"The witness {shown(key.name)} has not signed the newest checkpoint.")
            self.said.append(f"The witness {shown(key.name)} signed the newest checkpoint.")
        known = {(key.name, key_id(key)) for key in [self.key, *witnesses]}
        others = sum((name, id) not in known for name, id, _ in self.newest.signatures)
        if others:
            self.said.append(f"Not checked: {others} more signature(s), for whose keys you did not ask.")

    def check_loose(self) -> None:
        """Check that checkpoint.txt, which auditors keep for the next time, is the newest checkpoint of the bundle."""
        with opened(self.folder / LOOSE) as file:
            text = file.read(LARGEST_NOTE + 1)
        try:
            note = read_checkpoint(text.decode() if len(text) <= LARGEST_NOTE else "")
        except (Refused, ValueError):
            raise Refused(f"{LOOSE} is no checkpoint; the newest one is of {self.newest.size} entries.") from None
        if note.origin != self.key.name or not signed(note, self.key):
            raise Refused(f"{LOOSE}, of {note.size} entries, is not signed by the key you gave.")
        if note.body != self.newest.body:
            raise Refused(
                f"{LOOSE} is of {note.size} entries and {note.at}; the newest checkpoint of bundle.json is of "
                f"{self.newest.size} and {self.newest.at}."
            )
        if text.decode() != self.newest_text:
            raise Refused(f"{LOOSE} has other signatures of witnesses than the newest checkpoint of bundle.json.")

    def check_step(self, note: Note) -> None:
        """Check the proof that the ledger of the newest checkpoint begins with that of another one."""
        path = [] if note.size == self.newest.size else self.steps.get(note.size)
        if path is None:
            raise Refused(f"The bundle has no proof that the ledger still begins with its first {note.size} entries.")
        if not extends(note.size, self.newest.size, note.root, self.newest.root, path):
            raise Refused(f"The ledger was forked: it does not begin with the {note.size} entries that were signed.")

    def check_entries(self, earlier: Note | None) -> None:
        """Check every entry of the bundle, all of the ledger or some of it."""
        if self.whole:
            self.check_all([*self.checkpoints, *([earlier] if earlier else [])])
        else:
            self.check_some()
        if earlier:
            self.said.append(f"The ledger still begins with the {earlier.size} entries of your checkpoint.")

    def check_all(self, notes: list[Note]) -> None:
        """Check the whole ledger: chain, order of time, tree, and every checkpoint on the way."""
        tree, previous, at = Tree(), bytes(32), ""
        waiting = sorted(notes, key=lambda note: note.size)
        for line in lines_of(self.folder / "entries.jsonl"):
            index = tree.size
            entry = read_entry(line, index)
            if entry["previous"] != previous.hex():
                suspects = f"entry {index - 1} or entry {index}" if index else "entry 0"
                gone = "entries between them are" if index else "one before it is"
                raise Refused(
                    f"Entry {index} does not follow the one before it: {suspects} was changed, or {gone} gone."
                )
            if entry["at"] < at:
                raise Refused(f"Entry {index} is older than the one before it.")
            if (entry.get("decision") == "genesis") != (index == 0) or (
                not index and entry.get("origin") != self.key.name
            ):
                raise Refused(f"Entry {index} is not the one that a ledger of this name has there.")
            previous, at = hash_leaf(line), entry["at"]
            tree.add(previous)
            while waiting and waiting[0].size == tree.size:
                if waiting.pop(0).root != tree.root():
                    raise Refused(f"The first {tree.size} entries are not those that the checkpoint signed.")
        if waiting or tree.size != self.newest.size:
            raise Refused(f"The bundle holds {tree.size} entries, and the checkpoint is of {self.newest.size}.")
        self.said.append(f"All {tree.size} entries are there, unchanged and in order, each following the one before.")

    def check_some(self) -> None:
        """Check selected entries by their proofs."""
        before, previous, at = -1, b"", ""
        lines = lines_of(self.folder / "entries.jsonl")
        for index in sorted(self.proofs):
            line = next(lines, None)
            if line is None:
                raise Refused(f"Entry {index} is missing from the bundle.")
            entry, leaf = read_entry(line, index), hash_leaf(line)
            if not includes(index, self.newest.size, leaf, self.newest.root, self.proofs[index]):
                raise Refused(f"Entry {index} was changed, or was never in the ledger at that place.")
            if entry["at"] < at or (index == before + 1 and before >= 0 and entry["previous"] != previous.hex()):
                raise Refused(f"Entry {index} does not follow the one before it.")
            before, previous, at = index, leaf, entry["at"]
        if next(lines, None) is not None:
            raise Refused("The bundle holds entries without proofs.")
        self.said.append(f"{len(self.proofs)} of {self.newest.size} entries are here, each in the ledger unchanged.")
        self.said.append("Whether others concern you too, a part of the ledger cannot show; ask for the whole.")


def objects(told: dict[str, Any], name: str, number: str) -> list[dict[str, Any]]:
    """A list of objects that each have a number of their own, from 0."""
    found = told.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Refused(f"bundle.json has no list of {name}.")
    numbers = [one.get(number) for one in found]
    if not all(type(one) is int and one >= 0 for one in numbers) or len(set(numbers)) != len(numbers):
        raise Refused(f"bundle.json numbers its {name} wrongly.")
    return found


def path_of(one: dict[str, Any]) -> list[bytes]:
    """The hashes of a proof."""
    path = one.get("path")
    if not isinstance(path, list) or len(path) > 128 or not all(HASH.fullmatch(str(step)) for step in path):
        raise Refused("A proof of the bundle is not made of hashes.")
    return [bytes.fromhex(str(step)) for step in path]


# ---- A statement, or a receipt, by itself.

STATEMENT = "openslate.statement/1"
PLACED = ("decision", "previous", "at")
"""Of a statement's entry, what the statement says elsewhere."""
ADDED = ("format", "closed", "position", "how_to_dispute", "since", "proof")
"""Of a statement, what its entry does not say."""
CONSENT = {"receipt_id", "record_id", "ledger"}
ERASURE = {"subject", "requested", "done", "intent", "ledger_holds", "outside"}


class Proved:
    """A checkpoint that the key signed, and the entries that were proved to stand under it."""

    def __init__(self, text: object, key: Key) -> None:
        if not isinstance(text, str) or len(text) > LARGEST_NOTE:
            raise Refused("The document holds no checkpoint.")
        self.note = read_checkpoint(text)
        if self.note.origin != key.name:
            raise Refused(f"The checkpoint is of {shown(self.note.origin)}, and the key is of {shown(key.name)}.")
        if not signed(self.note, key):
            raise Refused(f"The checkpoint of {self.note.size} entries was altered, or signed by another key.")
        self.said = f"The checkpoint of {self.note.size} entries, of {self.note.at}, is signed by the key you gave."

    def take(self, index: object, leaf: object, path: object) -> None:
        """Check that an entry with that hash stands at that place."""
        if type(index) is not int or not isinstance(leaf, str) or not HASH.fullmatch(leaf):
            raise Refused("The document names an entry without its place or hash.")
        if not includes(index, self.note.size, bytes.fromhex(leaf), self.note.root, path_of({"path": path})):
            raise Refused(f"Entry {index} was never in the ledger at that place, or its proof is false.")


def leaf_of(entry: dict[str, Any]) -> str:
    """The hash of an entry that was put together again from what a document says."""
    try:
        return hash_leaf(WRITER.encode(entry).encode()).hex()
    except ValueError:
        raise Refused("The document holds text that no entry has.") from None


def part_of(told: dict[str, Any], name: str, *fields: str) -> dict[str, Any]:
    """An object in a document, with exactly those fields where any are named."""
    found = told.get(name)
    if not isinstance(found, dict) or (fields and set(found) != set(fields)):
        raise Refused(f"The document has no {name} as one has it.")
    return found


def list_of(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects in a document."""
    found = told.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Refused(f"The document has no list of {name}.")
    return found


def check_statement(told: dict[str, Any], key: Key) -> list[str]:
    """Check that every word and amount of a statement, and every entry that it names, stands on the ledger."""
    if told.get("format") != STATEMENT or any(name in told for name in PLACED):
        raise Refused(f"The statement is of no format that this verifier knows ({STATEMENT}).")
    if told.get("proof") is None:
        raise Unusable("The statement carries no proof; ask for one that was made with --proof.")
    place, proof = (
        part_of(told, "position", "index", "id", "previous"),
        part_of(told, "proof", "checkpoint", "inclusion"),
    )
    proved, paths = Proved(proof["checkpoint"], key), part_of(proof, "inclusion")
    said = {name: value for name, value in told.items() if name not in ADDED}
    placed = {"decision": "statement", "at": told.get("closed"), "previous": place["previous"]}
    if leaf_of({**said, **placed}) != place["id"]:
        raise Refused(f"The statement was altered: it does not say what entry {shown(place['index'])} says.")
    events = [] if told.get("since") is None else list_of(part_of(told, "since", "upto", "events"), "events")
    for event in events:
        rest = {name: value for name, value in event.items() if name not in ("index", "id")}
        if "payee" in event or leaf_of({**rest, "payee": told.get("payee")}) != event.get("id"):
            raise Refused(f"What happened since was altered: it is not what entry {shown(event.get('index'))} says.")
    behind = [one for line in list_of(told, "lines") for one in list_of(line, "decisions")]
    changes = [one for name in ("adjustments", "held", "payments") for one in list_of(told, name)]
    named = [place, *behind, *changes, *events]
    for one in named:
        proved.take(one.get("index"), one.get("id"), paths.get(str(one.get("index"))))
    if {str(one["index"]) for one in named} != set(paths):
        raise Refused("The statement holds proofs of entries that it does not name.")
    return [
        proved.said,
        f"Every word and amount of the statement is that of entry {place['index']} of the ledger, unchanged.",
        f"{len(paths) - 1} more entries that it names stand on the ledger at their places.",
        "Not shown: that an entry was true when it was written, and whether anything happened after those named.",
        "Not on the ledger, so not checked: the words on how to dispute, and any names on a printed page.",
    ]


def check_consent(told: dict[str, Any], key: Key) -> list[str]:
    """Check that the ledger knows each version of a record that a receipt is of."""
    held = part_of(told, "ledger", "checkpoint", "entries")
    proved = Proved(held["checkpoint"], key)
    versions: set[int] = set()
    for one in list_of(held, "entries"):
        entry, proof = part_of(one, "entry"), part_of(one, "inclusion", "index", "size", "hash", "root", "path")
        index, version = one.get("log_index"), one.get("version")
        if type(version) is not int:
            raise Refused("The receipt numbers its versions wrongly.")
        if leaf_of(entry) != one.get("hash"):
            raise Refused(f"The entry of version {shown(version)} was altered: it has another hash.")
        if (entry.get("record"), entry.get("version")) != (told.get("record_id"), version):
            raise Refused(f"The entry of version {shown(version)} is of another record or version.")
        proved.take(index, one["hash"], proof["path"])
        told_so = (proof["index"], proof["hash"], proof["size"], proof["root"])
        if told_so != (index, one["hash"], proved.note.size, proved.note.root.hex()):
            raise Refused(f"The proof of version {shown(version)} is of another entry or checkpoint.")
        versions.add(version)
    events = {str(one.get("version")) for one in list_of(told, "event")}
    if (
        not versions
        or events != {str(one) for one in versions}
        or told.get("receipt_id") != f"{told['record_id']}:{max(versions)}"
    ):
        raise Refused("The versions that the receipt tells of are not those that it proves.")
    return [
        proved.said,
        f"Versions of {shown(told['record_id'])} on the ledger at their places: {len(versions)}.",
        "Not shown: the words of the receipt, of which the ledger holds only a salted commitment; and later versions.",
    ]


def check_erasure(told: dict[str, Any], folder: Path) -> list[str]:
    """Check that a bundle which holds also holds the two entries that vouch for the receipt of an erasure."""
    try:
        hashed = hashlib.sha256(WRITER.encode(told).encode()).hexdigest()
    except ValueError:
        raise Refused("The receipt holds text that no receipt has.") from None
    name = told.get("subject")
    begun = done = False
    for line in lines_of(folder / "entries.jsonl"):
        if b'"forget"' not in line:
            continue
        entry = strict(line)
        if entry.get("decision") == "forget" and entry.get("subject") == name:
            begun = begun or hash_leaf(line).hex() == told.get("intent")
            done = done or entry.get("receipt") == hashed
    if not done:
        raise Refused("No entry of the bundle vouches for the receipt: it was altered, or the entry is not in there.")
    if not begun:
        raise Refused("The bundle does not hold the entry that opened the erasure.")
    return [
        "The receipt is, word for word, the one whose hash the ledger holds.",
        "Not shown: that everything it tells of was done; that can be looked for only where the data lies.",
    ]


def check_document(path: Path, key: Key, bundle: Path | None) -> tuple[list[str], str | None]:
    """What a statement or receipt was found to show, in sentences, and what does not hold, if anything."""
    said: list[str] = []
    try:
        with opened(path) as file:
            text = file.read(LARGEST_FILE + 1)
        try:
            told = strict(text) if len(text) <= LARGEST_FILE else None
        except ValueError as error:
            raise Refused(f"{shown(path.name)} cannot be read: {shown(error)}.") from None
        if not isinstance(told, dict):
            raise Refused(f"{shown(path.name)} is no document that this verifier knows.")
        if "format" in told:
            return check_statement(told, key), None
        if set(told) >= CONSENT:
            return check_consent(told, key), None
        if not set(told) >= ERASURE:
            raise Refused(f"{shown(path.name)} is no statement and no receipt that this verifier knows.")
        if bundle is None:
            raise Unusable("The receipt of an erasure carries no proof; name a bundle of the ledger with --bundle.")
        said, problem = check(bundle, key, None, [])
        return (said, problem) if problem else ([*said, *check_erasure(told, bundle)], None)
    except Refused as error:
        return said, str(error)


def check(folder: Path, key: Key, earlier: Note | None, witnesses: list[Key]) -> tuple[list[str], str | None]:
    """What was found to hold, in sentences, and what was not, if anything."""
    said: list[str] = []
    try:
        bundle = Bundle(folder, key)
        said = bundle.said
        bundle.check_checkpoints(earlier, witnesses)
        bundle.check_entries(earlier)
    except Refused as error:
        return said, str(error)
    return said, None


HOLDS = {
    True: "Everything in this bundle holds.",
    False: "This document holds, for what is said above and no more.",
}


def answer(options: argparse.Namespace) -> tuple[list[str], str | None]:
    """What was found about whatever the command line names."""
    path, key = Path(options.path), read_key(options.key, 1)
    witnesses = [read_key(one, 4) for one in options.witness]
    if path.is_dir():
        if options.bundle:
            raise Unusable("A bundle is not looked for in another one; leave out --bundle.")
        return check(path, key, kept_checkpoint(options.checkpoint), witnesses)
    if not path.exists():
        raise Unusable(f"There is no folder and no file {shown(path)}.")
    if options.checkpoint or witnesses:
        raise Unusable("An earlier checkpoint and witnesses are compared with a bundle; name its folder.")
    if options.bundle and not Path(options.bundle).is_dir():
        raise Unusable(f"There is no folder {shown(options.bundle)}.")
    return check_document(path, key, Path(options.bundle) if options.bundle else None)


def kept_checkpoint(said: str | None) -> Note | None:
    """The checkpoint that the auditor kept."""
    try:
        return None if said is None else read_checkpoint(Path(said).read_bytes()[:LARGEST_NOTE].decode())
    except (OSError, ValueError, Refused) as error:
        raise Unusable(f"The checkpoint {shown(said)} cannot be read: {shown(error)}.") from None


def main(arguments: list[str] | None = None) -> int:
    """Check what the command line names, say what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description="Check a bundle, statement or receipt, without Openslate.")
    parser.add_argument("path", help="folder of a bundle, or a statement's or receipt's JSON")
    parser.add_argument("--key", required=True, help="the ledger's public key, or a file that holds it")
    parser.add_argument("--checkpoint", help="a file with an earlier checkpoint that you kept")
    parser.add_argument("--witness", action="append", default=[], help="a witness's public key; must have signed")
    parser.add_argument("--bundle", help="the bundle in which to look for the receipt of an erasure")
    parser.add_argument("--json", action="store_true", help="say it as one JSON document")
    options = parser.parse_args(arguments)
    said: list[str] = []
    try:
        said, problem = answer(options)
        code = 1 if problem else 0
    except Unusable as error:
        problem, code = str(error), 2
    if options.json:
        print(json.dumps({"holds": code == 0, "checked": said, "problem": problem}))
    else:
        verdict = f"NOT TRUE: {problem}" if code == 1 else problem or HOLDS[Path(options.path).is_dir()]
        print("\n".join([*said, verdict]))
    return code


if __name__ == "__main__":
    sys.exit(main())
