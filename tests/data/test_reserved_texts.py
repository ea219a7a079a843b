"""Published synopses of a reserved source are shown, and nothing is learned from them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openslate import clock
from openslate.cli.main import app
from openslate.data.catalogue import read_catalogue
from openslate.data.datasets import viewing
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.consent import PURPOSES, Basis, grant_source
from openslate.rights.records.bases import source_record
from openslate.rights.records.store import grant, withdraw
from tests.lake_rows import add_rows


@pytest.fixture
def service(project: Project) -> Project:
    """Two titles whose text is of two sources."""
    for title, text, source in (("t1", "harbour lanterns", "press"), ("t2", "quiet orchards", "studio")):
        row = (title, title, None, None, ["Drama"], None, None, None, text)
        add_rows(project, "titles", [row], source)
    add_rows(project, "plays", [("ann", "t1", "2024-01-01"), ("bob", "t2", "2024-01-02")], "player")
    grant_source(project, "player", Basis("Terms.", PURPOSES))
    return project


def words(project: Project) -> set[str]:
    found = viewing(project, ("train",), "a test").catalogue.tokens()
    return {token for tokens in found for token in tokens if token.startswith("word:")}


def reserve(project: Project, *arguments: str) -> str:
    told = CliRunner().invoke(app, ["--project", str(project.folder), "rights", "reserve", *arguments])
    assert told.exit_code == 0, told.output
    return told.output


EVERYTHING = {"word:harbour", "word:lanterns", "word:quiet", "word:orchards"}


def test_reserved_text_is_left_out_and_counted(service: Project, tmp_path: Path) -> None:
    assert words(service) == EVERYTHING
    robots = tmp_path / "robots.txt"
    robots.write_text("User-agent: GPTBot\nDisallow: /films/")
    assert "is reserved" in reserve(service, "press", "--from", str(robots), "--address", "/films/1")
    assert words(service) == {"word:quiet", "word:orchards"}
    read = viewing(service, ("train",), "a test")
    assert read.decision.texts_denied == 1
    assert ledger.entry(service, len(list(ledger.entries(service.ledger_path))) - 1).entry["texts_denied"] == 1
    assert read_catalogue(service).titles[0].synopsis == "harbour lanterns", "it may be shown"
    assert "word:harbour" not in {token for tokens in read_catalogue(service).tokens() for token in tokens}
    assert viewing(service, ("evaluate",), "a test").decision.texts_denied == 0


def test_a_licence_frees_it_until_it_ends(service: Project) -> None:
    reserve(service, "press", "--said", "Letter of 3 May.")
    licence = source_record("press", ["train"], "Licence 7.", clock.now(), "synopsis", clock.now() + timedelta(days=1))
    grant(service, licence)
    assert words(service) == EVERYTHING
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert words(service) == {"word:quiet", "word:orchards"}
        withdraw(service, licence.record_id, "stop_new")
        reserve_again = source_record("press", ["evaluate"], "Licence 8.", clock.now(), "literary_material")
        grant(service, reserve_again)
        assert words(service) == {"word:quiet", "word:orchards"}


def test_a_reservation_that_is_lifted_holds_nothing_back(service: Project) -> None:
    reserve(service, "press", "--said", "Letter of 3 May.")
    assert "is not reserved" in reserve(service, "press", "--lift")
    assert words(service) == EVERYTHING


def test_no_other_reading_lifts_a_reservation(service: Project, tmp_path: Path) -> None:
    reserve(service, "press", "--said", "Letter of 3 May.")
    robots, empty = tmp_path / "robots.txt", tmp_path / "empty"
    robots.write_text("User-agent: *\nDisallow: /private/\nAllow: /\n")
    empty.write_text("")
    told = reserve(service, "press", "--from", str(robots))
    assert "Letter of 3 May." in told and "The source press is reserved" in told
    told = reserve(service, "press", "--from", str(empty), "--as", "page", "--json")
    assert json.loads(told)["reserved"] is True and json.loads(told)["entry"] is None
    told = reserve(service, "press", "--from", str(empty), "--as", "headers")
    assert "nothing is taken back" in told and "is reserved" in told and "No entry of the ledger" in told
    assert words(service) == {"word:quiet", "word:orchards"}


def test_a_file_that_says_nothing_lifts_no_reservation_of_its_own_channel(service: Project, tmp_path: Path) -> None:
    robots = tmp_path / "robots.txt"
    robots.write_text("User-agent: *\nDisallow: /\n")
    reserve(service, "press", "--from", str(robots))
    robots.write_text("")
    assert "nothing is taken back" in reserve(service, "press", "--from", str(robots))
    assert words(service) == {"word:quiet", "word:orchards"}
    robots.write_text("User-agent: *\nAllow: /\n")
    assert "is not reserved" in reserve(service, "press", "--from", str(robots))
    assert words(service) == EVERYTHING


def test_rows_about_members_of_a_reserved_source_train_nothing(service: Project) -> None:
    add_rows(service, "plays", [("cyd", "t2", "2024-01-02")], "partner")
    grant_source(service, "partner", Basis("Contract.", PURPOSES))
    reserve(service, "partner", "--said", "Not for learning.")
    read = viewing(service, ("train",), "a test")
    assert read.members == ("ann", "bob") and read.decision.denied == {"R18": 1}
    assert viewing(service, ("evaluate",), "a test").members == ("ann", "bob", "cyd")


def test_a_read_names_the_packs_that_governed(service: Project) -> None:
    assert viewing(service, ("train",), "a test").decision.packs == ("openslate.own@1",)
    read = list(ledger.entries(service.ledger_path))[-1]
    assert read["packs"] == ["openslate.own@1"]


@pytest.mark.parametrize(
    "arguments", [[], ["--lift", "--said", "x"], ["--from", "nothing.here"], ["--from", "robots.txt"]]
)
def test_what_is_said_of_a_source_must_be_something(service: Project, arguments: list[str]) -> None:
    told = CliRunner().invoke(app, ["--project", str(service.folder), "rights", "reserve", "press", *arguments])
    assert told.exit_code != 0
