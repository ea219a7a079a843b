"""From a screenplay to a breakdown: its scenes with their lengths and who is on set, and the cast."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openslate.apps.production.reading.headings import Heading, heading_parts
from openslate.apps.production.reading.lengths import lengths
from openslate.apps.production.reading.numbering import numbers_of
from openslate.apps.production.reading.script import UNSEEN, Notice, Script, ScriptScene
from openslate.apps.production.reading.silent import silent_notices
from openslate.apps.production.reading.speakers import Cue, cues_of, parted
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.scenes import Scene, usual_shift
from openslate.drawing.words import printable, shortened
from openslate.errors import AdmitError

LONGEST_HEADING = 200
LONGEST_DESCRIPTION = 100


@dataclass(frozen=True)
class Breakdown:
    """What a script asks for.

    Attributes:
        title: of the script; empty where it has none.
        scenes: in order; of the cast, those who speak and are on set.
        cast: who speaks anywhere, those in the most scenes first; ids count from 1.
        voices: scene numbers and ids of cast members who are heard in the scene and not on set.
        notices: what a person should look at, in order of lines.
    """

    title: str
    scenes: tuple[Scene, ...]
    cast: tuple[CastMember, ...]
    voices: tuple[tuple[str, str], ...]
    notices: tuple[Notice, ...]


def break_down(script: Script, name: str) -> Breakdown:
    """Break a script down.

    Args:
        script: as it was read.
        name: what messages call it, such as the file's.

    Raises:
        AdmitError: it has no scene, or a heading that is longer than 200 letters.

    Example:
        >>> from openslate.apps.production.reading.fountain import fountain
        >>> found = break_down(fountain("EXT. QUAY - NIGHT\\n\\nMIRA (CONT'D)\\nCome.\\n\\nTOM (V.O.)\\nNo.\\n"), "a")
        >>> found.scenes[0].heading, found.scenes[0].cast, found.voices
        ('EXT. QUAY - NIGHT', ('1',), (('1', '2'),))
    """
    notices = list(script.notices)
    filmed = [scene for scene in script.scenes if not _omitted(scene, notices)]
    if not filmed:
        raise AdmitError(
            f"{name} has no scene.", "A scene's heading begins with INT. or EXT. and has an empty line above it."
        )
    numbers, renumbered = numbers_of(filmed)
    spoken = _spoken(filmed, notices)
    ids = _ids(spoken)
    headings = _headings(filmed, name, notices)
    scenes, voices = [], []
    rows = zip(filmed, numbers, headings, lengths(filmed), spoken, strict=True)
    for scene, number, heading, (eighths, page), cues in rows:
        on_set = dict.fromkeys(ids[one.name] for one in cues if not one.voice)
        voices += [(number, one) for one in dict.fromkeys(ids[each.name] for each in cues) if one not in on_set]
        scenes.append(
            Scene(
                number=number,
                set=heading.set,
                interior=heading.interior,
                time=heading.time,
                eighths=eighths,
                cast=tuple(on_set),
                description=_description(scene),
                shift=usual_shift(heading.interior, heading.time),
                script_page=scene.heading.page or str(page),
            )
        )
    notices += renumbered + _empty(filmed) + silent_notices(filmed, spoken)
    cast = tuple(CastMember(one, character) for character, one in ids.items())
    ordered = tuple(sorted(notices, key=lambda one: one.line))
    return Breakdown(printable(script.title), tuple(scenes), cast, tuple(voices), ordered)


def _omitted(scene: ScriptScene, notices: list[Notice]) -> bool:
    if scene.heading.text.strip(" .()*").upper() not in ("OMITTED", "OMIT"):
        return False
    called = f"Scene {scene.heading.number}" if scene.heading.number else "A scene"
    seen = sum(one.kind not in UNSEEN for one in scene.lines)
    below = f"; {seen} lines below its heading are left out" if seen else ""
    notices.append(Notice(scene.heading.line, f"{called} is omitted in the script{below}."))
    return True


def _spoken(scenes: Sequence[ScriptScene], notices: list[Notice]) -> list[list[Cue]]:
    found = [cues_of(scene.lines, notices) for scene in scenes]
    known = {one.name: 0 for cues in found for one in cues}
    return [[each for one in cues for each in parted(one, known)] for cues in found]


def _ids(spoken: Sequence[Sequence[Cue]]) -> dict[str, str]:
    counts: dict[str, int] = {}
    for cues in spoken:
        for name in dict.fromkeys(one.name for one in cues):
            counts[name] = counts.get(name, 0) + 1
    # Sorting keeps the order of first mention among those in as many scenes.
    ordered = sorted(counts, key=lambda name: -counts[name])
    return {name: str(place) for place, name in enumerate(ordered, start=1)}


def _headings(scenes: Sequence[ScriptScene], name: str, notices: list[Notice]) -> list[Heading]:
    found: list[Heading] = []
    for scene in scenes:
        line, text = scene.heading.line, scene.heading.text
        if len(text) > LONGEST_HEADING:
            said = f"{name}, line {line}: the heading has {len(text)} letters, more than {LONGEST_HEADING}."
            raise AdmitError(said, "Put an empty line below the heading, and shorten it.")
        one = heading_parts(text)
        if one.goes_on and found:
            one = replace(one, time=found[-1].time)
            notices.append(Notice(line, f"'{one.said}' is taken as the time before: {one.time or 'none'}."))
        elif one.said != one.time:
            notices.append(Notice(line, f"'{one.said}' is taken as {one.time or 'no time'}."))
        elif not one.said and "EXT" in one.interior:
            notices.append(Notice(line, "The heading tells no time that is known; the scene goes by day and by night."))
        if not one.set:
            one = replace(one, set="(NO SET)")
            notices.append(Notice(line, "The heading names no set; it is called (NO SET)."))
        if not one.interior:
            notices.append(Notice(line, f"The heading '{shortened(text, 60)}' says neither INT nor EXT."))
        found.append(one)
    return found


def _description(scene: ScriptScene) -> str:
    text = next((printable(one.text) for one in scene.lines if one.kind == "action" and printable(one.text)), "")
    return shortened(text, LONGEST_DESCRIPTION)


def _empty(scenes: Sequence[ScriptScene]) -> list[Notice]:
    words = "The scene is empty; it counts as an eighth of a page at least."
    return [Notice(one.heading.line, words) for one in scenes if all(line.kind in UNSEEN for line in one.lines)]
