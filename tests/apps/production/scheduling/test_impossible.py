"""What cannot be kept together is named, and nothing besides."""

from dataclasses import replace
from datetime import timedelta

from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.scheduling.impossible import why_impossible
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import Span
from openslate.apps.production.shoot.shoot import Shoot

SHOOT = invented_shoot(ShootSettings(12, cast=6, places=3, seed=2, away=0.0, permits=0))


def test_a_shoot_that_can_be_scheduled_is_not_said_to_be_impossible() -> None:
    assert why_impossible(SHOOT) == ()


def test_somebody_away_throughout_is_named_alone() -> None:
    gone = replace(SHOOT.cast[1], away=(Span(SHOOT.calendar.starts, SHOOT.calendar.ends),))
    found = why_impossible(replace(SHOOT, cast=(SHOOT.cast[0], gone, *SHOOT.cast[2:])))
    assert len(found) == 2
    assert gone.character in found[0] and "is away" in found[0]
    assert found[1].startswith("The crew works on")


def test_two_who_are_never_there_together_are_both_named_and_no_other() -> None:
    scene = next(one for one in SHOOT.scenes if len(one.cast) >= 2)
    early, late = scene.cast[:2]
    middle = SHOOT.calendar.starts + (SHOOT.calendar.ends - SHOOT.calendar.starts) // 2
    spans = {
        early: Span(SHOOT.calendar.starts, middle),
        late: Span(middle + timedelta(days=1), SHOOT.calendar.ends),
    }
    cast = tuple(replace(one, away=(spans[one.id],)) if one.id in spans else one for one in SHOOT.cast)
    shoot = replace(SHOOT, cast=cast)
    found = " ".join(why_impossible(shoot))
    for one in cast:
        assert (one.character in found) == (one.id in spans)


def test_too_few_days_are_told_by_the_length_of_a_day() -> None:
    days = list(SHOOT.calendar.working_days())
    short: Shoot = replace(SHOOT, calendar=Calendar(days[0], days[1]))
    found = why_impossible(short)
    assert any("minutes of shooting" in one for one in found)
    assert "The crew works on 2 days" in found[-1]


def test_an_order_that_goes_round_is_told_in_its_scenes_alone() -> None:
    scenes = list(SHOOT.scenes)
    scenes[2] = replace(scenes[2], after=("5",))
    scenes[4] = replace(scenes[4], after=("3",))
    found = why_impossible(replace(SHOOT, scenes=tuple(scenes)))
    assert set(found) == {
        "Scene 5 is shot on an earlier day than scene 3.",
        "Scene 3 is shot on an earlier day than scene 5.",
    }


def test_locks_that_nobody_can_keep_are_named() -> None:
    scene = SHOOT.scenes[0]
    first = next(iter(SHOOT.calendar.working_days()))
    later = replace(scene, earliest=first + timedelta(days=2))
    found = why_impossible(replace(SHOOT, scenes=(later, *SHOOT.scenes[1:])), fixed={scene.number: first})
    assert len(found) == 2
    assert "locked to" in found[1] and "from" in found[0]
