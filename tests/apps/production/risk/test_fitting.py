"""Fits find what a shoot was simulated with, fall back to defaults without data, and refuse rows that are wrong."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.production.risk.calibration import calibration
from openslate.apps.production.risk.chances import Chances
from openslate.apps.production.risk.fitting import fitted, parts_of
from openslate.apps.production.risk.past_table import PastScene, read_past
from openslate.errors import AdmitError, UsageError

TRUE = Chances(overrun=1.2, scene_spread=0.35, day_spread=0.2, shoot_spread=0.15, weather=0.2, absence=0.02)


def simulated(true: Chances, shoots: int = 40, days: int = 25, seed: int = 1) -> list[PastScene]:
    """Past shoots with days of two to six scenes, simulated with chances."""
    drawn, found = np.random.default_rng(seed), []
    for shoot in range(shoots):
        common = true.shoot_spread * drawn.standard_normal()
        for day in range(days):
            at = date(2020, 1, 1) + timedelta(days=day)
            of_day = true.day_spread * drawn.standard_normal()
            wet = drawn.random() < true.weather
            for number in range(int(drawn.integers(2, 7))):
                planned, exterior = int(drawn.integers(200, 900)), number == 0
                ill = drawn.random() < 3 * true.absence * true.absence_days
                lost = "weather" if exterior and wet else "absence" if ill else ""
                factor = true.overrun * np.exp(common + of_day + true.scene_spread * drawn.standard_normal())
                actual = None if lost else max(int(planned * factor), 1)
                name = f"{day}-{number}"
                found.append(PastScene(f"S{shoot}", name, planned, actual, at, exterior, lost, 3))  # type: ignore[arg-type]
    return found


def test_a_fit_finds_what_was_simulated() -> None:
    chances, how = fitted(simulated(TRUE))
    for name in ("overrun", "scene_spread", "day_spread", "shoot_spread", "weather", "absence"):
        one = next(each for each in how if each.name == name)
        assert one.error is not None and one.count > 30
        assert abs(getattr(chances, name) - getattr(TRUE, name)) < 3.5 * one.error + 0.01, one


def test_the_moments_are_without_bias_where_groups_are_uneven() -> None:
    found = [parts_of(simulated(TRUE, shoots=8, days=6, seed=seed)) for seed in range(60)]
    assert np.mean([one.scene for one in found]) == pytest.approx(0.35**2, rel=0.05)
    assert np.mean([one.day for one in found]) == pytest.approx(0.2**2, rel=0.15)
    assert np.mean([one.shoot for one in found]) == pytest.approx(0.15**2, rel=0.4)


def test_one_scene_leaves_spreads_at_their_defaults() -> None:
    one = PastScene("A", "1", 100, 200, date(2026, 1, 1))
    chances, how = fitted([one])
    assert chances.scene_spread == Chances().scene_spread and chances.weather == Chances().weather
    assert 1.0 < chances.overrun < 1.3
    assert {each.name for each in how if each.alone is None} == {
        *("scene_spread", "day_spread", "shoot_spread", "weather", "absence")
    }
    with pytest.raises(UsageError, match="No scene of the past shoots was shot"):
        fitted([])


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(1, 500), st.integers(1, 500)), min_size=1))
def test_any_table_gives_chances(rows: list[tuple[int, int, int, int]]) -> None:
    past = [
        PastScene(f"S{shoot}", str(at), planned, actual, date(2026, 1, 1 + day), at % 2 == 0)
        for at, (shoot, day, planned, actual) in enumerate(rows)
    ]
    chances, how = fitted(past)
    for one in how:
        assert getattr(chances, one.name) == one.value
        if one.alone is not None and one.name.endswith("spread"):
            assert min(one.alone, one.default) - 1e-9 <= one.value <= max(one.alone, one.default) + 1e-9


def test_a_p80_holds_in_about_four_of_five_shoots() -> None:
    found = calibration(simulated(TRUE, shoots=60, days=8))
    assert found is not None and len(found.shoots) == 60
    assert 0.65 <= found.share <= 0.93 and found.low < 0.8 < found.high
    assert calibration(simulated(TRUE, shoots=2, days=3)) is None


def test_a_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    path.write_text(
        "shoot,scene,planned_minutes,actual_minutes,date,exterior,lost_to,cast\n"
        "North,1,120,150,2026-03-02,yes,,2\nNorth,2,90,,2026-03-03,,weather,\n"
    )
    assert read_past(path) == (
        PastScene("North", "1", 120, 150, date(2026, 3, 2), True, "", 2),
        PastScene("North", "2", 90, None, date(2026, 3, 3), False, "weather"),
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("North,1,abc,150,2026-03-02,,", "line 2, column planned_minutes, 'abc': it is no whole number"),
        ("North,1,120,0,2026-03-02,,", "column actual_minutes, '0': it is not between 1 and 3,000 minutes"),
        ("North,1,120,,2026-03-02,,", "column actual_minutes, '': it is empty, and lost_to is as well"),
        ("North,1,120,90,2026-03-02,,weather", "column actual_minutes, '90': it is there, and the scene was lost"),
        ("North,1,120,90,,,", "column date, '': it is empty"),
        ("North,1,120,90,2.3.2026,,", "column date"),
        ("North,1,120,90,2026-03-02,perhaps,", "column exterior, 'perhaps': it is neither yes nor no"),
        ("North,1,,90,2026-03-02,,", "column planned_minutes, '': it is empty"),
        (",1,120,90,2026-03-02,,", "column shoot, '': it is empty"),
    ],
)
def test_rows_that_are_wrong_are_refused_with_their_place(row: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    path.write_text(f"shoot,scene,planned_minutes,actual_minutes,date,exterior,lost_to\n{row}\n")
    with pytest.raises(AdmitError) as refused:
        read_past(path)
    assert words in str(refused.value) and "past.csv" in str(refused.value)
