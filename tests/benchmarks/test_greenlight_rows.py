"""The rows that forecasts are compared with are built as they are told, and from nothing later."""

from datetime import date

import numpy as np
import pytest

from benchmarks.compared_rows import Ours, Row, ahead_of, compared, figures_of
from benchmarks.reference_columns import Sheet, companies_record, films_sheet, season_before, views_sheet
from benchmarks.reference_rows import SMALL, Parts, boosted, chosen, kind_median, line_on, nearest_texts, ridge
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.labels import labels
from openslate.apps.greenlight.works import Work
from openslate.data.outcomes import Outcomes

UNKNOWN = float("nan")


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def season(number: int, released: str) -> Work:
    return Work(
        f"s{number}", f"Ash: Season {number}", "series", date.fromisoformat(released), series="Ash", season=number,
        runtime_minutes=300,
    )  # fmt: skip


@pytest.fixture
def past() -> Past:
    works = (season(1, "2023-02-01"), season(2, "2023-08-01"), season(3, "2024-02-01"), Work("f", "Oak", "film"))
    told = Outcomes(
        "views", "*", np.array(["s1", "s2", "s1", "s3", "s2"], dtype=object),
        days("2023-01-01", "2023-07-01", "2023-07-01", "2024-01-01", "2024-01-01"),
        days("2023-06-30", "2023-12-31", "2023-12-31", "2024-06-30", "2024-06-30"),
        np.array([9e6, 4e6, 2e6, 5e6, 1e6]), np.full(5, 1e5),
        days("2023-09-01", "2024-03-01", "2024-03-01", "2024-09-01", "2024-09-01"),
    )  # fmt: skip
    return Past(works, labels(works, told), told, None, None)


def test_the_season_before_is_told_by_reports_that_were_closed(past: Past) -> None:
    third = past.works[2]
    assert np.exp(season_before(third, date(2024, 1, 1), past)) == pytest.approx([4e6, 4e6])
    assert np.exp(season_before(third, date(2023, 7, 1), past)) == pytest.approx([9e6, 9e6])
    assert np.exp(season_before(third, date(2024, 7, 1), past)) == pytest.approx([1e6, 4e6])
    assert np.isnan(season_before(past.works[0], date(2024, 7, 1), past)).all()
    assert np.isnan(season_before(past.works[3], date(2024, 7, 1), past)).all()


def test_a_sheet_of_views_has_a_row_for_each_label(past: Past) -> None:
    sheet = views_sheet(past, [date(2023, 1, 1), date(2023, 7, 1), date(2024, 1, 1)])
    assert sheet.values.shape == (3, 12) and sheet.values[:, 8].tolist() == [1.0, 2.0, 3.0]
    assert np.isnan(sheet.values[:, 10]).tolist() == [True, False, False]


def test_companies_are_judged_by_windows_that_were_closed() -> None:
    works = tuple(
        Work(f"f{year}", f"Oak {year}", "film", date(year, 1, 1), companies=("Elm",), budget=1e6, genres=("drama",))
        for year in (2001, 2002, 2003)
    )
    told = Outcomes(
        "revenue", "*", np.array([one.id for one in works], dtype=object),
        days("2001-01-01", "2002-01-01", "2003-01-01"), days("2001-12-31", "2002-12-31", "2003-12-31"),
        np.array([2e6, 8e6, 1e6]), np.full(3, np.nan), days("2002-01-01", "2003-01-01", "2004-01-01"),
    )  # fmt: skip
    past = Past(works, labels(works, told), told, None, None)
    multiple = past.labels.logs - np.log(1e6)
    best, many = companies_record(works[2], date(2003, 1, 1), past, multiple)
    assert many == 2 and best == pytest.approx(np.log([2.0, 8.0]).sum() / 5)
    # On the last day of a window it is still open.
    assert companies_record(works[1], date(2001, 12, 31), past, multiple)[1] == 0
    assert films_sheet(past, np.arange(2)).values.shape == (3, 8)


