"""A slate from filed forecasts: totals with the right mean and spread, exact choices, and files that are wrong."""

from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.greenlight import filing
from openslate.apps.greenlight.decisions import file_forecast
from openslate.apps.greenlight.forecast_types import LEVELS, Distribution, Target
from openslate.apps.greenlight.pitch import Budget
from openslate.apps.greenlight.pitch_writing import write_pitch
from openslate.apps.greenlight.slate_advice import SlateAdvice, advise_slate
from openslate.apps.greenlight.slate_draws import joint_outcomes
from openslate.apps.greenlight.slate_page import slate_page
from openslate.apps.greenlight.slate_together import Together
from openslate.apps.greenlight.slate_words import changes, verdict
from openslate.errors import AdmitError
from openslate.models.slate_choice import NoSlate
from openslate.project import Project
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL

NAMES = ("Night Train", "Harbour Lights", "Signal at Red", "Winter Line")
SCALES = (1.0, 0.7, 0.6, 0.3)
COSTS = (24_000_000, 15_000_000, 12_000_000, 6_000_000)
PITCHES = [replace(FULL, name=name, id="", material=()) for name in NAMES]


@pytest.fixture
def numbers(project: Project) -> list[str]:
    return [
        file_forecast(project, pitch, forecast_of(pitch, scale)) for pitch, scale in zip(PITCHES, SCALES, strict=True)
    ]


def slate_file(folder: Path, numbers: list[str], head: str = "", tail: str = "", budget: int = 40_000_000) -> Path:
    path = folder / "slate.toml"
    text = f'name = "Autumn"\nbudget = {budget}\ncurrency = "USD"\n{head}\n'
    for number, cost in zip(numbers, COSTS, strict=True):
        text += f'[[candidate]]\nforecast = "{number}"\ncost = {cost}\n'
    path.write_text(text + tail)
    return path


def chosen(advice: SlateAdvice) -> set[str]:
    return {advice.candidates[one].name for one in advice.choice.best.chosen}


def test_the_best_affordable_pitches_are_chosen_and_nothing_is_filed(
    project: Project, numbers: list[str], tmp_path: Path
) -> None:
    rows = filing.read(project)
    advice = advise_slate(project, slate_file(tmp_path, numbers))
    affordable = [
        some
        for size in range(5)
        for some in combinations(range(4), size)
        if sum(COSTS[one] for one in some) <= 40_000_000
    ]
    best = max(affordable, key=lambda some: sum(SCALES[one] for one in some))
    assert chosen(advice) == {NAMES[one] for one in best}
    # The mean of the total is the sum of the means, not of the medians.
    wanted = sum(SCALES[one] for one in best) * 14.9e6
    assert advice.choice.best.expected == pytest.approx(wanted)
    assert advice.choice.best.quantile(0.5) < wanted
    assert advice.changes.budget_until is not None
    assert filing.read(project) == rows
    again = advise_slate(project, slate_file(tmp_path, numbers))
    assert slate_page(again) == slate_page(advice)


def test_constraints_and_the_budget_bind(project: Project, numbers: list[str], tmp_path: Path) -> None:
    head = 'take = ["Winter Line"]\napart = [["Night Train", "Harbour Lights"]]'
    tail = '[[count]]\nname = "crime"\nof = ["Night Train", "Signal at Red"]\nmost = 1\n'
    path = slate_file(tmp_path, numbers, head, tail)
    # Worth more than Winter Line with Night Train, of which neither of the others may be beside it.
    assert chosen(advise_slate(project, path)) == {"Winter Line", "Harbour Lights", "Signal at Red"}
    assert chosen(advise_slate(project, path, Decimal(6_000_000))) == {"Winter Line"}
    with pytest.raises(NoSlate, match=r"a budget of 5,999,999; 'Winter Line' must be taken"):
        advise_slate(project, path, Decimal(5_999_999))
    assert "Night Train" not in chosen(advise_slate(project, slate_file(tmp_path, numbers, 'leave = ["Night Train"]')))


