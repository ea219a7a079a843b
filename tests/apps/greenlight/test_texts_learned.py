"""A forecaster learns from scripts by permission alone, pays for each, says what was taken back, and goes with it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from openslate.accounts.erasing_subjects import Override, erase, erase_subject
from openslate.accounts.person import person
from openslate.accounts.person_page import write_person_page
from openslate.apps.greenlight import train as training
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.forecast_card import card_plain
from openslate.apps.greenlight.forecasting import forecast
from openslate.apps.greenlight.gathering_card import card_of_model
from openslate.apps.greenlight.opened import open_model
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.texts_words import texts_told
from openslate.apps.greenlight.train import Trained, train
from openslate.apps.status import status_of
from openslate.cli.main import app
from openslate.data.catalogue import read_catalogue
from openslate.data.sources.written import import_written
from openslate.data.written.asking import DESCRIPTION, NO_RECORD, NOT_LEARNED, NOT_PERMITTED, RESERVED, WITHDRAWN
from openslate.data.written.texts import texts
from openslate.errors import FitError, RegistryError, RightsError
from openslate.project import Project
from openslate.registry.learned_texts import texts_learned
from openslate.registry.lineage import LET_THROUGH, ancestors
from openslate.rights import ledger
from openslate.rights.gathering import note_reservations
from openslate.rights.records.record import PermittedUse
from openslate.rights.records.store import withdraw
from openslate.rights.reservation import Reservation
from tests.apps.greenlight.studio import copied, studio_of
from tests.apps.greenlight.test_evaluate import QUICK
from tests.data.written.texts_of_titles import BO, WEN, permit, script, table

DAY, EARLIER = date(2025, 9, 30), date(2025, 6, 30)
PITCH = Pitch("Lantern Street", DAY, logline="A lamplighter and a secretive quartermaster in a flooded vineyard.")
WORDS = "INT. VINEYARD - NIGHT A lamplighter waits for the quartermaster while the flooded cellar glows zyxquartz."


def titles_of(project: Project) -> list[str]:
    """Titles that a training as of the day learns from."""
    known = [one for one in read_catalogue(project).titles if one.released and one.released < date(2024, 6, 1)]
    return [one.title for one in known[:8]]


def learn(project: Project) -> Trained:
    return train(project, Asked(until=DAY), QUICK)


def uses(project: Project) -> list[dict[str, Any]]:
    return [one.entry for one in ledger.search(project, decision="use")]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A studio with eight texts, of which two are permitted, and a forecaster that read them."""
    folder = tmp_path_factory.mktemp("texts")
    project = copied(studio_of(tmp_path_factory)[0], folder / "studio")
    made = titles_of(project)
    rows = [
        script(made[0], WORDS),
        script(made[1], WORDS + " Again.", f"{WEN}|{BO}"),
        script(made[2], "Nobody was asked.", "house:writer-4713"),
        script(made[3], "No training.", "house:writer-4714"),
        script(made[4], "Another production.", WEN, project="p-other"),
        script(made[5], "Reserved.", WEN),
        script(made[6], "Withdrawn.", "house:writer-4715"),
        {**script(unreleased(project), "Not out yet."), "kind": "outline"},
    ]
    import_written(project, table(folder, *rows[:5], *rows[6:]))
    import_written(project, table(folder, rows[5]), source="agency")
    note_reservations(project, "agency", [Reservation("stated", True, "Letter of 3 May.", "stated")])
    permit(project, WEN, "rec-wen")
    permit(project, BO, "rec-bo")
    permit(
        project, "house:writer-4714", "rec-none", uses=(PermittedUse("generate", "Dialogue for the game of the film"),)
    )
    permit(project, "house:writer-4715", "rec-gone")
    withdraw(project, "rec-gone", "unlearn")
    found = learn(project)
    project.state.close()
    project.vault.close()
    return project.folder, found.artifact.id


def unreleased(project: Project) -> str:
    return max(read_catalogue(project).titles, key=lambda one: one.released or date.min).title


@pytest.fixture
def studio(prepared: tuple[Path, str], tmp_path: Path) -> Project:
    return copied(prepared[0], tmp_path / "svc")


@pytest.fixture
def model(prepared: tuple[Path, str]) -> str:
    return prepared[1]


def test_what_is_not_permitted_is_left_out_and_counted_by_reason(studio: Project, model: str) -> None:
    manifest = open_model(studio, model).artifact.manifest
    assert manifest["texts"]["written"] == {"script": 2}
    assert manifest["texts"]["left_out"] == {
        "outline": {NOT_LEARNED: 1},
        "script": {
            NO_RECORD: 1, NOT_PERMITTED: 1, RESERVED: 1, WITHDRAWN: 1, "refused by its terms (R03)": 1,
        },
    }  # fmt: skip
    assert open_model(studio).artifact.id == model and not open_model(studio).taken_back


