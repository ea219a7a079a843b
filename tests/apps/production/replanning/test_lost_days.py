"""A lost day may make a plan cheaper; why is said."""

from dataclasses import replace

from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.replanning.facts import Lost
from openslate.apps.production.replanning.lost_days import saving_words
from openslate.apps.production.replanning.plans import Waited
from openslate.apps.production.replanning.replan import replan
from openslate.apps.production.shoot.days import DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract
from openslate.apps.production.shoot.places import Set
from tests.apps.production.replanning.begun import QUICK
from tests.apps.production.shoots import board_of, day, plain_shoot, scene

CAST = (CastMember("1", "MIRA", contract=Contract("day", 1000)), CastMember("2", "OSK", contract=Contract("day", 500)))
SETS = (*plain_shoot().sets[1:], Set("ROOM", "House", standing=70))
SHOOT = plain_shoot(
    scenes=(
        scene("1", ["1"], minutes=300),
        scene("2", ["2"], "HALL", minutes=600),
        scene("3", ["1"], minutes=600),
        scene("4", ["2"], "HALL", minutes=600),
    ),
    cast=CAST,
    sets=SETS,
    day=DayTerms(minutes=600, overtime_minutes=0, cost=20_000),
)


def test_a_hold_less_is_told() -> None:
    before = board_of(SHOOT, (0, "1"), (1, "2"), (2, "3"), (3, "4"))
    found = replan(before, [Lost(day(1))], effort=QUICK)
    assert found.waited == (Waited("MIRA (1)", 1000), Waited("the set ROOM", 70))
    told = " ".join(found.notices)
    assert "MIRA (1) and the set ROOM would have been paid 1,070 EUR to wait" in told and "contracts" in told
    saved = found.cost_before - found.cheapest.cost
    assert saved >= 1070
    assert costs_of(found.cheapest.board).cast["1"].held == 0
    words = saving_words(found, found.cheapest)
    assert words.startswith("It costs less (") and "standing sets -70" in words and "on what is lost" in words


def test_whoever_works_on_the_lost_day_does_not_wait_on_it() -> None:
    before = board_of(SHOOT, (0, "1"), (1, "3"), (2, "2"), (3, "4"))
    found = replan(before, [Lost(day(1))], effort=QUICK)
    assert found.waited == ()
    assert len(found.notices) == 1 and "is in none of these figures" in found.notices[0]


def test_what_was_dear_before_is_no_hold() -> None:
    before = board_of(SHOOT, (0, "1"), (1, "2"), (7, "3"), (8, "4"))
    found = replan(before, [Lost(day(2))], effort=QUICK)
    less = sum(one.amount for one in found.waited)
    assert found.cost_before - found.cheapest.cost > less > 0
    assert "a cheaper board had been there before as well" in saving_words(found, found.cheapest)


def test_nothing_is_said_of_plans_that_save_nothing() -> None:
    before = board_of(SHOOT, (0, "1"), (1, "3"), (2, "2"), (3, "4"))
    found = replan(before, [Lost(day(1))], effort=QUICK)
    dearer = replace(found, cost_before=found.cheapest.cost - 1)
    assert saving_words(dearer, found.cheapest) == ""
