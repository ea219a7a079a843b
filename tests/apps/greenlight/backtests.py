"""Backtests for tests: outcomes and forecasts from seeded draws, every figure worked out by the evaluation itself."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.backtest_types import Ahead, Backtest, GapFound, OriginFound, Simple, Tested
from openslate.apps.greenlight.patterns import PATTERNS
from openslate.evaluation.forecasting import point, ranking, scores
from openslate.evaluation.forecasting.differences import paired
from openslate.evaluation.forecasting.holding import drifted, score_abstention
from openslate.evaluation.forecasting.leakage import too_good
from openslate.evaluation.forecasting.scorecard import Block, pooled, score, score_segments

Floats = NDArray[np.float64]
NORMAL = np.array([NormalDist().inv_cdf(level) for level in scores.LEVELS])
SIMPLE = {"line on the budget": 0.75, "median of the kind": 0.35, "nearest comparable titles": 0.6}
"""How much of what the model knows each simple forecast knows."""
CENTRE, SPREAD, NOISE = 15.0, 1.2, 1.0


class Drawn:
    """Some titles with their outcomes, and what the model and the simple forecasts said of them; all on ln."""

    def __init__(self, titles: int, seed: int, *, width: float, noise: float, lead: float, budgets: bool) -> None:
        random = np.random.default_rng(seed)
        signal = random.normal(0, SPREAD, titles)
        self.strange = random.random(titles) < 0.06
        error = random.normal(0, noise, titles) * np.where(self.strange, 1.9, 1.0)
        self.actual = CENTRE + signal + error
        self.model = CENTRE + lead * signal
        self.simple = {name: CENTRE + share * signal + random.normal(0, 0.3, titles) for name, share in SIMPLE.items()}
        self.films = random.random(titles) < 0.6
        self.returning = ~self.films & (random.random(titles) < 0.3)
        self.budget = np.exp(CENTRE + 0.5 * signal - 0.4) if budgets else np.full(titles, np.nan)
        self.scale = width * noise

    def block(self, chosen: NDArray[np.bool_] | slice = slice(None)) -> Block:
        """The model's forecasts of some of them."""
        actual, model = self.actual[chosen], self.model[chosen]
        ratio = (actual - model) / self.scale
        levels = np.array([NormalDist().cdf(one) for one in ratio])
        random = np.random.default_rng(1)
        draws = model[:, None] + self.scale * random.normal(size=(len(actual), 40))
        wide = CENTRE + np.sqrt(SPREAD**2 + self.scale**2) * NORMAL
        return Block(
            actual=actual,
            point=model,
            quantiles=model[:, None] + self.scale * NORMAL,
            expected=np.exp(model + self.scale**2 / 2),
            levels=levels,
            crps=scores.crps(actual, draws),
            top=model,
            reference=np.tile(wide, (len(actual), 1)),
        )

    def double(self, forecast: Floats) -> float:
        """AUC of twice the budget; NaN without budgets."""
        if np.isnan(self.budget).any():
            return float("nan")
        return ranking.auc(self.actual > np.log(2 * self.budget), forecast - np.log(self.budget))


@cache
def backtest(
    titles: tuple[int, ...] = (180, 220, 200),
    seed: int = 7,
    *,
    measure: str = "revenue",
    width: float = 1.0,
    noise: float = NOISE,
    lead: float = 1.0,
    budgets: bool = True,
) -> Backtest:
    """A whole backtest.

    Args:
        titles: tested at each origin.
        seed: of the draws.
        measure: what is forecast.
        width: of the intervals, 1 for true ones.
        noise: of the outcomes around what can be known, on ln.
        lead: how much of what can be known the model knows; under .3 it is behind every simple forecast.
        budgets: whether there are any.
    """
    drawn = [
        Drawn(count, seed + place, width=width, noise=noise, lead=lead, budgets=budgets)
        for place, count in enumerate(titles)
    ]
    origins = tuple(_origin([one], 2008 + 2 * place, 1, measure) for place, one in enumerate(drawn))
    everything = _origin(drawn, 2008, len(drawn), measure)
    expected = np.concatenate([one.block().expected for one in drawn])
    outcomes = np.exp(np.concatenate([one.actual for one in drawn]))
    order = np.argsort(expected, kind="stable")
    deciles = np.array([part.mean() for part in np.array_split(outcomes[order], 10)]) / outcomes.mean()
    return Backtest(
        measure=measure,
        unit="US dollars" if measure == "revenue" else measure,
        region="*",
        window="all of its run",
        population="films with a budget" if budgets else "titles available everywhere at once",
        knowing="windows that had closed",
        origins=origins,
        pooled=everything,
        deciles=deciles,
        tested=_tested(drawn),
        families=("plan", "genre and language", "company's titles so far", "comparable titles"),
        refused={"vote_count": "known only after release", "keywords": "written by the crowd after release"},
        left_out={"titles without a release day": 41, "synopses without permission": 12, "outcomes of zero": 0},
        seed=seed,
        snapshot="91be" * 16,
        versions={"lightgbm": "4.7.0", "numpy": "2.3.5"},
    )


