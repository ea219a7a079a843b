"""Everything that is demanded of the board of a shoot, each with its sentence."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.holding import locked_days, pinned
from openslate.apps.production.board.words import lasting, listed, member_words, scenes_words, span_words, weekday_words
from openslate.apps.production.rules.limits import NO_LIMIT, minor_window
from openslate.apps.production.rules.scan_notices import first_scan_day
from openslate.apps.production.scheduling.arrays import Arranged, is_open
from openslate.apps.production.scheduling.minors import limits_on, may_play, minors_of
from openslate.apps.production.written_values import clock_text
from openslate.models.shooting.demands import After, Demand, Flags, Forbids, Length, Light, Places, Work, Works
from openslate.models.shooting.problem import NEVER


def demands_of(arrays: Arranged, fixed: Mapping[str, date]) -> Iterator[tuple[Demand, str]]:
    """Every demand with its sentence, the ones that people would rather not touch last: they are kept longest."""
    shoot, problem, day = arrays.shoot, arrays.problem, arrays.shoot.day
    yield Places(), f"A day has at most {day.locations} locations."
    yield Light(), "Scenes for the day and for the night are not shot on one day."
    longest = day.minutes + day.overtime_minutes
    total = int(problem.minutes.sum())
    said = f"A day has at most {longest} minutes of shooting, overtime among them, and all scenes take {total}."
    yield Length(), said
    for row, member in enumerate(shoot.cast):
        limit = int(problem.payees.work_limit[row])
        if limit < NEVER:
            yield Work(row), f"{member_words(member)} may work for {lasting(limit)} a day."
    yield from _minors(arrays)
    for one, other, by in problem.after.tolist():
        said = f"Scene {arrays.scenes[one].number} is shot on an earlier day than scene {arrays.scenes[other].number}."
        yield After(one, other, by), said
    for scene in arrays.scenes:
        if scene.earliest is not None or scene.latest is not None:
            yield _scene(arrays, scene.number, scene.earliest, scene.latest)
        asked = first_scan_day(shoot, scene, arrays.rules)
        if asked is not None:
            where = _where(arrays, [scene.number], [at < asked for at in arrays.dates])
            yield (
                Forbids(where),
                f"Notice of the scan in scene {scene.number} lets it be shot from {weekday_words(asked)} on.",
            )
        if scene.number in fixed:
            where = _where(arrays, [scene.number], [at != fixed[scene.number] for at in arrays.dates])
            yield Forbids(where), f"Scene {scene.number} is locked to {weekday_words(fixed[scene.number])}."
    for location in shoot.locations:
        shut = [not is_open(location, at) for at in arrays.dates]
        mine = [one.number for one in arrays.scenes if shoot.place_of(one) == location.name]
        if any(shut) and mine:
            spans = [span_words(one) for one in location.permits]
            open_at = f"may be shot at {listed(spans)}" if spans else "is closed on some days"
            yield Forbids(_where(arrays, mine, shut)), f"{location.name}, of {scenes_words(mine)}, {open_at}."
    for member in shoot.cast:
        away = [not member.can_work(at) for at in arrays.dates]
        mine = [one.number for one in arrays.scenes if member.id in one.cast]
        if any(away) and mine:
            spans = [span_words(one) for one in member.away]
            words = f"is away {listed(spans)}" if spans else "can work on some days alone"
            yield Forbids(_where(arrays, mine, away)), f"{member_words(member)}, of {scenes_words(mine)}, {words}."


def _minors(arrays: Arranged) -> Iterator[tuple[Demand, str]]:
    """Scenes that minors may not play on some days, even if nothing else is shot on them."""
    shoot, rules = arrays.shoot, arrays.rules
    opens, closes = minor_window(rules)
    window = f", between {clock_text(opens)} and {clock_text(closes)}" if rules.minors_windows else ""
    for member in minors_of(shoot, rules):
        for scene in arrays.scenes:
            out = [member.id in scene.cast and not may_play(shoot, rules, member, scene, at) for at in arrays.dates]
            if any(out):
                work, there = limits_on(rules, member, arrays.dates[out.index(True)])
                hours = f" for {lasting(min(work, there))} a day" if min(work, there) < NO_LIMIT else ""
                light = "" if scene.shift == "any" else f" of the {scene.shift}"
                said = (
                    f"{member_words(member)}, a minor, may work{hours}{window}, and scene {scene.number}{light} takes"
                    f" {lasting(shoot.minutes_of(scene))}."
                )
                yield Forbids(_where(arrays, [scene.number], out)), said


def _scene(arrays: Arranged, number: str, earliest: date | None, latest: date | None) -> tuple[Demand, str]:
    out = [(earliest is not None and at < earliest) or (latest is not None and at > latest) for at in arrays.dates]
    words = [f"from {weekday_words(earliest)} on"] if earliest is not None else []
    words += [f"until {weekday_words(latest)}"] if latest is not None else []
    return Forbids(_where(arrays, [number], out)), f"Scene {number} may be shot {listed(words)}."


def pinned_demands(arrays: Arranged, orders: list[Sequence[str]]) -> Iterator[tuple[Demand, str]]:
    """Orders that are pinned, pair by pair."""
    row_of = {one.number: row for row, one in enumerate(arrays.scenes)}
    for one, other in pinned(orders, row_of):
        yield After(row_of[one], row_of[other], 0), f"Scene {one} is pinned before scene {other}."


def held_demands(arrays: Arranged, held: Board) -> Iterator[tuple[Demand, str]]:
    """Days that a board has locked, and the work days of its locked cast."""
    for day, scenes in locked_days(held).items():
        others = [one.number for one in arrays.scenes if one.number not in scenes]
        there = _where(arrays, others, [at == day for at in arrays.dates])
        here = _where(arrays, list(scenes), [at != day for at in arrays.dates])
        yield Forbids(here | there), f"{weekday_words(day)} is locked, with {scenes_words(scenes)} and no other."
    for member in held.locks.cast:
        days = held.work_days(member)
        mine = [one.number for one in arrays.scenes if member in one.cast]
        if mine:
            who = member_words(arrays.shoot.member_of[member])
            row = [one.id for one in arrays.shoot.cast].index(member)
            slots = tuple(slot for slot, at in enumerate(arrays.dates) if at in days)
            words = listed([weekday_words(day) for day in days]) if days else "no day"
            yield Works(row, slots), f"The work days of {who} are locked: {words}."


def _where(arrays: Arranged, numbers: list[str], out: list[bool]) -> Flags:
    """Those scenes on those days."""
    mine = np.array([one.number in numbers for one in arrays.scenes])
    return np.asarray(mine[:, None] & np.array(out, dtype=np.bool_)[None, :], dtype=np.bool_)
