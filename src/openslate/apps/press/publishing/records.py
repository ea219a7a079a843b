"""Records as files that Jekyll takes: what another service wrote into one that is there already is kept."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from openslate.apps.press.publishing.edition_types import Edition, ShownItem
from openslate.apps.press.publishing.foreign_fields import with_foreign_fields
from openslate.apps.press.publishing.tokens import Seal
from openslate.apps.press.records.naming import file_name
from openslate.apps.press.records.outline import read_outline
from openslate.apps.press.records.record import LineEnd
from openslate.apps.press.records.writing import record_text
from openslate.errors import OpenslateError

FOLDER = "_posts"
Existing = Callable[[str], str]
"""Gives the text of a file that is there already, by its path; an empty one for none."""


@dataclass(frozen=True)
class RecordFiles:
    """Records to be written.

    Attributes:
        files: text by path.
        tokens: of ours that they carry, by item.
        unreadable: paths of records that were there, could not be read and so are left as they are.
    """

    files: Mapping[str, str]
    tokens: Mapping[str, str]
    unreadable: tuple[str, ...]


def record_files(edition: Edition, seal: Seal, existing: Existing) -> RecordFiles:
    """The records of an edition, one a file.

    Args:
        edition: whose items they are of.
        seal: with which tokens are made.
        existing: what is there already.
    """
    files: dict[str, str] = {}
    tokens: dict[str, str] = {}
    unreadable: list[str] = []
    for path, one in record_paths(edition).items():
        before, secured = existing(path), seal.secured(one)
        tokens[one.id] = secured
        try:
            files[path] = _text(one, secured, before, seal)
        except OpenslateError:
            unreadable.append(path)
    return RecordFiles(files, tokens, tuple(unreadable))


def record_paths(edition: Edition) -> dict[str, ShownItem]:
    """The path of every record.

    Of two that would have one name on one day, the form keeps one and the other is lost; here the earlier has the
    name, and others have their id behind it.

    Args:
        edition: whose items they are of.
    """
    items = sorted(edition.items, key=lambda one: (bool(one.copy_of), one.item.published, one.id))
    taken: Counter[str] = Counter()
    found: dict[str, ShownItem] = {}
    for one in items:
        name = file_name(one.record)
        taken[name] += 1
        if taken[name] > 1:
            name = f"{PurePosixPath(name).stem}-{one.id[:8]}.md"
        found[f"{FOLDER}/{name}"] = one
    return dict(sorted(found.items()))


def _text(one: ShownItem, secured: str, before: str, seal: Seal) -> str:
    """Raises OpenslateError where the record that is there cannot be read."""
    if not before:
        return record_text(replace(one.record, secured=secured))
    outline = read_outline(before, one.id)
    there = outline.values.get("secured")
    if isinstance(there, str) and there and not seal.is_ours(one.id, there):
        secured = there
    ends: LineEnd = "\r\n" if outline.line_end == "\r\n" else "\n"
    return with_foreign_fields(before, record_text(replace(one.record, secured=secured, line_end=ends)), ends)
