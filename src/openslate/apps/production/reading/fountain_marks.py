"""What single lines of Fountain are, by the marks on them."""

import re

HEADING = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E|E/I)(?:\.|\s)", re.IGNORECASE)
LONGEST_CUE = 80
"""Letters; what is longer is shouting and no name."""
FADES = ("FADE IN:", "FADE OUT.", "FADE TO BLACK.")
"""Transitions which do not end as the others do; they are neither action nor somebody who speaks."""
_NUMBER = re.compile(r"#([^\W_]|[\w.\-]{1,20})#\s*$")
_KEY = re.compile(r"([A-Za-z][A-Za-z ]{0,30}):[ \t]*(.*)")
_EMPHASIS = re.compile(r"\\(.)|\*{1,3}|_")


def plain(text: str) -> str:
    r"""Text without the marks of emphasis; a mark after a backslash, or with space on both sides, is text.

    Example:
        >>> plain(r"*Very* **loud**, 2 * 3 \*")
        'Very loud, 2 * 3 *'
    """
    return _EMPHASIS.sub(lambda found: _without(found, text), text)


def _without(found: re.Match[str], text: str) -> str:
    if found[1] is not None:
        return found[1]
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    spaced = (not before or before.isspace()) and (not after or after.isspace())
    inside_word = found[0] == "_" and before.isalnum() and after.isalnum()
    return found[0] if spaced or inside_word else ""


def is_heading(text: str) -> bool:
    """Whether a line begins as a heading does.

    Example:
        >>> is_heading("int. quay - day"), is_heading("Interesting."), is_heading("I/E CAR")
        (True, False, True)
    """
    return HEADING.match(text) is not None


def numbered(text: str) -> tuple[str, str]:
    """A heading without its number, and the number.

    Example:
        >>> numbered("EXT. QUAY - DAY #12A#")
        ('EXT. QUAY - DAY', '12A')
    """
    found = _NUMBER.search(text[-40:])
    return (text[: text.rindex("#", 0, text.rindex("#"))].rstrip(), found[1]) if found else (text.strip(), "")


def is_cue(text: str) -> bool:
    """Whether a line names who speaks: in capitals, but for what stands in brackets.

    Example:
        >>> is_cue("MIRA (cont'd)"), is_cue("Mira"), is_cue("1950")
        (True, False, False)
    """
    if len(text) > LONGEST_CUE or text.startswith(("(", "#", "=", "!", "~", ">", ".")):
        return False
    name = text.partition("(")[0]
    return name == name.upper() and any(letter.isalpha() for letter in name)


def is_transition(text: str) -> bool:
    """Whether a line is a transition without being forced to.

    Example:
        >>> is_transition("CUT TO:"), is_transition("Cut to:")
        (True, False)
    """
    return (text.endswith("TO:") and text == text.upper()) or text in FADES


def title_page(lines: list[tuple[int, str]]) -> tuple[list[tuple[str, str]], int]:
    """The title page as pairs, and how many lines it takes.

    A line such as `FADE IN:` looks like a key, and begins no title page: it is in capitals and has no value.

    Example:
        >>> title_page([(1, "Title: The Night Ferry"), (2, "Author:"), (3, "    A. N. Other"), (4, "")])
        ([('title', 'The Night Ferry'), ('author', 'A. N. Other')], 3)
    """
    found: list[tuple[str, list[str]]] = []
    for place, (_, text) in enumerate(lines):
        key = None if is_heading(text) else _KEY.fullmatch(text.rstrip())
        if key is not None and not (not found and _is_shouted(key[1], key[2], lines, place)):
            found.append((key[1].strip().lower(), [key[2]]))
        elif found and text[:1].isspace() and text.strip():
            found[-1][1].append(text.strip())
        else:
            return [(key, plain(" ".join(filter(None, values)))) for key, values in found], place
    return [(key, plain(" ".join(filter(None, values)))) for key, values in found], len(lines)


def _is_shouted(key: str, value: str, lines: list[tuple[int, str]], place: int) -> bool:
    following = lines[place + 1][1] if place + 1 < len(lines) else ""
    return key == key.upper() and not value and not (following[:1].isspace() and following.strip())
