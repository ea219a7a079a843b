"""What speaks against a forecaster stands above what it says, wherever that is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from openslate.apps.greenlight.choosing import KIND, is_latest, latest_forecaster
from openslate.apps.greenlight.decisions import file_forecast
from openslate.apps.greenlight.doubts import doubts_of
from openslate.apps.greenlight.memo import memo, memo_of_two
from openslate.apps.greenlight.opened import open_model
from openslate.apps.greenlight.slate_advice import advise_slate
from openslate.apps.greenlight.slate_page import slate_page
from openslate.cli.greenlight_forecasting import _show
from openslate.errors import UsageError
from openslate.models.forecasting.conformal import Margins
from openslate.project import Project
from openslate.registry import artifacts
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL

GOOD: dict[str, Any] = {
    "titles": 280,
    "r_squared": 0.3,
    "wis_skill": 0.2,
    "skill_over_line": 0.1,
    "drift": "",
    "alarm": "",
}
DAY = date(2026, 1, 1)
OTHER = replace(FULL, name="Day Train", id="")
DOUBT = "The forecaster was worse than the mean of everything."


def manifest(**tested: object) -> dict[str, Any]:
    return {"as_of": "2025-12-31", "validation": {**GOOD, **tested}}


@pytest.mark.parametrize(
    ("tested", "told"),
    [
        ({"r_squared": -0.01}, "worse than the mean of the 280 titles"),
        ({"wis_skill": -0.2}, "no better than one interval for all"),
        ({"wis_skill": 0.0}, "no better than one interval for all"),
        ({"skill_over_line": -0.03}, "no better than those of the simple line"),
        ({"drift": "Intervals did not hold."}, "Intervals did not hold."),
        ({"alarm": "Too good to be true."}, "Too good to be true."),
    ],
)
def test_each_thing_that_speaks_against_it_is_told(tested: dict[str, object], told: str) -> None:
    assert doubts_of(manifest(), DAY) == ()
    [said] = doubts_of(manifest(**tested), DAY)
    assert told in said


def test_one_that_was_not_tested_or_learned_long_ago_is_told() -> None:
    assert "never tested" in doubts_of({**manifest(), "validation": {}}, DAY)[0]
    assert not doubts_of(manifest(), date(2027, 2, 4)), "400 days after"
    assert "until 2025-12-31, 401 days before" in doubts_of(manifest(), date(2027, 2, 5))[0]


def test_doubts_stand_above_the_forecast_in_memos_and_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    found, other = forecast_of(FULL, doubts=(DOUBT,)), forecast_of(OTHER)
    page = memo(FULL, found)
    assert page.index("Doubtful, for what is said below") < page.index(DOUBT) < page.index("<svg")
    assert "Doubtful" not in memo(FULL, forecast_of(FULL))
    both = memo_of_two((FULL, found), (OTHER, other))
    assert both.index(f"{FULL.name}: {DOUBT}") < both.index("<svg")
    assert "1.9M to 38M (doubtful)" in both
    _show(FULL, found, "")
    said = capsys.readouterr().out
    assert said.index(DOUBT) < said.index("80% interval")
    _show(FULL, replace(found, abstains="Too far."), "")
    said = capsys.readouterr().out
    assert said.index("The model abstains. Too far.") < said.index("80% interval")


def test_a_slate_tells_doubts_once_and_of_which_pitches(project: Project, tmp_path: Path) -> None:
    numbers = [
        file_forecast(project, FULL, forecast_of(FULL, doubts=(DOUBT,))),
        file_forecast(project, OTHER, forecast_of(OTHER)),
    ]
    rows = "".join(f'[[candidate]]\nforecast = "{number}"\ncost = 5\n' for number in numbers)
    path = tmp_path / "slate.toml"
    path.write_text(f'name = "A"\nbudget = 20\ncurrency = "USD"\n{rows}')
    advice = advise_slate(project, path)
    assert [one for one in advice.warnings if DOUBT in one] == [f"Of the forecast of {FULL.name}: {DOUBT}"]
    page = slate_page(advice)
    assert page.index(DOUBT) < page.index("with a probability of 80%")


@pytest.fixture
def stored(project: Project) -> Callable[..., artifacts.Artifact]:
    """Store a forecaster of a target, which cannot answer."""

    def store(measure: str = "views", seed: int = 0, **more: object) -> artifacts.Artifact:
        plain = {
            "measure": measure,
            "unit": measure,
            "region": "*",
            "window": "first 91 days",
            "source": "",
            "months": None,
            "everywhere": None,
            "plays": 0,
            "age_band": "",
            "seed": seed,
            **manifest(),
            **more,
        }
        part = Margins(np.zeros((1, 3)), np.zeros(3), np.zeros(1, dtype=np.int64))
        return artifacts.save(project, KIND, {"margins": part}, plain)

    return store


def test_of_one_target_the_latest_answers(project: Project, stored: Callable[..., artifacts.Artifact]) -> None:
    first, second = stored(region="FR"), stored(region="FR", seed=1)
    assert latest_forecaster(project).id == second.id
    assert (is_latest(project, first), is_latest(project, second)) == (False, True)


def test_a_later_one_of_a_country_or_age_band_is_not_handed_out(
    project: Project, stored: Callable[..., artifacts.Artifact]
) -> None:
    whole = stored()
    stored(region="FR")
    stored("members", plays=28, age_band="18-24")
    stored("members", plays=28)
    assert latest_forecaster(project).id == whole.id
    again = stored(seed=1)
    assert latest_forecaster(project).id == again.id


def test_where_several_may_be_meant_it_asks(project: Project, stored: Callable[..., artifacts.Artifact]) -> None:
    both = stored(region="FR"), stored(region="KR")
    with pytest.raises(UsageError, match="forecasters of 2 targets, and none was named") as error:
        open_model(project)
    assert all(one.id[:12] in str(error.value) for one in both)
    assert "views in FR" in str(error.value) and "--model" in error.value.way_out
    stored("views"), stored("revenue")
    with pytest.raises(UsageError, match="forecasters of 4 targets"):
        open_model(project)
