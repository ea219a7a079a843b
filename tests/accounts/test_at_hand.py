"""What people need at hand works while a clock or a pack is wrong, and what is written about them is their owner's."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openslate import clock
from openslate.accounts.names import VaultNames
from openslate.accounts.overview import overview
from openslate.accounts.overview_page import overview_sheet
from openslate.accounts.periods import close_period
from openslate.accounts.person import person
from openslate.accounts.person_page import write_person_page
from openslate.accounts.statement_page import write_statement_page
from openslate.accounts.statements import statement
from openslate.apps.personalize.demonstration.papers import audit, closing
from openslate.apps.personalize.demonstration.uses import use_story
from openslate.cli.main import app
from openslate.drawing.sheet import sheet_document
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.authorising import authorise
from openslate.rights.commitments import commitment
from openslate.rights.decide import decide
from openslate.rights.gathering import set_strike, standing_of, strikes
from openslate.rights.periods import month
from openslate.rights.records.store import grant
from openslate.storage.files import write_atomically
from tests.rights.people import GENERATE, NOW, PERFORMER

NOVEMBER = month(2026, 11)
AFTER = NOVEMBER.end + timedelta(days=1)


@pytest.fixture
def studio(project: Project) -> Iterator[Project]:
    with clock.frozen(NOW):
        grant(project, PERFORMER)
        yield project


@pytest.fixture
def broken(studio: Project) -> Project:
    (studio.folder / "packs").mkdir(exist_ok=True)
    (studio.folder / "packs" / "house.toml").write_text("id = 7\n", encoding="utf-8")
    return studio


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0o000)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def run(project: Project, *words: str) -> str:
    done = CliRunner().invoke(app, ["--project", str(project.folder), "rights", *words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


@pytest.mark.parametrize("kind", ["subject", "member"])
def test_a_look_is_taken_while_the_clock_is_behind(studio: Project, kind: str) -> None:
    with clock.frozen(NOW - timedelta(days=3)):
        found = person(studio, "h-ada", "counsel", kind)  # type: ignore[arg-type]
        entry = ledger.entry(studio, found.look.entry.index).entry
        assert (entry["decision"], entry["at"]) == ("look", NOW.isoformat(timespec="microseconds"))
        assert found.is_known is (kind == "subject")
        with pytest.raises(RightsError) as refused:
            authorise(studio, GENERATE)
        assert refused.value.code == "R25"


def test_a_strike_is_heeded_though_a_pack_is_broken(broken: Project) -> None:
    with pytest.raises(RightsError, match=r"house\.toml"):
        standing_of(broken)
    assert "on strike" in run(broken, "strike", "sag-aftra", "--on")
    assert strikes(one.entry for one in ledger.search(broken)) == frozenset({"sag-aftra"})
    with pytest.raises(UsageError, match="no pack of the union"):
        set_strike(broken, "nobody", True)


def test_the_overview_names_a_broken_pack_and_shows_the_rest(broken: Project) -> None:
    found = overview(broken)
    assert len(found.broken_packs) == 1 and "house.toml" in found.broken_packs[0]
    assert found.records == {"active": 1} and len(found.packs) > 10
    assert "A pack is broken, and nothing is allowed until it is mended" in sheet_document(overview_sheet(found))
    assert "A pack is broken" in run(broken, "overview")
    (broken.folder / "packs" / "house.toml").unlink()
    assert overview(broken).broken_packs == ()


def test_a_refused_record_is_told_in_a_sentence(studio: Project, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('[[records]]\nrecord_id = "rec-x"\n', encoding="utf-8")
    for words in ([], ["--json"]):
        told = run(studio, "records", "--add", str(path), *words)
        assert "Refusal(" not in told and "bad.toml, " in told


def test_denials_speak_of_people_and_scenes_in_words() -> None:
    def why(*records: object, **changes: object) -> str:
        from tests.rights.people import standing

        return decide(replace(GENERATE, **changes), NOW, standing(*records)).findings[0].why  # type: ignore[arg-type]

    assert why() == "There is no record of this principal."
    assert why(PERFORMER, scene=None) == "The request names no scene, and only some were agreed to."
    assert why(PERFORMER, scene="13") == "The scene 13 is not among those agreed to."


def test_files_about_people_are_their_owners(studio: Project, tmp_path: Path, open_umask: None) -> None:
    authorise(studio, GENERATE)
    with clock.frozen(AFTER):
        close_period(studio, NOVEMBER, "Northlight")
        document = statement(studio, NOVEMBER, commitment(studio, "payee", "h-ada"))
        write_statement_page(document, VaultNames(studio), tmp_path / "statement.html")
        write_person_page(person(studio, "h-ada", "counsel"), tmp_path / "person.html")
        csv, receipt = tmp_path / "lines.csv", tmp_path / "receipt.json"
        run(studio, "statement", "h-ada", "2026-11", "--csv", str(csv))
        despite = ("--despite-dues", "Counsel", "--despite-reason", "agreed")
        run(studio, "forget", "h-ada", "--kind", "subject", "--reason", "asked", "--receipt", str(receipt), *despite)
    written = [path for path in tmp_path.iterdir() if path.is_file()]
    assert len(written) >= 4 and {mode(path) for path in written} == {0o600}


def test_a_mode_holds_whatever_stood_there_and_none_leaves_the_umask(tmp_path: Path, open_umask: None) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"before")
    path.chmod(0o666)
    write_atomically(path, b"after", 0o600)
    assert (path.read_bytes(), mode(path)) == (b"after", 0o600)
    write_atomically(path, b"again")
    assert mode(path) == 0o666


def test_the_pages_of_the_demonstration_are_their_owners(project: Project, open_umask: None) -> None:
    folder = project.folder / "reports" / "rights"
    use_story(project)
    audit(project, folder)
    assert mode(folder) == 0o700
    with clock.frozen(clock.now() + timedelta(seconds=1)):
        closing(project, folder)
    assert mode(folder / "statement.html") == 0o600
