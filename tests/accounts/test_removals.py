"""What a withdrawal asks to be removed is told until somebody records that it was, on every page, and never as done."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openslate import clock
from openslate.accounts import book
from openslate.accounts.erasing_subjects import Override, erase_subject
from openslate.accounts.marking.described import Description
from openslate.accounts.marking.known_files import remember
from openslate.accounts.overview import overview
from openslate.accounts.overview_page import overview_sheet
from openslate.accounts.person import person
from openslate.accounts.person_page import person_sheet
from openslate.accounts.plain import plain
from openslate.accounts.removals import ToRemove, record_removal, to_remove
from openslate.accounts.replicas import Replica, register, replica_of
from openslate.cli.main import app
from openslate.drawing.sheet import Sheet, sheet_document
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.authorising import authorise, spend
from openslate.rights.records.store import grant, withdraw
from openslate.rights.vocabulary import WithdrawalEffect
from tests.rights.people import GENERATE, NOW, PERFORMER, TRAIN_WRITER, WRITER

FILE, OTHER = "f" * 64, "e" * 64
SCAN = Replica(
    "scan-1", "a" * 64, "EBDR", "h-ada", "shelf 3", "Blue Vault", NOW + timedelta(days=90), "at picture lock"
)
RECORD = PERFORMER.record_id


def shown(sheet: Sheet) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", sheet_document(sheet).split("</style>")[1]).split())


def open_tasks(project: Project, subject: str | None = None) -> list[tuple[str, str]]:
    return [(one.what, one.name) for one in to_remove(project, book.read(project), subject)]


def mark_as_made(project: Project, subject: str, use: int, file: str) -> None:
    made = Description(
        file, "", "", "", "", "image/png", "trainedAlgorithmicMedia", f"{file[0]}.png", 9, "signer", use, ""
    )
    remember(project, [(subject, replace(made, use_hash=ledger.entry(project, use).hash))])


@pytest.fixture
def studio(project: Project) -> Iterator[Project]:
    """Two people's consents, each with a use that was made; of Ada a scan, a voice and a marked file."""
    with clock.frozen(NOW):
        for record in (PERFORMER, WRITER):
            grant(project, record)
        register(project, SCAN)
        register(project, replace(SCAN, asset="voice-1", kind="voice"))
        for asked, file in ((GENERATE, FILE), (TRAIN_WRITER, OTHER)):
            given = authorise(project, asked)
            assert given.token is not None, given.verdict
            mark_as_made(project, asked.subject, spend(project, given.token, asked), file)
        yield project


def test_only_remove_and_unlearn_ask_for_anything(studio: Project) -> None:
    assert open_tasks(studio) == []
    withdraw(studio, RECORD, "stop_new")
    assert open_tasks(studio) == []
    assert "Nothing is to be removed" in shown(overview_sheet(overview(studio)))
    withdraw(studio, RECORD, "remove")
    assert open_tasks(studio) == open_tasks(studio, "h-ada") == [("file", FILE), ("replica", "scan-1")]
    assert open_tasks(studio, "h-wen") == []


def test_the_pages_say_what_is_to_be_removed_until_it_is_recorded(studio: Project) -> None:
    before = shown(person_sheet(person(studio, "h-ada", "counsel")))
    assert "Blue Vault" in before and "f.png" in before and "to be removed" not in before
    withdraw(studio, RECORD, "remove")
    found = person(studio, "h-ada", "counsel")
    page = shown(person_sheet(found))
    assert "2 things are to be removed since you withdrew" in page
    assert page.count("is to be removed you withdrew") == 2
    assert "is removed" not in page and "scan-1" in page and "at picture lock" in page
    of_all = overview(studio)
    assert of_all.removals == (
        ToRemove("file", FILE, RECORD, "remove", NOW),
        ToRemove("replica", "scan-1", RECORD, "remove", NOW),
    )
    page = shown(overview_sheet(of_all))
    assert "2 things are to be removed" in page and FILE in page and "h-ada" not in page
    record_removal(studio, FILE, "Deleted by the lab.")
    assert open_tasks(studio) == [("replica", "scan-1")]
    record_removal(studio, "scan-1", "Wiped by Blue Vault.")
    assert open_tasks(studio) == []
    assert replica_of(studio, "scan-1").destroyed == NOW
    found = person(studio, "h-ada", "counsel")
    page = shown(person_sheet(found))
    assert "is to be removed" not in page.replace("what was made is to be removed", "")
    assert "recorded as removed on" in page and "recorded as destroyed on" in page
    assert found.files[0].removed == NOW
    assert "to be removed:" not in shown(overview_sheet(overview(studio)))


