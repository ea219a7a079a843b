"""Scripts, treatments and outlines in the vault: what there is, whose it is, and its words for whoever may read them.

They lie apart from the lake, in the owner-only vault, so that one transaction takes a text in, or out for good. Nothing
here says that a text may be read: `data.written.asking` does.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.canonical import JsonValue, canonical, parsed
from openslate.rights.commitments import forget_salt

TextKind: TypeAlias = Literal["script", "treatment", "outline"]
TEXT_KINDS: tuple[TextKind, ...] = get_args(TextKind)
SALT = "text"
"""As what a text is committed to where lineage names it."""
_RESTORE = "Restore people/vault.sqlite from a backup; it was changed outside Openslate."


@dataclass(frozen=True)
class WrittenText:
    """A text without its words.

    Attributes:
        text: its id, a hash of title, kind and words.
        title: id of the title that was made of it.
        kind: 'script', 'treatment' or 'outline'.
        source: the name under which it was brought in.
        holders: ids of all whose permission it needs, sorted.
        asked: what else a request for it says, by the fields of `rights.request.Request`.
        characters: how long it is.
    """

    text: str
    title: str
    kind: TextKind
    source: str
    holders: tuple[str, ...]
    asked: Mapping[str, JsonValue] = field(default_factory=dict)
    characters: int = 0


def text_id(title: str, kind: str, content: str) -> str:
    """The id of a text.

    Example:
        >>> text_id("t1", "script", "INT. ROOF") == text_id("t1", "script", "INT. ROOF - DAY")
        False
    """
    return hashlib.sha256(canonical([title, kind, content_hash(content)])).hexdigest()


def content_hash(content: str) -> str:
    """SHA-256 of the words of a text in UTF-8: what a record may name as the asset."""
    return hashlib.sha256(content.encode()).hexdigest()


def keep(project: Project, written: WrittenText, content: str) -> bool:
    """Put a text into the vault in the place of what was there of its title and kind; inside a transaction.

    Args:
        project: where.
        written: about it.
        content: its words.

    Returns:
        Whether anything is new.
    """
    if _there(project, written):
        return False
    vault = project.vault
    vault.execute("DELETE FROM texts WHERE title = ? AND kind = ?", (written.title, written.kind))
    vault.execute(
        "INSERT INTO texts (text, title, kind, source, asked, content) VALUES (?, ?, ?, ?, ?, ?)",
        (written.text, written.title, written.kind, written.source, canonical(dict(written.asked)), content),
    )
    for holder in written.holders:
        vault.execute("INSERT INTO text_holders (text, subject) VALUES (?, ?)", (written.text, holder))
    return True


def texts(project: Project) -> tuple[WrittenText, ...]:
    """Every text there is, by title and kind.

    Raises:
        RightsError: the vault cannot be read.
    """
    return _read(project, "TRUE", ())


def texts_held(project: Project, subject: str) -> tuple[WrittenText, ...]:
    """The texts that need the permission of somebody, by title and kind.

    Args:
        project: where.
        subject: their id, as records have it.
    """
    return _read(project, "text IN (SELECT text FROM text_holders WHERE subject = ?)", (subject,))


def words_of(project: Project, text: str) -> str:
    """The words of a text, for whoever was let through to it.

    Raises:
        RightsError: it is not there any more, or was changed.
    """
    rows = project.vault.rows("SELECT title, kind, content FROM texts WHERE text = ?", (text,))
    if not rows:
        raise RightsError("A text was removed since it was asked for.", "Ask again: what is left is asked for anew.")
    title, kind, content = (str(one) for one in rows[0])
    if text_id(title, kind, content) != text:
        raise RightsError(f"The {kind} of the title {title!r} is not what was brought in.", _RESTORE)
    return content


def remove_texts(project: Project, subject: str) -> int:
    """Remove every text that needs the permission of somebody, and what ties lineage to it; inside a transaction.

    Args:
        project: where.
        subject: their id.

    Returns:
        How many there were.
    """
    found = texts_held(project, subject)
    for one in found:
        forget_salt(project, SALT, one.text)
        project.vault.execute("DELETE FROM texts WHERE text = ?", (one.text,))
    return len(found)


def _there(project: Project, written: WrittenText) -> bool:
    same = _read(project, "text = ?", (written.text,))
    return bool(same) and (same[0].holders, same[0].source, same[0].asked) == (
        written.holders,
        written.source,
        written.asked,
    )


def _read(project: Project, condition: str, values: tuple[str, ...]) -> tuple[WrittenText, ...]:
    holders: dict[str, list[str]] = {}
    for text, subject in project.vault.rows("SELECT text, subject FROM text_holders ORDER BY text, subject"):
        holders.setdefault(str(text), []).append(str(subject))
    rows = project.vault.rows(
        f"SELECT text, title, kind, source, asked, length(content) FROM texts WHERE {condition} ORDER BY title, kind",
        values,
    )
    found = []
    for text, title, kind, source, asked, characters in rows:
        assert isinstance(asked, bytes)
        assert isinstance(characters, int)
        known = next((one for one in TEXT_KINDS if one == kind), None)
        if known is None or str(text) not in holders:
            raise RightsError(f"A text of the title {title!r} is of an unknown kind or of nobody.", _RESTORE)
        found.append(
            WrittenText(str(text), str(title), known, str(source), tuple(holders[str(text)]), parsed(asked), characters)
        )
    return tuple(found)
