"""What a training counts of members' plays: kept as sums, shown with how many, and never followed by the forecast."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.forecast_card_page import card_document
from openslate.apps.greenlight.forecasting import forecast
from openslate.apps.greenlight.gathering_card import card_of_model
from openslate.apps.greenlight.memo import memo
from openslate.apps.greenlight.opened import Opened, open_model
from openslate.apps.greenlight.pitch import Pitch, Release
from openslate.apps.greenlight.train import Trained, train
from openslate.project import Project
from openslate.registry.lineage import ancestors
from tests.apps.greenlight.studio import copied, studio_of
from tests.apps.greenlight.test_evaluate import QUICK

DAY = date(2025, 12, 31)
OWN = Asked(plays=28, months=3, until=DAY, everywhere=False)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    # Of its own, because a trained model is left in it.
    return copied(studio_of(tmp_path_factory)[0], tmp_path_factory.mktemp("counted") / "studio")


@pytest.fixture(scope="module")
def trained(project: Project) -> Trained:
    return train(project, OWN, QUICK)


@pytest.fixture(scope="module")
def opened(project: Project, trained: Trained) -> Iterator[Opened]:
    yield open_model(project, trained.artifact.id)


@pytest.fixture
def pitch(opened: Opened) -> Pitch:
    like = next(work for work in reversed(opened.past.labels.works) if work.kind == "series" and work.season)
    return Pitch(
        "The next season",
        DAY,
        kind="season",
        series=like.series,
        season=9,
        genres=like.genres,
        language=like.language,
        release=Release(date(2026, 2, 1), date(2026, 3, 1)),
    )


def test_members_are_counted_and_how_many_is_told(project: Project, trained: Trained, opened: Opened) -> None:
    counted = trained.artifact.manifest["counted"]
    assert set(counted) == {"own outcomes", "weeks of own titles", "audience map"}
    assert 1300 < counted["audience map"] == counted["own outcomes"] < 1500  # the others refuse
    assert opened.audience is not None
    assert opened.audience.members == counted["audience map"]
    assert opened.audience.both.data.min() >= 20
    let_through = [one.id for one in ancestors(project, trained.artifact.id) if one.relation == "let through by"]
    assert len(let_through) == 3
    card = card_of_model(project, trained.artifact.id)
    assert card.members == counted
    assert f"{counted['audience map']:,} for its audience map" in card_document(card)


def test_a_pitch_is_shown_what_the_same_members_watched(opened: Opened, pitch: Pitch) -> None:
    found = forecast(opened, pitch)
    assert found.audience
    assert not {one.title for one in found.audience} & {one.title for one in found.comparables}
    assert [one.trust for one in found.audience] == sorted((one.trust for one in found.audience), reverse=True)
    assert all("who watched" in one.why and one.known <= DAY for one in found.audience)
    assert opened.audience is not None
    first = found.audience[0]
    both = int(first.why.split(" of ")[0].replace(",", ""))
    assert both in opened.audience.both[[opened.audience.place[first.title]]].toarray()
    assert "By audience" in memo(pitch, found, "")
    struck = forecast(opened, pitch, strikes=[first.title])
    assert first.title not in [one.title for one in struck.audience]


def test_the_forecast_does_not_follow_them(opened: Opened, pitch: Pitch) -> None:
    found, without = forecast(opened, pitch), forecast(replace(opened, audience=None), pitch)
    assert without == replace(found, audience=())


def test_weeks_are_those_of_own_titles_and_it_is_said(opened: Opened, pitch: Pitch) -> None:
    found = forecast(opened, pitch)
    assert len(found.weeks) == 4
    assert all(low <= middle <= high for middle, low, high in found.weeks)
    assert 0.7 < sum(middle for middle, _, _ in found.weeks) < 1.3
    assert any("of the service's own series" in one and "first 4 weeks" in one for one in found.warnings)
    assert not any("weekly lists" in one for one in found.warnings)
    assert opened.weeks is not None
    few = replace(opened.weeks, shares=np.full_like(opened.weeks.shares, np.nan))
    assert forecast(replace(opened, weeks=few), pitch).weeks == ()


def test_imported_outcomes_have_an_audience_map_and_no_own_weeks(project: Project) -> None:
    found = train(project, Asked(until=DAY), QUICK)
    opened = open_model(project, found.artifact.id)
    assert set(found.artifact.manifest["counted"]) == {"audience map"}
    assert opened.audience is not None
    assert opened.weeks is None
