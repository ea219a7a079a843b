"""What a forecast says against itself: why it abstains, and what else to know of the pitch it is made for."""

import numpy as np

from openslate.apps.greenlight.fitting import widths_of
from openslate.apps.greenlight.lengths import length_in_words
from openslate.apps.greenlight.opened import Opened
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.ranges import AHEAD_YEARS, Span, latest_release, span_of
from openslate.apps.greenlight.works import Work
from openslate.models.forecasting.distribution import Distributions


def why_abstained(opened: Opened, pitch: Pitch, work: Work, mixed: Distributions) -> str:
    """Why a forecaster abstains, in sentences; empty where it does not.

    Args:
        opened: the forecaster.
        pitch: what was proposed.
        work: as it is forecast, its length counted as the past counts it.
        mixed: the distribution of its outcome.
    """
    found = [_too_wide(opened, mixed), _budget_far(opened, pitch, work), _length_far(opened, work)]
    return " ".join(one for one in (*found, _release_far(opened, pitch)) if one)


def warnings_of(opened: Opened, pitch: Pitch, work: Work) -> tuple[str, ...]:
    """What else to know of a forecast, a sentence each.

    Args:
        opened, pitch, work: as in `why_abstained`.
    """
    return tuple(
        one
        for one in (
            _foreign(opened, pitch),
            length_in_words(pitch, opened.seasons),
            _outside("budget", work.budget, span_of(opened.priced, "budget", work.kind, True)),
            _outside("runtime", work.runtime_minutes, span_of(opened.learned, "runtime_minutes", work.kind, False)),
        )
        if one
    )


def _too_wide(opened: Opened, mixed: Distributions) -> str:
    width, widest = float(widths_of(mixed)[0]), opened.limits.widest
    if width <= widest:
        return ""
    return (
        f"Too little follows from this pitch: its 80% interval spans a factor of {np.exp(width):,.0f}, and 90 of 100"
        f" titles that were calibrated on stayed within {np.exp(widest):,.0f}."
    )


def _budget_far(opened: Opened, pitch: Pitch, work: Work) -> str:
    span = span_of(opened.priced, "budget", work.kind, True)
    if work.budget is None or pitch.budget is None or span is None:
        return ""
    ends = [float(one) for one in (pitch.budget.lowest, pitch.budget.highest) if span.far(float(one))]
    return _far(f"budget of {ends[0]:,.0f} {work.currency}", span) if ends else ""


def _length_far(opened: Opened, work: Work) -> str:
    span = span_of(opened.learned, "runtime_minutes", work.kind, False)
    if work.runtime_minutes is None or span is None or not span.far(work.runtime_minutes):
        return ""
    return _far(f"length of {work.runtime_minutes:,} minutes", span)


def _release_far(opened: Opened, pitch: Pitch) -> str:
    latest = latest_release(opened.learned)
    if pitch.release is None or latest is None:
        return ""
    years = (pitch.release.latest - latest).days / 365.25
    if years <= AHEAD_YEARS:
        return ""
    return (
        f"The release on {pitch.release.latest} lies {years:,.0f} years after the latest title that was learned from"
        f" ({latest}); beyond {AHEAD_YEARS} nothing is known to hold."
    )


def _far(what: str, span: Span) -> str:
    return (
        f"The {what} is far from what was learned from: 98 of 100 {span.of} had {span.low:,.0f} to {span.high:,.0f},"
        " and below half or above twice that nothing is known to hold."
    )


def _outside(what: str, value: float | None, span: Span | None) -> str:
    if value is None or span is None or span.far(value) or not span.outside(value):
        return ""
    return f"The {what} of {value:,.0f} lies outside what was learned from, {span.least:,.0f} to {span.most:,.0f}."


def _foreign(opened: Opened, pitch: Pitch) -> str:
    budget, learned = pitch.budget, opened.past.currency
    if budget is None or not learned or budget.currency == learned:
        return ""
    return (
        f"The budget is in {budget.currency} and is not used: those that were learned from are in {learned}, and"
        " no exchange rate is assumed."
    )
