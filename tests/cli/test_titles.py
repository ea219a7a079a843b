"""`openslate titles`: matching, looking and correcting from the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Openslate


@pytest.fixture
def svc(openslate: Openslate, tmp_path: Path) -> Path:
    """A project with two lists of films."""
    folder = tmp_path / "svc"
    openslate("init", folder)
    for source, text in {
        "films": "title,name,released\na1,Dune: Part Two,2024-02-27\na2,Ash,2015-03-01\na3,Emma,1996-08-02\n",
        "takings": "title,name,released\nx1,Dune - Part II,2024-03-01\nx2,Ash,2016-08-01\nx3,Emma,2020-02-14\n",
    }.items():
        (tmp_path / f"{source}.csv").write_text(text)
        done = openslate(
            "-p", folder, "import", "csv", tmp_path / f"{source}.csv", "--table", "titles", "--name", source
        )
        assert done.code == 0
    return folder


def test_matching_counts_and_lists_what_is_doubtful(openslate: Openslate, svc: Path) -> None:
    said = openslate("-p", svc, "titles", "match")
    assert "films (3 titles) and takings (3): 1 are one for sure, 1 are doubtful." in said.out
    assert "a2 (Ash) and x2 (Ash)" in said.out
    assert "same name; released 1 year apart" in said.out
    (found,) = openslate("-p", svc, "titles", "match", "--source", "takings", "--other", "films", "--json").document[
        "matched"
    ]
    assert found["sources"] == ["films", "takings"]
    assert [(one["first"], one["second"], one["names"]) for one in found["sure"]] == [
        ("a1", "x1", ["Dune: Part Two", "Dune - Part II"])
    ]
    assert openslate("-p", svc, "titles", "match", "--limit", "0").out.count("Ash") == 0


def test_a_person_decides_and_the_answer_says_who(openslate: Openslate, svc: Path) -> None:
    openslate("-p", svc, "titles", "match")
    said = openslate("-p", svc, "titles", "confirm", "x2", "a2", "--by", "Ada Ortiz", "--note", "same poster")
    assert said.out.startswith("a2 and x2 are one: confirmed by Ada Ortiz on ")
    found = openslate("-p", svc, "titles", "same", "x2", "--json").document
    assert (found["canonical"], found["beside"][0]["is_same"]) == ("a2", True)
    assert found["beside"][0]["words"][0]["note"] == "same poster"
    assert openslate("-p", svc, "titles", "part", "a1", "x1", "--by", "Bo", "--json").document["same"] is False
    assert (
        "x1 (Dune - Part II, from takings) is not taken for the same."
        in openslate("-p", svc, "titles", "same", "a1").out
    )
    assert "0 are one for sure, 0 are doubtful, 2 decided by people" in openslate("-p", svc, "titles", "match").out
    assert "Nothing of another source" in openslate("-p", svc, "titles", "same", "a3").out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("same", "nobody"), "There is no title 'nobody'."),
        (("confirm", "a1", "a1", "--by", "Ada"), "Title a1 is named twice."),
        (("part", "a1", "zz", "--by", "Ada"), "There is no title 'zz'."),
        (("match", "--source", "nowhere"), "No title comes from a source 'nowhere'."),
    ],
)
def test_what_makes_no_sense_is_said(words: tuple[str, ...], what: str, openslate: Openslate, svc: Path) -> None:
    said = openslate("-p", svc, "titles", *words)
    assert said.code == 2
    assert said.err.splitlines()[-2] == what
