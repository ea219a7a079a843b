"""The memo that a commissioner reads and prints: two pages on one pitch, or two pitches side by side.

The interval comes first, the point second, and the simple baseline beside both. What the model does not know (an
abstention, a warning, a missing fact) stands above what it says. The memo advises; whoever decides signs it by name.
"""

from collections.abc import Sequence
from pathlib import Path

from openslate.apps.greenlight.decision_types import Decision
from openslate.apps.greenlight.forecast_types import Forecast
from openslate.apps.greenlight.memo_parts import (
    comparable_blocks,
    decision_blocks,
    driver_blocks,
    missing_blocks,
    pitch_blocks,
    trust_blocks,
)
from openslate.apps.greenlight.memo_words import (
    SELECTION,
    about,
    interval_in_words,
    likely,
)
from openslate.apps.greenlight.pitch import Pitch
from openslate.drawing.page_words import day_in_words
from openslate.drawing.paper import Page, Paper, paper_document
from openslate.drawing.sheet import Counts, Figure, Section
from openslate.drawing.spreads import Spread, figure, spreads
from openslate.drawing.words import shortened
from openslate.errors import ProjectError, UsageError
from openslate.storage.pages import write_page

LONGEST_NAME = 90
MARKED_COMPARABLES = 6


def memo(pitch: Pitch, forecast: Forecast, number: str = "", decisions: Sequence[Decision] = ()) -> str:
    """Two pages on one pitch as a complete HTML document.

    Args:
        pitch: what was proposed.
        forecast: of it.
        number: under which the forecast was filed; empty for not yet.
        decisions: that were recorded; with none there is room for one.

    Raises:
        UsageError: the forecast is of another pitch.
    """
    _require_same(pitch, forecast)
    return paper_document(
        Paper(
            overline="Greenlight memo",
            heading=shortened(pitch.name, LONGEST_NAME),
            made=_made(forecast, number),
            verdict=_verdict(forecast),
            findings=_findings(forecast),
            pages=[
                Page(
                    [
                        [Section(f"Forecast: {about(forecast.target)}", [_chart(forecast), _counts(forecast)])],
                        [
                            Section("The pitch", pitch_blocks(pitch)),
                            (
                                Section("What is missing", missing_blocks(forecast)),
                                Section("How far to trust it", trust_blocks(forecast)),
                            ),
                        ],
                    ]
                ),
                Page(
                    [
                        [Section("Comparable titles", comparable_blocks(forecast))],
                        [Section("What the forecast goes with", driver_blocks(forecast))],
                        [Section("Decision", decision_blocks(decisions))],
                    ]
                ),
            ],
            foot=f"Made by Openslate. {SELECTION} This file loads nothing and runs no script.",
        )
    )


