"""Whether texts help a forecast: `python -m benchmarks.greenlight_texts`.

Films of TMDB's and of The Numbers' tables, as in `benchmarks.greenlight_takings`, are forecast at the same origins with
more and more of what TMDB's overviews say: nothing; the first sentence, as a logline; the first sentence of the pitch,
with the rest of every title that was learned from as if it were a treatment that may be read; and the whole overview as
a synopsis of both. Nothing else differs. What is told is R2 on the logarithm and the weighted interval score, with the
difference from no text and a bootstrap over titles. There are no scripts in the data: an overview stands in for one,
and is much shorter.
"""

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.greenlight_projects import takings_project
from benchmarks.greenlight_takings import ORIGINS
from benchmarks.machine import describe, real_data
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest import parted
from openslate.apps.greenlight.blocks import block_of
from openslate.apps.greenlight.evaluate import Prepared, prepare
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.fitting import fit_at
from openslate.apps.greenlight.trial import Trial, joined, trial
from openslate.apps.greenlight.works import Work
from openslate.clock import stopwatch
from openslate.evaluation.forecasting import point, scores
from openslate.evaluation.forecasting.differences import paired

Floats = NDArray[np.float64]

SENTENCE = re.compile(r"(?<=[.!?])\s")
ASKED = Asked(measure="revenue", source="tmdb", months=36, origins=ORIGINS)
NONE = "no text"


def _logline(work: Work) -> Work:
    return replace(work, text=SENTENCE.split(work.text, maxsplit=1)[0])


def _treatment(work: Work) -> Work:
    first, *rest = SENTENCE.split(work.text, maxsplit=1)
    return replace(work, text=first, written=" ".join(rest))


ARMS: Mapping[str, Callable[[Work], Work]] = {
    NONE: lambda work: replace(work, text=""),
    "a logline": _logline,
    "a logline, and treatments of titles": _treatment,
    "a synopsis": lambda work: work,
}


def told_by(past: Past, arm: Callable[[Work], Work]) -> Past:
    """The past with other texts of every work."""
    works = {work.id: arm(work) for work in past.works}
    labels = replace(past.labels, works=tuple(arm(work) for work in past.labels.works))
    return replace(past, works=tuple(works.values()), labels=labels)


def trials_of(prepared: Prepared, past: Past) -> list[Trial]:
    """What is forecast at every origin.

    Args:
        prepared: blocks, titles and origins.
        past: with the texts of one arm.
    """
    as_of: list[date] = [block_of(prepared.days, day) for day in past.labels.released.tolist()]
    found = []
    for day in prepared.origins:
        origin, rows = parted(past, prepared.days, prepared.population, day)
        found.append(trial(past, fit_at(past, as_of, origin, prepared.population), rows))
    return found


def compare(arms: Mapping[str, Sequence[Trial]], days: Sequence[date]) -> None:
    """Print every arm at every origin and over all, with differences from the first."""
    for name, trials in arms.items():
        each = [f"{point.r_squared(one.block.actual, one.block.point):.3f}" for one in trials]
        ours, plain = joined(trials).block, joined(arms[NONE]).block
        wis = scores.weighted_interval_score(ours.actual, ours.quantiles)
        print(f"{name}: R2 {point.r_squared(ours.actual, ours.point):.4f}, WIS {wis.mean():.4f};", end=" ")
        print("R2 at", ", ".join(f"{day.year} {told}" for day, told in zip(days, each, strict=True)))
        if name != NONE:
            gain = paired(point.r_squared, ours.actual, ours.point, plain.point, 0)
            less = paired(_mean, ours.actual, wis, scores.weighted_interval_score(plain.actual, plain.quantiles), 0)
            print(f"  beside {NONE}: R2 {gain.difference:+.4f} ({gain.low:+.4f} to {gain.high:+.4f}),", end=" ")
            print(f"WIS {less.difference:+.4f} ({less.low:+.4f} to {less.high:+.4f}), {gain.titles} titles")


def _mean(_: Floats, values: Floats) -> float:
    return float(values.mean())


def main() -> None:
    """Import, match, and forecast with each of the texts."""
    with tempfile.TemporaryDirectory() as folder:
        began = stopwatch()
        prepared = prepare(takings_project(Path(folder) / "project", real_data()), ASKED)
        with_text = sum(bool(work.text) for work in prepared.past.labels.works)
        print(f"{with_text} of {len(prepared.past.labels)} films with takings have an overview.", flush=True)
        arms = {}
        for name, arm in ARMS.items():
            arms[name] = trials_of(prepared, told_by(prepared.past, arm))
            print(f"{name}: done after {stopwatch() - began:.0f} s", flush=True)
        compare(arms, prepared.origins)
        print(describe())


if __name__ == "__main__":
    main()
