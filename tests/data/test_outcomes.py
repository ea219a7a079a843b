import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.data.outcomes import Production, read_outcomes, read_productions
from openslate.data.schema import OUTCOMES, PRODUCTIONS
from openslate.data.sources.csv import import_csv
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from openslate.storage.lake import PEOPLE_TABLES
from tests.data.imported import import_text, quarantined, stored, with_titles
from tests.lake_rows import add_rows

HEADER = "title,measure,region,starts,ends,value,step,published\n"


def outcome(title: str, value: float, published: date, measure: str = "views", region: str = "*") -> tuple[object, ...]:
    return (title, measure, region, date(2024, 1, 1), date(2024, 6, 30), value, 100_000.0, published)


def test_only_what_was_published_by_then_is_told(project: Project) -> None:
    with_titles(project)
    known, later = date(2024, 9, 19), date(2024, 9, 20)
    add_rows(
        project, "outcomes", [outcome("t2", 5e6, known), outcome("t1", 1e5, later), outcome("t1", 9, known, "hours")]
    )
    found = read_outcomes(project, known, "views")
    assert found.title.tolist() == ["t2"] and found.value.tolist() == [5e6]
    everything = read_outcomes(project, None, "views")
    assert everything.title.tolist() == ["t1", "t2"]
    assert everything.published.tolist() == [later, known] and everything.ends.dtype == np.dtype("datetime64[D]")
    assert everything.censored.tolist() == [True, False]
    assert len(read_outcomes(project, date(2024, 9, 18), "views")) == 0


@settings(max_examples=10, deadline=None)
@given(days=st.lists(st.integers(0, 30), min_size=1, max_size=8), as_of=st.integers(0, 30))
def test_no_later_fact_is_ever_seen(days: list[int], as_of: int, empty_project: Path) -> None:
    with TemporaryDirectory() as folder:
        _check_nothing_later(Project.open(shutil.copytree(empty_project, Path(folder) / "svc")), days, as_of)


def _check_nothing_later(project: Project, days: list[int], as_of: int) -> None:
    with_titles(project, *(f"t{number}" for number in range(8)))
    rows = [outcome(f"t{number}", number, date(2024, 7, 1 + day)) for number, day in enumerate(days)]
    add_rows(project, "outcomes", rows)
    then = date(2024, 7, 1 + as_of)
    found = read_outcomes(project, then, "views")
    assert all(day <= then for day in found.published.tolist())
    assert set(found.title.tolist()) == {f"t{number}" for number, day in enumerate(days) if day <= as_of}


def test_the_newest_version_stands_even_where_it_is_not_known_yet(project: Project) -> None:
    with_titles(project)
    add_rows(project, "outcomes", [outcome("t1", 1e6, date(2024, 7, 1))])
    add_rows(project, "outcomes", [outcome("t1", 2e6, date(2024, 12, 28))])
    assert read_outcomes(project, date(2025, 1, 1), "views").value.tolist() == [2e6]
    # The correction says that nothing was known before; the row that it replaced is not told in its place.
    assert len(read_outcomes(project, date(2024, 8, 1), "views")) == 0


def test_measures_and_regions_that_are_not_there_are_named(project: Project) -> None:
    with pytest.raises(UsageError, match="holds no outcomes"):
        read_outcomes(project, None, "views")
    with_titles(project)
    add_rows(project, "outcomes", [outcome("t1", 1, date(2024, 7, 1), region="DE")])
    with pytest.raises(UsageError, match=r"no 'views' of the region '\*'\. It has: views \(DE\)"):
        read_outcomes(project, None, "views")
    assert len(read_outcomes(project, None, "views", "DE")) == 1


