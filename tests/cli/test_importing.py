"""What `openslate import` takes, says and advises."""

import shlex
from pathlib import Path

import pytest

from openslate.cli.output import waiting
from tests.cli.conftest import Openslate

ESCAPE = "\x1b[31m"


@pytest.fixture
def svc(openslate: Openslate, tmp_path: Path) -> Path:
    """A project with a title."""
    folder = tmp_path / "my svc"
    openslate("init", folder)
    (tmp_path / "titles.csv").write_text("title,name\nt1,One\n")
    openslate("-p", folder, "import", "csv", tmp_path / "titles.csv", "--table", "titles")
    return folder


def advised(way_out: str) -> list[str]:
    """The options that the last line of an error names."""
    return shlex.split(way_out[way_out.index("--") :].split(" (in Python")[0])


@pytest.mark.parametrize(
    ("text", "table", "added"),
    [
        (b"title;name\nt2;Zwei\n", "titles", 1),
        (b"title\tname\nt2\tZwei\n", "titles", 1),
        ("title,name\nt2,F\xfcnf\n".encode("utf-16"), "titles", 1),
        (b"my member,title,started\nm1,t1,2024-01-01\n", "plays", 1),
        (b"member,title,started\nm1,t1,978300760\nm2,t1,2001-01-01\n", "plays", 1),
    ],
    ids=["semicolon", "tab", "utf-16", "column", "time unit"],
)
def test_following_the_advice_brings_the_file_in(
    text: bytes, table: str, added: int, openslate: Openslate, svc: Path, tmp_path: Path
) -> None:
    path = tmp_path / "given.csv"
    path.write_bytes(text)
    words = ("-p", svc, "import", "csv", path, "--table", table)
    refused = openslate(*words)
    assert refused.code == 1
    said = openslate(*words, *advised(refused.err.splitlines()[-1]), "--json")
    assert said.document["tables"][table]["added"] == added


def test_the_advised_grant_can_be_typed(openslate: Openslate, svc: Path, tmp_path: Path) -> None:
    (tmp_path / "my plays.csv").write_text("member,title,started\nm1,t1,2024-01-01\n")
    said = openslate("-p", svc, "import", "csv", tmp_path / "my plays.csv", "--table", "plays")
    command = shlex.split(said.out.splitlines()[-1].split("is stated: ")[1])
    assert command[0] == "openslate"
    assert openslate(*command[1:]).code == 0
    assert openslate("-p", svc, "rights", "check", "--json").document["grants"][0]["source"] == "csv:my plays.csv"


def test_how_many_more_rows_were_refused_is_said(openslate: Openslate, svc: Path, tmp_path: Path) -> None:
    path = tmp_path / "plays.csv"
    path.write_text("member,title,started\nm,t1,2024-01-01\n" + "".join(f"m{row},t9,2024-01-01\n" for row in range(12)))
    said = openslate("-p", svc, "import", "csv", path, "--table", "plays", "--basis", "The contract")
    assert said.out.count("is no title of the project") == 5
    assert "  and 7 more.\n" in said.out
    (kept,) = (svc / "people" / "quarantine").iterdir()
    assert f"All refused rows are in {kept}, each" in said.out
    assert "Basis: The contract. It covers: train" in said.out


def test_nothing_that_was_named_moves_the_cursor(openslate: Openslate, svc: Path, tmp_path: Path) -> None:
    path = tmp_path / f"{ESCAPE}plays.csv"
    path.write_text("member,title,started\nm1,t1,2024-01-01\nm2,t9,2024-01-01\n")
    words = ("--name", f"{ESCAPE}red", "--basis", f"{ESCAPE}contract")
    here = ("-p", svc)
    said = [
        openslate(*here, "import", "csv", path, "--table", "plays", *words),
        openslate(*here, "import", "csv", path.with_suffix(".txt"), "--table", "plays"),
        openslate(*here, "status"),
        openslate(*here, "rights", "check"),
        openslate(*here, "rights", "withdraw", "--source", f"{ESCAPE}red", "--purpose", "train"),
        openslate("-p", tmp_path / ESCAPE, "status"),
        openslate("init", tmp_path / f"new{ESCAPE}"),
        openslate("status", ESCAPE),
    ]
    assert [one.code for one in said] == [0, 1, 0, 0, 0, 1, 0, 2]
    assert [one for one in said if "\x1b" in one.out + one.err] == []


