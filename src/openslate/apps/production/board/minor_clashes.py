"""Minors: how long they work, how long they are on set, and at which times of the day."""

from collections.abc import Iterator

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import Clash, ClashKind
from openslate.apps.production.board.times import on_set, times_of
from openslate.apps.production.board.words import lasting, member_words, weekday_words
from openslate.apps.production.rules.limits import OF_AGE, hours_at, minor_limits, minor_window
from openslate.apps.production.rules.rules import AgeHours, Rules, Source
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.written_values import clock_text


def minor_clashes(board: Board, rules: Rules) -> Iterator[Clash]:
    """A clash for each limit that a day of a minor exceeds; they are on set from their first scene to their last."""
    for member in board.shoot.cast:
        for day in board:
            age = member.age_on(day.date)
            own = tuple(number for number in day.scenes if member.id in board.shoot.scene_of[number].cast)
            if own and age is not None and age < OF_AGE:
                yield from _hours(board, rules, day, member, age, own)
                yield from _window(board, rules, day, member, own)


def _hours(
    board: Board, rules: Rules, day: ShootDay, member: CastMember, age: float, own: tuple[str, ...]
) -> Iterator[Clash]:
    shoot = board.shoot
    work, there = minor_limits(rules, age)
    worked = sum(shoot.minutes_of(shoot.scene_of[number]) for number in own)
    starts, ends = on_set(times_of(shoot, day), set(own))
    who = f"{member_words(member)}, {_age_words(age)},"
    if worked > work:
        source = min(hours_at(rules, age), key=lambda one: one.work_minutes, default=None)
        said = f"On {weekday_words(day.date)}, {who} works for {lasting(worked)}, and may for {lasting(work)}."
        yield _clash("minor-work", said, day, member, own, _source(rules, source))
    if ends - starts > there:
        source = min(hours_at(rules, age), key=lambda one: one.on_set_minutes, default=None)
        said = (
            f"On {weekday_words(day.date)}, {who} is on set for {lasting(ends - starts)}, and may for {lasting(there)}."
        )
        yield _clash("minor-on-set", said, day, member, own, _source(rules, source))


def _window(board: Board, rules: Rules, day: ShootDay, member: CastMember, own: tuple[str, ...]) -> Iterator[Clash]:
    opens, closes = minor_window(rules)
    starts, ends = on_set(times_of(board.shoot, day), set(own))
    if starts >= opens and ends <= closes:
        return
    broken = next(
        one for one in rules.minors_windows if (one.opens == opens if starts < opens else one.closes == closes)
    )
    said = (
        f"On {weekday_words(day.date)}, {member_words(member)} works from {clock_text(starts)} to {clock_text(ends)}, "
        f"and minors may from {clock_text(opens)} to {clock_text(closes)}."
    )
    yield _clash("minor-window", said, day, member, own, broken.source)


def _clash(
    kind: ClashKind, said: str, day: ShootDay, member: CastMember, own: tuple[str, ...], source: Source
) -> Clash:
    return Clash(kind, "hard", said, (day.date,), own, (member.id,), 0, source)


def _source(rules: Rules, broken: AgeHours | None) -> Source:
    """That of a rule; for those who are younger than all rules speak of, that of the youngest."""
    return (broken or min(rules.ages, key=lambda one: one.from_age)).source


def _age_words(age: float) -> str:
    if age >= 2:
        return f"{int(age)} years old"
    months, days = int(age * 12 + 1e-9), round(age * 365.25)
    count, unit = (months, "month") if months else (days, "day")
    return f"{count} {unit}{'' if count == 1 else 's'} old"
