"""What no title like it was learned from is not forecast as if it were: the forecaster abstains, and says why."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.features.encoder import fit_encoder
from openslate.apps.greenlight.forecasting import forecast
from openslate.apps.greenlight.memo import memo
from openslate.apps.greenlight.opened import Opened, open_model
from openslate.apps.greenlight.pitch import Budget, Pitch, Release
from openslate.apps.greenlight.ranges import out_of_range, span_of
from openslate.apps.greenlight.train import train
from openslate.apps.greenlight.works import Work
from tests.apps.greenlight.studio import copied, studio_of
from tests.apps.greenlight.test_evaluate import QUICK

DAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    project = copied(studio_of(tmp_path_factory)[0], tmp_path_factory.mktemp("cautious") / "studio")
    return open_model(project, train(project, Asked(until=DAY), QUICK).artifact.id)


def priced(lowest: float, highest: float | None = None, currency: str = "USD") -> Budget:
    return Budget(Decimal(int(lowest)), Decimal(int(lowest if highest is None else highest)), currency)


PITCH = Pitch(
    "Lantern Street",
    DAY,
    kind="season",
    genres=("drama",),
    language="en",
    countries=("GB",),
    runtime_minutes=45,
    budget=priced(9_000_000),
    release=Release(date(2026, 2, 1), date(2026, 3, 1)),
    worldwide=True,
)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"budget": priced(60e12)}, "The budget of 60,000,000,000,000 USD is far from"),
        ({"budget": priced(1)}, "The budget of 1 USD is far from"),
        # In the middle of the band, which is what is looked at, nothing would be odd.
        ({"budget": priced(1, 81e12)}, "The budget of 1 USD is far from"),
        ({"runtime_minutes": 5000}, "The length of 5,000 minutes is far from"),
        ({"runtime_minutes": 1}, "The length of 1 minutes is far from"),
        ({"release": Release(date(2056, 1, 1), date(2056, 1, 1))}, "lies 31 years after the latest title"),
    ],
)
def test_numbers_that_nothing_was_learned_of_are_abstained_from(
    opened: Opened, changed: dict[str, object], told: str
) -> None:
    assert not forecast(opened, PITCH).abstains
    pitch = replace(PITCH, **changed)  # type: ignore[arg-type]
    found = forecast(opened, pitch)
    assert told in found.abstains
    assert np.isfinite(found.distribution.quantiles).all()
    assert told[4:] in memo(pitch, found), "the memo says it, too"


def test_the_margin_is_a_factor_of_two_beyond_98_in_100(opened: Opened) -> None:
    span = span_of(opened.learned, "budget", "series", True)
    assert span is not None and span.of == "series"
    budgets = [one.budget for one in opened.learned if one.kind == "series" and one.budget is not None]
    assert span.high == pytest.approx(np.quantile(budgets, 0.99))
    assert not forecast(opened, replace(PITCH, budget=priced(span.high * 1.99))).abstains
    assert "budget" in forecast(opened, replace(PITCH, budget=priced(span.high * 2.01))).abstains


def test_a_budget_in_another_currency_counts_as_not_said(opened: Opened) -> None:
    unsaid = forecast(opened, replace(PITCH, budget=None))
    found = forecast(opened, replace(PITCH, budget=priced(9_000_000, currency="JPY")))
    much = forecast(opened, replace(PITCH, budget=priced(900_000_000, currency="JPY")))
    assert any("in JPY and is not used" in one and "in USD" in one for one in found.warnings)
    assert not any("is not used" in one for one in unsaid.warnings)
    told = {one.name: one.value for one in found.drivers}
    assert told.get("budget", "") in ("", "not used: in JPY, and what was learned from is in USD")
    # Drawn anew for each pitch, but as wide as without, and hardly moved by an amount that nobody can read.
    assert found.distribution.median == pytest.approx(unsaid.distribution.median, rel=0.25)
    assert much.distribution.median == pytest.approx(unsaid.distribution.median, rel=0.25)
    assert not much.abstains


def test_budgets_in_other_currencies_are_not_learned_from(opened: Opened) -> None:
    past, rows = opened.past, opened.limits.learned
    works = list(past.labels.works)
    odd = next(row for row in rows.tolist() if works[row].budget is not None)
    works[odd] = replace(works[odd], budget=1e12, currency="JPY")
    changed = replace(past, labels=replace(past.labels, works=tuple(works)))
    assert changed.currency == "USD"
    before, after = (fit_encoder(one, rows, rows) for one in (past, changed))
    assert len(after.budgets) == len(before.budgets) - 1
    assert after.budgets.max() == before.budgets.max()
    works[odd] = replace(works[odd], budget=None, currency="")
    without = replace(past, labels=replace(past.labels, works=tuple(works)))
    days, day = [90.0], [DAY]
    encoded = [
        fit_encoder(one, rows, rows).encode([one.labels.works[odd]], days, day, one).values
        for one in (changed, without)
    ]
    assert np.array_equal(encoded[0], encoded[1], equal_nan=True)


def test_a_forecaster_that_is_no_better_than_trivial_or_old_says_so(opened: Opened) -> None:
    tested = {**opened.artifact.manifest["validation"], "r_squared": -0.2, "drift": "Intervals did not hold."}
    worse = replace(
        opened, artifact=replace(opened.artifact, manifest={**opened.artifact.manifest, "validation": tested})
    )
    found = forecast(
        replace(worse, taken_back="It learned from a script."), replace(PITCH, as_of=date(2027, 3, 1), release=None)
    )
    assert found.doubts[0] == "It learned from a script."
    assert "R2 -0.20" in found.doubts[1]
    assert "Intervals did not hold." in found.doubts
    assert "425 days before 2027-03-01" in found.doubts[-1]


def test_titles_out_of_range_are_abstained_from_in_a_backtest_as_in_a_forecast() -> None:
    learned = [Work(str(n), "A", "film", runtime_minutes=80 + n, budget=1e6 + n, currency="USD") for n in range(40)]
    ours = Work("x", "B", "film", runtime_minutes=100, budget=1e6, currency="USD")
    works = [ours, replace(ours, runtime_minutes=900), replace(ours, budget=9e9), replace(ours, budget=None)]
    assert out_of_range(learned, works).tolist() == [False, True, True, False]
    assert out_of_range(learned[:5], works).tolist() == [False] * 4
    # The budgets of films stand in for those of series, and their lengths do not.
    series = replace(ours, kind="series", runtime_minutes=900)
    assert out_of_range(learned, [series, replace(series, budget=9e9)]).tolist() == [False, True]
