"""A call sheet as a page: one sheet of paper for one day, with what changed marked by a star."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import lasting, member_words, weekday_words
from openslate.apps.production.pages.call_sheet import CalledMember, CalledScene, CallSheet, call_sheet
from openslate.apps.production.pages.codes import MEANINGS
from openslate.apps.production.pages.lengths import clock_words, pages_words
from openslate.apps.production.pages.revisions import Changes, changes, revision_colour
from openslate.apps.production.pages.shown import Shown
from openslate.apps.production.pages.sun import sun_times
from openslate.apps.production.shoot.places import Location
from openslate.apps.production.shoot.scenes import eighths_in, pages
from openslate.drawing.paper import Page, Paper, paper_document
from openslate.drawing.sheet import Block, Cell, Facts, Points, Prose, Section, Table

NOT_KNOWN = (
    "Whether the shoot itself has changed since the board before, such as by rewritten scenes, other calls or other"
    " cast, is not known: that board does not say what its sheets showed. Name its shoot with --previous-shoot."
)
NONE = Changes((), frozenset(), frozenset())


def call_sheet_page(
    board: Board,
    on: date,
    *,
    previous: Board | Shown | None = None,
    revision: int | None = None,
    utc_offset: timedelta | None = None,
    permissions: Sequence[str] = (),
) -> str:
    """The call sheet of a day as a complete HTML document.

    Args:
        board: that has the day.
        on: a shooting day of the board.
        previous: the board of the call sheet that was given out before, or what its call sheets showed; what changed
            is marked and listed.
        revision: 0 for the first issue; where left out, 1 with a previous board and 0 without.
        utc_offset: by which clocks at the place are ahead of UTC on that day; without it, the sun is not shown.
        permissions: what the rights gate answers for replicas and scans of the day, in sentences.

    Raises:
        UsageError: nothing is shot on that day, or the revision is below 0.
    """
    sheet = call_sheet(board, on)
    changed = NONE if previous is None else changes(sheet, board, previous)
    number = (0 if previous is None else 1) if revision is None else revision
    colour = revision_colour(number)
    issue = f"{colour} revision" if number else "first issue, white"
    return paper_document(
        Paper(
            overline=f"Call sheet · day {sheet.number} of {sheet.of} · {issue}",
            heading=board.shoot.name,
            made=weekday_words(on),
            verdict=f"{'Night call' if sheet.day.night else 'Call'} {clock_words(sheet.call)}, "
            f"{', then '.join(sheet.locations)}.",
            findings=permissions,
            pages=[Page(_rows(board, sheet, changed, previous, utc_offset))],
            foot="",  # It would be what a second sheet of paper is printed for.
        )
    )


def _rows(
    board: Board, sheet: CallSheet, changed: Changes, previous: Board | Shown | None, utc_offset: timedelta | None
) -> list[list[Section]]:
    rows = [[Section("The day", [_facts(board, sheet, utc_offset)])]]
    if previous is not None:
        told: list[Block] = [Points(list(changed.words))] if changed.words else [Prose("Nothing on this day.")]
        if isinstance(previous, Shown) and not previous.known:
            told = [*([Points(list(changed.words))] if changed.words else []), Prose(NOT_KNOWN)]
        rows.append([Section("What changed (marked *)", told)])
    rows.append([Section("Scenes", [_scenes(sheet, changed)])])
    rows.append([Section("Cast", _cast(sheet, changed))])
    if sheet.elements:
        rows.append([Section("Needed", [_elements(sheet)])])
    return [*rows, [Section("Advance", _advance(board, sheet))]]


def _facts(board: Board, sheet: CallSheet, utc_offset: timedelta | None) -> Facts:
    scenes = [one.scene for one in sheet.scenes]
    shooting = sum(one.times.ends - one.times.starts for one in sheet.scenes)
    pairs = [
        ("Unit call", clock_words(sheet.call)),
        ("Wrap, planned", f"{clock_words(sheet.wrap)}, with {lasting(board.shoot.day.meal_minutes)} for the meal"),
        ("To shoot", f"{len(scenes)} scene{'s' if len(scenes) > 1 else ''}, {pages_words(eighths_in(scenes))}, "
                     f"{lasting(shooting)}"),
    ]  # fmt: skip
    if utc_offset is not None:
        known = [board.shoot.location_of[name] for name in sheet.locations]
        pairs += [(f"Sun, {one.name}", told) for one in known if (told := _sun(one, sheet.day.date, utc_offset))]
    return Facts(pairs)


def _sun(place: Location, on: date, utc_offset: timedelta) -> str:
    if place.latitude is None or place.longitude is None:
        return ""
    sun = sun_times(on, place.latitude, place.longitude, utc_offset)
    if sun.rise is None or sun.sets is None:
        return f"{sun.all_day} all day"
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC) - utc_offset
    rise, sets = (clock_words(round((moment - midnight) / timedelta(minutes=1))) for moment in (sun.rise, sun.sets))
    return f"rises {rise}, sets {sets}, for a flat horizon"


def _scenes(sheet: CallSheet, changed: Changes) -> Table:
    rows = [_scene(one, changed) for one in sheet.scenes]
    headings = ("scene", "from", "plays", "set", "pages", "cast")
    return Table("In the order of shooting, with the times that are planned", headings, rows, (4,))


def _scene(one: CalledScene, changed: Changes) -> tuple[str | Cell, ...]:
    scene = one.scene
    plays = " ".join(filter(None, [scene.interior, scene.time.upper()])) or "–"
    what = Cell(f"{scene.set} ({one.location})", scene.description)
    times = f"{clock_words(one.times.starts)}–{clock_words(one.times.ends)}"
    number = _marked(scene.number, scene.number in changed.scenes)
    return (number, times, plays, what, pages(scene.eighths), ", ".join(scene.cast))


def _cast(sheet: CallSheet, changed: Changes) -> list[Block]:
    rows = [_member(one, changed) for one in sheet.cast]
    headings = ("no.", "part", "code", "on set", "done", "scenes")
    blocks: list[Block] = [Prose("Nobody of the cast is called.")]
    if rows:
        caption = "On set is when their first scene is planned to begin; make-up and travel come before"
        blocks = [Table(caption, headings, rows)]
    if sheet.held:
        blocks.append(Prose(f"Held, not called: {'; '.join(member_words(one) for one in sheet.held)}."))
    return blocks


def _member(one: CalledMember, changed: Changes) -> tuple[str | Cell, ...]:
    who = [one.member.performer, f"minor, {one.age} years" if one.age is not None else ""]
    part = Cell(one.member.character, " · ".join(filter(None, who)))
    number = _marked(one.member.id, one.member.id in changed.cast)
    code = Cell(one.code, MEANINGS[one.code])
    return (number, part, code, clock_words(one.on_set), clock_words(one.done), ", ".join(one.scenes))


def _marked(text: str, changed: bool) -> str | Cell:
    return Cell(f"{text} *", tone="act") if changed else text


def _elements(sheet: CallSheet) -> Facts:
    kinds: dict[str, list[str]] = {}
    for element in sheet.elements:
        users = [one.scene.number for one in sheet.scenes if element in one.scene.elements]
        kinds.setdefault(element.category, []).append(f"{element.name} (scene {', '.join(users)})")
    return Facts([(kind, "; ".join(names)) for kind, names in sorted(kinds.items())])


def _advance(board: Board, sheet: CallSheet) -> list[Block]:
    if sheet.number == sheet.of:
        return [Prose("This is the last day of shooting.")]
    after = call_sheet(board, board.days[sheet.number].date)
    rows = [
        (one.scene.number, Cell(f"{one.scene.set} ({one.location})", one.scene.description),
         pages(one.scene.eighths), ", ".join(one.scene.cast))
        for one in after.scenes
    ]  # fmt: skip
    shift = "night call" if after.day.night else "call"
    caption = f"Day {after.number}, {weekday_words(after.day.date)}, {shift} {clock_words(after.call)}"
    return [Table(caption, ("scene", "set", "pages", "cast"), rows, (2,))]
