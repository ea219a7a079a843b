"""Who is named in a scene's action without speaking in it: only a person can tell whether they are on set."""

import re
from collections.abc import Iterable, Sequence

from openslate.apps.production.reading.script import Notice, ScriptScene
from openslate.apps.production.reading.speakers import Cue

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def silent_notices(scenes: Sequence[ScriptScene], spoken: Sequence[Sequence[Cue]]) -> list[Notice]:
    """A notice for each scene whose action names somebody who speaks elsewhere and not here.

    A name counts where it is written in capitals, or with a capital for every word of it.

    Args:
        scenes: in order.
        spoken: the cues of each.
    """
    names = _Names(dict.fromkeys(one.name for cues in spoken for one in cues))
    found = []
    for scene, cues in zip(scenes, spoken, strict=True):
        speaking = {one.name for one in cues}
        named: dict[str, None] = {}
        for line in scene.lines:
            if line.kind == "action":
                named.update(dict.fromkeys(names.within(line.text)))
        silent = [name for name in named if name not in speaking]
        if silent:
            who = ", ".join(silent[:10]) + (" and others" if len(silent) > 10 else "")
            words_of = f"The action names {who}, without a line in this scene; add to its cast who is on set."
            found.append(Notice(scene.heading.line, words_of))
    return found


class _Names:
    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._lengths: dict[str, set[int]] = {}
        for name in names:
            words = tuple(_WORD.findall(name))
            if words:
                self._names.setdefault(words, name)
                self._lengths.setdefault(words[0], set()).add(len(words))

    def within(self, text: str) -> list[str]:
        words = [_in_capitals(word) for word in _WORD.findall(text)]
        return [
            self._names[found]
            for place, word in enumerate(words)
            for length in sorted(self._lengths.get(word, ()))
            if (found := tuple(words[place : place + length])) in self._names
        ]


def _in_capitals(word: str) -> str:
    word = re.sub(r"['’][sS]$", "", word)
    return word.upper() if word in (word.upper(), word.capitalize()) else ""
