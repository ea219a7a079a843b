"""What the figures of a backtest are called, which way is better, and what each of them says."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from openslate.apps.greenlight.backtest_types import Ahead, OriginFound
from openslate.errors import FitError
from openslate.evaluation.forecasting.differences import Difference

ABSENT = "–"
"""What stands where a figure could not be worked out."""


@dataclass(frozen=True)
class FigureWords:
    """How a figure is spoken of.

    Attributes:
        label: its short name.
        more: whether more of it is better; None for neither.
        meaning: what it says.
    """

    label: str
    more: bool | None
    meaning: str


FIGURES = {
    "r_squared": FigureWords(
        "R²", True, "Share of the variation of log outcomes that the point forecast explains: 0 explains none, 1 all."
    ),
    "rmsle": FigureWords(
        "RMSLE", False, "Root mean square error of the natural logarithm; at 1.1 a typical miss is a factor of three."
    ),
    "auc_top": FigureWords(
        "AUC top 10%",
        True,
        "Chance that a title of the block's top tenth was ranked above one that is not; .5 is luck.",
    ),
    "auc_double": FigureWords(
        "AUC 2× budget", True, "The same for titles that took in twice their budget or more, where budgets are known."
    ),
    "within_twice": FigureWords("within 2×", True, "Share of point forecasts off by less than a factor of two."),
    "wis_skill": FigureWords(
        "WIS skill",
        True,
        "How much lower the weighted interval score is than that of a forecast alike for every title: 0 is no better, "
        "100% perfect. It pays for intervals that hold and are narrow.",
    ),
    "wis": FigureWords("WIS", False, "Weighted interval score on the logarithm, the mean over seven quantiles."),
    "crps": FigureWords("CRPS", False, "Distance of the whole forecast distribution from what came, on the logarithm."),
    "mae_log10": FigureWords("MAE log₁₀", False, "Mean absolute error of the decimal logarithm."),
    "median_relative_error": FigureWords("MdAPE", False, "Median of the error as a share of the outcome."),
    "spearman": FigureWords("Spearman", True, "Rank correlation of forecasts and outcomes."),
    "precision_top": FigureWords(
        "P@10%", True, "Share of the titles forecast to be the top tenth that were; a tenth is luck."
    ),
    "slate_lift": FigureWords(
        "slate lift", True, "Mean outcome of the tenth with the highest forecasts over the mean of all titles."
    ),
    "total_bias": FigureWords(
        "total bias", None, "Sum of the predictive means over the sum of outcomes; 1.00 neither promises too much."
    ),
}
"""By the name that `Scorecard`, `Simple` and `Ahead` have for them."""
_ALIASES = {"r2": "r_squared", "auc": "auc_top", "auc_top_10%": "auc_top", "auc_2x_budget": "auc_double"}
RATIOS = ("within_twice", "wis_skill", "precision_top", "median_relative_error")
"""Figures that are written in per cent."""


def key_of(figure: str) -> str:
    """The name of a figure in `FIGURES`, however it was written.

    Args:
        figure: such as 'rmsle', 'R2' or 'AUC top'.

    Raises:
        FitError: it is none of those, so that nobody can say which way is better.

    Example:
        >>> key_of("RMSLE"), key_of("R2")
        ('rmsle', 'r_squared')
    """
    plain = figure.strip().lower().replace(" ", "_").replace("-", "_").replace("²", "2")
    key = _ALIASES.get(plain, plain)
    if key not in FIGURES:
        raise FitError(
            f"The backtest compares {figure!r}, which is no figure of ours.", f"Name one of {list(FIGURES)}."
        )
    return key


def shown(value: float, decimals: int = 2) -> str:
    """A figure with a true minus sign; a dash for one that could not be worked out.

    Example:
        >>> shown(-0.123), shown(-0.001), shown(float("nan"))
        ('−0.12', '0.00', '–')
    """
    if not math.isfinite(value):
        return ABSENT
    return f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def share(value: float) -> str:
    """A share in whole per cent; a dash for one that could not be worked out.

    Example:
        >>> share(0.806), share(-0.031), share(float("nan"))
        ('81%', '−3%', '–')
    """
    return f"{shown(100 * value, 0)}%" if math.isfinite(value) else ABSENT


def width(value: float) -> str:
    """How many times its low end the high end of an interval is.

    Example:
        >>> width(12.976), width(4.81), width(450.2)
        ('×13', '×4.8', '×450')
    """
    return ABSENT if not math.isfinite(value) else f"×{value:.1f}" if value < 9.95 else f"×{value:,.0f}"


def told(key: str, value: float) -> str:
    """A figure as it is written, in per cent or in decimals."""
    if key in RATIOS:
        return share(value)
    return shown(value, 3 if key in ("mae_log10", "wis", "crps") else 2)


def outcome(ahead: Ahead) -> str:
    """Whether the model is better or worse there, or whether nobody can tell.

    A `Difference` is the model's figure less that of the simple forecast, as `differences.paired` gives it.

    Example:
        >>> outcome(Ahead("the line", "rmsle", Difference(-0.1, -0.2, -0.05, 200)))
        'better'
    """
    if not ahead.difference.excludes_zero:
        return "unclear"
    return "better" if (ahead.difference.difference > 0) is _more(ahead) else "worse"


def difference_told(key: str, difference: Difference) -> tuple[str, str]:
    """A difference with its sign, and the interval around it.

    Example:
        >>> difference_told("r_squared", Difference(0.031, 0.012, 0.05, 100))
        ('+0.03', '0.01 to 0.05')
    """
    sign = "+" if difference.difference > 0 else ""
    return f"{sign}{told(key, difference.difference)}", f"{told(key, difference.low)} to {told(key, difference.high)}"


def compared(origin: OriginFound) -> tuple[str, ...]:
    """Keys of the figures on which an origin compares the model with simple forecasts, in order."""
    return tuple(dict.fromkeys(key_of(one.figure) for one in origin.ahead))


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them.

    Example:
        >>> listed(["a"]), listed(["a", "b", "c"])
        ('a', 'a, b and c')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _more(ahead: Ahead) -> bool:
    more = FIGURES[key_of(ahead.figure)].more
    if more is None:
        raise FitError(f"Neither more nor less of {ahead.figure!r} is better.", "Compare on another figure.")
    return more
