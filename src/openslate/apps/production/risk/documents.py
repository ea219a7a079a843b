"""A risk as JSON has it."""

from datetime import date
from typing import Any

from openslate.apps.production.risk.report import Risk, source_words, unknown_words
from openslate.apps.production.risk.summary import Estimate, Percentile


def risk_document(risk: Risk) -> dict[str, Any]:
    """Everything that is known of a risk; amounts in whole units of the currency, shares from 0 to 1."""
    told, shoot = risk.summary, risk.board.shoot
    return {
        "shoot": shoot.name,
        "currency": shoot.currency,
        "runs": risk.runs,
        "seed": risk.seed,
        "planned_cost": told.planned_cost,
        "planned_wrap": _day(told.planned_wrap),
        "cost": [_percentile(one) for one in told.cost],
        "wrap": [_percentile(one) | {name: _day(getattr(one, name)) for name in _VALUES} for one in told.wrap],
        "mean": _estimate(told.mean),
        "on_time": _estimate(told.on_time),
        "contingency": told.contingency,
        "within_contingency": _estimate(told.within),
        "added_days": _estimate(told.added_days),
        "wanting": _estimate(told.wanting),
        "drivers": [
            {
                "kind": one.source.kind,
                "name": one.source.name,
                "words": source_words(shoot, one.source),
                "mean": _estimate(one.mean),
                "p80": one.p80,
                "p80_error": one.p80_error,
                "days": one.days,
                "rank_correlation": one.rank,
            }
            for one in risk.drivers
        ],
        "chances": risk.chances.told(),
        "fitted": [vars(one) for one in risk.fitted],
        "calibration": _calibration(risk),
        "not_known": list(unknown_words(risk)),
    }


_VALUES = ("value", "low", "high")


def _calibration(risk: Risk) -> dict[str, Any] | None:
    found = risk.calibration
    if found is None:
        return None
    shoots = [vars(one) | {"inside": one.inside} for one in found.shoots]
    return {"share": found.share, "low": found.low, "high": found.high, "shoots": shoots}


def _percentile(one: Percentile) -> dict[str, Any]:
    return {"share": one.share, "value": one.value, "low": one.low, "high": one.high}


def _estimate(one: Estimate) -> dict[str, float]:
    return {"value": one.value, "error": one.error}


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
