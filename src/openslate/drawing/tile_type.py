"""Sets a title's name in type: the largest size at which its lines fit a box, without asking any font."""

import unicodedata
from dataclasses import dataclass

SANS = "'Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif"
SERIF = "Charter,Georgia,'Liberation Serif','Times New Roman',serif"

LEADING = 1.06
"""Line height as a share of the type size."""

_WIDTHS = {"ijlI.,:;'’!|": 0.3, ' ftr()[]-/"': 0.37, "mw%@&": 0.9, "MWÆŒ…—": 0.95}
_SMALLEST = 11
_SMALLEST_UNBROKEN = 17


@dataclass(frozen=True)
class Box:
    """A place for type, in the units of the tile."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Setting:
    """Lines of type and their size, in the units of the tile."""

    size: int
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * LEADING


def text_width(text: str, size: float) -> float:
    """About how wide a bold line is, on the generous side.

    Args:
        text: one line.
        size: the type size, in the units of the answer.

    Example:
        >>> text_width("ill", 10) < text_width("MMM", 10) < text_width("東京物", 10) + 1
        True
    """
    return size * sum(_advance(letter) for letter in text)


def fitted(name: str, box: Box, largest: int) -> Setting:
    """The name in the largest type that fits a box; what cannot fit in the smallest is cut off.

    Words are broken only where they would have to be set very small, or in scripts written without spaces.

    Args:
        name: the name, printable.
        box: where it goes.
        largest: the largest size to try.

    Example:
        >>> fitted("The Long Night", Box(0, 0, 168, 90), 40)
        Setting(size=34, lines=('The Long', 'Night'))
    """
    spaceless = any(unicodedata.east_asian_width(letter) in "WF" for letter in name)
    for size in range(largest, _SMALLEST - 1, -1):
        may_break = spaceless or size <= _SMALLEST_UNBROKEN
        setting = Setting(size, tuple(_lines(name, box.width, size, may_break)))
        widest = max((text_width(line, size) for line in setting.lines), default=0.0)
        if widest <= box.width and setting.height <= box.height:
            return setting
    kept = setting.lines[: max(1, int(box.height / (_SMALLEST * LEADING)))]
    return Setting(_SMALLEST, (*kept[:-1], kept[-1][:-2].rstrip() + "…"))


def _lines(name: str, width: float, size: int, may_break: bool) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, width, size) if may_break else [word]
    return lines


def _pieces(word: str, width: float, size: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _advance(letter: str) -> float:
    for letters, width in _WIDTHS.items():
        if letter in letters:
            return width
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.74 if letter.isupper() else 0.6