def memo_of_two(first: tuple[Pitch, Forecast], second: tuple[Pitch, Forecast]) -> str:
    """Two pitches side by side as a complete HTML document.

    Args:
        first: a pitch and its forecast.
        second: another; of the same target and as of the same day, so that the two can be compared.

    Raises:
        UsageError: a forecast is of another pitch, or they are of two targets or days.
    """
    both = (first, second)
    for pitch, forecast in both:
        _require_same(pitch, forecast)
    if (first[1].target, first[1].as_of) != (second[1].target, second[1].as_of):
        raise UsageError(
            f"{first[0].name!r} and {second[0].name!r} are forecast for two targets or as of two days.",
            "Forecast both for one target as of one day.",
        )
    target = first[1].target
    rows = [row for pitch, forecast in both for row in _spreads(forecast, pitch.name)]
    chart = spreads(rows, title=f"Forecasts of {about(target)}", axis=f"{target.unit}, logarithmic scale")
    caption = "Dark to light: 50, 80 and 90% intervals, with the median; the simple baseline below each"
    return paper_document(
        Paper(
            overline="Two pitches side by side",
            heading=" and ".join(shortened(pitch.name, LONGEST_NAME // 2) for pitch, _ in both),
            made=f"As of {day_in_words(first[1].as_of)}",
            verdict=_comparison(both),
            findings=[f"{pitch.name}: {one}" for pitch, forecast in both for one in _findings(forecast)],
            pages=[
                Page(
                    [
                        [Section(f"Forecasts: {about(target)}", [Figure(caption, chart)])],
                        [Section(pitch.name, [_counts(forecast), *pitch_blocks(pitch)]) for pitch, forecast in both],
                    ]
                ),
                Page(
                    [
                        [
                            Section(f"Comparable to {pitch.name}", comparable_blocks(forecast, 5, False))
                            for pitch, forecast in both
                        ],
                        [Section("What it goes with", driver_blocks(forecast, False)) for _, forecast in both],
                        [Section("What is missing", missing_blocks(forecast)) for _, forecast in both],
                        [Section("How far to trust it", trust_blocks(forecast)) for _, forecast in both],
                    ]
                ),
            ],
            foot=f"Made by Openslate. {SELECTION} This file loads nothing and runs no script.",
        )
    )


def write_memo(document: str, path: Path) -> None:
    """Write a memo.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        write_page(path, document)
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def _require_same(pitch: Pitch, forecast: Forecast) -> None:
    if forecast.pitch != pitch.hash:
        raise UsageError(f"The forecast is not of {pitch.name!r} as it is now.", "Make the forecast of this pitch.")


def _made(forecast: Forecast, number: str) -> str:
    filed = f"filed as {number}" if number else "not filed"
    return f"As of {day_in_words(forecast.as_of)} · model {forecast.model[:12]} · data {forecast.data[:12]} · {filed}"


def _verdict(forecast: Forecast) -> str:
    if forecast.abstains:
        return f"The model abstains: {forecast.abstains[:1].lower()}{forecast.abstains[1:]}"
    said, median = interval_in_words(forecast.distribution, 80), figure(forecast.distribution.median)
    told = f"{said} {forecast.target.unit} with a probability of 80%; the median is {median}."
    return f"Doubtful, for what is said below: {told}" if forecast.doubts else told


def _findings(forecast: Forecast) -> list[str]:
    baseline = interval_in_words(forecast.baseline, 80)
    return [
        *(["What follows is shown for the record, and should not be relied on."] if forecast.abstains else []),
        *forecast.doubts,
        f"The simple baseline ({forecast.baseline_name}) says {baseline}, median {figure(forecast.baseline.median)}.",
        *forecast.warnings,
    ]


def _comparison(both: Sequence[tuple[Pitch, Forecast]]) -> str:
    told = [
        f"{pitch.name} {'abstained' if one.abstains else interval_in_words(one.distribution, 80)}"
        f"{' (doubtful)' if one.doubts and not one.abstains else ''}"
        for pitch, one in both
    ]
    return f"{'; '.join(told)} (80% intervals, {both[0][1].target.unit})."


def _spreads(forecast: Forecast, name: str) -> list[Spread]:
    return [
        Spread(name, forecast.distribution.quantiles),
        Spread("simple baseline", forecast.baseline.quantiles, "series-6"),
    ]


def _chart(forecast: Forecast) -> Figure:
    rows = _spreads(forecast, "this pitch")
    for one in forecast.comparables[:MARKED_COMPARABLES]:
        if one.outcome:
            rows.append(Spread(one.name, (one.outcome,), "series-2", one.at_most))
    svg = spreads(
        rows, title=f"Forecast of {about(forecast.target)}", axis=f"{forecast.target.unit}, logarithmic scale"
    )
    return Figure("Dark to light: 50, 80 and 90% intervals, with the median; below, what comparable titles had", svg)


def _counts(forecast: Forecast) -> Counts:
    pairs = [(f"{percent}% interval", interval_in_words(forecast.distribution, percent)) for percent in (80, 50)]
    pairs.append(("median", figure(forecast.distribution.median)))
    pairs.append(("mean, for totals", figure(forecast.distribution.mean)))
    if forecast.top_decile is not None and not forecast.abstains:
        pairs.append(("chance of the top tenth", likely(forecast.top_decile)))
    return Counts(pairs)
