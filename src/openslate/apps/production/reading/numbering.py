"""Numbers of scenes: as the script has them, with letters behind where two scenes would share one."""

from collections.abc import Sequence

from openslate.apps.production.reading.script import Notice, ScriptScene
from openslate.drawing.words import printable

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which look like figures on a slate."""
LONGEST = 20


def numbers_of(scenes: Sequence[ScriptScene]) -> tuple[list[str], list[Notice]]:
    """A number for each scene, no two the same, and what was changed.

    Without any numbers in the script they count from 1. Otherwise a scene without a number, or with one that is there
    already, takes the number before or its own, with the first letter that is free: 12, 12A, 12B.

    Args:
        scenes: in order.
    """
    written = [printable(scene.heading.number).upper() for scene in scenes]
    written = [number if len(number) <= LONGEST else "" for number in written]
    if not any(written):
        return [str(place) for place in range(1, len(scenes) + 1)], []
    free = _Free(written)
    found: list[str] = []
    notices = []
    used: set[str] = set()
    for scene, number in zip(scenes, written, strict=True):
        if number and number not in used:
            given = number
        else:
            given = free.after(number or (found[-1] if found else "0"))
            long = f", or one of more than {LONGEST} letters" if scene.heading.number else ""
            why = f"There is a scene {number} already" if number else f"This scene has no number{long}"
            notices.append(Notice(scene.heading.line, f"{why}; it is called {given}."))
        used.add(given)
        found.append(given)
    return found, notices


class _Free:
    def __init__(self, written: Sequence[str]) -> None:
        self._taken = set(written)
        self._counts: dict[str, int] = {}
        self._bases: dict[str, str] = {}

    def after(self, number: str) -> str:
        base = self._bases.get(number, number)
        while True:
            count = self._counts.get(base, 0)
            self._counts[base] = count + 1
            given = base + _letters(count)
            if given not in self._taken:
                self._taken.add(given)
                self._bases[given] = base
                return given


def _letters(count: int) -> str:
    found = ""
    count += 1
    while count:
        count, place = divmod(count - 1, len(LETTERS))
        found = LETTERS[place] + found
    return found
