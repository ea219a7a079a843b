from dataclasses import replace

import pytest

from openslate.apps.production.rules import limits
from openslate.apps.production.rules.loading import built_in_packs, merged
from openslate.apps.production.rules.rules import DaysInARow, MinorsWindow, Premium, Rest, Rules
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import CastMember, Contract
from tests.apps.production.shoots import MONDAY, SOURCE, plain_shoot

SHOOT = plain_shoot()
WEEK = Calendar(MONDAY, MONDAY)
SAG = built_in_packs()["us-sag-aftra-cast"].rules
MINORS = built_in_packs()["us-ca-minors"].rules


def test_rest_runs_from_wrap_to_call() -> None:
    # 07:00, 600 minutes and a meal of 60 end at 18:00; 13 hours until 07:00.
    assert limits.rest_between(SHOOT, 600, False, False, 1) == 13 * 60
    assert limits.rest_between(SHOOT, 600, False, True, 1) == 23 * 60
    # From 17:00 they end at 04:00; 3 hours until 07:00.
    assert limits.rest_between(SHOOT, 600, True, False, 1) == 3 * 60
    assert limits.rest_between(SHOOT, 600, True, False, 3) == 51 * 60
    assert limits.rest_between(SHOOT, 900, True, False, 1) == -2 * 60


def test_the_strictest_rest_counts() -> None:
    hard, paid = Rest("crew", 600, "hard", SOURCE), Rest("crew", 660, "penalty", SOURCE, share=0.5)
    rules = Rules(rests=(hard, replace(hard, minutes=540), paid, replace(paid, minutes=700, share=0.1)))
    assert limits.hard_rest(rules, "crew") == 600
    assert limits.paid_rest(rules, "crew") == 700
    assert limits.crew_rest_cost(rules, SHOOT) == 10_000
    assert limits.hard_rest(rules, "cast") == limits.paid_rest(Rules(), "crew") == 0


@pytest.mark.parametrize(
    ("contract", "cost"),
    [
        (Contract("day", 700), 700),
        (Contract("day", 5000), 900),
        (Contract("worked", 5000), 900),
        (Contract("weekly", 4000), 800),
        (Contract("weekly", 40_000), 950),
    ],
)
def test_a_forced_call_costs_the_lesser_of_a_days_pay_and_the_rules_amount(contract: Contract, cost: int) -> None:
    member = CastMember("1", "MIRA", contract=contract)
    assert limits.cast_rest_cost(SAG, member, WEEK) == cost
    assert limits.paid_rest(SAG, "cast", member) == 720
    assert limits.hard_rest(SAG, "cast", member) == 0


def test_hours_of_minors() -> None:
    assert limits.minor_limits(MINORS, 0.5) == (120, 240)
    assert limits.minor_limits(MINORS, 15.99) == (300, 540)
    assert limits.minor_limits(MINORS, 0.01) == (0, 0)
    assert limits.minor_limits(MINORS, 18.0) == (limits.NO_LIMIT, limits.NO_LIMIT)
    assert limits.minor_limits(Rules(), 3.0) == (limits.NO_LIMIT, limits.NO_LIMIT)
    stricter = replace(MINORS.ages[4], work_minutes=200, on_set_minutes=800)
    assert limits.minor_limits(replace(MINORS, ages=(*MINORS.ages, stricter)), 10.0) == (200, 540)


def test_windows_of_minors_are_cut_together() -> None:
    later, earlier = MinorsWindow(420, 1380, SOURCE), MinorsWindow(300, 1200, SOURCE)
    assert limits.minor_window(Rules(minors_windows=(later, earlier))) == (420, 1200)
    assert limits.minor_window(Rules()) == (0, limits.NO_LIMIT)


def test_days_in_a_row_and_what_they_cost() -> None:
    rules = Rules(
        days_in_a_row=(
            DaysInARow(7, "hard", SOURCE),
            DaysInARow(6, "hard", SOURCE),
            DaysInARow(5, "penalty", SOURCE, 0.1),
        ),
        premiums=(Premium(6, 0.5, SOURCE), Premium(7, 1.0, SOURCE), Premium(8, 0.2, SOURCE)),
    )
    assert limits.days_in_a_row(rules) == 6
    assert limits.days_in_a_row(Rules()) == limits.NO_LIMIT
    assert [limits.row_cost(rules, SHOOT, nth) for nth in (1, 5, 6, 7, 9)] == [0, 0, 12_000, 22_000, 22_000]


def test_packs_together_are_the_strictest_of_each() -> None:
    together = merged(built_in_packs().values())
    assert limits.hard_rest(together, "crew") == 600
    assert limits.hard_rest(together, "cast") == 660
    assert limits.longest_day(SHOOT) == 720
