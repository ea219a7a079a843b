"""Boards at random, and what of them the standard can hold."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from openslate.apps.production.board.board import Board, Locks, ShootDay
from openslate.apps.production.reading.uss.calendars import spans_of
from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract, Span
from openslate.apps.production.shoot.places import Location, Move, Set
from openslate.apps.production.shoot.scenes import Element, Scene, Shift, usual_shift
from openslate.apps.production.shoot.shoot import Shoot
from openslate.apps.production.writing.uss.words import days_away

FIRST = date(2027, 3, 1)
LETTERS = st.text("ab Z'\"\\é猫‮=/1", min_size=1, max_size=5).map(str.strip).filter(bool)


@st.composite
def boards(draw: st.DrawFn) -> Board:
    """A board of a small shoot with everything in it that the standard can hold."""
    days = st.integers(0, 60).map(lambda count: FIRST + timedelta(days=count))
    spans = st.lists(days, max_size=4).map(spans_of)
    week = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1))))
    starts = draw(days)
    calendar = Calendar(starts, starts + timedelta(days=draw(st.integers(0, 40))), week, draw(spans))
    places = draw(st.lists(LETTERS, min_size=1, max_size=3, unique=True))
    sets = [Set(name, draw(st.sampled_from(places))) for name in draw(st.lists(LETTERS, min_size=1, unique=True))]
    cast = [
        CastMember(
            id,
            draw(LETTERS),
            contract=Contract(
                draw(st.sampled_from(["day", "weekly", "worked"])),
                draw(st.integers(0, 9)),
                draw(st.integers(0, 2)),
                draw(st.integers(0, 20)),
            ),
            away=draw(spans),
            available=draw(spans),
        )
        for id in draw(st.lists(st.sampled_from(["1", "2", "3", "3A", "10"]), unique=True))
    ]
    scenes = [
        Scene(
            number,
            draw(st.sampled_from(sets)).name,
            draw(st.sampled_from(["INT", "EXT", "INT/EXT", ""])),
            draw(st.sampled_from(["", "day", "night", "later", "straße"])),
            draw(st.integers(1, 40)),
            tuple(draw(st.permutations([one.id for one in cast]))[: draw(st.integers(0, 3))]),
            draw(st.none() | st.integers(1, 600)),
            draw(st.text("ab\n.", max_size=4)),
            script_page=draw(st.sampled_from(["", "12"])),
            script_day=draw(st.sampled_from(["", "D1", "N2"])),
            elements=tuple(draw(st.lists(NEEDS, max_size=3, unique=True))),
            unit=draw(st.sampled_from(["main", "second unit"])),
        )
        for number in draw(st.lists(st.sampled_from(["1", "2", "3", "4A", "4B", "5"]), unique=True))
    ]
    shoot = Shoot(
        draw(LETTERS),
        "USD",
        tuple(replace(one, shift=draw(_shifts(one))) for one in scenes),
        tuple(cast),
        tuple(Location(name) for name in places),
        tuple(sets),
        calendar,
        draw(st.sampled_from([DayTerms(), DayTerms(720, 60, 9, 9000, 15, 3, 6 * 60, 18 * 60, 30)])),
        draw(st.sampled_from([(), tuple(Move(one, places[0], 5, 70) for one in places[1:])])),
        draw(st.sampled_from([Move("", "", 45, 0), Move("", "", 10, 90)])),
    )
    return draw(_laid(shoot))


def _shifts(one: Scene) -> st.SearchStrategy[Shift]:
    return st.sampled_from([usual_shift(one.interior, one.time), "any", "day", "night"])


NEEDS = st.builds(Element, LETTERS, st.sampled_from(["Props", "Vehicles", "Cast", "Whales", "Set", "Sequence"]))


@st.composite
def _laid(draw: st.DrawFn, shoot: Shoot) -> Board:
    order = draw(st.permutations([one.number for one in shoot.scenes]))
    working = list(shoot.calendar.working_days())
    lies = {number: draw(st.sampled_from([None, *working])) for number in order}
    days = [
        ShootDay(day, numbers, draw(st.booleans()), draw(st.booleans()))
        for day in working
        if (numbers := tuple(number for number in order if lies[number] == day))
    ]
    locks = Locks(
        tuple((number, day.date) for day in days for number in day.scenes[:1] if day.locked),
        tuple(one.id for one in shoot.cast[:1]),
        tuple(day.scenes for day in days if len(day.scenes) > 1),
    )
    return Board(shoot, tuple(days), tuple(number for number in order if lies[number] is None), locks)


def holdable(board: Board) -> Board:
    """What of a board the standard can hold."""
    shoot = board.shoot
    cast = tuple(
        CastMember(
            one.id,
            one.character,
            contract=Contract(
                "worked" if one.contract.kind == "worked" else "day",
                drops=min(one.contract.drops, 1),
                drop_days=one.contract.drop_days,
            ),
            away=spans_of(days_away(one, shoot)),
        )
        for one in shoot.cast
    )
    scenes = tuple(
        replace(
            one,
            after=(),
            replicas=(),
            earliest=None,
            latest=None,
        )
        for one in shoot.scenes
    )
    held = replace(
        shoot,
        cast=cast,
        scenes=scenes,
        day=replace(shoot.day, cost=0, overtime_cost=0),
        moves=tuple(replace(one, cost=0) for one in shoot.moves),
        usual_move=replace(shoot.usual_move, cost=0),
        rules=(),
    )
    return replace(board, shoot=held)


def span(first: int, last: int) -> Span:
    """Days of March 2027."""
    return Span(date(2027, 3, first), date(2027, 3, last))
