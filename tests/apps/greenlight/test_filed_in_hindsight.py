"""What was filed after its outcome was known foretold nothing; and nobody picks a title by its outcome."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from openslate import clock
from openslate.apps.greenlight import filing
from openslate.apps.greenlight.decision_types import Outcome
from openslate.apps.greenlight.decisions import (
    file_forecast,
    filed_forecasts,
    link_title,
    record_outcome,
    running_calibration,
)
from openslate.apps.greenlight.filed import find_filed, in_hindsight
from openslate.apps.greenlight.papers import ERASED
from openslate.apps.greenlight.scoring_filed import score_filed
from openslate.data.matching.words import confirm
from openslate.data.sources.csv import import_csv
from openslate.errors import UsageError
from openslate.project import Project
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL

TITLES = "title,name,kind,released\np-17,Night Train,series,2027-09-15\nx1,Other,series,2027-09-15\n"
OUTCOMES = (
    "title,measure,region,starts,ends,value,step,published\n{title},views,*,2027-07-01,2027-12-31,{value},,{day}\n"
)


def brought(project: Project, folder: Path, table: str, text: str) -> None:
    path = folder / f"{table}-{len(filing.read(project))}-{len(text)}.csv"
    path.write_text(text)
    import_csv(project, path, table)


def filed_on(project: Project, day: date, name: str = FULL.name, own: str | None = None) -> str:
    pitch = replace(FULL, name=name, id=FULL.id if own is None else own)
    with clock.frozen(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        return file_forecast(project, pitch, forecast_of(pitch))


@pytest.fixture
def svc(project: Project, tmp_path: Path) -> Iterator[tuple[Project, Path]]:
    """A project with two titles; but for filing, it is the summer of 2028."""
    brought(project, tmp_path, "titles", TITLES)
    with clock.frozen(datetime(2028, 7, 1, tzinfo=UTC)):
        yield project, tmp_path


@pytest.mark.parametrize(("day", "foretold"), [(28, True), (29, False), (30, False)])
def test_only_what_was_filed_before_its_outcome_was_known_counts(
    svc: tuple[Project, Path], day: int, foretold: bool
) -> None:
    project, folder = svc
    number = filed_on(project, date(2028, 2, day) if day < 30 else date(2028, 3, 20))
    brought(project, folder, "outcomes", OUTCOMES.format(title="p-17", value="12e6", day="2028-02-29"))
    score_filed(project)
    found = find_filed(project, number)
    assert found.score is not None
    assert (found.foretold, found.first_known) == (foretold, date(2028, 2, 29))
    running = running_calibration([found])
    assert (running is not None) == foretold
    assert bool(in_hindsight([found])) != foretold


def test_a_correction_does_not_make_unknown_what_was_known(svc: tuple[Project, Path]) -> None:
    project, _ = svc
    numbers = [filed_on(project, date(2028, 2, 1), "Early"), filed_on(project, date(2028, 4, 1), "Late")]
    for number in numbers:
        record_outcome(project, number, Outcome(12e6, date(2028, 3, 1), "report"))
        record_outcome(project, number, Outcome(13e6, date(2028, 5, 1), "report, corrected"))
    early, late = filed_forecasts(project)
    assert (early.foretold, late.foretold) == (True, False)
    running = running_calibration([early, late])
    assert running is not None
    assert running.scored == 1
    assert in_hindsight([early, late]) == ("Filed after the outcome was known, so that nothing was foretold: Late.",)


def test_another_title_than_the_pitchs_own_needs_a_reason_that_is_kept(svc: tuple[Project, Path]) -> None:
    project, _ = svc
    number = filed_on(project, date(2027, 1, 1))
    with pytest.raises(UsageError, match="names 'p-17' as its own id, and 'x1' is another title") as refused:
        link_title(project, number, "x1", "Bo Ek")
    assert "--reason" in str(refused.value)
    with pytest.raises(UsageError, match="cannot be printed"):
        link_title(project, number, "x1", "Bo Ek", "turned \u202e round")
    assert len(filing.read(project)) == 1
    for _ in range(2):
        link_title(project, number, "x1", "Bo Ek", " It was made as a film. ")
    [said] = find_filed(project, number).links
    assert (said.title, said.by, said.reason) == ("x1", "Bo Ek", "It was made as a film.")
    project.state.close()
    assert b"made as a film" not in (project.folder / "state.sqlite").read_bytes()
    again = Project.open(project.folder)
    again.vault.execute("DELETE FROM papers WHERE kind = 'greenlight link'")
    [erased] = find_filed(again, number).links
    assert (erased.title, erased.by, erased.reason) == ("x1", ERASED, ERASED)


def test_an_id_that_is_one_with_the_pitchs_own_needs_none(svc: tuple[Project, Path]) -> None:
    project, _ = svc
    number = filed_on(project, date(2027, 1, 1))
    link_title(project, number, "p-17", "Bo Ek")
    confirm(project, "p-17", "x1", "Ines Falk")
    link_title(project, number, "x1", "Bo Ek")
    assert [(one.title, one.reason) for one in find_filed(project, number).links] == [("p-17", ""), ("x1", "")]


def test_nobody_links_what_is_scored_already(svc: tuple[Project, Path]) -> None:
    project, folder = svc
    named, unnamed = filed_on(project, date(2027, 1, 1)), filed_on(project, date(2027, 1, 1), "No id", own="")
    link_title(project, unnamed, "p-17", "Bo Ek")
    brought(project, folder, "outcomes", OUTCOMES.format(title="p-17", value="12e6", day="2028-03-01"))
    score_filed(project)
    before = filing.read(project)
    for number in (named, unnamed):
        with pytest.raises(UsageError, match="scored already, by an outcome that was known on 2028-03-01"):
            link_title(project, number, "x1", "Bo Ek", "It did better.")
    assert filing.read(project) == before
    # Who said so may still be put right: the title stays.
    link_title(project, unnamed, "p-17", "Ines Falk")
    assert find_filed(project, unnamed).links[-1].by == "Ines Falk"