def test_what_is_learned_from_alone_decides_how_a_column_is_scaled() -> None:
    sheet = Sheet(np.array([[0.0, 1.0], [1.0, 3.0], [0.0, UNKNOWN], [7.0, 900.0]]), (0,))
    table = sheet.straight(np.arange(3))
    assert table.shape == (4, 4) and np.allclose(table[:3].mean(axis=0), 0) and np.allclose(table[:3].std(axis=0), 1)
    assert np.array_equal(table[:3], Sheet(sheet.values[:3], (0,)).straight(np.arange(3)))


def test_learners_find_a_rule_and_the_best_of_them_is_chosen_before_the_test() -> None:
    random = np.random.default_rng(1)
    values = random.normal(size=(400, 3))
    logs = 2 * values[:, 0] + 0.3 * random.normal(size=400)
    sheet = Sheet(values, ())
    parts = Parts(np.arange(200), np.arange(200, 300), np.arange(300), np.arange(300, 400))
    ridges = {"strong": ridge(sheet, logs, 1e5), "weak": ridge(sheet, logs, 1.0)}
    found, name = chosen(ridges, logs, parts)
    assert name == "weak" and np.corrcoef(found, logs[300:])[0, 1] > 0.95
    # Nothing of the tested titles' outcomes goes in.
    assert np.array_equal(found, chosen(ridges, np.append(logs[:300], np.zeros(100)), parts)[0])
    trees = boosted(lambda _: sheet, logs, SMALL, line_on(values[:, 0], logs))(parts.known, parts.tested)
    assert np.corrcoef(trees, logs[300:])[0, 1] > 0.95
    kinds = (values[:, 0] > 0).astype(np.int64)
    assert len(np.unique(kind_median(kinds, logs)(parts.known, parts.tested))) == 2


def test_the_nearest_texts_tell_the_multiple() -> None:
    # Of twelve themes each has fifteen films; a word that more than a tenth of texts hold says nothing.
    texts = [f"word{theme} thing{theme}" for theme in range(12) for _ in range(15)] + ["thing3", "word8"]
    budgets = np.full(182, 2.0)
    logs = budgets + np.append(np.repeat(np.arange(12.0), 15), [0.0, 0.0])
    assert nearest_texts(texts, budgets, logs)(np.arange(180), np.array([180, 181])) == pytest.approx([5.0, 10.0])


def test_a_better_forecast_is_ahead_and_a_worse_one_is_marked() -> None:
    random = np.random.default_rng(1)
    actual = random.normal(size=200)
    near, far = actual + 0.1 * random.normal(size=200), actual + 2 * random.normal(size=200)
    ours = Ours(actual, far, far, np.full(200, UNKNOWN), np.full(200, UNKNOWN))
    assert list(figures_of(ours, None)) == ["R2", "RMSLE", "within 2x", "Spearman", "AUC top", "P@10%"]
    found = ahead_of(ours, Row("near", near), resamples=50)
    assert found["R2"].high < 0 < found["RMSLE"].low
    told = compared(ours, [Row("near", near, "rate 0.1")], resamples=50)
    assert told.count("*!") == 6 and "rate 0.1" in told
    constant = figures_of(ours, Row("constant", np.zeros(200)))
    assert constant["AUC top"] == 0.5 and 0 < constant["P@10%"] < 0.3


def test_of_money_the_multiple_is_compared_as_well() -> None:
    random = np.random.default_rng(1)
    budgets, actual = random.normal(size=60), random.normal(size=60) + 1
    budgets[0] = UNKNOWN
    ours = Ours(actual, actual, actual, budgets, actual - budgets)
    assert figures_of(ours, None)["AUC 2x"] == 1.0
    assert figures_of(ours, Row("budget", np.nan_to_num(budgets)))["AUC 2x"] == 0.5
