"""The colours of strips, which every production may choose."""

import re
from dataclasses import dataclass, fields

from openslate.drawing.theme import contrast
from openslate.errors import UsageError

INK = "#14181d"
LEAST_CONTRAST = 7.0
"""Strips are read from afar: WCAG 2.2, level AAA."""


@dataclass(frozen=True)
class StripColours:
    """A colour for each kind of strip, as '#rrggbb'; the words on them are dark.

    Attributes:
        int_day, ext_day, int_night, ext_night: by where and when a scene plays.
        unsaid: where the script does not say.

    Raises:
        UsageError: a colour is not written so, or words could not be read on it.

    Source: the custom of the United States; products differ.
    """

    int_day: str = "#ffffff"
    ext_day: str = "#fff0a3"
    int_night: str = "#bcd7f2"
    ext_night: str = "#bfe3bd"
    unsaid: str = "#e4e4e4"

    def __post_init__(self) -> None:
        for name, colour in self.named().items():
            if not re.fullmatch(r"#[0-9a-f]{6}", colour):
                raise UsageError(f"The strip colour {name} is {colour!r}.", "Write it as '#rrggbb' in lower case.")
            if contrast(colour, INK) < LEAST_CONTRAST:
                raise UsageError(f"The strip colour {name}, {colour}, is too dark to read on.", "Take a lighter one.")

    def named(self) -> dict[str, str]:
        """Colours by the kind of strip, as `light_of` names it."""
        return {field.name.replace("_", "-"): getattr(self, field.name) for field in fields(self)}

    def styles(self) -> str:
        """The CSS that gives strips their colours."""
        return "\n".join(f".strip.{name} > * {{ background: {colour}; }}" for name, colour in self.named().items())