def test_groups_served_turn_the_choice(project: Project, numbers: list[str], tmp_path: Path) -> None:
    plain = advise_slate(project, slate_file(tmp_path, numbers, budget=24_000_000))
    path = slate_file(tmp_path, numbers, budget=24_000_000)
    text = path.read_text().replace("cost = 12000000", "cost = 12000000\nserves = { families = 1.0 }")
    path.write_text(f"{text}[groups]\nfamilies = 90_000_000\n")
    served = advise_slate(project, path)
    assert "Signal at Red" not in chosen(plain)
    assert "Signal at Red" in chosen(served)
    assert served.choice.best.breadth == 90e6


def test_of_a_pitch_the_latest_forecast_counts_and_its_budget_is_the_cost(
    project: Project, numbers: list[str], tmp_path: Path
) -> None:
    pitch = replace(PITCHES[0], budget=Budget(Decimal(18_000_000), Decimal("24000000.50"), "USD"))
    file_forecast(project, pitch, forecast_of(pitch))
    latest = file_forecast(project, pitch, forecast_of(pitch, 2.0))
    write_pitch(pitch, tmp_path / "night.toml")
    path = tmp_path / "slate.toml"
    path.write_text('name = "A"\nbudget = 30_000_000\ncurrency = "USD"\n[[candidate]]\npitch = "night.toml"\n')
    advice = advise_slate(project, path)
    assert [(one.number, one.cost) for one in advice.candidates] == [(latest, Decimal(24_000_001))]
    assert any("top of the pitch's budget" in one for one in advice.warnings)


def test_budgets_in_another_currency_need_a_cost_and_are_told(
    project: Project, numbers: list[str], tmp_path: Path
) -> None:
    path = slate_file(tmp_path, numbers)
    path.write_text(path.read_text().replace('currency = "USD"', 'currency = "EUR"'))
    told = [one for one in advise_slate(project, path).warnings if "exchange rate" in one]
    assert told == [
        "The cost in EUR is as the slate's file has it, and the budget of the pitch is in USD, of "
        f"{', '.join(NAMES)}: no exchange rate is assumed."
    ]
    path.write_text(path.read_text().replace(f"cost = {COSTS[1]}\n", ""))
    with pytest.raises(AdmitError, match="the pitch's budget is in USD and the slate in EUR"):
        advise_slate(project, path)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "Outcomes are taken not to move together, because"),
        (0.3, "Outcomes are taken to move together by 0.3, because"),
        (1.0, "Outcomes are taken to move all as one, because"),
    ],
)
def test_how_far_outcomes_move_together_is_told(value: float, words: str) -> None:
    assert Together(value, "option").words == f"{words} --together says so: it is no estimate."
    assert Together(value, "file").words == f"{words} the file says so: it is no estimate."


