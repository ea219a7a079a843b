"""A pitch is forecast by a stored forecaster: the same each time, wider the less it says, following what is pinned."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from openslate import clock
from openslate.apps.greenlight.asked import Asked, read_asked
from openslate.apps.greenlight.backtest import possible_origins
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.forecast_card_page import card_document
from openslate.apps.greenlight.forecasting import forecast
from openslate.apps.greenlight.gathering_card import card_of_model
from openslate.apps.greenlight.opened import Opened, open_model
from openslate.apps.greenlight.pitch import Budget, Pitch, Release, Talent
from openslate.apps.greenlight.train import Trained, train
from openslate.data.outcomes import Outcomes
from openslate.errors import FitError, RegistryError, UsageError
from openslate.project import Project
from tests.apps.greenlight.studio import copied, studio_of
from tests.apps.greenlight.test_evaluate import QUICK

DAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    # Of its own, because a trained model is left in it.
    return copied(studio_of(tmp_path_factory)[0], tmp_path_factory.mktemp("trained") / "studio")


@pytest.fixture(scope="module")
def trained(project: Project) -> Trained:
    return train(project, Asked(until=DAY), QUICK)


@pytest.fixture(scope="module")
def opened(project: Project, trained: Trained) -> Opened:
    return open_model(project, trained.artifact.id[:12])


@pytest.fixture
def pitch(opened: Opened) -> Pitch:
    like = next(work for work in reversed(opened.past.labels.works) if work.kind == "series" and work.genres)
    return Pitch(
        "Lantern Street",
        DAY,
        kind="season",
        logline="A lamplighter finds letters of somebody who is not born yet.",
        genres=like.genres,
        language=like.language,
        countries=like.countries,
        runtime_minutes=like.runtime_minutes,
        release=Release(date(2026, 2, 1), date(2026, 3, 1)),
        worldwide=True,
    )


def width(opened: Opened, pitch: Pitch) -> float:
    low, high = forecast(opened, pitch).distribution.interval(80)
    return high / low


def test_training_again_gives_the_same_model(project: Project, trained: Trained) -> None:
    again = train(project, Asked(until=DAY), QUICK)
    assert again.artifact.id == trained.artifact.id
    assert again.tested is not None
    assert trained.tested is not None
    assert again.tested.card == trained.tested.card


def test_every_outcome_that_was_published_is_learned_from_and_may_be_a_comparable(
    project: Project, trained: Trained, opened: Opened
) -> None:
    labels = read_asked(project, Asked(until=DAY), DAY)[0].labels
    published = (labels.published <= np.datetime64(DAY)) & (labels.ends < np.datetime64(DAY))
    assert 0 < trained.learned == published.sum()
    assert int(np.isfinite(opened.following.seen.logs).sum()) == trained.learned
    assert trained.artifact.manifest["validation"]["as_published"] is True


def test_a_forecaster_of_few_reports_is_tested_on_closed_windows_and_says_so(
    project: Project, pitch: Pitch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_closed(past: Past, *rest: Any) -> tuple[date, ...]:
        if past.wait:
            raise FitError("Too few reports had been published.", "Wait for more.")
        return possible_origins(past, *rest)

    monkeypatch.setattr("openslate.apps.greenlight.train.possible_origins", only_closed)
    project = copied(project.folder, tmp_path / "studio")
    found = train(project, Asked(until=DAY, seed=3), QUICK)
    assert found.artifact.manifest["validation"]["as_published"] is False
    told = forecast(open_model(project, found.artifact.id), pitch).record
    assert told is not None and told.split.endswith("outcomes whose window had closed")


def test_a_forecast_is_the_same_each_time_and_when_opened_again(project: Project, opened: Opened, pitch: Pitch) -> None:
    once = forecast(opened, pitch)
    assert forecast(open_model(project), pitch) == once
    assert once.model == opened.artifact.id
    assert once.record is not None
    assert once.record.titles > 0
    assert once.top_decile is not None
    assert 0 <= once.top_decile <= 1
    assert once.distribution.mean > 0


def test_what_is_left_out_widens_the_interval(opened: Opened, pitch: Pitch) -> None:
    less = replace(pitch, genres=(), language="", countries=(), runtime_minutes=None, release=None, kind=None)
    assert width(opened, less) > width(opened, pitch)
    assert width(opened, Pitch("Lantern Street", DAY)) > width(opened, pitch)


def test_comparable_titles_are_pinned_and_struck_and_the_forecast_follows(opened: Opened, pitch: Pitch) -> None:
    # The slope of an invented studio may be nothing: what is tested is that it is followed.
    following = replace(opened, forecaster=replace(opened.forecaster, slope=0.5))
    labels = opened.past.labels
    rows = sorted(
        opened.limits.learned.tolist(),
        key=lambda row: float(opened.following.beyond[opened.limits.learned.tolist().index(row)]),
    )
    worst, best = labels.works[rows[0]].id, labels.works[rows[-1]].id
    low = forecast(following, pitch, pins=[worst], strikes=[best])
    high = forecast(following, pitch, pins=[best], strikes=[worst])
    assert low.distribution.median < high.distribution.median
    assert [one.title for one in high.comparables if one.pinned] == [best]
    assert worst not in [one.title for one in high.comparables]
    assert all(one.known is not None and one.known <= DAY for one in high.comparables)
    with pytest.raises(UsageError, match="no title 'Nobody Made This'"):
        forecast(opened, pitch, pins=["Nobody Made This"])


def test_how_many_comparable_titles_are_shown_changes_no_number(opened: Opened, pitch: Pitch) -> None:
    usual = forecast(opened, pitch)
    for many in (1, 3, 25):
        told = forecast(opened, pitch, comparables=many)
        assert replace(told, comparables=()) == replace(usual, comparables=())
        assert len(told.comparables) <= many
        assert [one for one in told.comparables if one.weight][:many] == list(usual.comparables)[:many]


def test_a_pitch_of_before_the_training_is_refused(opened: Opened, pitch: Pitch) -> None:
    with pytest.raises(UsageError, match="has learned until 2025-12-31"):
        forecast(opened, replace(pitch, as_of=date(2025, 6, 1)))


def test_a_value_outside_of_what_was_seen_is_told(opened: Opened, pitch: Pitch) -> None:
    longest = max(one.runtime_minutes or 0 for one in opened.learned if one.kind == "series")
    found = forecast(opened, replace(pitch, runtime_minutes=longest + 1))
    assert any(f"runtime of {longest + 1} lies outside" in one for one in found.warnings)
    assert not found.abstains


def test_an_episode_is_no_season(opened: Opened, pitch: Pitch) -> None:
    labels = opened.past.labels
    longer = tuple(
        replace(one, runtime_minutes=one.runtime_minutes * 6) if one.kind == "series" and one.runtime_minutes else one
        for one in labels.works
    )
    assert not opened.seasons
    assert "episodes" not in forecast(opened, pitch).missing
    seasons = replace(opened, past=replace(opened.past, labels=replace(labels, works=longer)))
    assert seasons.seasons
    # With these nothing is filled in that depends on how the pitch is written.
    pitch = replace(pitch, talent=(Talent("Ada Okonkwo", "director"),), companies=("Wen House",))
    pitch = replace(pitch, runtime_minutes=40, budget=Budget(Decimal(8_000_000), Decimal(9_000_000), "USD"))
    said, unsaid = forecast(seasons, replace(pitch, episodes=6)), forecast(seasons, pitch)
    same = forecast(seasons, replace(pitch, runtime_minutes=240, episodes=1))
    assert (said.distribution, said.comparables) == (same.distribution, same.comparables)
    assert unsaid.distribution != said.distribution
    assert "episodes" in unsaid.missing and any("count as not said" in one for one in unsaid.warnings)
    assert "episodes" not in said.missing and not any("count as not said" in one for one in said.warnings)
    # As if it had said nothing of its length: the ways in which it may be meant are drawn by the pitch's hash.
    without = replace(pitch, runtime_minutes=None)
    assert forecast(seasons, without).distribution.median == pytest.approx(unsaid.distribution.median, rel=0.2)


def test_a_pitch_is_answered_at_once(opened: Opened, pitch: Pitch) -> None:
    forecast(opened, pitch)
    began = clock.stopwatch()
    forecast(opened, pitch)
    # A generous bound: the figure itself is measured in the benchmarks.
    assert clock.stopwatch() - began < 2


def test_the_card_tells_what_was_learned_from_and_how_good_it_was(project: Project, trained: Trained) -> None:
    card = card_of_model(project, trained.artifact.id[:12])
    assert card.model == trained.artifact.id
    assert card.run == trained.run
    assert card.titles == trained.learned
    assert card.known_until <= DAY
    assert {one.kind for one in card.texts} >= {"synopsis", "script", "treatment", "outline"}
    assert sum(one.used for one in card.texts if one.kind != "synopsis") == 0
    assert card.tested[-1].together
    assert sum(one.titles for one in card.tested[:-1]) == card.tested[-1].titles
    assert {one.name for one in card.standings} & {"new talent", "established talent"}
    assert card.model[:12] in card_document(card)


def test_weeks_are_those_of_titles_on_weekly_lists(opened: Opened, pitch: Pitch) -> None:
    labels = opened.past.labels
    works = [work for work in labels.works if work.kind == "series" and work.released is not None][:30]
    rows = [(work.id, work.released, week) for work in works for week in range(5)]
    ends = np.array([day + timedelta(days=7 * week) for _, day, week in rows], dtype="datetime64[D]")
    weekly = Outcomes(
        "weekly_hours",
        "*",
        np.array([title for title, _, _ in rows], dtype=object),
        ends - 6,
        ends,
        np.array([2.0**-week for _, _, week in rows]),
        np.full(len(rows), np.nan),
        ends + 2,
    )
    found = forecast(replace(opened, past=replace(opened.past, weeks=weekly)), pitch)
    assert len(found.weeks) == 8
    assert found.weeks[0][0] == pytest.approx(16 / 31)
    assert sum(week[0] for week in found.weeks) == pytest.approx(1)
    assert any("weekly lists" in one for one in found.warnings)
    assert not forecast(opened, pitch).weeks


def test_without_a_model_it_says_how_to_train_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = Project.init(tmp_path_factory.mktemp("empty") / "project")
    with pytest.raises(RegistryError, match="No forecaster has been trained"):
        open_model(empty)
