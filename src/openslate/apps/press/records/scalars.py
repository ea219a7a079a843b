"""Values of front matter as text: quoted ones with few escapes, plain ones as they stand."""

import re

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
"""What a quoted text writes otherwise; everything else, whatever its script, stands as it is."""
_WRITTEN = str.maketrans(ESCAPES)
_MEANT = {written[1]: letter for letter, written in ESCAPES.items()}
_SIGNS = "-?:,[]{}#&*!|>'\"%@`"
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "~"}
_NUMBER = re.compile(r"[-+]?[0-9][0-9_.eE+-]*|\.[0-9]+|[-+]?\.(inf|nan)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def quoted(text: str) -> str:
    r"""A text between quotation marks.

    Args:
        text: without control characters other than ends of lines.

    Raises:
        ValueError: it has some, which the form has no way to write.

    Example:
        >>> print(quoted('The “slate”, or "board"\n'))
        "The “slate”, or \"board\"\n"
    """
    found = _CONTROL.search(text)
    if found:
        raise ValueError(f"it has the character U+{ord(found.group()):04X}, which records do not hold")
    return f'"{text.translate(_WRITTEN)}"'


def plain(text: str) -> str:
    """A name as it stands, or quoted where it would be read as something else.

    Example:
        >>> plain("KRON4 News"), plain("Law: today"), plain("2024")
        ('KRON4 News', '"Law: today"', '"2024"')
    """
    return text if is_plain(text) else quoted(text)


def is_plain(text: str) -> bool:
    """Whether a text is read as itself without quotation marks."""
    return not (
        not text
        or text != text.strip()
        or text[0] in _SIGNS
        or ": " in text
        or text.endswith(":")
        or " #" in text
        or text.lower() in _WORDS
        or _NUMBER.fullmatch(text)
        or any(letter in text for letter in "\n\r\t")
        or _CONTROL.search(text)
    )


def unquoted(written: str) -> str:
    """The text that stands between quotation marks.

    Args:
        written: with both marks.

    Raises:
        ValueError: a mark is missing, or it has an escape or a mark that the form does not know.

    Example:
        >>> unquoted('"5 \\\\" wide"')
        '5 " wide'
    """
    if len(written) < 2 or not written.endswith('"'):
        raise ValueError("it has no closing quotation mark")
    found, left = [], iter(written[1:-1])
    for letter in left:
        if letter == '"':
            raise ValueError('it has a quotation mark within, which is written as \\"')
        if letter != "\\":
            found.append(letter)
            continue
        meant = next(left, "")
        if meant not in _MEANT:
            raise ValueError(f'it has the escape \\{meant}, and records know \\\\, \\", \\n and \\r alone')
        found.append(_MEANT[meant])
    return "".join(found)
