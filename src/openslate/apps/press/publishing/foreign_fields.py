"""Fields of a record that the form does not know: another service put them there, and they stay where they are."""

import re
from dataclasses import dataclass

from openslate.apps.press.records.outline import FENCE
from openslate.apps.press.records.record import LineEnd

KNOWN = frozenset(
    {
        *("category", "title", "excerpt", "publishedDateTime", "originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl"),
        *("type", "quality", "heat", "published", "featuredContent", "provider", "topics", "images", "related"),
        "secured",
    }
)
LAST = "secured"
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9]*):")


@dataclass(frozen=True)
class Field:
    """A field with all of its lines.

    Attributes:
        name: of it.
        lines: that it stands on, with blank ones behind it.
    """

    name: str
    lines: tuple[str, ...]


def with_foreign_fields(before: str, after: str, line_end: LineEnd) -> str:
    """A record's new text with those fields of its old one that the form does not know, each behind the same field.

    Args:
        before: text of the file as it is.
        after: text of the file as it is to be.
        line_end: of both.

    Example:
        >>> with_foreign_fields("---\\ntype: video\\nmood: dark\\n---\\n\\n", "---\\ntype: article\\n---\\n\\n", "\\n")
        '---\\ntype: article\\nmood: dark\\n---\\n\\n'
    """
    fields = fields_of(after, line_end)
    previous = FENCE
    for one in fields_of(before, line_end):
        if one.name not in KNOWN:
            place = next((at + 1 for at, other in enumerate(fields) if other.name == previous), None)
            # What it stood behind is gone: it goes before the token, which ends every record.
            end = next((at for at, other in enumerate(fields) if other.name == LAST), len(fields))
            fields.insert(end if place is None and previous != FENCE else place or 0, one)
        previous = one.name
    lines = [FENCE, *(line for one in fields for line in one.lines), FENCE, "", ""]
    return line_end.join(lines)


def fields_of(text: str, line_end: LineEnd) -> list[Field]:
    """The fields of a record's text, in their order.

    Args:
        text: of the file, between two lines of ---.
        line_end: of it.
    """
    lines = text.split(line_end)
    inner = lines[1 : lines.index(FENCE, 1)]
    found: list[tuple[str, list[str]]] = []
    for line in inner:
        matched = _FIELD.match(line)
        if matched:
            found.append((matched.group(1), [line]))
        elif found:
            found[-1][1].append(line)
    return [Field(name, tuple(rows)) for name, rows in found]
