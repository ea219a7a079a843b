"""Filed forecasts are scored by the outcomes that came in, once, by the rule of labels, and by no other title's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from openslate import clock
from openslate.apps.greenlight import decisions, filing
from openslate.apps.greenlight.decision_types import Outcome
from openslate.apps.greenlight.decisions import link_title, record_outcome, running_calibration
from openslate.apps.greenlight.filed import find_filed
from openslate.apps.greenlight.forecast_types import INTERVALS, LEVELS, Forecast
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.scoring import calibration, score
from openslate.apps.greenlight.scoring_filed import score_filed
from openslate.data.matching.words import confirm
from openslate.data.outcomes import Outcomes
from openslate.data.sources.csv import import_csv
from openslate.errors import UsageError
from openslate.evaluation.forecasting import intervals, scores
from openslate.project import Project
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL

HEADER = "title,measure,region,starts,ends,value,step,published\n"
HALF = "views,*,2027-07-01,2027-12-31"


def brought(project: Project, folder: Path, table: str, text: str, name: str = "") -> None:
    path = folder / f"{name or table}-{len(text)}.csv"
    path.write_text(text)
    import_csv(project, path, table, source=name or None)


@pytest.fixture(autouse=True)
def in_2029() -> Iterator[None]:
    """But for filing, it is 2029, when everything here is known."""
    with clock.frozen(datetime(2029, 1, 1, tzinfo=UTC)):
        yield


def file_forecast(project: Project, pitch: Pitch, forecast: Forecast) -> str:
    with clock.frozen(datetime(2026, 6, 1, tzinfo=UTC)):
        return decisions.file_forecast(project, pitch, forecast)


@pytest.fixture
def svc(project: Project, tmp_path: Path) -> tuple[Project, str, Path]:
    """A project with a filed forecast of p-17, which came out on 2027-09-15."""
    titles = "title,name,kind,released\np-17,Night Train,series,2027-09-15\nother,Other,film,2027-09-15\n"
    brought(project, tmp_path, "titles", titles)
    return project, file_forecast(project, FULL, forecast_of(FULL)), tmp_path


def test_an_outcome_that_comes_in_scores_its_forecast_once(svc: tuple[Project, str, Path]) -> None:
    project, number, folder = svc
    assert [(one.waits, one.new) for one in score_filed(project)] == [("No outcome of it is known yet.", False)]
    rows = [f"other,{HALF},5e6,,2028-03-01", f"p-17,{HALF},12e6,100000,2028-03-01"]
    rows.append("p-17,views,*,2028-01-01,2028-06-30,9e6,,2028-09-01")
    brought(project, folder, "outcomes", HEADER + "\n".join(rows) + "\n")
    [found] = score_filed(project)
    assert (found.number, found.title, found.new, found.waits) == (number, "p-17", True, "")
    assert found.outcome == Outcome(
        12e6, date(2028, 3, 1), "outcomes: views of p-17, 2027-07-01 to 2027-12-31", at_most=False
    )
    assert found.score == score(forecast_of(FULL).distribution, forecast_of(FULL).baseline, 12e6)
    before = filing.read(project)
    [again] = score_filed(project)
    assert again == replace(found, new=False)
    assert filing.read(project) == before


def test_what_is_not_known_today_waits_and_is_in_no_calibration(svc: tuple[Project, str, Path]) -> None:
    project, number, folder = svc
    brought(project, folder, "outcomes", f"{HEADER}p-17,{HALF},12e6,,2028-03-01\n")
    with clock.frozen(datetime(2028, 2, 29, tzinfo=UTC)):
        [found] = score_filed(project)
        assert (found.score, found.waits) == (None, "Its outcome is known on 2028-03-01: it waits until then.")
        assert len(filing.read(project)) == 1
        with pytest.raises(UsageError, match="2028-03-01, which has not come"):
            record_outcome(project, number, Outcome(12e6, date(2028, 3, 1), "letter"))
    with clock.frozen(datetime(2028, 3, 1, tzinfo=UTC)):
        assert score_filed(project)[0].new
    # What was recorded too early, before this was asked, waits as well.
    with clock.frozen(datetime(2028, 1, 1, tzinfo=UTC)):
        [found] = score_filed(project)
        assert (found.score, found.waits) == (None, "Its outcome is known on 2028-03-01: it waits until then.")
        assert running_calibration([find_filed(project, number)]) is None
    assert running_calibration([find_filed(project, number)]) is not None


def test_a_correction_of_the_source_counts_and_a_persons_stands_until_then(svc: tuple[Project, str, Path]) -> None:
    project, number, folder = svc
    brought(project, folder, "outcomes", f"{HEADER}p-17,{HALF},12e6,,2028-03-01\n")
    score_filed(project)
    record_outcome(project, number, Outcome(11e6, date(2028, 4, 1), "letter of the publisher"))
    assert [one.outcome.value for one in score_filed(project) if one.outcome] == [11e6]
    brought(project, folder, "outcomes", f"{HEADER}p-17,{HALF},12500000,,2028-05-01\n")
    assert [(one.outcome.value, one.new) for one in score_filed(project) if one.outcome] == [(12.5e6, True)]
    assert [one.kind for one in filing.read(project)] == ["forecast", "outcome", "outcome", "outcome"]


def test_the_smallest_step_means_at_most(svc: tuple[Project, str, Path]) -> None:
    project, _, folder = svc
    brought(project, folder, "outcomes", f"{HEADER}p-17,{HALF},0,100000,2028-03-01\n")
    [found] = score_filed(project)
    assert found.outcome is not None
    assert (found.outcome.value, found.outcome.at_most) == (100_000.0, True)


@pytest.mark.parametrize(
    ("row", "waits"),
    [
        (f"other,{HALF},5e6,,2028-03-01", "No outcome of it is known yet."),
        ("p-17,views,*,2028-01-01,2028-06-30,5e6,,2028-09-01", "No outcome is known of a window that holds"),
        ("p-17,views,GB,2027-07-01,2027-12-31,5e6,,2028-03-01", "No outcome of it is known yet."),
        (f"p-17,{HALF},0,,2028-03-01", "Its outcome was zero"),
    ],
)
def test_what_is_no_outcome_of_it_does_not_score_it(svc: tuple[Project, str, Path], row: str, waits: str) -> None:
    project, _, folder = svc
    brought(project, folder, "outcomes", f"{HEADER}{row}\n")
    [found] = score_filed(project)
    assert found.waits.startswith(waits)
    assert (found.score, found.new) == (None, False)
    assert len(filing.read(project)) == 1


def test_what_was_known_on_the_day_of_the_forecast_is_no_test_of_it(project: Project, tmp_path: Path) -> None:
    brought(project, tmp_path, "titles", "title,name,released\np-17,Night Train,2025-09-15\n")
    file_forecast(project, FULL, forecast_of(FULL))
    brought(project, tmp_path, "outcomes", f"{HEADER}p-17,views,*,2025-07-01,2025-12-31,5e6,,2026-03-01\n")
    assert "foretold nothing" in score_filed(project)[0].waits


def test_a_pitch_without_an_id_is_scored_once_a_person_links_it(project: Project, tmp_path: Path) -> None:
    pitch = replace(FULL, id="")
    brought(project, tmp_path, "titles", "title,name,released\nx1,Night Train,2027-09-15\n", "own")
    brought(project, tmp_path, "titles", "title,name,released\nr9,Night Train: Season 2,2027-09-16\n", "report")
    number = file_forecast(project, pitch, forecast_of(pitch))
    brought(project, tmp_path, "outcomes", f"{HEADER}r9,{HALF},12e6,,2028-03-01\n")
    assert score_filed(project)[0].waits == "No title is known that it has become."
    link_title(project, number, "x1", "Ines Falk")
    assert score_filed(project)[0].waits == "No outcome of it is known yet."
    # A report knows it by another id, and a person says that the two are one.
    confirm(project, "x1", "r9", "Ines Falk")
    [found] = score_filed(project)
    assert found.outcome is not None
    assert (found.outcome.value, found.new) == (12e6, True)
    assert found.outcome.source == "outcomes: views of r9, 2027-07-01 to 2027-12-31"


def test_outcomes_may_come_from_elsewhere_such_as_own_plays(svc: tuple[Project, str, Path]) -> None:
    project, _, _ = svc
    days = [np.array([day], dtype="datetime64[D]") for day in ("2027-09-15", "2027-12-14", "2027-12-15")]
    titles, none = np.array(["p-17"], dtype=object), np.array([np.nan])
    own = Outcomes("views", "*", titles, days[0], days[1], np.array([3e6]), none, days[2])
    [found] = score_filed(project, lambda _, measure, region: own if (measure, region) == ("views", "*") else None)
    assert found.outcome is not None
    assert found.outcome.value == 3e6


def test_scores_are_the_evaluations() -> None:
    """One source of truth: what a backtest says of a forecast, its score says, too."""
    forecast, drawn = forecast_of(FULL), np.exp(np.random.default_rng(0).normal(16, 2, 50))
    quantiles = np.tile(np.log(forecast.distribution.quantiles), (50, 1))
    found = [score(forecast.distribution, forecast.baseline, float(one)) for one in drawn]
    wis = scores.weighted_interval_score(np.log(drawn), quantiles)
    assert [one.wis for one in found] == pytest.approx(wis)
    together = calibration(found)
    assert together is not None
    for (percent, share), (_, low, high) in zip(together.coverage, together.bands, strict=True):
        ends = [quantiles[:, place] for place in INTERVALS[percent]]
        wanted = intervals.coverage(np.log(drawn), *ends, percent / 100)
        assert (share, low, high) == pytest.approx((wanted.share, wanted.low, wanted.high))
    assert scores.LEVELS == LEVELS


def test_a_title_that_was_out_before_the_pitch_needs_a_reason(project: Project, tmp_path: Path) -> None:
    pitch = replace(FULL, id="")
    brought(project, tmp_path, "titles", "title,name,released\nold,Night Train,2019-09-15\n", "own")
    number = file_forecast(project, pitch, forecast_of(pitch))
    with pytest.raises(UsageError, match=r"released on 2019-09-15, and the pitch is as of"):
        link_title(project, number, "old", "Ines Falk")
    link_title(project, number, "old", "Ines Falk", "The catalogue has the wrong year.")
    assert score_filed(project)[0].waits == "No outcome of it is known yet."
