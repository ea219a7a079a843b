"""Schedules: the same each time, keeping locks, and honest about what they break."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from openslate.apps.production.board.board import Locks
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort, Schedule
from openslate.apps.production.shoot.people import Span
from openslate.errors import UsageError

SHOOT = invented_shoot(ShootSettings(16, cast=6, places=3, seed=2, permits=0))
EFFORT = Effort(turns=200_000, seed=1)


@pytest.fixture(scope="module")
def scheduled() -> Schedule:
    return schedule(SHOOT, effort=EFFORT)


def test_the_same_seed_gives_the_same_board(scheduled: Schedule) -> None:
    assert schedule(SHOOT, effort=EFFORT) == scheduled
    assert not scheduled.broken
    assert 0 <= scheduled.gap < 1


def test_a_locked_scene_stays_on_its_day(scheduled: Schedule) -> None:
    number = SHOOT.scenes[3].number
    elsewhere = next(day for day in SHOOT.calendar.working_days() if day != scheduled.board.day_of(number))
    locks = Locks(scenes=((number, elsewhere),))
    assert schedule(SHOOT, effort=EFFORT, locks=locks).board.day_of(number) == elsewhere


def test_what_cannot_be_kept_is_told(scheduled: Schedule) -> None:
    first = SHOOT.cast[0]
    gone = replace(first, away=(Span(SHOOT.calendar.starts, SHOOT.calendar.ends),))
    shoot = replace(SHOOT, cast=(gone, *SHOOT.cast[1:]))
    found = schedule(shoot, effort=Effort(turns=50_000))
    assert any(first.id in clash.people for clash in found.broken)


def test_it_ends_when_it_is_asked_to() -> None:
    found = schedule(SHOOT, effort=Effort(turns=10**9), stop=lambda: True)
    assert len(found.board.days) > 0


def test_a_shoot_without_days_is_refused() -> None:
    calendar = replace(SHOOT.calendar, ends=SHOOT.calendar.starts - timedelta(days=1))
    with pytest.raises(UsageError, match="no day on which the crew works"):
        schedule(replace(SHOOT, calendar=calendar))


def test_a_start_is_improved_on(scheduled: Schedule) -> None:
    start = {one.number: day for one in SHOOT.scenes if (day := scheduled.board.day_of(one.number)) is not None}
    again = schedule(SHOOT, effort=Effort(turns=20_000), start=start)
    assert again.cost <= scheduled.cost
    assert again.board.days[0].date >= date(2027, 3, 1)
