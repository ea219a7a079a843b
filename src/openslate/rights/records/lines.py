"""Where in a file a field stands, so that whoever mends it finds it."""

import re


class FileLine:
    """Where a row of a CSV file begins."""

    def __init__(self, line: int) -> None:
        self.line = line

    def of(self, field: str) -> int:
        """The line of a field."""
        return self.line


class TomlLines(FileLine):
    """Where the fields of one table of a TOML file stand."""

    def __init__(self, text: str, table: str, number: int) -> None:
        self._lines = text.splitlines()
        starts = [at for at, line in enumerate(self._lines) if re.match(rf"\s*\[\[\s*{table}\s*\]\]", line)]
        # A list written inline has no line of its own for each entry.
        self._start = starts[number - 1] if number <= len(starts) else 0
        self._end = starts[number] if number < len(starts) else len(self._lines)
        super().__init__(self._start + 1)

    def of(self, field: str) -> int:
        """The line of a field, or that on which the table begins."""
        pattern = re.compile(rf"\s*(\w+\.)*{re.escape(field)}\s*=")
        found = (at for at in range(self._start, self._end) if pattern.match(self._lines[at]))
        return next(found, self._start) + 1