def test_each_permission_is_a_use_with_its_price_once_a_training(studio: Project, model: str) -> None:
    first = uses(studio)
    # One text is of two writers, and each is paid.
    assert sorted(one["record"] for one in first) == ["rec-bo", "rec-wen", "rec-wen"]
    assert {(one["use"], one["amount"]) for one in first} == {("train", "250.00")}
    spent = {one.entry["use"] for one in ledger.search(studio, decision="spend")}
    assert spent == {one.index for one in ledger.search(studio, decision="use")}
    again = learn(studio)
    assert again.artifact.id == model, "the same texts, the same bytes"
    assert len(uses(studio)) == 2 * len(first) and not list(ledger.search(studio, decision="void"))
    (entry, _) = [one.entry for one in ledger.search(studio, decision="texts")]
    assert entry["used"] == {"script": 2} and entry["reader"] == "greenlight train"


def test_lineage_tells_which_texts_went_in_by_commitments_alone(studio: Project, model: str) -> None:
    learned = texts_learned(studio, model)
    assert len(learned) == 2 and not set(learned) & {one.text for one in texts(studio)}
    let_through = [one.id for one in ancestors(studio, model) if one.relation == LET_THROUGH]
    of_texts = {one.hash for one in ledger.search(studio, decision="texts")}
    assert len(of_texts & set(let_through)) == 1
    # The state is not people's: neither a name nor a word of a text may lie there.
    for path in (studio.folder / "state.sqlite", *(studio.models / model).glob("manifest.json")):
        assert b"zyxquartz" not in path.read_bytes() and WEN.encode() not in path.read_bytes()


def test_texts_change_what_compares_and_a_pitch_is_still_looked_at_as_a_pitch(studio: Project, model: str) -> None:
    opened = open_model(studio, model)
    assert {"lamplighter", "quartermaster"} <= set(opened.following.theme.texts.vocabulary)
    assert all(not work.written and not work.text for work in opened.past.works)
    first = titles_of(studio)[0]
    nearest = [one.title for one in forecast(opened, PITCH).comparables][:2]
    assert first in nearest, "its script has what the pitch is about"
    assert "house:writer" not in str(forecast(opened, PITCH)) and "zyxquartz" not in str(forecast(opened, PITCH))


def test_evaluating_and_the_card_read_no_script_and_cost_nothing(studio: Project, model: str) -> None:
    before = len(uses(studio))
    card = card_of_model(studio, model)
    assert len(uses(studio)) == before
    told = {one["kind"]: one for one in card_plain(card)["texts"]}
    assert told["script"]["used"] == 2 and told["script"]["left_out"][NO_RECORD] == 1
    assert told["outline"]["left_out"] == {NOT_LEARNED: 1} and told["treatment"]["used"] == 0
    assert any("would be another use" in one for one in card.alarms)


@pytest.mark.parametrize("how", ["withdrawn", "reserved"])
def test_what_was_taken_back_is_told_and_a_later_training_removes_it(studio: Project, model: str, how: str) -> None:
    if how == "withdrawn":
        withdraw(studio, "rec-bo", "unlearn")
    else:
        note_reservations(studio, "written:scripts.csv", [Reservation("stated", True, "No.", "stated")])
    opened = open_model(studio)
    assert opened.artifact.id == model and "may not be learned from any more" in opened.taken_back
    assert forecast(opened, PITCH).doubts[0] == opened.taken_back
    assert "openslate greenlight train" in opened.taken_back
    assert status_of(studio)["taken_back"] == {model: opened.taken_back}
    said = CliRunner().invoke(app, ["--project", str(studio.folder), "status"]).output
    assert f"Model {model[:12]}: It learned from" in said and "7 scripts" in said
    again = learn(studio)
    assert again.removed == (model,) and again.artifact.id != model
    assert sum(again.texts.used.values()) == (1 if how == "withdrawn" else 0)
    assert any(model[:12] in one for one in texts_told(again))
    assert open_model(studio).artifact.id == again.artifact.id and not open_model(studio).taken_back
    assert not (studio.models / model).exists()
    with pytest.raises(RegistryError, match="learned from a text that may not be learned from any more"):
        open_model(studio, model)


