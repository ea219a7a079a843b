"""The backtest on an invented studio: what it tells, what it refuses, and that later data changes no past."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from openslate.apps.greenlight.asked import Asked, measure_of
from openslate.apps.greenlight.backtest import backtest, lift, parted, possible_origins, rolling_of
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.blocks import block_of, boundaries
from openslate.apps.greenlight.evaluate import evaluate
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.fitting import fit_at, forecast_of
from openslate.apps.greenlight.gap_calibration import meant_with_gap
from openslate.apps.greenlight.known import Known, read_known
from openslate.apps.greenlight.meant import calibrated_patterns
from openslate.apps.greenlight.past_of import past_of
from openslate.apps.greenlight.patterns import PATTERNS, Pattern
from openslate.apps.greenlight.population import population_of
from openslate.apps.greenlight.table import encoded
from openslate.errors import FitError, UsageError
from openslate.models.forecasting.boosting import Growth
from openslate.models.forecasting.forecaster import Settings
from openslate.project import Project
from tests.apps.greenlight.studio import studio_of

QUICK = Settings(
    members=(
        Growth("regression", trees=30, leaves=7, fewest_per_leaf=8, extra=True, seeds=1),
        Growth("regression_l1", trees=30, leaves=7, fewest_per_leaf=8, seeds=1),
        Growth("huber", trees=30, leaves=7, fewest_per_leaf=8, seeds=1),
    ),
    residual=Growth("quantile", trees=20, leaves=4, fewest_per_leaf=20, extra=True, seeds=1),
    folds=2,
)
ORIGIN = date(2025, 1, 1)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project.open(studio_of(tmp_path_factory)[0])


@pytest.fixture(scope="module")
def known(project: Project) -> Known:
    return read_known(project, "views")


@pytest.fixture(scope="module")
def found(project: Project) -> Iterator[Backtest]:
    yield evaluate(project, Asked(origins=(date(2024, 7, 1), ORIGIN)), QUICK)


def test_every_origin_is_fitted_before_it_and_tested_after_it(found: Backtest, known: Known) -> None:
    assert [one.day for one in found.origins] == [date(2024, 7, 1), ORIGIN]
    assert found.pooled.card.titles == sum(one.card.titles for one in found.origins) == len(found.tested.titles)
    for place, one in enumerate(found.origins):
        released = found.tested.released[found.tested.origin == place]
        assert (released >= np.datetime64(one.day)).all()
        assert (released < np.datetime64(one.until)).all()
        assert {simple.name for simple in one.simple} == {
            "line on the budget",
            "median of the kind",
            "line and nearest comparable titles",
        }
    assert found.window == "from release to the end of the report"
    assert 0 < found.pooled.card.wis_skill < 1


def test_titles_are_tested_again_with_the_gaps_that_pitches_have(found: Backtest) -> None:
    pooled = {one.name: one for one in found.pooled.gaps}
    assert set(pooled) <= {one.name for one in PATTERNS} and PATTERNS[-1].name in pooled
    for name, one in pooled.items():
        each = [gap.titles for origin in found.origins for gap in origin.gaps if gap.name == name]
        assert one.titles == sum(each) <= found.pooled.card.titles
        assert [round(held.nominal, 2) for held in one.coverages] == [0.5, 0.8, 0.9]
    least = pooled[PATTERNS[-1].name]
    assert least.wider > 1
    assert least.r_squared < least.r_squared_whole


def test_a_title_with_all_its_facts_is_forecast_as_a_whole_pitch_is(known: Known) -> None:
    past = past_of(known)
    days = boundaries(known.labels)
    population, _ = population_of(known, "", None)
    origin, rows = parted(past, days, population, ORIGIN)
    as_of = [block_of(days, day) for day in known.labels.released.tolist()]
    fitted = fit_at(past, as_of, origin, population, QUICK)
    nothing = Pattern("nothing", ())
    whole = [row for row in rows if not fitted.encoding.lenders.lacking(known.labels.works[row])]
    chosen = np.array(whole, dtype=np.int64)
    assert len(chosen) > 20
    meant = meant_with_gap(past, as_of, chosen, nothing, fitted.encoding, fitted.following)
    point, told = forecast_of(fitted, chosen)
    works = [known.labels.works[row] for row in chosen]
    patterns = fitted.encoding.patterns(works, calibrated_patterns(fitted.forecaster))
    assert not patterns.any()
    assert np.allclose(meant.mean(fitted.forecaster.point(meant.ways, meant.comparable)), point)
    assert np.allclose(fitted.forecaster.meant(meant, patterns).quantiles, told.quantiles, atol=1e-6)


def test_the_same_project_gives_the_same_figures(found: Backtest, project: Project) -> None:
    again = evaluate(project, Asked(origins=(date(2024, 7, 1), ORIGIN)), QUICK)
    assert again.pooled == found.pooled
    assert np.array_equal(again.tested.quantiles, found.tested.quantiles)


def test_what_became_of_titles_later_changes_no_earlier_forecast(known: Known) -> None:
    past = past_of(known)
    days = boundaries(known.labels)
    population, _ = population_of(known, "", None)
    one = backtest(past, days, population, [ORIGIN], QUICK)
    changed = backtest(_with_other_outcomes_from(past, ORIGIN), days, population, [ORIGIN], QUICK)
    assert np.array_equal(one.tested.quantiles, changed.tested.quantiles)
    assert not np.array_equal(one.tested.actual, changed.tested.actual)


def test_a_changed_outcome_of_before_changes_the_forecast(known: Known) -> None:
    # Or else the test above could not fail.
    past = past_of(known)
    days = boundaries(known.labels)
    population, _ = population_of(known, "", None)
    one = backtest(past, days, population, [ORIGIN], QUICK)
    changed = backtest(_with_other_outcomes_from(past, date(2024, 7, 1)), days, population, [ORIGIN], QUICK)
    assert not np.array_equal(one.tested.quantiles, changed.tested.quantiles)


def test_features_are_as_of_the_day_on_which_the_block_begins(known: Known) -> None:
    past = past_of(known)
    days = boundaries(known.labels)
    rows = np.flatnonzero(past.closes < np.datetime64(ORIGIN))
    as_of = [block_of(days, day) for day in known.labels.released.tolist()]
    before = encoded(past, as_of, rows, rows).columns
    after = encoded(_with_other_outcomes_from(past, ORIGIN), as_of, rows, rows).columns
    assert before.names == after.names
    earlier = np.array([day <= ORIGIN for day in as_of])
    assert np.array_equal(before.values[earlier], after.values[earlier], equal_nan=True)
    assert not {"votes", "popularity"} & set(before.names)
    assert set(before.stages) == {"pitch", "closed"}


def test_waiting_for_reports_leaves_less_to_learn_from(project: Project, found: Backtest) -> None:
    waited = evaluate(project, Asked(origins=(ORIGIN,), as_published=True), QUICK)
    one, other = waited.origins[0], found.origins[1]
    assert one.fitted + one.calibrated < other.fitted + other.calibrated
    assert waited.knowing == "outcomes that had been published"


def test_nothing_after_a_day_is_used(project: Project) -> None:
    cut = evaluate(project, Asked(until=date(2024, 12, 31)), QUICK)
    assert max(cut.tested.released) <= np.datetime64("2024-12-31")


def test_origins_measures_and_sources_that_are_none_are_told(project: Project) -> None:
    with pytest.raises(UsageError, match="2024-05-01 is not the first day of a block"):
        evaluate(project, Asked(origins=(date(2024, 5, 1),)), QUICK)
    with pytest.raises(UsageError, match="no 'laughs'"):
        evaluate(project, Asked(measure="laughs"), QUICK)
    with pytest.raises(UsageError, match="told by nobody"):
        evaluate(project, Asked(source="nobody"), QUICK)
    with pytest.raises(UsageError, match="Imported outcomes do not tell the age band"):
        evaluate(project, Asked(age_band="18-24"), QUICK)
    with pytest.raises(UsageError, match="0 months"):
        evaluate(project, Asked(months=0), QUICK)
    with pytest.raises(FitError, match="titles to fit on"):
        evaluate(project, Asked(origins=(date(2023, 1, 1),)), QUICK)


def test_an_empty_project_says_what_to_import(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = Project.init(tmp_path_factory.mktemp("empty") / "project")
    with pytest.raises(UsageError, match="holds no outcomes"):
        measure_of(empty)


def test_origins_are_the_latest_that_can_be(known: Known) -> None:
    past = past_of(known)
    days = boundaries(known.labels)
    population, _ = population_of(known, "", None)
    origins = possible_origins(past, days, population, 2)
    assert origins == days[-4:-2]  # of the last block no window has closed that was tested on


def test_own_plays_are_outcomes(project: Project) -> None:
    found = evaluate(project, Asked(plays=28, months=3, until=date(2025, 12, 31), everywhere=False), QUICK)
    assert found.measure == "members"
    assert found.window == "first 28 days"


def test_lift_is_the_mean_of_tenths() -> None:
    found = lift(np.arange(1.0, 101.0), np.arange(100.0)[::-1])
    assert found.mean() == pytest.approx(1)
    assert found[0] > found[-1]


def _with_other_outcomes_from(past: Past, day: date) -> Past:
    """The same past, but for what closed on a day or later."""
    late = ~(past.labels.ends < np.datetime64(day))
    labels = replace(past.labels, logs=np.where(late, past.labels.logs[::-1] + 1, past.labels.logs))
    reports = past.reports
    if reports is not None:
        later = ~(reports.ends < np.datetime64(day))
        reports = replace(reports, value=np.where(later, reports.value * 3 + 1e6, reports.value))
    return replace(past, labels=labels, reports=reports)


def test_too_few_blocks_are_counted_and_named_in_words(known: Known) -> None:
    past = past_of(known)
    days = [date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1)]
    with pytest.raises(FitError, match=r"2 blocks .* begin on 2024-01-01, 2024-07-01, and three are needed"):
        rolling_of(past, days, np.ones(len(past.labels), dtype=np.bool_))