def test_the_last_decision_is_named(openslate: Openslate, svc: Path) -> None:
    openslate("-p", svc, "rights", "grant", "--member", "ann", "--purpose", "train")
    last = openslate("-p", svc, "rights", "check", "--json").document["ledger_last"]
    assert len(last) == 64
    said = openslate("-p", svc, "rights", "check").out
    assert last in said
    assert "1 decision," in said


def test_a_sign_of_life_is_for_those_who_watch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with waiting("Choosing titles"):
        pass
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with waiting("Choosing titles"):
        pass
    assert "Choosing titles" in capsys.readouterr().err


FILMS = "movie,day,cost,worldwide\nAsh,2009-12-18,5000,7000\nBay,soon,5000,7000\n"


def test_films_come_with_what_became_of_them(openslate: Openslate, svc: Path, tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text(FILMS)
    mapping = ("--column", "movie=name", "--column", "day=released", "--column", "cost=budget")
    words = ("-p", svc, "import", "films", tmp_path / "films.csv", *mapping, "--outcome", "worldwide=revenue")
    said = openslate(*words, "--window-days", "30", "--name", "numbers")
    assert "outcomes: 1 read, 1 added, 0 repeated, 0 quarantined." in said.out
    assert "1 films have takings and no release date" in said.out and "films.csv, line 3: released 'soon'" in said.out
    tables = openslate("-p", svc, "status", "--json").document["tables"]
    assert tables["outcomes"] == tables["productions"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("films", "a.csv", "--lag-days", "3"), "films has no use for --lag-days"),
        (("tmdb", "a.csv", "--table", "titles"), "tmdb has no use for --table"),
        (("netflix-top10", "a.csv", "--column", "a=b"), "netflix-top10 has no use for --column"),
        (("csv", "a.csv", "--table", "titles", "--outcome", "a=b"), "so --outcome has no use"),
        (("films", "a.csv", "--outcome", "revenue"), "--outcome 'revenue' maps nothing"),
        (("imdb", "a.csv"), "Name movielens, csv, parquet, jsonl, netflix-engagement"),
    ],
)
def test_options_without_a_use_are_refused(
    words: tuple[str, ...], said: str, openslate: Openslate, svc: Path, tmp_path: Path
) -> None:
    refused = openslate("-p", svc, "import", *words)
    assert refused.code == 2 and said in refused.err.replace("\n", " ")


def test_outcomes_are_left_alone_when_somebody_is_erased(openslate: Openslate, svc: Path, tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text(FILMS)
    mapping = ("--column", "movie=name", "--column", "day=released", "--outcome", "worldwide=revenue")
    openslate("-p", svc, "import", "films", tmp_path / "films.csv", *mapping)
    (tmp_path / "plays.csv").write_text("member,title,started\nm1,t1,2024-01-01\nm2,t1,2024-01-01\n")
    openslate("-p", svc, "import", "csv", tmp_path / "plays.csv", "--table", "plays", "--basis", "Terms")
    gone = openslate("-p", svc, "rights", "forget", "m1", "--reason", "By letter.")
    assert gone.code == 0, gone.err
    tables = openslate("-p", svc, "status", "--json").document["tables"]
    assert (tables["outcomes"], tables["plays"]) == (1, 1)
    sent = openslate("-p", svc, "export", tmp_path / "out", "--purpose", "train", "--to", "somebody", "--json")
    assert sorted(sent.document["files"]) == ["plays.parquet", "ratings.parquet"]


def test_one_line_of_a_source_that_gives_several_rows_is_refused_in_one_line(
    openslate: Openslate, svc: Path, tmp_path: Path
) -> None:
    heading = "week\tcategory\tweekly_rank\tshow_title\tseason_title\tweekly_hours_viewed\truntime\tweekly_views"
    week = "2024-12-29\tFilms (English)\t{}\tTide\tN/A\t300000\t2\t150000"
    path = tmp_path / "all-weeks-global.tsv"
    path.write_text("\n".join([heading, week.format(1), week.format(1)]) + "\n")
    said = openslate("-p", svc, "import", "netflix-top10", path)
    assert said.code == 0, said.err
    refused = [line for line in said.out.splitlines() if "keep one of them" in line]
    assert len(refused) == 1 and refused[0].endswith("(3 rows)"), refused
    assert "3 quarantined" in said.out
