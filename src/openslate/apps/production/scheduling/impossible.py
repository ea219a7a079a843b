"""Why a shoot cannot be scheduled: the few demands that clash, each in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import listed, span_words, weekday_words
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import Arranged, arranged
from openslate.apps.production.scheduling.demands import demands_of, held_demands, pinned_demands
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.shoot import Shoot
from openslate.models.shooting.clashing import clashing
from openslate.models.shooting.demands import Demand
from openslate.models.shooting.problem import Problem


def why_impossible(
    shoot: Shoot,
    rules: Rules = Rules(),
    fixed: Mapping[str, date] | None = None,
    orders: Iterable[Sequence[str]] = (),
    held: Board | None = None,
    further: Callable[[Arranged], Iterable[tuple[Demand, str]]] = lambda _: (),
) -> tuple[str, ...]:
    """The demands that cannot be kept together, each in a sentence; empty where none is shown to clash.

    No demand among them may be left out: without any one of them the others can be kept. Moves, and rests between
    days, are not looked at.

    Args:
        shoot: to be scheduled.
        rules: that hold.
        fixed: number of a scene to the day on which it must stay.
        orders: that are pinned.
        held: the board whose locked days and locked cast hold.
        further: demands of the arrays that it is given, each with its sentence.

    Raises:
        UsageError: there is nothing to schedule, see `arranged`; or orders contradict one another.
    """
    told = _told(shoot, rules, fixed or {}, list(orders), held, further)
    found = [told.demands[place] for place in clashing(told.problem, [demand for demand, _ in told.demands])]
    if not found:
        return ()
    sentences = tuple(words for _, words in found)
    longer = _told(_longer(shoot), rules, fixed or {}, list(orders), held, further)
    same = [demand for demand, words in longer.demands if words in sentences]
    if len(same) == len(found) and clashing(longer.problem, same):
        # They clash however many days there are.
        return sentences
    return (*sentences, _days(shoot.calendar))


@dataclass(frozen=True)
class _Told:
    """What is asked of a shoot, each demand with its sentence."""

    problem: Problem
    demands: list[tuple[Demand, str]]


def _told(
    shoot: Shoot,
    rules: Rules,
    fixed: Mapping[str, date],
    orders: list[Sequence[str]],
    held: Board | None,
    further: Callable[[Arranged], Iterable[tuple[Demand, str]]],
) -> _Told:
    arrays = arranged(shoot, rules, fixed)
    pins = pinned_demands(arrays, orders)
    locks = () if held is None else held_demands(arrays, held)
    return _Told(arrays.problem, [*demands_of(arrays, fixed), *pins, *locks, *further(arrays)])


def _longer(shoot: Shoot) -> Shoot:
    """The shoot with so many further days that each scene could have one of its own."""
    weeks = -(-len(shoot.scenes) // len(shoot.calendar.week)) + 1
    return replace(shoot, calendar=replace(shoot.calendar, ends=shoot.calendar.ends + timedelta(weeks=weeks)))


def _days(calendar: Calendar) -> str:
    days = tuple(calendar.working_days())
    return (
        f"The crew works on {len(days)} days, from {weekday_words(calendar.starts)} to"
        f" {weekday_words(calendar.ends)}{_off(calendar)}."
    )


def _off(calendar: Calendar) -> str:
    """Days off beside those of every week, of which a lost day is one."""
    spans = [span_words(one) for one in calendar.holidays if one.last >= calendar.starts and one.first <= calendar.ends]
    return f", and not {listed(spans)}" if spans else ""
