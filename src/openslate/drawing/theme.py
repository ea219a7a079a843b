"""How everything Openslate draws looks: colours, type and base styles shared by home pages and reports.

The palette is a slate board under tungsten light: cool greys for what is read, one warm accent for what
matters. Every colour is a CSS custom property, so a page follows the reader's light or dark preference
without a script. The rules that use them are in styles/base.css.
"""

import re
from importlib.resources import files

LIGHT = {
    "ground": "#f5f6f7",
    "surface": "#ffffff",
    "sunken": "#eaecef",
    "ink": "#14181d",
    "ink-dim": "#525a64",
    "hairline": "#d6dade",
    "accent": "#8a5000",
    "accent-soft": "#f6e7d1",
    "good": "#2b6a3c",
    "bad": "#a32b39",
    "series-1": "#9c5a00",
    "series-2": "#2f5f8f",
    "series-3": "#427036",
    "series-4": "#b03a48",
    "series-5": "#74509a",
    "series-6": "#5f6974",
}
"""Colours by daylight and on paper. Ink colours keep at least 4.5:1 on ground, surface and sunken."""

DARK = {
    "ground": "#0f1216",
    "surface": "#171b21",
    "sunken": "#1f242b",
    "ink": "#eceef1",
    "ink-dim": "#a3acb6",
    "hairline": "#2e353e",
    "accent": "#f0b35a",
    "accent-soft": "#3a2c14",
    "good": "#86c894",
    "bad": "#f0909a",
    "series-1": "#eaa94b",
    "series-2": "#7fb1df",
    "series-3": "#97c681",
    "series-4": "#ee8a93",
    "series-5": "#bd9bdf",
    "series-6": "#9aa5b0",
}
"""The same names in a darkened room."""

SERIES = tuple(f"var(--series-{number})" for number in range(1, 7))
"""Six colours for the lines of a chart, in order of use; never the only thing that tells lines apart."""

_SYSTEM_FONTS = '"Segoe UI", Roboto, Cantarell, Ubuntu, "Noto Sans", "Liberation Sans", system-ui, sans-serif'
DISPLAY_FONT = f'"Avenir Next", Avenir, Montserrat, Corbel, "URW Gothic", {_SYSTEM_FONTS}'
TEXT_FONT = f"-apple-system, {_SYSTEM_FONTS}"
MONO_FONT = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'


def stylesheet() -> str:
    """The CSS every document starts with: tokens, then type, tables, focus and print.

    Tokens are read as `var(--ink)`, `var(--series-1)` and so on; `LIGHT` lists the names. Paper is always
    light. Helper classes: `dim` (quieter text), `number` (right-aligned figures), `unseen` (for screen
    readers alone).

    Example:
        >>> "var(--ground)" in stylesheet(), "prefers-color-scheme: dark" in stylesheet()
        (True, True)
    """
    fonts = {"display-font": DISPLAY_FONT, "text-font": TEXT_FONT, "mono-font": MONO_FONT}
    base = files("openslate.drawing").joinpath("styles/base.css").read_text(encoding="utf-8")
    return "\n".join(
        [
            f":root {{ color-scheme: light dark; {_declarations(LIGHT | fonts)} }}",
            f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_declarations(DARK)} }} }}",
            base,
        ]
    )


def contrast(one: str, other: str) -> float:
    """The WCAG 2.2 contrast ratio of two colours, 1 (equal) to 21 (black on white); text needs 4.5.

    Args:
        one: a colour as `#rrggbb`.
        other: another, in either order.

    Raises:
        ValueError: a colour is not written as `#rrggbb`.

    Example:
        >>> contrast("#000000", "#ffffff")
        21.0
    """
    darker, lighter = sorted([_luminance(one), _luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise ValueError(f"{colour!r} is no colour; write it as '#rrggbb' in lower case")
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _declarations(tokens: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())
