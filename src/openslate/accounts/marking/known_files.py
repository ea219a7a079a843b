"""What was recorded of every generated file: in the vault in words, on the ledger in hashes.

The ledger keeps the hash of the file, of its content, and a commitment to the words. So a file can be recognised, and
its place among the decisions proved, even after the words about a person were erased.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from openslate.accounts.marking.perceptual import Perceptual, difference
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import JsonValue, canonical, parsed

DECISION = "mark"
PAPER = "generated-file"
BY_FILE, BY_CONTENT, BY_LOOK = "file:", "content:", "look:"
NONCE_BYTES = 32


@dataclass(frozen=True)
class Description:
    """What is recorded of a generated file.

    Attributes:
        file: SHA-256 of its bytes.
        kind: 'pixels' or 'samples', or empty where no content was hashed.
        content: hash of the pixels or samples; empty without.
        look: perceptual hash; empty without.
        decoder: what decoded it.
        media_type: of the file.
        source_type: IPTC digital source type.
        name: of the file, when it was written.
        size: in bytes.
        signer: as the certificate names them.
        use: place of the decision that allowed it.
        use_hash: of that entry.
    """

    file: str
    kind: str
    content: str
    look: str
    decoder: str
    media_type: str
    source_type: str
    name: str
    size: int
    signer: str
    use: int
    use_hash: str


@dataclass(frozen=True)
class KnownFile:
    """A generated file as it is recorded.

    Attributes:
        entry: place of its own entry on the ledger.
        hash: of that entry.
        at: when it was recorded.
        use: place of the decision that allowed it.
        file: SHA-256 of the marked file.
        described: what the vault says; None once that was erased.
        subject: id of the person in the vault; empty once erased.
    """

    entry: int
    hash: str
    at: datetime
    use: int
    file: str
    described: Description | None = None
    subject: str = ""


def remember(project: Project, descriptions: Sequence[tuple[str, Description]]) -> list[KnownFile]:
    """Record a generated file, once for each decision that it comes from, durably.

    Args:
        project: whose vault and ledger.
        descriptions: each with the id of the person that the decision was about.

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
        places = ledger.append_all(project, entries)
        for (subject, one), words, place in zip(descriptions, said, places, strict=True):
            name = f"{one.file}:{one.use}"
            document = canonical({"said": words, "entry": place.index, "hash": place.hash})
            project.vault.execute(
                "INSERT INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
                (PAPER, name, subject, document),
            )
            keys = [BY_FILE + one.file, *_keys(one)]
            for key in keys:
                project.vault.execute("INSERT INTO paper_keys (kind, name, key) VALUES (?, ?, ?)", (PAPER, name, key))
    return [
        _known(project, ledger.entry(project, place.index), one, subject)
        for (subject, one), place in zip(descriptions, places, strict=True)
    ]


def by_file(project: Project, file: str) -> list[KnownFile]:
    """Records of a file of exactly these bytes.

    Raises:
        RightsError: the vault or ledger cannot be read, or they do not agree.
    """
    return _found(project, BY_FILE + file) or _on_ledger(project, "file", file)


def by_content(project: Project, content: str) -> list[KnownFile]:
    """Records of files with exactly these pixels or samples.

    Raises:
        RightsError: the vault or ledger cannot be read, or they do not agree.
    """
    return _found(project, BY_CONTENT + content) or _on_ledger(project, "content", content)


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
    return [(share, known) for share, key in near for known in _found(project, key)], len(keys)


def ledger_name(project: Project) -> str:
    """The name that the ledger gave itself, by which manifests name it; empty before its first entry.

    Raises:
        RightsError: the ledger cannot be read.
    """
    if not project.ledger_path.exists():
        return ""
    return str(ledger.entry(project, 0).entry["origin"])


def _keys(one: Description) -> list[str]:
    keys = [BY_CONTENT + one.content] if one.content else []
    return [*keys, BY_LOOK + one.look] if one.look else keys


def _entry(project: Project, one: Description, words: dict[str, JsonValue]) -> dict[str, JsonValue]:
    decided = ledger.entry(project, one.use).entry
    return {
        "decision": DECISION,
        "file": one.file,
        "content": one.content,
        "use": one.use,
        # So that whoever looks for a person's or a record's entries finds what was made with them.
        "subject": decided.get("subject", ""),
        "record": decided.get("record", ""),
        "hash": _hashed(words),
    }


def _found(project: Project, key: str) -> list[KnownFile]:
    rows = project.vault.rows(
        "SELECT document, subject FROM papers JOIN paper_keys USING (kind, name) WHERE kind = ? AND key = ? "
        "ORDER BY name",
        (PAPER, key),
    )
    known = []
    for document, subject in rows:
        assert isinstance(document, bytes)
        paper: dict[str, Any] = parsed(document)
        recorded = ledger.entry(project, paper["entry"])
        if recorded.entry.get("hash") != _hashed(paper["said"]):
            raise RightsError(
                f"What the vault says of the file {paper['said']['file'][:12]} is not what the ledger vouches for.",
                "Restore the vault from a backup; it was changed outside Openslate.",
            )
        words = {name: value for name, value in paper["said"].items() if name != "nonce"}
        known.append(_known(project, recorded, Description(**words), str(subject)))
    return known


def _on_ledger(project: Project, key: str, value: str) -> list[KnownFile]:
    """Records whose words were erased, from the hashes that the ledger keeps; every marked file is looked at."""
    marks = ledger.search(project, decision=DECISION)
    return [_known(project, one, None, "") for one in marks if one.entry.get(key) == value]


def _known(project: Project, one: ledger.Recorded, described: Description | None, subject: str) -> KnownFile:
    at = datetime.fromisoformat(one.entry["at"])
    return KnownFile(one.index, one.hash, at, one.entry["use"], one.entry["file"], described, subject)


def _hashed(words: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(words)).hexdigest()
