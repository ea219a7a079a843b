"""Names of people in what is filed: in the vault alone, and gone from every file once they are forgotten."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from openslate import clock
from openslate.accounts.erasing import erase_member
from openslate.accounts.erasing_subjects import erase_subject
from openslate.accounts.person import person
from openslate.accounts.person_page import person_sheet
from openslate.apps.greenlight import filing
from openslate.apps.greenlight.decision_types import Decision, Link, Outcome
from openslate.apps.greenlight.decisions import decide, file_forecast, link_title, record_outcome
from openslate.apps.greenlight.filed import filed_forecasts, find_filed
from openslate.apps.greenlight.forecast_types import Driver, plain
from openslate.apps.greenlight.papers import masked, shown
from openslate.apps.greenlight.pitch import Talent
from openslate.data.sources.csv import import_csv
from openslate.drawing.sheet import sheet_document
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL

DIRECTOR, DECIDER, CLERK = "Ada Okonkwo", "Ines Falk", "Tomás O'Brien"
PITCH = replace(
    FULL,
    logline=f"A film of {DIRECTOR}.",
    talent=(Talent(DIRECTOR, "director"), Talent("Per Lund", "cast"), Talent(DIRECTOR, "writer")),
)
SAID = Decision(DECIDER, "head of series", "commission", f"We trust {DIRECTOR}; so does Per Lund.", True)
TITLES = "title,name,kind,released\nt9,Night Train,film,2027-09-15\n"


@pytest.fixture(autouse=True)
def in_2028() -> Iterator[None]:
    """It is 2028, when everything here is known."""
    with clock.frozen(datetime(2028, 1, 1, tzinfo=UTC)):
        yield


FORECAST = forecast_of(PITCH, drivers=(Driver("makers so far", f"{DIRECTOR}: 2 titles", 1.2),))


@pytest.fixture
def filed(project: Project, tmp_path: Path) -> tuple[Project, str]:
    (tmp_path / "titles.csv").write_text(TITLES)
    import_csv(project, tmp_path / "titles.csv", "titles")
    number = file_forecast(project, PITCH, FORECAST)
    decide(project, number, SAID)
    decide(project, number, replace(SAID, who="Bo Ek", verdict="wait", reason=f"{DECIDER} is too fast."))
    link_title(project, number, "t9", CLERK, f"{DECIDER} made it a film.")
    record_outcome(project, number, Outcome(12e6, date(2028, 1, 1), "report"))
    return project, number


def _files_with(project: Project, name: str) -> list[str]:
    project.state.close()
    project.vault.close()
    spelled = {name.encode(), name.encode("utf-16-le"), repr(name)[1:-1].encode(), name.replace("'", "''").encode()}
    return [
        path.relative_to(project.folder).as_posix()
        for path in project.folder.rglob("*")
        if path.is_file() and any(one in path.read_bytes() for one in spelled)
    ]


def test_names_stand_in_the_vault_alone_and_are_read_back(filed: tuple[Project, str]) -> None:
    project, number = filed
    found = find_filed(project, number[:5])
    assert found.pitch == PITCH.plain()
    assert found.forecast == plain(FORECAST)
    assert [one.reason for one in found.decisions] == [SAID.reason, f"{DECIDER} is too fast."]
    assert (found.links[0].title, found.links[0].by) == ("t9", CLERK)
    assert found.links[0].reason == f"{DECIDER} made it a film."
    for name in (DIRECTOR, DECIDER, CLERK, "Per Lund", "Bo Ek"):
        assert _files_with(Project.open(project.folder), name) == ["people/vault.sqlite"], name


@pytest.mark.parametrize("name", [DIRECTOR, DECIDER, CLERK, "Per Lund", "Bo Ek"])
def test_forgetting_leaves_no_byte_of_a_name_and_the_chain_stands(filed: tuple[Project, str], name: str) -> None:
    project, number = filed
    rows = filing.read(project)
    done = erase_subject(project, name, f"{name} asked by letter.")
    assert done.receipt.removed["papers"] == 1
    assert _files_with(project, name) == []
    again = Project.open(project.folder)
    assert filing.read(again) == rows
    assert ledger.verify(again).torn == 0
    [found] = filed_forecasts(again)
    told = repr((found.pitch, found.forecast, found.decisions, found.links))
    assert name not in told
    assert found.number == number
    assert found.score is not None
    others = {DIRECTOR, DECIDER, CLERK, "Per Lund", "Bo Ek"} - {name}
    assert all(repr(one)[1:-1] in told for one in others)
    assert "erased" in told


def test_a_member_of_that_name_is_reached_by_the_same_command(filed: tuple[Project, str]) -> None:
    project, _ = filed
    erase_member(project, DECIDER, "asked by letter")
    assert _files_with(project, DECIDER) == []
    [found] = filed_forecasts(Project.open(project.folder))
    assert (found.decisions[0].who, found.decisions[1].reason) == ("erased", "erased is too fast.")


def test_whoever_decides_again_after_being_forgotten_is_forgotten_again(filed: tuple[Project, str]) -> None:
    project, number = filed
    assert not erase_subject(project, DECIDER, "asked").again
    assert erase_subject(project, DECIDER, "asked").again
    decide(project, number, replace(SAID, reason="After all."))
    assert not erase_subject(project, DECIDER, "asked again").again
    assert _files_with(project, DECIDER) == []


def test_a_guess_of_a_name_cannot_be_tried_against_what_is_left(filed: tuple[Project, str]) -> None:
    """Neither the pitch's hash nor the forecast's, which both follow from names, stands outside the vault."""
    project, _ = filed
    for digest in (PITCH.hash, FORECAST.hash, FORECAST.hash[:16]):
        assert _files_with(Project.open(project.folder), digest) == []


def test_two_projects_give_one_forecast_two_numbers(empty_project: Path, tmp_path: Path) -> None:
    projects = [Project.open(shutil.copytree(empty_project, tmp_path / name)) for name in ("one", "two")]
    first, second = (file_forecast(one, PITCH, forecast_of(PITCH)) for one in projects)
    assert first != second
    assert file_forecast(projects[0], PITCH, forecast_of(PITCH)) == first


def test_a_person_is_told_where_they_are_named_and_of_no_others(filed: tuple[Project, str]) -> None:
    project, _ = filed
    held = {name: person(project, name, "owner") for name in (DIRECTOR, DECIDER, CLERK, "Nobody Here")}
    assert [one.what for one in held[DIRECTOR].papers] == ["a name in a pitch"]
    [said] = held[DECIDER].papers
    assert (said.role, said.reason) == (SAID.role, "We trust (somebody); so does (somebody).")
    assert [one.what for one in held[CLERK].papers] == ["a word on which title a pitch has become"]
    assert [one.is_known for one in held.values()] == [True, True, True, False]
    page = sheet_document(person_sheet(held[DECIDER]))
    assert "1 paper names you" in page
    assert DIRECTOR not in page
    erase_subject(project, DECIDER, "asked")
    assert not person(project, DECIDER, "owner").is_known


def test_a_link_needs_a_person_and_a_title(filed: tuple[Project, str]) -> None:
    project, number = filed
    before = len(filing.read(project))
    for title, by in (("t9", "system"), ("t9", " "), ("t10", CLERK)):
        with pytest.raises(UsageError):
            link_title(project, number, title, by)
    link_title(project, number, "t9", f" {CLERK} ", f"{DECIDER} made it a film.")
    assert len(filing.read(project)) == before
    link_title(project, number, "t9", DECIDER, "It became a film.")
    assert [one.by for one in find_filed(project, number).links] == [CLERK, DECIDER]
    assert isinstance(find_filed(project, number).links[-1], Link)


def test_marks_read_back_whatever_the_names_are() -> None:
    marks = {"Al": "1" * 64, "Al Green": "2" * 64, "person": "3" * 64, "C++": "4" * 64, "(Zed)": "5" * 64}
    text = ["Al Green and Al met person, (Zed) and C++ of Alabama", {"Al": ["Al"], "kept": 1.5}]
    held = masked(text, marks)
    assert "Alabama" in held[0]
    assert not any(name in held[0].split() for name in marks)
    assert shown(held, {mark: name for name, mark in marks.items()}) == text
    assert shown(held, {})[0] == "erased and erased met erased, erased and erased of Alabama"
