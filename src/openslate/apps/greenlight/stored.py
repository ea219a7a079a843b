"""What a stored forecaster keeps of the past: works as text, outcomes as arrays, so that it answers alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.labels import Labels
from openslate.apps.greenlight.works import Work
from openslate.data.outcomes import Outcomes

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
_LISTS = ("genres", "countries", "companies", "people")
_UNREAD = ("text", "written")
"""Text was learned from where that was allowed, and is kept nowhere else."""


@dataclass(frozen=True)
class StoredOutcomes:
    """Outcomes with works by their places and days as numbers since 1970.

    Attributes:
        measure, region: as in `Outcomes`; a measure of '' stands for none.
        work, starts, ends, published: int64.
        value, step: float64.
    """

    measure: str
    region: str
    work: Numbers
    starts: Numbers
    ends: Numbers
    published: Numbers
    value: Floats
    step: Floats


@dataclass(frozen=True)
class StoredPast:
    """A past.

    Attributes:
        works: uint8, JSON of every work.
        keys: uint8, JSON of what titles of one series share, of every work.
        measure, region, zero: of the labels.
        label_works: int64, the work of each label.
        released, starts, ends, published: int64 [labels], days since 1970.
        days, logs: float64 [labels].
        at_most: bool [labels].
        reports, weeks, ranks: outcomes.
        wait: as in `Past`.
    """

    works: NDArray[np.uint8]
    keys: NDArray[np.uint8]
    measure: str
    region: str
    zero: int
    label_works: Numbers
    released: Numbers
    starts: Numbers
    ends: Numbers
    published: Numbers
    days: Floats
    logs: Floats
    at_most: NDArray[np.bool_]
    reports: StoredOutcomes
    weeks: StoredOutcomes
    ranks: StoredOutcomes
    wait: bool


def store_past(past: Past) -> StoredPast:
    """The past as arrays."""
    labels = past.labels
    return StoredPast(
        works=np.frombuffer(json.dumps([_plain(work) for work in past.works]).encode(), dtype=np.uint8),
        keys=np.frombuffer(json.dumps(past.series).encode(), dtype=np.uint8),
        measure=labels.measure,
        region=labels.region,
        zero=labels.zero,
        label_works=np.array([past.place[work.id] for work in labels.works], dtype=np.int64),
        released=_numbers(labels.released),
        starts=_numbers(labels.starts),
        ends=_numbers(labels.ends),
        published=_numbers(labels.published),
        days=labels.days,
        logs=labels.logs,
        at_most=labels.at_most,
        reports=_store(past, past.reports),
        weeks=_store(past, past.weeks),
        ranks=_store(past, past.ranks),
        wait=past.wait,
    )


def past_from(stored: StoredPast) -> Past:
    """The past of a stored one."""
    works = tuple(_work(plain) for plain in json.loads(stored.works.tobytes()))
    labels = Labels(
        measure=stored.measure,
        region=stored.region,
        works=tuple(works[row] for row in stored.label_works),
        released=_days(stored.released),
        starts=_days(stored.starts),
        ends=_days(stored.ends),
        days=stored.days,
        logs=stored.logs,
        at_most=stored.at_most,
        published=_days(stored.published),
        zero=stored.zero,
    )
    told = [_outcomes(one, works) for one in (stored.reports, stored.weeks, stored.ranks)]
    return Past(works, labels, told[0], told[1], told[2], stored.wait, tuple(json.loads(stored.keys.tobytes())))


def _plain(work: Work) -> dict[str, Any]:
    said = {field.name: getattr(work, field.name) for field in fields(Work) if field.name not in _UNREAD}
    said["released"] = None if work.released is None else work.released.isoformat()
    return {name: value for name, value in said.items() if value not in (None, "", ())}


def _work(plain: Mapping[str, Any]) -> Work:
    values: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in plain.items()}
    if "released" in values:
        values["released"] = date.fromisoformat(values["released"])
    return Work(**values)


def _store(past: Past, outcomes: Outcomes | None) -> StoredOutcomes:
    if outcomes is None:
        none, nothing = np.empty(0, dtype=np.int64), np.empty(0)
        return StoredOutcomes("", "", none, none, none, none, nothing, nothing)
    # Of titles that are no work of the past nothing can be asked.
    there = np.array([title in past.place for title in outcomes.title], dtype=np.bool_)
    return StoredOutcomes(
        outcomes.measure,
        outcomes.region,
        np.array([past.place[title] for title in outcomes.title[there]], dtype=np.int64),
        _numbers(outcomes.starts[there]),
        _numbers(outcomes.ends[there]),
        _numbers(outcomes.published[there]),
        outcomes.value[there],
        outcomes.step[there],
    )


def _outcomes(stored: StoredOutcomes, works: tuple[Work, ...]) -> Outcomes | None:
    if not stored.measure:
        return None
    return Outcomes(
        stored.measure,
        stored.region,
        np.array([works[row].id for row in stored.work], dtype=object),
        _days(stored.starts),
        _days(stored.ends),
        stored.value,
        stored.step,
        _days(stored.published),
    )


def _numbers(days: NDArray[np.datetime64]) -> Numbers:
    return days.astype("datetime64[D]").astype(np.int64)


def _days(numbers: Numbers) -> NDArray[np.datetime64]:
    return numbers.astype("datetime64[D]")
