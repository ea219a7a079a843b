"""Forecast one pitch: what it says, what may be meant by what it leaves out, and what its comparable titles did."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from openslate.apps.greenlight.cautions import warnings_of, why_abstained
from openslate.apps.greenlight.comps.also_watched import also_watched
from openslate.apps.greenlight.comps.comparables import FOLLOWED, Found, find_comparables
from openslate.apps.greenlight.doubts import doubts_of
from openslate.apps.greenlight.evaluate import knowing
from openslate.apps.greenlight.family_words import family_words
from openslate.apps.greenlight.features.money import priced
from openslate.apps.greenlight.forecast_types import AlsoWatched, Distribution, Driver, Forecast, Record
from openslate.apps.greenlight.lengths import length_of
from openslate.apps.greenlight.meant import calibrated_patterns
from openslate.apps.greenlight.missed import missed
from openslate.apps.greenlight.opened import Opened
from openslate.apps.greenlight.own_weeks import weeks_of
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.trained_by import target_of
from openslate.apps.greenlight.trajectory import SURVIVORS, Week, trajectory
from openslate.apps.greenlight.unused import (
    of_kind,
    seldom,
    seldom_in_words,
    unused,
    unused_in_words,
    usable,
    why_unused,
)
from openslate.apps.greenlight.works import Work, work_of_pitch
from openslate.errors import UsageError
from openslate.models.forecasting.distribution import Distributions
from openslate.models.forecasting.mixing import Meant, mixture

DRIVERS = 8
EXPLAINED = 8
"""Of the ways in which a pitch may be meant, so many are taken apart: each takes as long as forecasting all of them."""


def forecast(
    opened: Opened, pitch: Pitch, pins: Sequence[str] = (), strikes: Sequence[str] = (), comparables: int = FOLLOWED
) -> Forecast:
    """Forecast a pitch.

    What it leaves out is taken, in turn, as titles had it that are otherwise like it, so that a pitch that says less
    has a wider interval.

    Args:
        opened: a trained forecaster.
        pitch: what was proposed.
        pins: ids or names of titles that a person says compare.
        strikes: ids or names of those that do not.
        comparables: how many to show beside pinned ones; the forecast follows `FOLLOWED` of them in any case.

    Raises:
        UsageError: the pitch is as of a day before the forecaster was trained, or a pinned title is unknown.
    """
    if pitch.as_of < opened.as_of:
        raise UsageError(
            f"{pitch.name!r} is as of {pitch.as_of}, and the forecaster has learned until {opened.as_of}.",
            f"Train one as of that day: openslate greenlight train --as-of {pitch.as_of}.",
        )
    said = replace(work_of_pitch(pitch), runtime_minutes=length_of(pitch, opened.seasons))
    work = usable(priced(said, opened.past.currency), opened.learned)
    found = find_comparables(
        said,
        opened.following.seen,
        pitch.as_of,
        opened.following.theme,
        None,
        pins,
        strikes,
        max(FOLLOWED, len(pins)),
        comparables,
        opened.past.works,
    )
    encoding = opened.encoding
    comparable = opened.following.mean(found.near)
    meant = encoding.meant([work], lambda _, way: days_of(opened, way), [pitch.as_of], comparable)
    patterns = encoding.patterns([work], calibrated_patterns(opened.forecaster))
    mixed = opened.forecaster.meant(meant, patterns)
    line = opened.encoder.line.center(meant.ways.covariate, meant.ways.kinds)
    weeks, where_weeks_come_from = _weeks(opened, work, pitch.as_of)
    manifest = opened.artifact.manifest
    return Forecast(
        target=target_of(manifest),
        as_of=pitch.as_of,
        pitch=pitch.hash,
        model=opened.artifact.id,
        data=manifest["snapshot"],
        distribution=_in_units(mixed),
        baseline=_in_units(mixture(opened.simple.distributions(line), meant.title)),
        baseline_name=opened.simple.name,
        top_decile=float(mixed.above(opened.limits.top)[0]),
        comparables=found.comparables,
        drivers=_drivers(opened, meant, said),
        missing=missed(pitch, opened.learned, opened.seasons),
        weeks=weeks,
        abstains=why_abstained(opened, pitch, work, mixed),
        warnings=tuple(
            filter(
                None,
                (
                    *warnings_of(opened, pitch, work),
                    unused_in_words(unused(said, of_kind(said, opened.learned))),
                    seldom_in_words(seldom(said, of_kind(said, opened.learned))),
                    where_weeks_come_from if weeks else "",
                ),
            )
        ),
        record=_told(opened),
        doubts=(*filter(None, [opened.taken_back]), *doubts_of(manifest, pitch.as_of)),
        audience=_watched(opened, work, found, pitch.as_of, strikes),
    )


def days_of(opened: Opened, work: Work) -> float:
    """Days from a work's release to the end of its window."""
    manifest = opened.artifact.manifest
    if manifest["days"]:
        return float(manifest["days"])
    assert work.released is not None
    starts = [date.fromisoformat(day) for day in manifest["halves"]]
    turns = sorted({(day.month, day.day) for day in starts})
    later = [
        date(year, month, day)
        for year in (work.released.year, work.released.year + 1)
        for month, day in turns
        if date(year, month, day) > work.released
    ]
    return float((min(later) - work.released) / timedelta(days=1))