def _origin(drawn: list[Drawn], year: int, spans: int, measure: str) -> OriginFound:
    block = pooled([one.block() for one in drawn])
    card = score(block)
    strange = np.concatenate([one.strange for one in drawn])
    segments: Mapping[str, NDArray[np.bool_]] = {
        "films": np.concatenate([one.films for one in drawn]),
        "new series": np.concatenate([~one.films & ~one.returning for one in drawn]),
        "returning series": np.concatenate([one.returning for one in drawn]),
    }
    simple = {name: np.concatenate([one.simple[name] for one in drawn]) for name in SIMPLE}
    return OriginFound(
        day=date(year, 1, 1),
        until=date(year + 2 * spans, 1, 1),
        calibrated_from=date(year - 2, 1, 1),
        fitted=1400 + 100 * (year - 2008),
        calibrated=240,
        left_out=3,
        card=card,
        auc_double=float(np.mean([one.double(one.model) for one in drawn])),
        simple=tuple(_simple(name, forecast, block, drawn) for name, forecast in simple.items()),
        ahead=tuple(
            Ahead(name, figure, paired(of, block.actual, block.point, forecast, seed=3, resamples=60))
            for name, forecast in simple.items()
            for figure, of in (("r_squared", point.r_squared), ("rmsle", point.rmsle))
        ),
        segments=score_segments(block, segments),
        abstention=score_abstention(block.actual - block.point, strange, seed=5, swaps=200),
        drift=drifted(card.coverages),
        alarm=too_good(measure, card.r_squared),
        gaps=_gaps(block),
        shares={"boosted trees": 0.55, "extra trees": 0.3, "line": 0.15},
    )


def _gaps(block: Block) -> tuple[GapFound, ...]:
    """As if what is left out of a pitch took nothing from its forecast but the middle of its interval."""
    card = score(block)
    return tuple(
        GapFound(one.name, one.lacks, card.titles, card.coverages, 1.25, 0.2, card.r_squared, -0.1, -0.05, 1.1)
        for one in (PATTERNS[0], PATTERNS[-1])
    )


def _simple(name: str, forecast: Floats, block: Block, drawn: list[Drawn]) -> Simple:
    spread = float(np.std(block.actual - forecast))
    ours = scores.weighted_interval_score(block.actual, block.quantiles)
    theirs = scores.weighted_interval_score(block.actual, forecast[:, None] + spread * NORMAL)
    return Simple(
        name=name,
        r_squared=point.r_squared(block.actual, forecast),
        rmsle=point.rmsle(block.actual, forecast),
        auc_top=ranking.auc_top(block.actual, forecast),
        within_twice=point.within_twice(block.actual, forecast),
        auc_double=float(np.mean([one.double(one.simple[name]) for one in drawn])),
        wis_skill=scores.skill(ours, theirs),
    )


def _tested(drawn: list[Drawn]) -> Tested:
    origin = np.concatenate([np.full(len(one.actual), place) for place, one in enumerate(drawn)])
    blocks = [one.block() for one in drawn]
    many = len(origin)
    return Tested(
        titles=tuple(f"t{place}" for place in range(many)),
        names=tuple(f"Film & Number <{place}>" for place in range(many)),
        released=np.datetime64("2008-01-01") + (730 * origin + np.arange(many) % 700).astype("timedelta64[D]"),
        origin=origin.astype(np.int64),
        actual=np.exp(np.concatenate([one.actual for one in drawn])),
        quantiles=np.exp(np.concatenate([one.quantiles for one in blocks])),
        expected=np.concatenate([one.expected for one in blocks]),
        abstained=np.concatenate([one.strange for one in drawn]),
    )
