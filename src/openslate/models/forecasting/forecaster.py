"""A forecaster: the simple line, trees blended on what it leaves, and quantiles of what those leave, calibrated.

What learns from what: members learn from the fit block; their shares and the intervals' margins come from the
calibration block alone; the quantiles of what the blend leaves come from titles held out in turn, series by series.
Last, line, members and quantiles learn anew from both blocks and whatever else is known, and keep shares and margins:
the margins' guarantee is that of the model before that, and the backtest says what holds after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.models.forecasting.blending import shares
from openslate.models.forecasting.boosting import Grove, Growth, grow
from openslate.models.forecasting.censoring import expected_below
from openslate.models.forecasting.conformal import Margins, calibrate, stacked
from openslate.models.forecasting.distribution import Distributions, through
from openslate.models.forecasting.drivers import Drivers, by_family
from openslate.models.forecasting.levels import LEVELS, outwards
from openslate.models.forecasting.mixing import Meant, mixture
from openslate.models.forecasting.prior import Prior, fit_line, fit_median
from openslate.models.forecasting.rows import Outcomes, Pitches

Floats = NDArray[np.float64]
FEWEST_TO_FIT = 50
FEWEST_WITH_A_GAP = 40
"""Titles with the same facts missing that are calibrated alone; fewer take the margins of whole ones."""
WIDE = 2
"""The 80% interval, whose width says how little follows from a pitch."""

EXTRA = Growth("regression", trees=300, leaves=15, fewest_per_leaf=8, extra=True)
ABSOLUTE = Growth("regression_l1", trees=200, leaves=7, fewest_per_leaf=12)
ROBUST = Growth("huber", trees=300, leaves=7, fewest_per_leaf=20, learning_rate=0.03)
RESIDUAL = Growth("quantile", trees=100, leaves=4, fewest_per_leaf=20, extra=True, seeds=2)


@dataclass(frozen=True)
class Settings:
    """How a forecaster learns.

    Attributes:
        members: the trees that are blended.
        residual: how the quantiles of what the blend leaves are grown; each has its own level.
        line: whether the simple forecast is a line on the covariate, or the median alone.
        even: how strongly shares are drawn towards equal ones, as so many titles.
        narrower, wider: how much is applied of margins that make intervals narrower, and of those that make them
            wider. The quantiles come from held-out titles of many blocks, the margins from the latest: 0 believes the
            former alone, 1 the latter alone, with conformal prediction's guarantee where nothing is refitted. That an
            interval did not hold is believed sooner than that it held too much.
        folds: parts of the titles that are held out in turn.
        folded_seeds: seeds of each member there.
        refit: whether everything but shares and margins learns anew from all that is known.
    """

    members: tuple[Growth, ...] = (EXTRA, ABSOLUTE, ROBUST)
    residual: Growth = RESIDUAL
    line: bool = True
    even: float = 300.0
    narrower: float = 0.5
    wider: float = 0.75
    folds: int = 5
    folded_seeds: int = 1
    refit: bool = True


LOOSE = Margins(np.zeros((1, 3)), np.zeros(3), np.zeros(1, dtype=np.int64))


@dataclass(frozen=True)
class Gap:
    """Titles of the calibration block, with the same facts missing of all.

    Attributes:
        meant: as they may be meant.
        logs: float64 [titles], ln of their outcomes.
    """

    meant: Meant
    logs: Floats


@dataclass(frozen=True)
class Forecaster:
    """A fitted forecaster.

    Attributes:
        prior: the simple forecast.
        members: trees on what it leaves, one model for each member of the blend.
        shares: float64 [members], of each in the blend.
        residual: trees for each quantile of what the blend leaves.
        margins: of the intervals.
        features: how many features it learned from.
        slope: how far a forecast follows what its comparable titles were beyond their simple forecast, 0 to 1.
        widths: float64 [calibration titles], how wide their 80% intervals were, ln, before anything was learned from
            them: what a limit to widths is taken from.
        gaps: margins of titles with facts missing, one pattern of gaps after another, each with all its groups; first
            those of titles that lack nothing.
        gap_titles: int64 [patterns + 1], how many titles each pattern was calibrated on; 0 first, and of patterns that
            were not calibrated, whose margins are those of whole titles.
    """

    prior: Prior
    members: Grove
    shares: Floats
    residual: Grove
    margins: Margins
    features: int
    slope: float = 0.0
    widths: Floats = field(default_factory=lambda: np.empty(0))
    gaps: Margins = LOOSE
    gap_titles: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, dtype=np.int64))

    def point(self, pitches: Pitches, comparable: Floats | None = None) -> Floats:
        """The point forecast of each title, ln, float64 [titles].

        It is what is expected of the logarithm. The median of the distribution may lie a little off it, and the
        predictive mean in views or money lies well above it: sum that one.

        Args:
            pitches: with the features it learned from, in the same order.
            comparable: float64 [titles], what comparable titles were beyond their simple forecast, ln; NaN without any.

        Raises:
            FitError: there are others.
        """
        self._checked(pitches)
        left: Floats = self.shares @ self.members.predict(pitches.features)
        return self.prior.center(pitches.covariate, pitches.kinds) + left + self.followed(len(left), comparable)

    def followed(self, titles: int, comparable: Floats | None) -> Floats:
        """What following comparable titles adds to each forecast, ln, float64 [titles]; nothing without any.

        Args:
            titles: how many there are.
            comparable: as in `point`.
        """
        if comparable is None:
            return np.zeros(titles)
        return self.slope * np.where(np.isnan(comparable), 0.0, comparable)

    def distributions(self, pitches: Pitches, comparable: Floats | None = None) -> Distributions:
        """The calibrated distribution of each title's outcome.

        Args:
            pitches: with the features it learned from, in the same order.
            comparable: as in `point`.

        Raises:
            FitError: there are others.
        """
        return through(self.margins.applied(self._quantiles(pitches, comparable), pitches.groups))

    def meant(self, titles: Meant, patterns: NDArray[np.int64]) -> Distributions:
        """The calibrated distribution of each title that may be meant in several ways.

        Args:
            titles: in every way.
            patterns: int64 [titles], by which pattern of gaps each is calibrated, counted from 1; 0 for none.

        Raises:
            FitError: the ways have other features.
        """
        groups = len(self.gaps.by_group) // len(self.gap_titles)
        return through(self.gaps.applied(self._mixed(titles), patterns * groups + titles.groups))

    def drivers(self, pitches: Pitches, families: NDArray[np.int64], n_families: int) -> Drivers:
        """What each forecast is made of; the parts add up to `point`.

        Args:
            pitches: the titles.
            families: int64 [features], which family each feature belongs to.
            n_families: how many there are.
        """
        self._checked(pitches)
        parts = np.tensordot(self.shares, self.members.contributions(pitches.features), axes=1)
        prior = self.prior.center(pitches.covariate, pitches.kinds)
        return Drivers(prior, parts[:, -1], by_family(parts[:, :-1], families, n_families))

    def ready(self) -> None:
        """Read its trees now, and not when it is first asked."""
        self.members.ready()
        self.residual.ready()

    def _quantiles(self, pitches: Pitches, comparable: Floats | None) -> Floats:
        """Uncalibrated quantiles, none crossing another, float64 [titles, 7]."""
        return outwards(self.point(pitches, comparable)[:, None] + self.residual.predict(pitches.features).T)

    def _mixed(self, titles: Meant) -> Floats:
        """Uncalibrated quantiles of titles that may be meant in several ways, float64 [titles, 7]."""
        return mixture(through(self._quantiles(titles.ways, titles.comparable)), titles.title).quantiles

    def _checked(self, pitches: Pitches) -> None:
        if pitches.features.ndim != 2 or pitches.features.shape[1] != self.features:
            raise FitError(
                f"The pitches have features of shape {pitches.features.shape}, and the model learned from"
                f" {self.features}.",
                "Give the features it learned from, in the same order.",
            )


def fit_forecaster(
    fit: Outcomes,
    calibration: Outcomes,
    n_kinds: int,
    n_groups: int,
    settings: Settings,
    comparable: tuple[Floats, Floats, Floats] | None = None,
    last: Outcomes | None = None,
    gaps: Sequence[Gap | None] = (),
) -> Forecaster:
    """Fit a forecaster.

    Args:
        fit: titles whose window had closed when the calibration block began.
        calibration: titles of the latest closed block, none of them in `fit`.
        n_kinds: how many kinds of title there are.
        n_groups: how many groups are calibrated.
        settings: how.
        comparable: of `fit`, `calibration` and `last` float64 [titles], what comparable titles that were known by then
            were beyond their simple forecast, ln, NaN without any; None where none are followed.
        last: other titles whose outcome is known, of neither block, from which all that is learned anew learns.
        gaps: for each pattern of gaps, titles of the calibration block with these facts missing; None to
            calibrate it as whole titles are.

    Raises:
        FitError: there are too few titles in either.
    """
    if len(fit.logs) < FEWEST_TO_FIT:
        raise FitError(
            f"{len(fit.logs)} titles with outcomes are too few to learn from.",
            f"Import outcomes of {FEWEST_TO_FIT} titles or more that were released before the calibration block.",
        )
    prior = _prior(fit, n_kinds, settings)
    members = grow(fit.features, _left(fit, prior), settings.members, fit.weights)
    said = members.predict(calibration.features)
    blend = shares(said, calibration.logs - prior.center(calibration.covariate, calibration.kinds), settings.even)
    last = calibration.rows(np.empty(0, dtype=np.int64)) if last is None else last
    theirs = comparable or tuple(np.full(len(each.logs), np.nan) for each in (fit, calibration, last))
    residual, slope = _residual(fit, prior, blend, settings, theirs[0])
    first = Forecaster(prior, members, blend, residual, LOOSE, fit.features.shape[1], slope)
    said_of_calibration = first._quantiles(calibration, theirs[1])
    margins = calibrate(said_of_calibration, calibration.logs, calibration.groups, n_groups)
    margins = margins.scaled(settings.narrower, settings.wider)
    of_gaps, gap_titles = _gap_margins(first, margins, gaps, n_groups, settings)
    first = replace(first, margins=margins, gaps=of_gaps, gap_titles=gap_titles)
    first = replace(first, widths=first.distributions(calibration, theirs[1]).widths(WIDE))
    if not settings.refit:
        return first
    known = fit.joined(calibration).joined(last)
    prior = _prior(known, n_kinds, settings)
    members = grow(known.features, _left(known, prior), settings.members, known.weights)
    residual, slope = _residual(known, prior, blend, settings, np.concatenate(theirs))
    return replace(first, prior=prior, members=members, residual=residual, slope=slope)


def _gap_margins(
    first: Forecaster, whole: Margins, gaps: Sequence[Gap | None], n_groups: int, settings: Settings
) -> tuple[Margins, NDArray[np.int64]]:
    """Margins of every pattern of gaps after those of whole titles, and how many titles each was calibrated on."""
    found, titles = [whole], [0]
    for gap in gaps:
        if gap is None or len(gap.logs) < FEWEST_WITH_A_GAP:
            titles.append(0)
            found.append(whole)
            continue
        titles.append(len(gap.logs))
        margins = calibrate(first._mixed(gap.meant), gap.logs, gap.meant.groups, n_groups)
        # No held-out titles had these gaps when the quantiles were learned: that it is too narrow is believed wholly.
        found.append(margins.scaled(settings.narrower, 1.0))
    return stacked(found), np.array(titles, dtype=np.int64)


def _prior(outcomes: Outcomes, n_kinds: int, settings: Settings) -> Prior:
    if settings.line:
        return fit_line(outcomes.logs - outcomes.aside, outcomes.covariate, outcomes.kinds, n_kinds)
    return fit_median(outcomes.logs - outcomes.aside, outcomes.kinds, n_kinds)


def _left(outcomes: Outcomes, prior: Prior) -> Floats:
    """What the simple forecast leaves to learn from, censored outcomes by the rule of `censoring`."""
    center = prior.center(outcomes.covariate, outcomes.kinds)
    logs = outcomes.logs - outcomes.aside
    return expected_below(logs, outcomes.at_most, center, prior.spread) - center


def _residual(
    outcomes: Outcomes, prior: Prior, blend: Floats, settings: Settings, comparable: Floats
) -> tuple[Grove, float]:
    """Quantiles of what the blend leaves of titles that it did not learn from, held out in turn series by series.

    How far these follow their comparable titles is learned from what is left of them, before the quantiles are.
    """
    left = _left(outcomes, prior)
    folds = _folds(outcomes.series, settings.folds)
    fewer = tuple(replace(member, seeds=settings.folded_seeds) for member in settings.members)
    beyond = np.empty(len(left))
    for fold in range(settings.folds):
        out = folds == fold
        grove = grow(outcomes.features[~out], left[~out], fewer, outcomes.weights[~out])
        beyond[out] = left[out] - blend @ grove.predict(outcomes.features[out])
    slope = slope_of(beyond, comparable)
    beyond = beyond - slope * np.where(np.isnan(comparable), 0.0, comparable)
    levels = [replace(settings.residual, level=level) for level in LEVELS]
    return grow(outcomes.features, beyond, levels, outcomes.weights), slope


def slope_of(beyond: Floats, comparable: Floats) -> float:
    """The slope of what is left on what comparable titles were beyond theirs, never below 0 nor above 1."""
    there = np.isfinite(comparable)
    if there.sum() < FEWEST_TO_FIT or np.ptp(comparable[there]) == 0:
        return 0.0
    line = fit_line(beyond[there], comparable[there], np.zeros(int(there.sum()), dtype=np.int64), 1)
    return float(np.clip(line.slope, 0.0, 1.0))


def _folds(series: NDArray[np.int64], folds: int) -> NDArray[np.int64]:
    """The fold of each title: series in random order, the same for the same series."""
    _, place = np.unique(series, return_inverse=True)
    order: NDArray[np.int64] = np.random.default_rng(0).permutation(place.max() + 1)[place] % folds
    return order
