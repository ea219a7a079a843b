"""The card of a forecaster speaks of the data that it was trained on, whatever came in since; or says what does not."""

from dataclasses import replace
from datetime import date

import pytest

from openslate.apps.greenlight.evaluate import Asked
from openslate.apps.greenlight.forecast_card import card_plain
from openslate.apps.greenlight.gathering_card import card_of_model
from openslate.apps.greenlight.known import read_known
from openslate.apps.greenlight.train import Trained, train
from openslate.data.matching.words import confirm
from openslate.project import Project
from tests.apps.greenlight.studio import UNTIL, copied, studio_of
from tests.apps.greenlight.test_evaluate import QUICK
from tests.cli.conftest import Openslate, openslate  # noqa: F401  (a fixture)
from tests.lake_rows import add_rows


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copied(studio_of(tmp_path_factory)[0], tmp_path_factory.mktemp("old-data") / "studio")


@pytest.fixture(scope="module")
def trained(project: Project) -> Trained:
    return train(project, Asked(until=UNTIL), QUICK)


def _others(project: Project) -> None:
    """Every outcome ten times as large, as of the day on which it was known."""
    told = read_known(project, "views").outcomes
    rows = [
        (title, "*", one.measure, first, last, value * 10, None, published)
        for one in told
        for title, first, last, value, published in zip(
            one.title, *(some.tolist() for some in (one.starts, one.ends, one.value, one.published)), strict=True
        )
    ]
    add_rows(project, "outcomes", rows)


def test_later_data_changes_no_figure_of_an_earlier_forecaster(project: Project, trained: Trained) -> None:
    before = card_of_model(project, trained.artifact.id)
    assert before.data == ""
    _others(project)
    after = card_of_model(project, trained.artifact.id)
    assert after.data.startswith("Data came in after this forecaster was trained.") and after.alarms[0] == after.data
    assert card_plain(replace(after, data="", alarms=after.alarms[1:])) == card_plain(before)


def test_data_that_is_no_longer_there_is_told_with_the_forecasters_own_test(
    openslate: Openslate,  # noqa: F811
    project: Project,
    trained: Trained,
) -> None:
    works = read_known(project, "views", as_of=date(2024, 1, 1)).labels.works
    confirm(project, works[0].id, works[1].id, by="Ines Falk")
    done = openslate("-p", project.folder, "greenlight", "card", trained.artifact.id[:12])
    assert done.code == 0, done.err
    assert "no longer there as it was" in done.out and "on what the project knows now" in done.out
    assert trained.tested is not None
    assert f"Its own test, at its training, on {trained.tested.card.titles} titles" in done.out
