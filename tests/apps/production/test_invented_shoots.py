"""Invented shoots are the same for the same settings, and can always be shot."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.invented.laid import laid
from openslate.apps.production.invented.shoots import DAY, STARTS, ShootSettings, invented_shoot
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60), st.integers(0, 10**6), st.floats(0, 1), st.integers(0, 8))
def test_every_scene_has_days_on_which_it_may_be_shot(scenes: int, seed: int, away: float, permits: int) -> None:
    asked = ShootSettings(scenes, seed=seed, away=away, permits=permits)
    shoot = invented_shoot(asked)
    assert shoot == invented_shoot(asked)
    days = list(shoot.calendar.working_days())
    for scene in shoot.scenes:
        spans = shoot.location_of[shoot.place_of(scene)].permits
        cast = [shoot.member_of[one] for one in scene.cast]
        assert any(
            (not spans or any(day in span for span in spans)) and all(one.can_work(day) for one in cast) for day in days
        )


def test_the_plain_board_has_days_that_can_be_shot() -> None:
    shoot = invented_shoot(ShootSettings(50, seed=5))
    places = [one.name for one in shoot.locations]
    place = np.array([places.index(shoot.place_of(one)) for one in shoot.scenes])
    plain = laid(np.random.default_rng(1), shoot.scenes, place, DAY, 90, STARTS)
    for slot in range(len(plain.dates)):
        mine = np.flatnonzero(plain.slot == slot)
        assert len(set(place[mine])) <= DAY.locations
        assert sum(shoot.minutes_of(shoot.scenes[at]) for at in mine) <= DAY.minutes
        assert len({shoot.scenes[at].shift for at in mine} - {"any"}) <= 1


def test_there_is_something_to_optimise() -> None:
    for seed in range(3):
        found = schedule(invented_shoot(ShootSettings(40, seed=seed)), effort=Effort(turns=200_000, seed=seed))
        assert not found.broken
        assert found.worked <= 0.7 * found.costs.pay