def test_a_model_made_again_is_the_one_made_last(studio: Project, model: str) -> None:
    without = learn_without(studio)
    assert learn(studio).artifact.id == model
    assert open_model(studio).artifact.id == model
    assert learn_without(studio).artifact.id == without.artifact.id
    assert open_model(studio).artifact.id == without.artifact.id, "made again, though stored long before"


def learn_without(project: Project) -> Trained:
    """Train as of an earlier day, on fewer titles: another model."""
    return train(project, Asked(until=EARLIER), QUICK)


def test_erasing_a_writer_removes_texts_and_the_forecasters_that_learned_from_them(
    studio: Project, model: str, tmp_path: Path
) -> None:
    told = person(studio, BO, "counsel")
    assert [one.what for one in told.papers] == [
        f"the script of {texts_of(studio, BO)[0]}, {len(WORDS) + 7} characters, brought in as written:scripts.csv; "
        "1 model learned from it"
    ]
    page = tmp_path / "bo.html"
    write_person_page(told, page)
    assert "1 model learned from it" in page.read_text()
    done = erase_subject(studio, BO, "asked by letter", Override("Head of legal", "Paid by wire, not yet booked."))
    assert (done.receipt.removed["texts"], done.receipt.removed["models"]) == (1, 1)
    assert texts_of(studio, BO) == [] and len(texts(studio)) == 7
    assert not (studio.models / model).exists()
    with pytest.raises(RegistryError, match="learned from a text of somebody who was erased"):
        open_model(studio)
    anew = learn(studio)
    assert sum(anew.texts.used.values()) == 1 and open_model(studio).artifact.id == anew.artifact.id
    held = [path for path in studio.people.rglob("*") if path.is_file() and BO.encode() in path.read_bytes()]
    assert held == []


def test_an_erasure_of_a_writer_that_was_killed_after_its_forecaster_went_tells_the_whole(
    studio: Project, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is trained in its place, so that 'removed' is true of it, and the receipt of the next run counts it."""
    answers = Override("Head of legal", "Paid by wire, not yet booked.")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erase, "remove_from_vault", killed)
    with pytest.raises(KeyboardInterrupt):
        erase_subject(studio, BO, "asked by letter", answers)
    monkeypatch.undo()
    assert not (studio.models / model).exists() and texts_of(studio, BO) != []
    with pytest.raises(RegistryError, match="learned from a text of somebody who was erased") as refused:
        open_model(studio)
    assert "openslate greenlight train" in str(refused.value)
    done = erase_subject(studio, BO, "asked by letter", answers)
    assert (done.again, done.receipt.removed["texts"], done.receipt.removed["models"]) == (False, 1, 1)


def texts_of(project: Project, who: str) -> list[str]:
    return [one.title for one in texts(project) if who in one.holders]


def test_whoever_withdraws_during_a_training_is_in_no_forecaster(
    studio: Project, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = training.fit_at

    def withdrawn_meanwhile(*words: Any, **named: Any) -> Any:
        withdraw(studio, "rec-bo", "unlearn")
        return real(*words, **named)

    before = len(uses(studio))
    monkeypatch.setattr(training, "fit_at", withdrawn_meanwhile)
    with pytest.raises(RightsError, match="ended during the training"):
        learn(studio)
    assert [one.id for one in (open_model(studio).artifact,)] == [model], "none was kept"
    made = {one.index for one in ledger.search(studio, decision="use")}
    settled = {one.entry["use"] for name in ("void", "spend") for one in ledger.search(studio, decision=name)}
    assert len(made) > before and made == settled, "what was not made is not owed"


def test_a_training_that_fails_owes_nothing(studio: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise FitError("Too little is known.", "Bring more.")

    before = len(uses(studio))
    monkeypatch.setattr(training, "fit_at", fails)
    with pytest.raises(FitError, match="Too little"):
        learn(studio)
    assert len(list(ledger.search(studio, decision="void"))) == len(uses(studio)) - before > 0


def test_nothing_is_read_while_the_ledger_takes_no_entry(studio: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RightsError("The ledger cannot be written: no room.", "Make room.")

    monkeypatch.setattr(ledger, "append", refuse)
    with pytest.raises(RightsError, match="cannot be written"):
        learn(studio)


def test_one_use_alone_is_no_second_one(studio: Project) -> None:
    permit(studio, "house:writer-4713", "rec-once", uses=(PermittedUse("train", DESCRIPTION, max_count=1),))
    assert sum(learn(studio).texts.used.values()) == 3
    again = learn(studio)
    assert sum(again.texts.used.values()) == 2
    assert again.texts.left_out["script"]["refused by its terms (R01)"] == 1
    assert not again.removed, "what was learned by a permission that is used up may stay"
