"""On which line of a pitch's file a field stands, in TOML and in JSON, so that whoever mends it finds it."""

import re
from collections.abc import Mapping

from openslate.rights.records.lines import TomlLines

Path = tuple[str | int, ...]
"""Where a value lies: names of fields and numbers of list entries, from 0."""

_LONG_TEXT = re.compile(r'("""|\'\'\')(.*?)\1', re.DOTALL)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')


def line_in_toml(text: str, path: Path) -> int:
    """The line of a field; of the table or list that it lies in, where it has no line of its own.

    Args:
        text: valid TOML.
        path: of the field.

    Example:
        >>> line_in_toml('name = "A"\\n[[talent]]\\nname = "B"\\n[[talent]]\\nrole = 3\\n', ("talent", 1, "role"))
        5
    """
    # What a synopsis says is no field, even where it looks like one.
    masked = _LONG_TEXT.sub(lambda found: "\n" * found.group(0).count("\n"), text)
    lines = masked.splitlines()
    field = str(path[0]) if path else ""
    if len(path) > 1 and isinstance(path[1], int):
        headed = re.findall(rf"^\s*\[\[\s*{re.escape(field)}\s*\]\]", masked, re.MULTILINE)
        if path[1] < len(headed):
            names = [part for part in path[2:] if isinstance(part, str)]
            return TomlLines(masked, re.escape(field), path[1] + 1).of(names[-1] if names else "")
    wanted = re.compile(rf"""\s*(\[+\s*)?["']?{re.escape(field)}["']?\s*[=\].]""")
    return next((at for at, line in enumerate(lines, start=1) if wanted.match(line)), 1)


def line_in_json(text: str, path: Path) -> int:
    """The line of a field; of what it lies in, where it is not there.

    Args:
        text: valid JSON.
        path: of the field.

    Example:
        >>> line_in_json('{"name": "A",\\n "talent": [{"name": "B"},\\n {"role": 3}]}', ("talent", 1, "role"))
        3
    """
    places = _places(text)
    return next(places[path[:end]] for end in range(len(path), -1, -1) if path[:end] in places)


def _places(text: str) -> Mapping[Path, int]:
    """The line of every value of a JSON text, by its path."""
    places: dict[Path, int] = {(): 1}
    path: list[str | int] = []
    inside: list[str] = []
    key_next, line, before = False, 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", before, token.start())
        before = token.start()
        mark = token.group(0)
        if mark in ("]", "}"):
            inside.pop()
            path.pop()
        elif mark == ",":
            key_next = inside[-1] == "{"
            path[-1] = "" if key_next else int(path[-1]) + 1
        elif mark == ":":
            key_next = False
        elif key_next:
            # Written as in JSON; names of fields hold nothing that is escaped.
            path[-1] = mark[1:-1]
            places[tuple(path)] = line
        else:
            places.setdefault(tuple(path), line)
            if mark in ("[", "{"):
                inside.append(mark)
                path.append("" if mark == "{" else 0)
                key_next = mark == "{"
    return places
