"""Tested titles once more, with the gaps that pitches have: forecast as a pitch is, and held against what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from openslate.apps.greenlight.backtest_types import GapFound
from openslate.apps.greenlight.features.money import priced
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.fitting import Fitted
from openslate.apps.greenlight.gap_calibration import meant_with_gap, some_with_gap
from openslate.apps.greenlight.meant import calibrated_patterns
from openslate.apps.greenlight.patterns import PATTERNS, Pattern
from openslate.apps.greenlight.trial import Trial, tried
from openslate.evaluation.forecasting.scorecard import Block, pooled, score
from openslate.models.forecasting.forecaster import WIDE
from openslate.models.forecasting.levels import MIDDLE

FEWEST_TESTED = 20
"""Of fewer titles of an origin nothing is told."""


@dataclass(frozen=True)
class GapTrial:
    """Forecasts of titles of one origin with a pattern of facts left out.

    Attributes:
        pattern: which facts.
        block: of the forecasts without them.
        whole: of the same titles with all that is known of them.
    """

    pattern: Pattern
    block: Block
    whole: Block


def gap_trials(past: Past, as_of: Sequence[date], fitted: Fitted, trial: Trial) -> list[GapTrial]:
    """Try what was fitted on the same titles with every pattern of gaps that applies to what is known of them.

    Args:
        past: what became of works.
        as_of: of each label, the first day of its block.
        fitted: at an origin.
        trial: of the titles with all that is known.
    """
    found = []
    calibrated = calibrated_patterns(fitted.forecaster)
    for place in fitted.encoding.lenders.patterns:
        pattern = PATTERNS[place - 1]
        rows = some_with_gap(past, fitted.encoding, trial.rows, pattern)
        if len(rows) < FEWEST_TESTED:
            continue
        meant = meant_with_gap(past, as_of, rows, pattern, fitted.encoding, fitted.following)
        works = [pattern.left_out_of(priced(past.labels.works[row], past.currency)) for row in rows]
        said = fitted.forecaster.meant(meant, fitted.encoding.patterns(works, calibrated))
        point = meant.mean(fitted.forecaster.point(meant.ways, meant.comparable))
        block = tried(past, fitted, rows, point, said)
        found.append(GapTrial(pattern, block, trial.block.rows(np.isin(trial.rows, rows))))
    return found


def gaps_found(trials: Sequence[GapTrial]) -> tuple[GapFound, ...]:
    """What trials gave, one for each pattern, in the order of patterns.

    Args:
        trials: of one origin or of several.
    """
    found = []
    for pattern in PATTERNS:
        mine = [one for one in trials if one.pattern == pattern]
        if mine:
            found.append(_found(pattern, pooled([one.block for one in mine]), pooled([one.whole for one in mine])))
    return tuple(found)


def _found(pattern: Pattern, block: Block, whole: Block) -> GapFound:
    card = score(block)
    return GapFound(
        name=pattern.name,
        lacks=pattern.lacks,
        titles=card.titles,
        coverages=card.coverages,
        wider=_width(block) / _width(whole),
        r_squared=card.r_squared,
        r_squared_whole=score(whole).r_squared,
        bias=float((block.point - block.actual).mean()),
        moved=float((block.point - whole.point).mean()),
        total_bias=card.total_bias,
    )


def _width(block: Block) -> float:
    """The mean width of the 80% intervals, ln."""
    return float((block.quantiles[:, MIDDLE + WIDE] - block.quantiles[:, MIDDLE - WIDE]).mean())
