from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from openslate.errors import FitError
from openslate.evaluation.forecasting import scores
from openslate.evaluation.forecasting.scorecard import Block, pooled, score, score_segments


def _block(titles: int = 400, seed: int = 1) -> Block:
    """Titles whose forecasts are the truth."""
    random = np.random.default_rng(seed)
    center, noise = random.normal(15, 1, titles), random.normal(size=titles)
    return Block(
        actual=center + noise,
        point=center,
        quantiles=center[:, None] + norm.ppf(scores.LEVELS),
        expected=np.exp(center + 0.5),
        levels=norm.cdf(noise),
        crps=noise * (2 * norm.cdf(noise) - 1) + 2 * norm.pdf(noise) - 1 / np.sqrt(np.pi),
        top=norm.sf(17 - center),
        reference=scores.marginal(random.normal(15, np.sqrt(2), 2000), titles),
    )


def test_a_true_forecast_holds_what_it_promises() -> None:
    card = score(_block())
    assert all(one.holds for one in card.coverages)
    assert [one.nominal for one in card.coverages] == [0.5, 0.8, 0.9]
    assert card.wis_skill == pytest.approx(1 - 1 / np.sqrt(2), abs=0.05)
    assert card.r_squared == pytest.approx(0.5, abs=0.08) and card.rmsle == pytest.approx(1, abs=0.08)
    assert card.below == pytest.approx(scores.LEVELS, abs=0.05)
    assert card.pit == pytest.approx([0.1] * 10, abs=0.05)
    assert card.total_bias == pytest.approx(1, abs=0.25)
    assert card.crps == pytest.approx(1 / np.sqrt(np.pi), abs=0.05)
    assert card.auc_top > 0.75 and card.precision_top > 0.3 and card.slate_lift > 2


def test_the_top_is_ranked_by_its_probability_and_the_slate_by_its_mean() -> None:
    block = _block()
    backwards = score(replace(block, top=-block.top))
    assert backwards.auc_top < 0.3 and backwards.slate_lift == score(block).slate_lift
    assert score(replace(block, expected=1 / block.expected)).slate_lift < 1


def test_overconfident_intervals_are_found_out() -> None:
    block = _block()
    narrow = block.point[:, None] + 0.6 * (block.quantiles - block.point[:, None])
    card = score(replace(block, quantiles=narrow))
    assert not any(one.holds for one in card.coverages)


def test_segments_are_scored_on_their_own_titles_and_tiny_ones_left_out() -> None:
    block = _block()
    films = np.arange(400) % 2 == 0
    cards = score_segments(block, {"films": films, "few": np.arange(400) < 9, "all": np.ones(400, dtype=bool)})
    assert list(cards) == ["films", "all"]
    assert cards["films"].titles == 200 and cards["all"] == score(block)
    assert cards["films"].rmsle == pytest.approx(np.sqrt(((block.actual - block.point)[films] ** 2).mean()))


def test_origins_are_pooled_title_by_title() -> None:
    one, other = _block(100, 1), _block(60, 2)
    assert score(pooled([one, other])).titles == 160
    assert score(pooled([one])) == score(one)


def test_a_block_without_a_tenth_is_refused() -> None:
    with pytest.raises(FitError, match="9 titles are too few"):
        score(_block().rows(np.arange(400) < 9))
