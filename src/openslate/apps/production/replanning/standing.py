"""What a person has locked and facts have left standing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import listed, member_words, scenes_words, weekday_words
from openslate.apps.production.scheduling.arrays import is_open
from openslate.apps.production.shoot.shoot import Shoot


@dataclass(frozen=True)
class Hold:
    """A lock: of a scene, of a day, or of the days of somebody of the cast.

    Attributes:
        words: what it holds, in a sentence.
        fixed: number of each scene that it holds to the day on which it stays.
        closed: a day that no other scene may join; None for none.
        days: for a lock of somebody of the cast, the days on one of which each of their scenes would have to be: the
            search keeps each where it was, which is more than is promised, and the bound does not.
    """

    words: str
    fixed: Mapping[str, date] = field(hash=False)
    closed: date | None = None
    days: frozenset[date] = frozenset()


def standing_locks(
    before: Board, shoot: Shoot, begins: date, others: Collection[str]
) -> tuple[tuple[Hold, ...], tuple[str, ...]]:
    """What is locked of scenes ahead, and scenes whose lock cannot be kept any more, whatever else is.

    Args:
        before: the board as it was.
        shoot: as facts have left it.
        begins: the first day that may be planned.
        others: scenes that are shot already, or are not planned.
    """
    holds = list(_holds(before, begins, others))
    wanted = {number: day for hold in holds for number, day in hold.fixed.items()}
    released = tuple(number for number, day in wanted.items() if not _may(shoot, number, day, begins))
    kept = [
        replace(one, fixed={number: day for number, day in one.fixed.items() if number not in released})
        for one in holds
    ]
    return tuple(one for one in kept if one.fixed or one.closed is not None), released


def _holds(before: Board, begins: date, others: Collection[str]) -> Iterator[Hold]:
    for day in before:
        if day.locked:
            scenes = {number: day.date for number in day.scenes if number not in others}
            said = f"{weekday_words(day.date)} is locked, with {scenes_words(day.scenes)} and no other."
            yield Hold(said, scenes, day.date if day.date >= begins else None)
    days = {number: day.date for day in before for number in day.scenes}
    for member in before.locks.cast:
        own = [one.number for one in before.shoot.scenes if member in one.cast and one.number in days]
        scenes = {number: days[number] for number in own if number not in others}
        who, when = member_words(before.shoot.member_of[member]), sorted(set(scenes.values()))
        if scenes:
            yield Hold(
                f"The work days of {who} are locked: {listed([weekday_words(day) for day in when])}.",
                scenes,
                days=frozenset(days[number] for number in own),
            )
    for number, on in before.locks.scenes:
        if number not in others:
            yield Hold(f"Scene {number} is locked to {weekday_words(on)}.", {number: on})


def _may(shoot: Shoot, number: str, day: date, begins: date) -> bool:
    """Whether a scene may still be on a day."""
    scene, calendar = shoot.scene_of[number], shoot.calendar
    works = max(calendar.starts, begins) <= day <= calendar.ends and calendar.works(day)
    there = all(shoot.member_of[one].can_work(day) for one in scene.cast)
    return works and there and is_open(shoot.location_of[shoot.place_of(scene)], day)


def released_words(released: Sequence[str], turned: Sequence[str], let_go: Sequence[str]) -> tuple[str, ...]:
    """What a person should know of locks that could not be kept.

    Args:
        released: scenes that may not be where a lock held them.
        turned: scenes that are shot before another that a pinned order has first.
        let_go: locks that were let go, each as `let_go_words` says it.
    """
    said = []
    if released:
        # A scene may be held by its own lock, by that of its day, or by that of somebody who plays in it.
        said.append(
            f"A lock of its own, of its day or of its cast held {scenes_words(released)} where the board had it; that"
            " cannot be kept, and was not."
        )
    if turned:
        said.append(
            f"A pinned order has another scene before {scenes_words(turned)}; that cannot be kept, and was not."
        )
    return (*said, *let_go)


def let_go_words(hold: Hold, why: Sequence[str]) -> str:
    """A lock that is let go, and what it clashes with.

    Args:
        hold: the lock.
        why: demands that cannot be kept together, in sentences, its own among them.
    """
    others = " ".join(one for one in why if one != hold.words)
    return f"{hold.words} It was let go, for it cannot be kept together with this: {others}"