def test_productions_are_known_at_release_or_as_they_say(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One", "film", date(2024, 3, 1)), ("t2", "Two"), ("t3", "Three")])
    made = [("t1", 5e6, "USD", ["US"], ["Ash"]), ("t2", 7e6, "EUR"), ("t3", *[None] * 8, date(2024, 2, 1))]
    add_rows(project, "productions", made)
    assert list(read_productions(project, date(2024, 2, 29))) == ["t3"]
    assert read_productions(project, date(2024, 3, 1))["t1"] == Production(
        "t1", 5e6, "USD", ("US",), ("Ash",), known=date(2024, 3, 1)
    )
    # Of what no day is known, nothing is told of any day.
    assert list(read_productions(project, date(2100, 1, 1))) == ["t1", "t3"]
    assert list(read_productions(project, None)) == ["t1", "t2", "t3"]
    add_rows(project, "productions", [("t1", 6e6, "USD")])
    assert read_productions(project, None)["t1"].budget == 6e6


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("t1,Views,*,2024-01-01,2024-06-30,1,,2024-07-01", "measure"),
        ("t1,views,EU,2024-01-01,2024-06-30,1,,2024-07-01", "region"),
        ("t1,views,*,2024-01-01,2023-12-31,1,,2024-07-01", "ends"),
        ("t1,views,*,2024-01-01,2024-06-30,-1,,2024-07-01", "value"),
        ("t1,views,*,2024-01-01,2024-06-30,nan,,2024-07-01", "value"),
        ("t1,views,*,2024-01-01,2024-06-30,inf,,2024-07-01", "value"),
        ("t1,views,*,2024-01-01,2024-06-30,1,0,2024-07-01", "step"),
        ("t1,views,*,2024-01-01,2024-06-30,1,,2024-06-29", "published"),
        # What nobody can know today would be scored and learned from before its day.
        ("t1,views,*,2024-01-01,2024-06-30,1,,2199-07-01", "published"),
        ("t9,views,*,2024-01-01,2024-06-30,1,,2024-07-01", "title"),
    ],
)
def test_wrong_outcomes_are_quarantined(row: str, column: str, project: Project) -> None:
    with_titles(project)
    good = "t1,views,*,2024-01-01,2024-06-30,1,,2024-07-01\n"
    found = import_text(project, HEADER + good + row + "\n", "outcomes")
    assert [(one["line"], one["column"]) for one in quarantined(project, found)] == [(3, column)]
    assert found.advice == "" and found.tables["outcomes"].added == 1


@pytest.mark.parametrize("row", ["t1,0,USD", "t1,nan,USD", "t1,5,", "t1,5,Euro", "t1,-5,USD", "t1,1e15,USD"])
def test_wrong_budgets_are_quarantined(row: str, project: Project) -> None:
    with_titles(project)
    found = import_text(project, f"title,budget,currency\nt2,5e6,USD\nt3,,\n{row}\n", "productions")
    assert [one["line"] for one in quarantined(project, found)] == [4]
    assert [line[:3] for line in stored(project, "productions")] == [("t2", 5e6, "USD"), ("t3", None, None)]


def test_a_changed_row_is_a_new_version_and_an_equal_one_repeated(project: Project, tmp_path: Path) -> None:
    with_titles(project)
    path = tmp_path / "outcomes.csv"
    row = "t1,views,*,2024-01-01,2024-06-30,{},,2024-07-01\n"
    for value, added in ((1, 1), (2, 1), (2, 0), (1, 1)):
        path.write_text(HEADER + row.format(value))
        assert import_csv(project, path, "outcomes").tables["outcomes"].added == added
        assert read_outcomes(project, None, "views").value.tolist() == [value]


def test_outcomes_need_titles_and_are_about_nobody(project: Project) -> None:
    with pytest.raises(AdmitError, match="no titles yet"):
        import_text(project, HEADER + "t1,views,*,2024-01-01,2024-06-30,1,,2024-07-01\n", "outcomes")
    assert not PEOPLE_TABLES & {OUTCOMES.name, PRODUCTIONS.name}


def test_a_good_file_and_a_bad_one_go_through_together(project: Project) -> None:
    """Parts of one table may lie in files or in memory; both have the same columns."""
    from openslate.data.sources.arrays import import_arrays

    good = {"title": np.array(["t1"]), "name": np.array(["One"])}
    bad = {"title": np.array(["t2", ""]), "name": np.array(["Two", "None"])}
    found = import_arrays(project, iter([{"titles": good}, {"titles": bad}]), source="arrays")
    assert (found.tables["titles"].added, found.tables["titles"].quarantined) == (2, 1)
