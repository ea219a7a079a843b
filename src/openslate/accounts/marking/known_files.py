"""What was recorded of every generated file: in the vault in words, on the ledger in hashes.

The ledger keeps the hash of the file, of its content, and a commitment to the words. So a file can be recognised, and
its place among the decisions proved, even after the words about a person were erased.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from openslate.accounts.marking.described import Description, KnownFile
from openslate.accounts.marking.perceptual import Perceptual, difference
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import JsonValue, canonical, parsed

DECISION = "mark"
PAPER = "generated-file"
BY_FILE, BY_CONTENT, BY_LOOK = "file:", "content:", "look:"
NONCE_BYTES = 32


def remember(
    project: Project, descriptions: Sequence[tuple[str, Description]], check: Callable[[], object] | None = None
) -> list[KnownFile]:
    """Record a generated file, once for each decision that it comes from, durably.

    Args:
        project: whose vault and ledger.
        descriptions: each with the id of the person that the decision was about.
        check: raises where the file may not be recorded; it is asked while the vault is held, so that no consent ends
            between its answer and the record.

    Raises:
        RightsError: the vault or ledger cannot be written, or a decision is not on the ledger.
    """
    said: list[dict[str, JsonValue]] = [
        # Without the nonce, anybody could try names until one has the hash on the ledger.
        {**asdict(one), "nonce": secrets.token_hex(NONCE_BYTES)}
        for _, one in descriptions
    ]
    entries = [_entry(project, one, words) for (_, one), words in zip(descriptions, said, strict=True)]
    with project.vault.transaction():
        if check is not None:
            check()
        places = ledger.append_all(project, entries)
        for (subject, one), words, place in zip(descriptions, said, places, strict=True):
            name = f"{one.file}:{one.use}"
            document = canonical({"said": words, "entry": place.index, "hash": place.hash})
            project.vault.execute(
                "INSERT INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
                (PAPER, name, subject, document),
            )
            if one.look:
                sql = "INSERT INTO paper_keys (kind, name, key) VALUES (?, ?, ?)"
                project.vault.execute(sql, (PAPER, name, BY_LOOK + one.look))
            _index(project, place.index, one.file, one.content)
    return [_known(project, ledger.entry(project, place.index)) for place in places]


def reindex(project: Project) -> int:
    """Find every marked file on the ledger again, after the vault was lost or restored, and return how many there are.

    Raises:
        RightsError: the ledger cannot be read, or the vault cannot be written.
    """
    count = 0
    with project.vault.transaction():
        for one in ledger.search(project, decision=DECISION):
            _index(project, one.index, one.entry["file"], one.entry["content"])
            count += 1
    return count


def by_file(project: Project, file: str) -> list[KnownFile]:
    """Records of a file of exactly these bytes.

    Raises:
        RightsError: the vault or ledger cannot be read, or they do not agree.
    """
    return _found(project, BY_FILE, file)


def by_content(project: Project, content: str) -> list[KnownFile]:
    """Records of files with exactly these pixels or samples.

    Raises:
        RightsError: the vault or ledger cannot be read, or they do not agree.
    """
    return _found(project, BY_CONTENT, content)


def of_subject(project: Project, subject: str) -> list[KnownFile]:
    """Records of the files that were made of a person, in order.

    Raises:
        RightsError: the vault or ledger cannot be read, or they do not agree.
    """
    rows = project.vault.rows("SELECT document FROM papers WHERE kind = ? AND subject = ?", (PAPER, subject))
    places = sorted(int(_parsed(document)["entry"]) for (document,) in rows)
    return [_known(project, ledger.entry(project, place)) for place in places]


def by_look(project: Project, look: Perceptual, limit: float) -> tuple[list[tuple[float, KnownFile]], int]:
    """Records of pictures that look alike, nearest first with their difference, and how many were compared.

    Args:
        project: whose.
        look: of the picture that is asked about.
        limit: the largest difference.

    Raises:
        RightsError: the vault or ledger cannot be read, or they do not agree.
    """
    rows = project.vault.rows(
        "SELECT DISTINCT key FROM paper_keys WHERE kind = ? AND key >= ? AND key < ? ORDER BY key",
        (PAPER, BY_LOOK, f"{BY_LOOK}~"),
    )
    keys = [str(key) for (key,) in rows]
    apart = [(difference(Perceptual.read(key.removeprefix(BY_LOOK)), look), key) for key in keys]
    near = sorted(one for one in apart if one[0] <= limit)
    return [(share, known) for share, key in near for known in _by_key(project, key)], len(keys)


def ledger_name(project: Project) -> str:
    """The name that the ledger gave itself, by which manifests name it; empty before its first entry.

    Raises:
        RightsError: the ledger cannot be read.
    """
    if not project.ledger_path.exists():
        return ""
    return str(ledger.entry(project, 0).entry["origin"])


def _index(project: Project, entry: int, file: str, content: str) -> None:
    for key in (BY_FILE + file, *([BY_CONTENT + content] if content else [])):
        project.vault.execute("INSERT OR IGNORE INTO marked_files (key, entry) VALUES (?, ?)", (key, entry))


def _entry(project: Project, one: Description, words: dict[str, JsonValue]) -> dict[str, JsonValue]:
    decided = ledger.entry(project, one.use).entry
    return {
        "decision": DECISION,
        "file": one.file,
        "content": one.content,
        "source": one.source,
        "use": one.use,
        # So that whoever looks for a person's or a record's entries finds what was made with them.
        "subject": decided.get("subject", ""),
        "record": decided.get("record", ""),
        "hash": _hashed(words),
    }


def _found(project: Project, kind: str, value: str) -> list[KnownFile]:
    rows = project.vault.rows("SELECT entry FROM marked_files WHERE key = ? ORDER BY entry", (kind + value,))
    known = []
    for (entry,) in rows:
        assert isinstance(entry, int)
        recorded = ledger.entry(project, entry)
        if recorded.entry.get("decision") != DECISION or recorded.entry.get(kind.rstrip(":")) != value:
            raise _disagreement(value)
        known.append(_known(project, recorded))
    return known


def _by_key(project: Project, key: str) -> list[KnownFile]:
    rows = project.vault.rows(
        "SELECT document FROM papers JOIN paper_keys USING (kind, name) WHERE kind = ? AND key = ? ORDER BY name",
        (PAPER, key),
    )
    return [_known(project, ledger.entry(project, _parsed(document)["entry"])) for (document,) in rows]


def _known(project: Project, one: ledger.Recorded) -> KnownFile:
    """An entry with the words that belong to it, which must be those that it commits to."""
    said, at = one.entry, datetime.fromisoformat(one.entry["at"])
    rows = project.vault.rows(
        "SELECT document, subject FROM papers WHERE kind = ? AND name = ?", (PAPER, f"{said['file']}:{said['use']}")
    )
    if not rows:
        return KnownFile(one.index, one.hash, at, said["use"], said["file"], record=_record(said))
    words = _parsed(rows[0][0])["said"]
    if said.get("hash") != _hashed(words):
        raise _disagreement(said["file"])
    described = Description(**{name: value for name, value in words.items() if name != "nonce"})
    return KnownFile(one.index, one.hash, at, said["use"], said["file"], described, str(rows[0][1]), _record(said))


def _record(said: Mapping[str, Any]) -> str:
    return str(said.get("record") or "")


def _parsed(document: object) -> dict[str, Any]:
    assert isinstance(document, bytes)
    paper: dict[str, Any] = parsed(document)
    return paper


def _disagreement(file: str) -> RightsError:
    return RightsError(
        f"What the vault says of the file {file[:12]} is not what the ledger vouches for.",
        "Restore the vault from a backup; it was changed outside Openslate.",
    )


def _hashed(words: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(words)).hexdigest()