def test_what_was_recorded_stands_on_the_ledger_without_words(studio: Project) -> None:
    withdraw(studio, RECORD, "remove")
    stands = record_removal(studio, FILE, "Deleted by the lab.")
    entry = ledger.entry(studio, stands.index).entry
    assert (entry["decision"], entry["name"], entry["records"]) == ("removal", FILE, [RECORD])
    assert "lab" not in studio.ledger_path.read_text()
    assert studio.vault.rows("SELECT subject FROM papers WHERE kind = 'removal'") == [("h-ada",)]
    for name, evidence, said in (
        (FILE, "again", "recorded as removed on 2026-11-25 already"),
        (OTHER, " ", "Nothing says how"),
        ("c" * 64, "gone", "Nothing that was marked"),
        ("use-1", "gone", "Nothing that was marked"),
        ("use-9999", "gone", "no entry 9999"),
    ):
        with pytest.raises(UsageError, match=said):
            record_removal(studio, name, evidence)


def test_trainings_are_to_be_unlearned_and_none_is_said_to_be_none(studio: Project) -> None:
    withdraw(studio, "rec-writer", "unlearn")
    (training,) = [one for one in overview(studio).removals if one.what == "training"]
    assert "1 training is to be unlearned" in shown(person_sheet(person(studio, "h-wen", "counsel")))
    record_removal(studio, training.name, "The model was deleted.")
    assert open_tasks(studio) == [("file", OTHER)]
    withdraw(studio, RECORD, "unlearn")
    for sheet in (person_sheet(person(studio, "h-ada", "counsel")), overview_sheet(overview(studio))):
        assert "no training on" in shown(sheet)


def test_a_scan_that_another_consent_covers_stays(studio: Project) -> None:
    grant(studio, replace(PERFORMER, record_id="rec-sequel", project_id="p-high-tide", asset_ids=("*",)))
    withdraw(studio, RECORD, "remove")
    assert open_tasks(studio) == [("file", FILE)]
    withdraw(studio, "rec-sequel", "remove")
    # '*' covers every asset of the consent's kind: the scan, and not the voice.
    assert sorted(set(open_tasks(studio))) == [("file", FILE), ("replica", "scan-1")]


@pytest.mark.parametrize("effect", ["remove", "unlearn"])
def test_a_new_consent_does_not_undo_what_was_asked_for(studio: Project, effect: WithdrawalEffect) -> None:
    withdraw(studio, RECORD, effect)
    later = NOW + timedelta(days=1)
    with clock.frozen(later):
        grant(studio, replace(PERFORMER, issued_at=later, effective_from=later))
        given = authorise(studio, replace(GENERATE, notice_at=None))
        assert given.token is not None, given.verdict
        mark_as_made(studio, "h-ada", spend(studio, given.token, replace(GENERATE, notice_at=None)), "d" * 64)
        assert open_tasks(studio) == [("file", FILE)]


def test_after_an_erasure_the_overview_still_tells_of_the_files(studio: Project) -> None:
    erase_subject(studio, "h-ada", reason="asked by letter", override=Override("the owner", "agreed with them"))
    assert open_tasks(studio) == [("file", FILE)]
    record_removal(studio, FILE, "Deleted by the lab.")
    assert open_tasks(studio) == []


def test_scans_past_their_day_are_counted_and_told(studio: Project) -> None:
    found = overview(studio)
    assert (found.replicas.kept, found.replicas.past, found.replicas.destroyed) == (2, 0, 0)
    with clock.frozen(NOW + timedelta(days=90)):
        assert overview(studio).replicas.past == 2
        assert "2 scans and replicas are kept past their day" in shown(overview_sheet(overview(studio)))
        assert "its day has come" in shown(person_sheet(person(studio, "h-ada", "counsel")))
        record_removal(studio, "voice-1", "Wiped.")
        counts = overview(studio).replicas
        assert (counts.kept, counts.past, counts.destroyed) == (1, 1, 1)


def test_the_document_lists_scans_and_files(studio: Project) -> None:
    told = json.loads(json.dumps(plain(person(studio, "h-ada", "counsel"))))
    assert [one["replica"]["custodian"] for one in told["replicas"]] == ["Blue Vault"] * 2
    assert [(one["file"], one["record"], one["is_to_be_removed"]) for one in told["files"]] == [(FILE, RECORD, False)]
    other = person(studio, "h-wen", "counsel")
    assert other.replicas == () and [one.file for one in other.files] == [OTHER]


def test_the_command_records_it(studio: Project, tmp_path: Path) -> None:
    withdraw(studio, RECORD, "remove")
    words = ["--project", str(studio.folder), "rights", "removed", FILE, "--evidence", "Deleted by the lab.", "--json"]
    said = CliRunner().invoke(app, words)
    assert said.exit_code == 0, said.output
    assert json.loads(said.stdout)["name"] == FILE
    assert ("file", FILE) not in open_tasks(Project.open(studio.folder))
