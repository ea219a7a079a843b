"""How long scenes are on paper, where the file does not say: lines are laid out as a screenplay is printed."""

import math
from collections.abc import Sequence
from fractions import Fraction

from openslate.apps.production.reading.script import UNSEEN, Kind, ScriptScene

LINES_A_PAGE = 55
WIDTHS: dict[Kind, int] = {"dialogue": 35, "lyric": 35, "parenthetical": 25, "character": 38}
WIDTH = 61
"""Letters on a line of action, at ten to an inch; of dialogue and the rest above."""
UNSPACED = ("dialogue", "parenthetical", "lyric")
"""Kinds before which there is no empty line."""


def lines_on_paper(scene: ScriptScene) -> int:
    """How many lines of a page a scene takes, its heading and the empty lines before each block among them.

    Example:
        >>> from openslate.apps.production.reading.script import Line
        >>> lines_on_paper(ScriptScene(Line("heading", "INT. QUAY", 1), (Line("action", "She waits.", 3),)))
        4
    """
    total = _taken("heading", scene.heading.text)
    above = scene.heading
    for one in scene.lines:
        if one.kind in UNSEEN:
            continue
        together = one.kind == above.kind == "action" and one.line == above.line + 1
        total += _taken(one.kind, one.text) - (1 if together else 0)
        above = one
    return total


def _taken(kind: Kind, text: str) -> int:
    rows = max(1, math.ceil(len(text) / WIDTHS.get(kind, WIDTH)))
    return rows + (0 if kind in UNSPACED else 1)


def lengths(scenes: Sequence[ScriptScene]) -> list[tuple[int, int]]:
    """The length of every scene in eighths, and the page that it begins on.

    A length that the file tells is taken. Others end at the next eighth of the page where they end, as one marks them
    on paper, so that all together are about as long as the script; a scene has an eighth at least.

    Args:
        scenes: in order.

    Source: 55 lines a page, by convention.
    """
    found = []
    ends, marked = Fraction(0), 0
    for scene in scenes:
        page = int(ends / 8) + 1
        if scene.heading.eighths is None:
            ends += Fraction(8 * lines_on_paper(scene), LINES_A_PAGE)
            eighths = max(1, math.ceil(ends) - marked)
        else:
            eighths = scene.heading.eighths
            ends += eighths
        marked += eighths
        found.append((eighths, page))
    return found
