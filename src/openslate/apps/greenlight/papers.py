"""Papers of filed forecasts: where people are named, in the vault, so that `rights forget` reaches every one of them.

A paper is somebody's: of who decided, of who linked a title, or of a talent that a pitch names. Rows of the chain, and
papers of others, hold a mark in the place of a name, made of the paper's salted hash. A mark whose paper was erased is
read as 'erased'.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from openslate.errors import ProjectError
from openslate.project import Project
from openslate.rights.canonical import canonical, parsed

PaperKind: TypeAlias = Literal["greenlight decision", "greenlight link", "greenlight talent"]
DECISION: PaperKind = "greenlight decision"
LINK: PaperKind = "greenlight link"
TALENT: PaperKind = "greenlight talent"
ERASED = "erased"
KEY = "greenlight"
KEY_BYTES = 32
_MARK = re.compile(r"person:([0-9a-f]{64})")


@dataclass(frozen=True)
class Paper:
    """What is written of one person.

    Attributes:
        kind: whose it is.
        name: SHA-256 of the document, which is salted.
        subject: the person's name.
        document: canonical JSON.
    """

    kind: PaperKind
    name: str
    subject: str
    document: bytes


def paper(kind: PaperKind, who: str, **words: str) -> Paper:
    """A new paper, with a salt of its own.

    Args:
        kind: of it.
        who: the person's name.
        words: what else it says.
    """
    document = canonical({**words, "who": who, "salt": secrets.token_hex(32)})
    return Paper(kind, hashlib.sha256(document).hexdigest(), who, document)


def keep(project: Project, written: Sequence[Paper]) -> None:
    """Put papers into the vault, all or none.

    Raises:
        RightsError: the vault cannot be written.
    """
    if written:
        with project.vault.transaction():
            for one in written:
                project.vault.execute(
                    "INSERT INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
                    (one.kind, one.name, one.subject, one.document),
                )


def keep_only(project: Project, named: Collection[str]) -> None:
    """Remove papers that no row names: a process was killed before it filed them."""
    for kind in (DECISION, LINK, TALENT):
        for (name,) in project.vault.rows("SELECT name FROM papers WHERE kind = ?", (kind,)):
            if name not in named:
                project.vault.execute("DELETE FROM papers WHERE kind = ? AND name = ?", (kind, name))


def words_of(project: Project, kind: PaperKind, name: str) -> dict[str, str] | None:
    """What a paper says; None once it was erased.

    Raises:
        ProjectError: it was changed.
    """
    rows = project.vault.rows("SELECT document FROM papers WHERE kind = ? AND name = ?", (kind, name))
    if not rows:
        return None
    document = rows[0][0]
    assert isinstance(document, bytes)
    if hashlib.sha256(document).hexdigest() != name:
        raise ProjectError(
            f"The words of a {kind.removeprefix('greenlight ')} were changed ({name[:12]}).",
            "Restore people/vault.sqlite from a backup; it was changed outside Openslate.",
        )
    found: dict[str, str] = parsed(document)
    return found


def named_in(document: Any) -> Iterator[str]:
    """The hashes of the papers that a row is about, each under `words` or in `people`."""
    if "words" in document:
        yield str(document["words"])
    yield from map(str, document.get("people", ()))


def masked(value: Any, marks: Mapping[str, str]) -> Any:
    """Plain values with marks in the place of names, wherever they stand as words of their own.

    Args:
        value: texts, lists and objects.
        marks: from names to the hashes of papers.

    Example:
        >>> masked({"by": ["Ada Ek", "Ada Ekman"]}, {"Ada Ek": "0" * 64})["by"][1]
        'Ada Ekman'
    """
    if not marks:
        return value
    names = "|".join(re.escape(one) for one in sorted(marks, key=lambda one: (-len(one), one)))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    return _each_text(value, lambda text: pattern.sub(lambda found: f"person:{marks[found.group()]}", text))


def shown(value: Any, names: Mapping[str, str]) -> Any:
    """Plain values with names in the place of marks, and 'erased' where a paper is gone.

    Args:
        value: texts, lists and objects.
        names: from hashes of papers to names.
    """
    return _each_text(value, lambda text: _MARK.sub(lambda found: names.get(found.group(1), ERASED), text))


def known(project: Project, text: str) -> str:
    """A hash of what could be guessed, under a key that lies in the vault and nowhere else.

    Without the key nobody can try names against it; see `rights.erased`, which marks people in the same way.
    """
    project.vault.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (KEY, secrets.token_bytes(KEY_BYTES)))
    key = project.vault.rows("SELECT key FROM keys WHERE name = ?", (KEY,))[0][0]
    assert isinstance(key, bytes)
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _each_text(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(one, change) for one in value]
    return value
