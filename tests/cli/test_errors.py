"""Every mistake ends as two sentences, what was wrong and the way out, and as an exit code."""

from pathlib import Path

import pytest

from openslate.project import Project
from openslate.registry.artifacts import WEIGHTS
from openslate.registry.promotion import serving
from tests.cli.conftest import Openslate, Said


def check(said: Said, code: int, *words: str) -> None:
    """An error of two lines at the end of stderr, and nothing on stdout."""
    assert said.code == code, said.err
    assert said.out == ""
    what, way_out = said.err.splitlines()[-2:]
    assert what.endswith(".")
    assert way_out.endswith(".") or "openslate " in way_out
    assert "went wrong inside" not in what
    for word in words:
        assert word in f"{what} {way_out}"


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (["personalize", "evaluate", "--protocol", "sampled"], 2, "There is no protocol 'sampled'"),
        (["import", "excel", "a.xlsx"], 2, "There is no source 'excel'. Name movielens, csv, parquet, jsonl, "),
        (["import", "csv", "plays.csv"], 2, "Say it with --table"),
        (["import", "csv", "plays.csv", "--table", "views"], 2, "There is no table 'views'."),
        (["import", "csv", "no-such.csv", "--table", "plays"], 1, "no-such.csv"),
        (["import", "csv", "plays.csv", "--table", "plays", "--column", "member"], 2, "--column 'member' maps nothing"),
        (["import", "csv", "plays.csv", "--table", "plays", "--column", "=member"], 2, "--column '=member'"),
        (["import", "csv", "plays.csv", "--table", "plays", "--purpose", "train"], 2, "--basis"),
        (["import", "csv", "plays.csv", "--table", "plays", "--time-unit", "h"], 2, "There is no time unit 'h'."),
        (["import", "jsonl", "a.jsonl", "--table", "plays", "--delimiter", ";"], 2, "no delimiter or encoding"),
        (["import", "movielens", ".", "--encoding", "latin-1"], 2, "Leave those options out."),
        (["import", "movielens", "no-such-folder"], 1, "no-such-folder"),
        (["import", "movielens", ".", "--table", "plays"], 2, "Leave those options out."),
        (
            ["rights", "grant", "--source", "a", "--member", "b", "--purpose", "train"],
            2,
            "one of --source and --member",
        ),
        (["rights", "grant", "--purpose", "train"], 2, "one of --source and --member"),
        (["rights", "grant", "--source", "a", "--purpose", "train"], 2, "needs its basis"),
        (["rights", "grant", "--member", "b", "--purpose", "sell"], 2, "'sell'"),
        (["rights", "withdraw", "--purpose", "train"], 2, "--source, --member and --record"),
        (["models", "promote", "abc", "--force"], 2, "Say why with --reason"),
        (["models", "promote", "no-such"], 1, "no model 'no-such'"),
        (["models", "rollback", "--reason", " "], 2, "has no reason"),
        (["models", "rollback", "--reason", "none"], 1, "No earlier model"),
        (["runs", "compare", "one", "two"], 1, "no run 'one'"),
        (["lineage", "no-such"], 1, "Nothing is known of 'no-such'"),
        (["personalize", "train", "--as-of", "1999-01-01"], 1, "no plays and no ratings"),
        (["personalize", "train", "--force"], 2, "--reason"),
        (["personalize", "train", "--workers", "0"], 2, "Ask for one or more"),
        (["personalize", "home", "m0000000", "--html", "no/such/page.html"], 1, "no/such/page.html"),
        (["personalize", "evaluate", "--report", "no/such/report.html"], 1, "there is no such folder"),
        (["personalize", "home", "broken \udcff"], 2, "not valid UTF-8"),
        (["import", "csv", "broken\udcff.csv", "--table", "plays"], 2, "'broken\\udcff.csv' is not valid UTF-8"),
        (["simulate", "--members", "10"], 2, "members is 10, outside 1,000 to 1,000,000"),
        (["simulate", "--seed", "4"], 1, "other settings already"),
    ],
    ids=lambda value: " ".join(map(ascii, value)) if isinstance(value, list) else None,
)
def test_mistakes_are_told_in_two_sentences(
    words: list[str], code: int, expected: str, openslate: Openslate, svc: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(svc.parent)
    check(openslate("--project", svc, *words), code, expected)
    as_json = openslate("--project", svc, *words, "--json")
    assert as_json.code == code
    assert set(as_json.document) == {"error", "way_out"}
    assert expected in f"{as_json.document['error']} {as_json.document['way_out']}"


@pytest.mark.parametrize(
    "words", [["status"], ["personalize", "train"], ["personalize", "home", "a"], ["models"], ["runs"]]
)
def test_a_folder_that_is_no_project(words: list[str], openslate: Openslate, tmp_path: Path) -> None:
    check(openslate("--project", tmp_path, *words), 1, "is not an Openslate project", "openslate init")


def test_a_folder_that_is_taken(openslate: Openslate, svc: Path, tmp_path: Path) -> None:
    check(openslate("init", svc), 1, "is not empty", "project already")
    (tmp_path / "file").write_text("")
    check(openslate("init", tmp_path / "file"), 1, "Name another folder")
    check(openslate("demo", svc), 1, "is not empty")


def test_a_project_without_a_basis_trains_nothing(openslate: Openslate, tmp_path: Path) -> None:
    openslate("init", tmp_path / "svc")
    (tmp_path / "titles.csv").write_text("title,name\nt1,One\nt2,Two\n")
    (tmp_path / "plays.csv").write_text("member,title,started\nann,t1,2024-01-01\nbob,t2,2024-01-02\n")
    for table in ("titles", "plays"):
        path = tmp_path / f"{table}.csv"
        assert openslate("-p", tmp_path / "svc", "import", "csv", path, "--table", table).code == 0
    check(openslate("-p", tmp_path / "svc", "personalize", "train"), 1, "None of the 2 members", "rights grant")
    check(openslate("-p", tmp_path / "svc", "personalize", "home", "ann"), 1, "No model serves", "personalize train")


def test_a_damaged_model(openslate: Openslate, svc: Path) -> None:
    model = serving(Project.open(svc), "personalize")
    assert model is not None
    (model.folder / WEIGHTS).write_bytes(b"nothing of the kind")
    check(openslate("-p", svc, "personalize", "home", "m0000000"), 1, "is damaged", "train again")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [("openslate.toml", "format = [", "not valid TOML"), ("ledger.jsonl", "{}\n", "line 1")],
)
def test_a_damaged_project(name: str, text: str, expected: str, openslate: Openslate, svc: Path) -> None:
    (svc / name).write_text(text)
    check(openslate("-p", svc, "rights", "check"), 1, expected)


def test_a_damaged_state_is_no_riddle(openslate: Openslate, svc: Path) -> None:
    for path in svc.glob("state.sqlite*"):
        path.write_bytes(b"this is no database" * 100)
    check(openslate("-p", svc, "status"), 1, "state.sqlite")


def test_what_nobody_foresaw_is_two_sentences_and_can_be_looked_into(
    openslate: Openslate, svc: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("openslate.apps.status.status_of", broken)
    said = openslate("-p", svc, "status")
    assert said.code == 1
    assert "Something went wrong inside Openslate: ZeroDivisionError: by hand." in said.err
    assert "OPENSLATE_TRACEBACK=1" in said.err
    monkeypatch.setenv("OPENSLATE_TRACEBACK", "1")
    with pytest.raises(AssertionError, match="Traceback"):
        openslate("-p", svc, "status")