def test_an_abstained_forecast_and_other_days_are_told(project: Project, numbers: list[str], tmp_path: Path) -> None:
    pitch = replace(FULL, name="Unlike", id="", as_of=FULL.as_of.replace(day=2))
    odd = file_forecast(project, pitch, forecast_of(pitch, 50.0, abstains="No title compares."))
    path = slate_file(tmp_path, [odd, *numbers[1:]])
    advice = advise_slate(project, path)
    assert "abstained on Unlike, which is chosen" in advice.warnings[0]
    assert "No title compares." in advice.warnings[0]
    assert "Unlike (abstained)" in verdict(advice)
    page = slate_page(advice)
    assert page.index("abstained on Unlike") < page.index("with a probability of 80%")
    path.write_text(path.read_text().replace('currency = "USD"', 'currency = "USD"\nleave = ["Unlike"]'))
    left = advise_slate(project, path)
    assert "abstained on Unlike, which is left out" in left.warnings[0]
    assert "abstained" not in verdict(left)
    assert any("different days, 2026-03-01 to 2026-03-02" in one for one in advice.warnings)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("budget = 40000000", "budget = 1.5", "line 2: budget = 1.5 is refused: it is no whole amount"),
        ('currency = "USD"', 'currency = "XX"', "line 3: currency = 'XX' is refused: it is no currency"),
        ("cost = 15000000", "cost = -1", "line 10: candidate 2 cost = -1 is refused: it is no whole amount"),
        ("cost = 15000000", "kost = 1", "line 10: candidate 2 kost = 1 is refused: a slate has no such field"),
        ("{1}", "ffffffffffffffff", "candidate 2 forecast = 'ffffffffffffffff' is refused: there is no such filed"),
        ("{1}", "{0}", "is the same forecast"),
        ('forecast = "{1}"', 'pitch = "../p.toml"', "it leads away from the slate's folder"),
        ('forecast = "{1}"', "", "candidate 2 = .* is refused: it names no forecast or pitch"),
        ('name = "Autumn"', "", "name = nothing is refused: it is missing"),
        (
            'currency = "USD"',
            'currency = "USD"\ntake = ["Day Train"]',
            "line 4: take = 'Day Train' is refused: no cand",
        ),
        ('currency = "USD"', 'currency = "USD"\napart = [["Night Train", "Night Train"]]', "names one candidate twice"),
        ('currency = "USD"', 'currency = "USD"\nrisk = {{ weight = 2 }}', "weight = 2 is refused: it is not between 0"),
        ("cost = 15000000", "serves = {{ all = 1 }}\ncost = 1", "serves = 'all' is refused: there is no such group"),
        ("budget = 40000000", "budget = ", "is not valid TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(
    project: Project, numbers: list[str], tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = slate_file(tmp_path, numbers)
    text = path.read_text()
    wrong = text.replace(old.format(*numbers), new.format(*numbers), 1)
    assert wrong != text
    path.write_text(wrong)
    with pytest.raises(AdmitError, match=told) as error:
        advise_slate(project, path)
    assert error.value.way_out


def test_forecasts_of_two_targets_are_not_added(project: Project, numbers: list[str], tmp_path: Path) -> None:
    pitch = replace(FULL, name="Other", id="")
    other = file_forecast(
        project, pitch, forecast_of(pitch, target=Target("revenue", "US dollars", "*", "first 180 days"))
    )
    with pytest.raises(AdmitError, match=r"line 9: candidate 2 forecast = .* it forecasts revenue"):
        advise_slate(project, slate_file(tmp_path, [numbers[0], other, *numbers[2:]]))


def test_the_page_is_complete_and_hostile_names_stand_in_it_as_text(
    project: Project, numbers: list[str], tmp_path: Path
) -> None:
    pitch = replace(FULL, name='<script>alert("x")</script>', id="")
    number = file_forecast(project, pitch, forecast_of(pitch, 0.9))
    advice = advise_slate(project, slate_file(tmp_path, [number, *numbers[1:]], "[risk]\nweight = 0.4"))
    page = slate_page(advice)
    HTMLParser().feed(page)
    assert "<script" not in page
    for wanted in ("Signal at Red", "What would change the choice", "It is advice", "The next best slates", "<svg"):
        assert wanted in page
    assert all("&#" not in one for one in changes(advice))


LOGS = st.lists(st.floats(0, 2), min_size=6, max_size=6)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(start=st.floats(-3, 16), steps=LOGS, lift=st.floats(0.8, 1.6), together=st.sampled_from([0.0, 0.3, 1.0]))
def test_joint_outcomes_keep_each_forecast(start: float, steps: list[float], lift: float, together: float) -> None:
    quantiles = np.exp(start + np.r_[0.0, np.cumsum(steps)])
    middle = float(np.trapezoid(np.interp(np.linspace(0.05, 0.95, 400), LEVELS, quantiles), dx=1 / 399))
    forecast = Distribution(tuple(quantiles.tolist()), lift * middle)
    drawn = joint_outcomes([forecast, forecast, forecast], together, 2000)
    assert drawn.mean(axis=0) == pytest.approx(forecast.mean, rel=1e-9)
    assert (drawn > 0).all()
    assert np.sort(drawn[:, 0]) == pytest.approx(np.sort(drawn[:, 1]))


def test_outcomes_that_move_together_spread_the_total_more() -> None:
    forecast = forecast_of(FULL).distribution
    spread = [joint_outcomes([forecast] * 4, one, 4000).sum(axis=1).std() for one in (0.0, 0.4, 1.0)]
    assert spread[0] * 1.2 < spread[1] < spread[2]
    found = joint_outcomes([forecast] * 2, 0.5, 4000)
    assert np.quantile(found[:, 0], LEVELS) == pytest.approx(forecast.quantiles, rel=0.03)
