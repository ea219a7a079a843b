"""What clashes of scenes: where they are shot, when they may be, and what must have been shot before."""

from collections.abc import Iterator
from datetime import date

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.words import are, listed, scenes_words, span_words, weekday_words
from openslate.apps.production.shoot.places import Location
from openslate.apps.production.shoot.scenes import Scene


def scene_clashes(board: Board) -> Iterator[Clash]:
    """What clashes of each scene and its day."""
    dates = {number: day.date for day in board for number in day.scenes}
    for day in board:
        yield from _locations(board, day)
        for number in day.scenes:
            scene = board.shoot.scene_of[number]
            yield from _days(scene, day.date)
            yield from _after(board, scene, dates)
    left = tuple(number for number in board.boneyard if board.shoot.scene_of[number].unit == "main")
    if left:
        said = f"On no day, because in the boneyard, {are(left)} {scenes_words(left)}."
        yield Clash("boneyard", "penalty", said, (), left)


def _locations(board: Board, day: ShootDay) -> Iterator[Clash]:
    shoot = board.shoot
    by_place: dict[str, list[str]] = {}
    for number in day.scenes:
        by_place.setdefault(shoot.place_of(shoot.scene_of[number]), []).append(number)
    for name, numbers in by_place.items():
        why = _why_not(shoot.location_of[name], day.date)
        if why:
            said = f"{name} {why}, and {scenes_words(numbers)} {are(numbers)} there on {weekday_words(day.date)}."
            yield Clash("location", "hard", said, (day.date,), tuple(numbers))


def _why_not(location: Location, day: date) -> str:
    closed = next((span for span in location.closed if day in span), None)
    if closed is not None:
        return f"is closed {span_words(closed)}"
    if location.permits and not any(day in span for span in location.permits):
        return f"may be shot at {listed([span_words(span) for span in location.permits])}"
    return ""


def _days(scene: Scene, day: date) -> Iterator[Clash]:
    if scene.earliest is not None and day < scene.earliest:
        said = (
            f"Scene {scene.number} is on {weekday_words(day)}, and its earliest day is {weekday_words(scene.earliest)}."
        )
        yield Clash("too-early", "hard", said, (day,), (scene.number,))
    if scene.latest is not None and day > scene.latest:
        said = f"Scene {scene.number} is on {weekday_words(day)}, and its latest day is {weekday_words(scene.latest)}."
        yield Clash("too-late", "hard", said, (day,), (scene.number,))


def _after(board: Board, scene: Scene, dates: dict[str, date]) -> Iterator[Clash]:
    day = dates[scene.number]
    for number in scene.after:
        before = dates.get(number)
        # What another unit shoots is on no board of ours.
        if before is None and board.shoot.scene_of[number].unit != "main":
            continue
        if before is None:
            said = f"Scene {scene.number} on {weekday_words(day)} comes after scene {number}, which is in the boneyard."
            yield Clash("after", "hard", said, (day,), (number, scene.number))
        elif before >= day:
            when = "the same day" if before == day else weekday_words(before)
            said = (
                f"Scene {scene.number} on {weekday_words(day)} comes on a day after scene {number}, which is on {when}."
            )
            yield Clash("after", "hard", said, tuple(sorted({day, before})), (number, scene.number))
