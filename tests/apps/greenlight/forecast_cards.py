"""Model cards of forecasters for tests, with figures from a backtest of seeded draws."""

from datetime import date

import numpy as np

from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.backtest_words import abstention_told, alarms
from openslate.apps.greenlight.forecast_card_types import Family, ForecastCard, TextUse, tested_on
from openslate.apps.greenlight.forecast_groups import group_errors
from openslate.apps.greenlight.forecast_types import Target

LANGUAGES = ("en", "en", "en", "ko", "es", "de")


def card_of(backtest: Backtest, **more: object) -> ForecastCard:
    """A full card of the forecaster that a backtest tested."""
    tested = backtest.tested
    many = len(tested.titles)
    random = np.random.default_rng(2)
    languages = [(LANGUAGES[place],) for place in random.integers(len(LANGUAGES), size=many)]
    countries = [("US", "GB") if place % 7 == 0 else ("US",) if place % 3 else ("KR",) for place in range(many)]
    # Those whom the model abstains from err more, so that one group is worse for certain.
    standings = [("new talent",) if strange else ("established talent",) for strange in tested.abstained]
    values: dict[str, object] = {
        "service": "northlight",
        "model": "5d0a" * 16,
        "code": "0.5.0",
        "made": "2026-03-07T20:15:00+00:00",
        "run": "greenlight-train-0007",
        "serves": True,
        "target": Target("revenue", "US dollars", "*", "all of its run"),
        "population": backtest.population,
        "titles": 2_941,
        "first": date(1989, 3, 1),
        "last": date(2009, 12, 18),
        "known_until": date(2010, 6, 30),
        "calibrated": 240,
        "families": (
            Family("plan", "pitch", 9, "kind, length, month, budget"),
            Family("company's titles so far", "closed", 4),
        ),
        "refused": backtest.refused,
        "texts": (
            TextUse("synopsis", 2_610, {"reserved by its source (R18)": 12}),
            TextUse("script", 0, {"no permission on record": 31, "permission withdrawn": 2}),
            TextUse("logline", 80),
        ),
        "left_out": {"titles without a release day": 41},
        "tested": (*(tested_on(one) for one in backtest.origins), tested_on(backtest.pooled, together=True)),
        "languages": group_errors(languages, tested.actual, tested.quantiles, seed=1),
        "countries": group_errors(countries, tested.actual, tested.quantiles, seed=1),
        "standings": group_errors(standings, tested.actual, tested.quantiles, seed=1),
        "abstention": abstention_told(backtest.pooled.abstention),
        "alarms": tuple(alarms(backtest)),
        "shares": {"boosted trees": 0.55, "extra trees": 0.45},
        "seed": 7,
        "snapshot": backtest.snapshot,
        "versions": {"lightgbm": "4.7.0"},
    }
    return ForecastCard(**{**values, **more})  # type: ignore[arg-type]
