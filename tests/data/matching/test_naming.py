"""Titles as people name them: by id, by name or by half of one, and what is said where none or several are meant."""

from pathlib import Path

import pytest

from openslate.data.matching.naming import NamedTitles, title_named
from openslate.data.matching.words import confirm
from openslate.errors import UsageError
from openslate.project import Project
from tests.cli.conftest import Openslate, openslate  # noqa: F401  (a fixture)
from tests.lake_rows import add_rows

SQUID = [f"Squid Game: Season {season} // \uc624\uc9d5\uc5b4 \uac8c\uc784: \uc2dc\uc98c {season}" for season in (2, 1)]
TITLES = NamedTitles(("n2", "n1", "t1", "t2", "a"), (*SQUID, "Twin", "twin", "Ash"))


@pytest.mark.parametrize(
    ("asked", "place"),
    [("n1", 1), (SQUID[0], 0), ("squid game:  Season 2", 0), (SQUID[1].partition(" // ")[2], 1), ("ASH", 4), ("t2", 3)],
)
def test_a_title_is_found_by_id_by_name_and_by_either_half(asked: str, place: int) -> None:
    assert TITLES.place(asked) == place


@pytest.mark.parametrize(
    ("asked", "what", "way_out"),
    [
        (
            "Squid Game",
            "There is no title 'Squid Game'.",
            f"Titles that begin so are {SQUID[1]!r} (n1), {SQUID[0]!r}",
        ),
        ("Squid Gama: Season 2", "There is no title", f"Did you mean {SQUID[0]!r} (n2)"),
        ("TWIN", "'TWIN' is the name of 2 titles.", "Give the id: t1, t2."),
        ("zzzz", "There is no title 'zzzz'.", "Give the id or the name of a title in the catalogue."),
        ("", "There is no title ''.", "Give the id or the name"),
    ],
)
def test_what_names_no_title_is_told_with_those_that_may_be_meant(asked: str, what: str, way_out: str) -> None:
    with pytest.raises(UsageError) as refused:
        TITLES.place(asked)
    assert refused.value.what.startswith(what) and refused.value.way_out.startswith(way_out)


def test_titles_that_are_one_bear_one_name(
    openslate: Openslate,  # noqa: F811
    project: Project,
    tmp_path: Path,
) -> None:
    add_rows(project, "titles", [("x", "Twin"), ("z", "Ash")], "films")
    add_rows(project, "titles", [("y", "Twin")], "report")
    with pytest.raises(UsageError, match="Give the id: x, y"):
        title_named(project, "twin")
    confirm(project, "x", "y", by="Ada Ortiz")
    assert title_named(project, "twin") in ("x", "y")
    said = openslate("-p", project.folder, "titles", "same", "ash")
    assert said.code == 0 and said.out.startswith("z (Ash, from films).")
    assert "Did you mean 'Ash' (z)?" in openslate("-p", project.folder, "titles", "same", "Ashh").err
