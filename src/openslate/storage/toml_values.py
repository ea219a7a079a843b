"""Values as TOML writes them, so that a reader of TOML reads back the same."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any


def toml_value(value: Any) -> str:
    """A value as TOML has it.

    Args:
        value: a text, a number, true or false, a day, or a list or a table of these. Names of fields of a table are
            letters, digits, '_' and '-'.

    Raises:
        TypeError: it is something else.

    Example:
        >>> print(toml_value({"kind": "day", "rate": 900, "days": [date(2027, 3, 1)]}))
        { kind = "day", rate = 900, days = [2027-03-01] }
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        # In digits alone: TOML would read 1E+6 as a number, too, but nobody else at once.
        return f"{value:f}"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name} = {toml_value(held)}' for name, held in value.items())} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(toml_value, value))}]"
    raise TypeError(f"TOML has no {type(value).__name__}")


def _text(value: str) -> str:
    lines = [json.dumps(line, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f") for line in value.split("\n")]
    return f'"{lines[0]}"' if len(lines) == 1 else '"""\n' + "\n".join(lines) + '"""'
