"""Drivers are found where they are put, percentiles are right, and pages show both."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.production.risk.chances import NO_RISK, Chances
from openslate.apps.production.risk.drivers import drivers, sources
from openslate.apps.production.risk.events import Source
from openslate.apps.production.risk.page import risk_page
from openslate.apps.production.risk.report import risk_of, source_words
from openslate.apps.production.risk.simulation import simulation
from openslate.apps.production.risk.summary import chance, percentile, quantile
from tests.apps.production.risk.boards import planned


def test_the_one_wet_location_is_the_only_driver() -> None:
    board, rules = planned(1)
    shoot = board.shoot
    outdoors = next(one for one in shoot.scenes if one.interior == "EXT")
    chances = replace(NO_RISK, weather_at={shoot.place_of(outdoors): 0.4})
    played = simulation(board, rules, runs=400)
    found = drivers(played, chances, played.outcomes(chances))
    assert {one.source for one in found} == {Source("weather"), Source("location", shoot.place_of(outdoors))}
    first, second = found
    assert first.mean == second.mean and first.mean.value > 2 * first.mean.error > 0
    assert first.rank is not None and first.rank > 0.3
    base = played.outcomes(chances).cost
    assert first.mean.value == pytest.approx(base.mean() - played.prices.total)
    assert first.p80 == quantile(base, 0.8) - played.prices.total


def test_weather_takes_nothing_on_a_stage_and_says_what_it_takes_elsewhere() -> None:
    board, rules = planned(1)
    shoot = board.shoot
    outdoors = next(one for one in shoot.scenes if one.interior == "EXT")
    place = shoot.place_of(outdoors)
    chances = replace(NO_RISK, weather_at={place: 0.4})
    stages = tuple(replace(one, stage="floor") if one.location == place else one for one in shoot.sets)
    roofed = simulation(replace(board, shoot=replace(shoot, sets=stages)), rules, runs=100)
    assert drivers(roofed, chances, roofed.outcomes(chances)) == ()
    both = tuple(replace(one, interior="INT/EXT" if one is outdoors else "INT") for one in shoot.scenes)
    told = source_words(replace(shoot, scenes=both), Source("location", place))
    assert told == f"weather at {place}, of scene {outdoors.number}, INT/EXT"
    assert source_words(shoot, Source("location", place)) == f"weather at {place}"


def test_a_source_that_is_off_is_as_planned() -> None:
    board, rules = planned(2)
    played = simulation(board, rules, runs=100)
    chances = Chances()
    for source in sources(played.plan, chances):
        events, base = played.events(chances, source), played.events(chances)
        assert (events.wet <= base.wet).all() and (events.ill <= base.ill).all()
        if source.kind == "scene":
            row = played.plan.order.index(source.name)
            minutes = board.shoot.minutes_of(board.shoot.scene_of[source.name])
            assert (events.minutes[row] == minutes).all()
            others = np.arange(len(events.minutes)) != row
            assert (events.minutes[others] == base.minutes[others]).all()
        if source.kind == "absences":
            assert not events.ill.any() and (events.minutes == base.minutes).all()
        assert source_words(board.shoot, source)


def test_chances_come_out_as_they_were_given() -> None:
    board, rules = planned(3)
    played = simulation(board, rules, runs=4000)
    chances = Chances(weather=0.2, absence=0.01, absence_days=1.0, overrun=1.1)
    events = played.events(chances)
    assert events.wet.mean() == pytest.approx(0.2, abs=0.01)
    assert events.ill.mean() == pytest.approx(0.01, abs=0.002)
    planned_minutes = np.array([board.shoot.minutes_of(board.shoot.scene_of[one]) for one in played.plan.order])
    assert np.median(events.minutes / planned_minutes[:, None]) == pytest.approx(1.1, abs=0.01)
    dates = [day.date for day in board]
    near = [at for at in range(1, len(dates)) if (dates[at] - dates[at - 1]).days == 1]
    after_wet = np.mean([events.wet[:, at][events.wet[:, at - 1]].mean() for at in near])
    assert after_wet > 0.35  # A wet day makes the next more likely wet.


@given(st.lists(st.integers(0, 1000), min_size=20, max_size=200), st.sampled_from([0.5, 0.8, 0.9]))
def test_a_percentile_is_the_least_that_so_many_do_not_exceed(values: list[int], share: float) -> None:
    found = percentile(np.array(values), share)
    inside = sum(one <= found.value for one in values)
    below = sum(one < found.value for one in values)
    assert below < share * len(values) <= inside + 1e-9
    assert found.low <= found.value <= found.high
    assert chance(np.array(values) >= 0).error > 0


def test_the_page_shows_what_was_found_and_what_is_assumed() -> None:
    board, rules = planned(0)
    board = replace(board, shoot=replace(board.shoot, name="<Night> & day"))
    risk = risk_of(board, rules, runs=200, seed=3)
    page = risk_page(risk)
    assert page == risk_page(risk_of(board, rules, runs=200, seed=3))
    assert page.count("<svg") == 3 and "&lt;Night&gt; &amp; day" in page and "<Night>" not in page
    assert f"{risk.summary.cost[1].value:,}" in page and "The chances are assumptions" in page
    calm = risk_page(risk_of(board, rules, NO_RISK, runs=100))
    assert "no source is switched on" in calm
