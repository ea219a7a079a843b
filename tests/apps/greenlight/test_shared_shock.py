"""How far outcomes move together: told by a backtest, kept as a run, and used by a slate that says where it is from."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.decisions import file_forecast
from openslate.apps.greenlight.shared_shock import (
    KIND,
    SAME,
    SharedShock,
    evaluate_and_keep,
    kept_shared_shock,
    shared_shock,
)
from openslate.apps.greenlight.slate_advice import SlateAdvice, advise_slate
from openslate.apps.greenlight.slate_moved import risk_in_words
from openslate.apps.greenlight.slate_page import slate_page
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from openslate.registry import artifacts, runs
from tests.apps.greenlight.backtests import backtest
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL
from tests.apps.greenlight.studio import copied, studio_of
from tests.apps.greenlight.test_evaluate import QUICK

ASKED = {"measure": "views", "region": "*", "months": None, "source": "", "everywhere": None, "plays": 0}
FOUND = SharedShock(0.07, 0.02, 0.55, 812, 4, "2023-01-01", "2025-01-01")


def model(project: Project, asked: dict[str, object] = ASKED, **more: object) -> str:
    return artifacts.save(project, "greenlight", {}, {**asked, **more}).id


def keep(project: Project, found: SharedShock | None = FOUND, **more: object) -> None:
    with runs.recorded(project, KIND, {**ASKED, **more}, 0) as notebook:
        notebook.record["shared_shock"] = None if found is None else asdict(found)


def advised(
    project: Project, folder: Path, models: list[str], together: float | None = None, risk: str = ""
) -> SlateAdvice:
    pitches = [replace(FULL, name=f"P{place}", id="") for place in range(len(models))]
    numbers = [
        file_forecast(project, pitch, forecast_of(pitch, model=one)) for pitch, one in zip(pitches, models, strict=True)
    ]
    text = f'name = "A"\nbudget = 9\ncurrency = "USD"\n{risk}\n'
    path = folder / "slate.toml"
    path.write_text(text + "".join(f'[[candidate]]\nforecast = "{one}"\ncost = 4\n' for one in numbers))
    return advise_slate(project, path, together=together)


def test_a_shock_of_every_title_of_an_origin_is_seen() -> None:
    found = backtest()
    told = shared_shock(found)
    assert told is not None and told.titles == 600 and told.blocks == 3
    assert told.low <= told.together <= told.high
    moved = found.tested.actual * np.exp(np.array([-1.5, 0.0, 1.5]))[found.tested.origin]
    shaken = shared_shock(replace(found, tested=replace(found.tested, actual=moved)))
    assert shaken is not None and shaken.together > told.together + 0.2
    assert shared_shock(backtest(titles=(180,))) is None


def test_a_backtest_keeps_what_it_found(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    project = copied(studio_of(tmp_path_factory)[0], tmp_path / "svc")
    asked = Asked(origins=(date(2024, 7, 1), date(2025, 1, 1)), until=date(2025, 12, 31))
    told = shared_shock(evaluate_and_keep(project, asked, QUICK))
    assert kept_shared_shock(project, [model(project)]) == told
    [run] = [one for one in runs.every(project) if one.kind == KIND]
    assert run.status == "done" and run.record["settings"]["measure"] == "views"


def test_the_latest_backtest_that_was_asked_the_same_counts(project: Project) -> None:
    one = model(project)
    assert kept_shared_shock(project, [one]) is None
    keep(project)
    keep(project, replace(FOUND, together=0.5), measure="revenue")
    keep(project, None)
    assert kept_shared_shock(project, [one]) == FOUND
    keep(project, replace(FOUND, together=0.09))
    assert kept_shared_shock(project, [one, model(project, seed=3)]) == replace(FOUND, together=0.09)
    # Of models that were asked otherwise, or are no longer there, it tells nothing.
    for name in SAME:
        assert kept_shared_shock(project, [model(project, **{name: "other"})]) is None
    assert kept_shared_shock(project, [one, model(project, measure="revenue")]) is None
    assert kept_shared_shock(project, [one, "5d0a" * 16]) is None
    assert kept_shared_shock(project, []) is None


def test_a_slate_says_where_its_number_is_from(project: Project, tmp_path: Path) -> None:
    one = model(project)
    advice = advised(project, tmp_path, [one, one])
    assert (advice.together.value, advice.together.source) == (0.2, "assumption")
    keep(project)
    advice = advised(project, tmp_path, [one, one])
    # 0.07 was found, between 0.02 and 0.55: as wide as that is it is drawn to 0.2.
    assert advice.together.source == "backtest"
    assert advice.together.value == pytest.approx(0.07 + (FOUND.high - FOUND.low) * 0.13)
    words = "a backtest found 0.07, of 812 titles at 4 origins, tested from 2023-01-01 to before 2025-01-01, with a 90%"
    assert words in advice.together.words and words in slate_page(advice)
    assert (advised(project, tmp_path, [one], risk="[risk]\ntogether = 0.4").together.words) == (
        "Outcomes are taken to move together by 0.4, which is no estimate: the file says so."
    )
    for wrong in (-0.1, 1.4, float("nan")):
        with pytest.raises(UsageError, match="a correlation from 0, each by itself, to 1"):
            advised(project, tmp_path, [one], wrong)
    with pytest.raises(AdmitError, match="it is no correlation from 0, each by itself, to 1"):
        advised(project, tmp_path, [one], risk="[risk]\ntogether = 1.4")
    both = advised(project, tmp_path, [one, one], 0.9, "[risk]\ntogether = 0.4")
    assert (both.together.value, both.together.source) == (0.9, "option")
    assert both.choice.best.totals.std() > advice.choice.best.totals.std()


def test_what_does_not_move_together_is_said_once_and_no_share_contradicts_it(project: Project, tmp_path: Path) -> None:
    one = model(project)
    keep(project, replace(FOUND, together=0.0, low=0.0, high=0.001))
    none = advised(project, tmp_path, [one, one])
    assert none.together.words.startswith("Outcomes are taken not to move together: a backtest found 0")
    assert "with a 90% interval of 0 to 0" in none.together.words
    assert "variance comes of what moves" not in slate_page(none)
    some = advised(project, tmp_path, [one, one], 0.3)
    assert "variance comes of what moves" in slate_page(some)


def test_the_risk_is_told_by_how_far_outcomes_move_together(project: Project, tmp_path: Path) -> None:
    one = model(project)
    keep(project)
    advice = advised(project, tmp_path, [one, one])
    told = advice.risks
    # Both ends of the backtest's interval stand there, and what was used is that of the choice itself.
    assert [round(risk.together, 2) for risk in told] == [0, 0.02, 0.14, 0.2, 0.5, 0.55, 1]
    (used,) = (risk for risk in told if risk.used)
    best = advice.choice.best
    assert (used.low, used.high) == pytest.approx((best.quantile(0.1), best.quantile(0.9)))
    assert used.worst == pytest.approx(best.worst)
    # Those that move together spread more, and their worst totals are worse.
    assert [risk.high - risk.low for risk in told] == sorted(risk.high - risk.low for risk in told)
    assert [risk.worst for risk in told] == sorted((risk.worst for risk in told), reverse=True)
    assert risk_in_words(told, "views") in slate_page(advice)
    # One pitch moves with nobody.
    alone = advised(project, tmp_path, [one])
    assert alone.risks == () and "were they to move" not in slate_page(alone)