def _weeks(opened: Opened, work: Work, as_of: date) -> tuple[tuple[Week, ...], str]:
    """How the audience comes together over the weeks, and where that comes from, in a sentence.

    Own plays tell of every title; where outcomes were imported there are weekly lists alone.
    """
    if opened.weeks is not None:
        return weeks_of(opened.weeks, work)
    return trajectory(opened.past, work, as_of), SURVIVORS


def _watched(opened: Opened, work: Work, found: Found, as_of: date, strikes: Sequence[str]) -> tuple[AlsoWatched, ...]:
    """What the members watched who watched what compares."""
    if opened.audience is None:
        return ()
    seen = opened.following.seen
    struck = [seen.ids[place] for place in seen.places(strikes, None)]
    return also_watched(work, found.near, seen, as_of, opened.audience, struck)


def _in_units(found: Distributions) -> Distribution:
    quantiles = tuple(float(one) for one in np.exp(found.quantiles[0]))
    return Distribution(quantiles, float(found.mean()[0]))


def _drivers(opened: Opened, meant: Meant, work: Work) -> tuple[Driver, ...]:
    """What the forecast goes with, strongest first: associations, of titles like this one."""
    manifest = opened.artifact.manifest
    names = list(manifest["families"])
    families = np.array([names.index(one) for one in manifest["family_of"]], dtype=np.int64)
    beyond = meant.comparable
    some = meant.ways.rows(np.arange(min(EXPLAINED, len(beyond))))
    parts = opened.forecaster.drivers(some, families, len(names)).families.mean(axis=0).tolist()
    followed = float(opened.forecaster.followed(len(beyond), beyond).mean())
    told = [*zip(names, parts, strict=True), ("comparable titles", followed)]
    told.sort(key=lambda one: (-abs(one[1]), one[0]))
    not_used = why_unused(work, of_kind(work, opened.learned), opened.past.currency)
    return tuple(Driver(name, family_words(name, work, not_used), math.exp(part)) for name, part in told[:DRIVERS])


def _told(opened: Opened) -> Record | None:
    validation = opened.artifact.manifest["validation"]
    if not validation:
        return None
    return Record(
        split=(
            f"tested on titles released from {validation['from']} to before {validation['until']}, from"
            f" {knowing(bool(validation.get('as_published')))}"
        ),
        titles=int(validation["titles"]),
        coverage=float(validation["coverage"]),
        skill=float(validation["wis_skill"]),
        baseline_skill=float(validation["wis_skill"]) - float(validation["skill_over_line"]),
    )
