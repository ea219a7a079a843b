"""Whether press coverage helps a forecast: the same origins forecast with it, without, and with that of other titles.

More columns alone change what trees find. So coverage is said to help only where it does better than no coverage and
also better than a placebo: the same counts, dealt out among titles and among people by lot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest import parted
from openslate.apps.greenlight.blocks import block_of
from openslate.apps.greenlight.evaluate import Prepared, prepare
from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.fitting import fit_at
from openslate.apps.greenlight.trial import Trial, joined, trial
from openslate.data.buzz import NONE, Buzz, Coverage
from openslate.errors import UsageError
from openslate.evaluation.forecasting import point, scores
from openslate.evaluation.forecasting.differences import FEWEST_TITLES, Difference, paired
from openslate.models.forecasting.forecaster import Settings
from openslate.progress import Progress, silent, within
from openslate.project import Project


@dataclass(frozen=True)
class BuzzAblation:
    """What coverage added.

    Attributes:
        measure: that is forecast.
        origins: days of the forecasts.
        titles: that were tested.
        covered: of those, about which something had been written within a year before the forecast.
        with_it, without: R2 on the logarithm.
        r_squared: how much higher R2 is with coverage.
        interval_score: how much higher the weighted interval score is with coverage; lower is better.
        over_placebo: the same beside coverage dealt out by lot.
    """

    measure: str
    origins: tuple[date, ...]
    titles: int
    covered: int
    with_it: float
    without: float
    r_squared: Difference
    interval_score: Difference
    over_placebo: Difference

    @property
    def verdict(self) -> str:
        """Whether it helps, in a sentence."""
        score = self.interval_score
        if score.titles < FEWEST_TITLES:
            return f"Nothing can be said of fewer than {FEWEST_TITLES} titles."
        if score.excludes_zero and score.low > 0:
            return "Coverage makes the forecast worse: leave it out."
        if score.excludes_zero and self.over_placebo.excludes_zero and self.over_placebo.high < 0:
            return "Coverage helps the forecast."
        return "Coverage makes no difference that can be told from chance."


def ablate_buzz(
    project: Project, asked: Asked = Asked(), settings: Settings = Settings(), progress: Progress = silent
) -> BuzzAblation:
    """Forecast every origin with coverage, without, and with coverage dealt out by lot.

    Args:
        project: where.
        asked: what is forecast and of which titles, as in `evaluate`.
        settings: of the forecaster.
        progress: told what is done.

    Raises:
        UsageError: nothing was counted, or the project has no such measure or origin.
        FitError: there is too little to fit on or to test.
    """
    return ablate_prepared(prepare(project, asked), asked, settings, progress)


def ablate_prepared(
    prepared: Prepared, asked: Asked, settings: Settings = Settings(), progress: Progress = silent
) -> BuzzAblation:
    """The same of what was prepared.

    Args:
        prepared: by `prepare`, from the same question.
        asked, settings, progress: as in `ablate_buzz`.

    Raises:
        UsageError: nothing was counted.
        FitError: there is too little to fit on or to test.
    """
    past = prepared.past
    if not past.buzz.counted:
        raise UsageError("Nothing was counted of press coverage.", "Count it: `openslate press buzz`.")
    arms = (past.buzz, NONE, dealt_out(past.buzz, asked.seed))
    found = []
    for number, buzz in enumerate(arms):
        share = within(progress, number / len(arms), (number + 1) / len(arms))
        found.append(joined(_trials(prepared, replace(past, buzz=buzz), settings, share)))
    ours, block, other = found[0], found[0].block, found[1].block
    wis, without, placebo = (scores.weighted_interval_score(one.block.actual, one.block.quantiles) for one in found)
    return BuzzAblation(
        measure=prepared.measure,
        origins=tuple(prepared.origins),
        titles=len(block.actual),
        covered=_covered(prepared, past, ours),
        with_it=point.r_squared(block.actual, block.point),
        without=point.r_squared(other.actual, other.point),
        r_squared=paired(point.r_squared, block.actual, block.point, other.point, asked.seed),
        interval_score=paired(_mean, block.actual, wis, without, asked.seed),
        over_placebo=paired(_mean, block.actual, wis, placebo, asked.seed),
    )


def dealt_out(buzz: Buzz, seed: int) -> Buzz:
    """The same counts, each under another title or person, by lot.

    Args:
        buzz: as counted.
        seed: of the lot.
    """
    drawn = np.random.default_rng(seed)

    def shuffled(covered: Mapping[str, Coverage]) -> dict[str, Coverage]:
        whose = list(covered.values())
        return {name: whose[at] for name, at in zip(covered, drawn.permutation(len(whose)), strict=True)}

    return replace(buzz, titles=shuffled(buzz.titles), people=shuffled(buzz.people))


def _trials(prepared: Prepared, past: Past, settings: Settings, progress: Progress) -> list[Trial]:
    as_of = [block_of(prepared.days, day) for day in past.labels.released.tolist()]
    found = []
    for number, day in enumerate(prepared.origins):
        share = within(progress, number / len(prepared.origins), (number + 1) / len(prepared.origins))
        origin, rows = parted(past, prepared.days, prepared.population, day)
        fitted = fit_at(past, as_of, origin, prepared.population, settings, progress=share)
        found.append(trial(past, fitted, rows))
    return found


def _covered(prepared: Prepared, past: Past, tried: Trial) -> int:
    def written(row: int) -> bool:
        work = past.labels.works[row]
        day = block_of(prepared.days, past.labels.released[row].tolist())
        sums = [past.buzz.of("title", work.id, day, 365), *(_person(past, name, day) for name in work.people[:6])]
        return bool(np.nansum([one[0] for one in sums]))

    return sum(written(int(row)) for row in tried.rows)


def _person(past: Past, name: str, day: date) -> Floats:
    return past.buzz.of("person", name, day, 365)


def _mean(_: Floats, values: Floats) -> float:
    return float(values.mean())


def told(found: BuzzAblation) -> Sequence[str]:
    """What an ablation came to, a sentence each.

    Args:
        found: the ablation.
    """
    score, fit, lot = found.interval_score, found.r_squared, found.over_placebo
    return (
        f"{found.titles:,} titles at {len(found.origins)} origins; of {found.covered:,} something had been written.",
        f"R2 on ln {found.measure}: {found.with_it:.3f} with coverage, {found.without:.3f} without "
        f"({fit.difference:+.3f}, 95% {fit.low:+.3f} to {fit.high:+.3f}).",
        f"Weighted interval score: {score.difference:+.4f} with coverage, 95% {score.low:+.4f} to {score.high:+.4f}; "
        f"lower is better. Beside the same coverage dealt out by lot: {lot.difference:+.4f}, {lot.low:+.4f} to "
        f"{lot.high:+.4f}.",
        found.verdict,
    )
