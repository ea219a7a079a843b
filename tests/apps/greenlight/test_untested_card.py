"""A forecaster that had too few titles to be tested on has a card, which says so."""

from datetime import date
from pathlib import Path

import pytest

from openslate.apps.greenlight import gathering_card
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest import FEWEST_TESTED
from openslate.apps.greenlight.forecast_card import card_plain, card_verdict
from openslate.apps.greenlight.gathering_card import card_of_model
from openslate.apps.greenlight.train import Trained, train
from openslate.errors import FitError
from openslate.project import Project
from tests.apps.greenlight.studio import copied, studio_of
from tests.apps.greenlight.test_evaluate import QUICK
from tests.cli.conftest import Openslate, openslate  # noqa: F401  (a fixture)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copied(studio_of(tmp_path_factory)[0], tmp_path_factory.mktemp("untested") / "studio")


@pytest.fixture(scope="module")
def trained(project: Project) -> Trained:
    return train(project, Asked(until=date(2025, 3, 31), plays=28), QUICK)


def test_the_card_of_a_forecaster_that_was_not_tested_says_so(project: Project, trained: Trained) -> None:
    assert trained.tested is None
    card = card_of_model(project, trained.artifact.id)
    assert (card.tested, card.languages, card.countries, card.standings, card.abstention) == ((), (), (), (), "")
    assert any("It was not tested." in one and "titles to test" in one for one in card.alarms), FEWEST_TESTED
    assert card_verdict(card).endswith("it was never tested, so nothing is known of how good it is.")
    assert (card.titles, card.calibrated) == (trained.learned, trained.calibrated)
    assert card.members["own outcomes"] > 0 and card.refused and card.versions
    assert card_plain(card)["tested"] == []


def test_the_command_writes_its_page(
    openslate: Openslate,  # noqa: F811
    project: Project,
    trained: Trained,
    tmp_path: Path,
) -> None:
    page = tmp_path / "card.html"
    done = openslate("-p", project.folder, "models", "card", trained.artifact.id[:12], "--output", page)
    assert done.code == 0, done.err
    assert "it was never tested" in done.out
    said = page.read_text(encoding="utf-8")
    assert "It was never tested. Run" in said and "It was not tested." in said


def test_what_was_tested_and_can_be_no_more_is_an_error(
    project: Project, trained: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise FitError("The titles are gone.", "Import them.")

    monkeypatch.setattr(gathering_card, "evaluate_prepared", gone)
    later = train(project, Asked(until=date(2025, 9, 30), plays=28), QUICK)
    assert later.tested is not None
    with pytest.raises(FitError, match="The titles are gone"):
        card_of_model(project, later.artifact.id)
    assert card_of_model(project, trained.artifact.id).tested == ()
