"""Gather the card of a trained forecaster: what it is, from what, how good it was, and which texts were left out.

Its figures are those of the backtest of the data that it was trained on, whatever was imported since. One that was
made already, by `greenlight evaluate` or for an earlier card, is read; else it is worked out and kept. The same project
gives the same card.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.asked import Asked, read_asked
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.backtest_words import abstention_told, alarms
from openslate.apps.greenlight.choosing import is_latest
from openslate.apps.greenlight.data_of_then import data_of_then
from openslate.apps.greenlight.evaluate import (
    REFUSED,
    Prepared,
    evaluate_prepared,
    left_out_of,
    library_versions,
    prepare,
)
from openslate.apps.greenlight.filed import filed_forecasts
from openslate.apps.greenlight.forecast_card_types import (
    Family,
    ForecastCard,
    GroupError,
    KnownAt,
    TestedOn,
    TextUse,
    tested_on,
)
from openslate.apps.greenlight.forecast_groups import group_errors
from openslate.apps.greenlight.kept_backtest import keep, kept, question_of
from openslate.apps.greenlight.known import Known
from openslate.apps.greenlight.members_counted import COUNTED
from openslate.apps.greenlight.opened import Opened, open_model
from openslate.apps.greenlight.past_of import past_of
from openslate.apps.greenlight.pitch import MATERIAL_KINDS
from openslate.apps.greenlight.trained_by import asked_of, settings_of, target_of
from openslate.apps.greenlight.works import Work
from openslate.errors import FitError
from openslate.models.forecasting.forecaster import Settings
from openslate.progress import Progress, silent, within
from openslate.project import Project
from openslate.registry import runs

KIND = "greenlight card"
RESERVED = "reserved by its source (R18)"
WITHOUT_TEXTS = (
    "The figures below are of the forecaster without scripts, treatments and outlines: reading them for a card would "
    "be another use of them. Its test at training, which read them, stands in its manifest."
)
UNREAD = "pitched under a rights record, and read by no training"
FAMILIES = {
    "release": "day of release, days available, reach",
    "kind and length": "film or series, limited or not, minutes",
    "budget": "planned budget, alone and beside the usual one",
    "name": "length, script and a few words of the name",
    "genres": "as the source names them",
    "language and country": "original language, producing countries",
    "series so far": "what earlier seasons and films came to",
    "weekly lists": "weeks and hours of earlier titles on weekly lists",
    "companies' record": "titles of the same companies",
    "people's record": "titles of the same people, never a score of a person",
    "press coverage": "stories about the title and its people before the day of the forecast, counted and not read",
}


def card_of_model(project: Project, name: str = "", progress: Progress = silent) -> ForecastCard:
    """The card of a trained forecaster; of one that had too few titles to be tested on, that it was not tested.

    Args:
        project: where.
        name: its id, or how it begins; empty for the one that forecasts where none is named.
        progress: told what is done.

    Raises:
        RegistryError: there is no such forecaster.
        FitError: it was tested, and what it was tested on is no longer there.
    """
    progress("Opening the forecaster", 0.0)
    opened = open_model(project, name)
    manifest = opened.artifact.manifest
    asked = asked_of(manifest)
    progress("Reading outcomes", 0.05)
    data = data_of_then(project, opened)
    try:
        prepared = prepare(data.project, asked)
        found = _backtest(project, prepared, asked, settings_of(manifest["settings"]), within(progress, 0.1, 1.0))
    except FitError as error:
        if manifest["validation"]:
            raise
        known, _ = read_asked(data.project, asked, asked.until)
        return _card(project, opened, known, f"It was not tested. {error.what}", data.told(opened, past_of(known)))
    return _card(project, opened, prepared.known, found, data.told(opened, prepared.past))


def _backtest(project: Project, prepared: Prepared, asked: Asked, settings: Settings, progress: Progress) -> Backtest:
    """The backtest, read where it was made already."""
    question = question_of(prepared, asked, settings)
    found = kept(project, question)
    if found is None:
        with runs.recorded(project, KIND, {"measure": prepared.measure, "question": question}, asked.seed) as notebook:
            found = evaluate_prepared(prepared, asked, settings, progress)
            keep(project, notebook, question, found)
    progress("Tested", 1.0)
    return found


def _card(project: Project, opened: Opened, known: Known, found: Backtest | str, data: str) -> ForecastCard:
    """The card.

    Args:
        project: where.
        opened: the forecaster.
        known: what the project knew.
        found: by the backtest; or why there is none, in a sentence.
        data: what to know of the data behind it, in sentences; may be empty.
    """
    manifest = opened.artifact.manifest
    backtest = None if isinstance(found, str) else found
    told = _untested(found) if isinstance(found, str) else _tested(known, opened, found)
    learned = [opened.past.labels.works[row] for row in opened.limits.learned]
    released = [work.released for work in learned if work.released is not None]
    run = next((one for one in runs.every(project) if one.record.get("artifact") == opened.artifact.id), None)
    return ForecastCard(
        service=project.folder.name,
        model=opened.artifact.id,
        code=str(manifest["code"]),
        made="" if run is None else run.started,
        run="" if run is None else run.id,
        serves=is_latest(project, opened.artifact),
        target=target_of(manifest),
        population=manifest["population"],
        titles=len(learned),
        first=min(released),
        last=max(released),
        known_until=_day(opened.past.closes[opened.limits.learned].max()),
        calibrated=int(opened.forecaster.margins.titles.sum()),
        families=_families(manifest["family_of"], manifest["known_at"]),
        refused=REFUSED,
        texts=_texts(project, known, learned, manifest["texts"]),
        left_out=left_out_of(known, opened.past),
        tested=told.tested,
        languages=told.groups[0],
        countries=told.groups[1],
        standings=told.groups[2],
        abstention="" if backtest is None else abstention_told(backtest.pooled.abstention),
        alarms=(*filter(None, (data, opened.taken_back)), *told.alarms, *_unasked(manifest["texts"])),
        shares={} if backtest is None else backtest.pooled.shares,
        seed=int(manifest["seed"]),
        snapshot=manifest["snapshot"],
        versions=library_versions(),
        members=manifest.get(COUNTED, {}),
        knowing="" if backtest is None else backtest.knowing,
        gaps=() if backtest is None else backtest.pooled.gaps,
        data=data,
    )


@dataclass(frozen=True)
class _Told:
    """What a backtest tells: figures by origin, errors by language, country and standing, and what to read first."""

    tested: tuple[TestedOn, ...]
    groups: tuple[tuple[GroupError, ...], ...]
    alarms: Sequence[str]


def _tested(known: Known, opened: Opened, found: Backtest) -> _Told:
    tested = found.tested
    of_title = {work.id: work for work in known.works}
    works = [of_title[title] for title in tested.titles]
    groups = (
        [(work.language,) if work.language else () for work in works],
        [work.countries for work in works],
        _standings(works, tested.released, opened),
    )
    return _Told(
        (*map(tested_on, found.origins), tested_on(found.pooled, together=True)),
        tuple(group_errors(said, tested.actual, tested.quantiles, found.seed) for said in groups),
        alarms(found),
    )


def _untested(why: str) -> _Told:
    return _Told((), ((), (), ()), [f"{why} Nothing is known of how good it is."])


def _families(of_each: Sequence[str], known_at: Sequence[KnownAt]) -> tuple[Family, ...]:
    counted, known = Counter(of_each), dict(zip(of_each, known_at, strict=True))
    return tuple(Family(name, known[name], many, FAMILIES.get(name, "")) for name, many in counted.items())


def _texts(project: Project, known: Known, learned: Sequence[Work], told: Mapping[str, Any]) -> tuple[TextUse, ...]:
    """How many texts were learned from, and how many were not and why; material of pitches is never read."""
    pitched = Counter(str(one["kind"]) for filed in filed_forecasts(project) for one in filed.pitch.get("material", ()))
    ids = {work.id for work in learned}
    used = sum(bool(work.text) for work in known.works if work.id in ids)
    return (
        TextUse("synopsis", used, {RESERVED: known.reserved} if known.reserved else {}),
        *(
            TextUse(
                kind,
                told.get("written", {}).get(kind, 0),
                {**told.get("left_out", {}).get(kind, {}), **({UNREAD: pitched[kind]} if pitched[kind] else {})},
            )
            for kind in MATERIAL_KINDS
        ),
    )


def _unasked(told: Mapping[str, Any]) -> list[str]:
    """That figures made for the card are those of a forecaster without scripts: reading them again is another use."""
    return [WITHOUT_TEXTS] if any(told.get("written", {}).values()) else []


def _standings(works: Sequence[Work], released: NDArray[np.datetime64], opened: Opened) -> list[tuple[str, ...]]:
    """New and established series, and new and established talent, as of each release."""
    known_people: dict[str, date] = {}
    known_series: dict[str, date] = {}
    for work, day in zip(opened.past.labels.works, opened.past.labels.released.tolist(), strict=True):
        for name in work.people:
            known_people[name] = min(day, known_people.get(name, day))
        if work.series:
            known_series[work.series] = min(day, known_series.get(work.series, day))
    told = []
    for work, day in zip(works, released.tolist(), strict=True):
        said = []
        if work.people:
            before = any(known_people.get(name, day) < day for name in work.people)
            said.append("established talent" if before else "new talent")
        if work.series:
            said.append("returning series" if known_series.get(work.series, day) < day else "new series")
        told.append(tuple(said))
    return told


def _day(moment: np.datetime64) -> date:
    day = moment.astype("datetime64[D]").item()
    assert isinstance(day, date)
    return day
