"""The figures of a trial: of the model, of the simple forecasts, and how far the one is ahead of the others."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from openslate.apps.greenlight.backtest_types import Ahead, OriginFound, Simple
from openslate.apps.greenlight.features.column import UNKNOWN, Floats
from openslate.apps.greenlight.fitting import Fitted
from openslate.apps.greenlight.trial import Said, Trial
from openslate.evaluation.forecasting import point, ranking, scores
from openslate.evaluation.forecasting.differences import paired
from openslate.evaluation.forecasting.holding import drifted, score_abstention
from openslate.evaluation.forecasting.leakage import too_good
from openslate.evaluation.forecasting.origins import Origin
from openslate.evaluation.forecasting.scorecard import score, score_segments

RESAMPLES = 400
MEMBERS = ("trees by random cuts", "trees by absolute error", "trees by robust error")


def origin_found(measure: str, origin: Origin, fitted: Fitted, tried: Trial, seed: int) -> OriginFound:
    """What one origin gave.

    Args:
        measure: that is forecast.
        origin: which labels played which part.
        fitted: what was fitted.
        tried: what was forecast.
        seed: of the draws.
    """
    return OriginFound(
        day=origin.day,
        until=origin.until,
        calibrated_from=origin.calibrated_from,
        fitted=len(origin.fit),
        calibrated=int(fitted.forecaster.margins.titles.sum()),
        left_out=origin.left_out,
        shares=dict(zip(MEMBERS, fitted.forecaster.shares.tolist(), strict=True)),
        **_figures(measure, tried, seed),
    )


def all_found(measure: str, found: Sequence[OriginFound], tried: Trial, seed: int) -> OriginFound:
    """What all origins gave together.

    Args:
        measure: that is forecast.
        found: each of them, in order.
        tried: their trials, joined.
        seed: of the draws.
    """
    return OriginFound(
        day=found[0].day,
        until=found[-1].until,
        calibrated_from=found[0].calibrated_from,
        fitted=found[-1].fitted,
        calibrated=sum(one.calibrated for one in found),
        left_out=sum(one.left_out for one in found),
        shares={name: float(np.mean([one.shares[name] for one in found])) for name in MEMBERS},
        **_figures(measure, tried, seed),
    )


def _figures(measure: str, tried: Trial, seed: int) -> Mapping[str, Any]:
    block = tried.block
    card = score(block)
    return {
        "card": card,
        "auc_double": _auc_double(tried, tried.double),
        "simple": tuple(_simple(tried, said) for said in tried.simple),
        "ahead": tuple(one for said in tried.simple for one in _ahead(tried, said, seed)),
        "segments": score_segments(block, tried.segments),
        "abstention": score_abstention(block.actual - block.point, tried.abstained, seed),
        "drift": drifted(card.coverages),
        "alarm": too_good(measure, card.r_squared),
    }


def _auc_double(tried: Trial, forecast: Floats) -> float:
    known = ~np.isnan(tried.budgets)
    hit = tried.doubled[known]
    # Where all of them doubled, or none, there is nothing to tell apart.
    return UNKNOWN if hit.all() or not hit.any() else ranking.auc(hit, forecast[known])


def _simple(tried: Trial, said: Said) -> Simple:
    actual = tried.block.actual
    ours = scores.weighted_interval_score(actual, tried.block.quantiles)
    return Simple(
        name=said.name,
        r_squared=point.r_squared(actual, said.point),
        rmsle=point.rmsle(actual, said.point),
        auc_top=ranking.auc_top(actual, said.point),
        within_twice=point.within_twice(actual, said.point),
        auc_double=_auc_double(tried, said.point - tried.budgets),
        wis_skill=scores.skill(ours, scores.weighted_interval_score(actual, said.quantiles)),
    )


def _ahead(tried: Trial, said: Said, seed: int) -> list[Ahead]:
    block = tried.block
    compared = [
        ("r_squared", point.r_squared, block.point, said.point),
        ("rmsle", point.rmsle, block.point, said.point),
        ("auc_top", _auc_top, block.top, said.point),
        ("wis", _mean_wis, block.quantiles, said.quantiles),
    ]
    found = [
        Ahead(said.name, figure, paired(how, block.actual, ours, theirs, seed, RESAMPLES))
        for figure, how, ours, theirs in compared
    ]
    known = ~np.isnan(tried.budgets)
    hit = tried.doubled[known]
    if hit.any() and not hit.all():
        ours, theirs = tried.double[known], (said.point - tried.budgets)[known]
        difference = paired(_auc_of_hits, hit.astype(np.float64), ours, theirs, seed, RESAMPLES)
        found.append(Ahead(said.name, "auc_double", difference))
    return found


def _mean_wis(actual: Floats, quantiles: Floats) -> float:
    return float(scores.weighted_interval_score(actual, quantiles).mean())


def _auc_top(actual: Floats, forecast: Floats) -> float:
    # Titles are drawn anew already: one order of equals is enough.
    return ranking.auc_top(actual, forecast, seeds=1)


def _auc_of_hits(hit: Floats, forecast: Floats) -> float:
    return ranking.auc(hit > 0, forecast)
