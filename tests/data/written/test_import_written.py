"""Scripts, treatments and outlines come into the vault, and nothing hostile comes with them."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openslate.cli.main import app
from openslate.data.sources.written import import_written
from openslate.data.written.texts import texts, texts_held, words_of
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from openslate.rights.consent import Basis
from openslate.rights.erased import mark_subject
from tests.data.written.texts_of_titles import BO, MADE, WEN, add_titles, script, table


@pytest.fixture
def made(project: Project) -> Project:
    add_titles(project)
    return project


def refused_rows(project: Project, name: str | None) -> list[dict[str, object]]:
    assert name is not None
    return [json.loads(line) for line in (project.folder / name).read_text().splitlines()]


def test_texts_come_in_by_csv_jsonl_and_toml_and_lie_in_the_vault_alone(made: Project, tmp_path: Path) -> None:
    (tmp_path / "low.fountain").write_text("INT. HARBOUR - NIGHT\nNobody waits.\n")
    row = {"title": "Low Tide (2024)", "kind": "treatment", "holders": [WEN, BO], "file": "low.fountain"}
    (tmp_path / "b.jsonl").write_text(json.dumps(row) + "\n")
    (tmp_path / "c.toml").write_text(
        f'[[texts]]\ntitle = "Harbour Lights: Season 2"\nkind = "outline"\nholders = ["{BO}"]\n'
        'text = """\nOne lamp.\nTwo lamps."""\nproject = "p-2"\nphotography_start = 2026-06-01\n'
    )
    for path in (table(tmp_path, script("t1", "A roof, and, nobody")), tmp_path / "b.jsonl", tmp_path / "c.toml"):
        report = import_written(made, path)
        assert (report.tables["texts"].added, report.quarantine) == (1, None), report
    found = texts(made)
    assert [(one.title, one.kind, one.holders) for one in found] == [
        ("t1", "script", (WEN,)), ("t1", "treatment", (WEN, BO)), ("t2", "outline", (BO,)),
    ]  # fmt: skip
    assert words_of(made, found[1].text).startswith("INT. HARBOUR")
    assert found[2].asked["photography_start"] == "2026-06-01" and found[0].source == "written:scripts.csv"
    assert [one.title for one in texts_held(made, BO)] == ["t1", "t2"]
    held = [path for path in made.folder.rglob("*") if path.is_file() and b"INT. HARBOUR" in path.read_bytes()]
    assert held == [made.people / "vault.sqlite"]


def test_the_same_file_adds_nothing_and_a_new_draft_takes_the_place(made: Project, tmp_path: Path) -> None:
    first = import_written(made, table(tmp_path, script("t1", "First draft")))
    again = import_written(made, table(tmp_path, script("t1", "First draft")))
    assert (first.already_imported, again.already_imported) == (False, True)
    assert again.tables["texts"].repeated == 1
    assert import_written(made, table(tmp_path, script("t1", "Second draft"))).tables["texts"].added == 1
    (one,) = texts(made)
    assert words_of(made, one.text) == "Second draft"
    assert import_written(made, table(tmp_path, script("t1", "Second draft", f"{WEN}|{BO}"))).tables["texts"].added == 1
    assert texts(made)[0].holders == (WEN, BO)


def test_hostile_rows_wait_with_file_line_field_and_without_their_words(made: Project, tmp_path: Path) -> None:
    folder = tmp_path / "table"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("outside")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "latin.txt").write_bytes("Cliché".encode("latin-1"))
    (folder / "nul.txt").write_bytes(b"INT.\0ROOF")
    (folder / "empty.txt").write_text(" \n")
    (folder / "script.pdf").write_bytes(b"%PDF")
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    os.mkfifo(folder / "pipe.txt")
    of_file = {"title": "t1", "kind": "script", "holders": WEN, "project": MADE}
    rows = [
        script("t2", "the one good script of secretword"),
        *({**of_file, "file": name} for name in (
            "../secret.txt", "/etc/passwd", "link.txt", "latin.txt", "nul.txt", "empty.txt", "script.pdf", "huge.txt",
            "pipe.txt", "none.txt",
        )),
        script("t9", "secretword"),
        script("Twice", "secretword"),
        {**script("t1", "secretword"), "kind": "poem"},
        script("t1", "secretword", ""),
        {**script("t1", "secretword"), "file": "empty.txt"},
        script("t1", ""),
        script("t1", "secretword", asset=f"script-of-{WEN}"),
        script("t1", "secretword", subject_kind="king"),
        script("Harbour Lights: Season 2", "secretword again"),
    ]  # fmt: skip
    report = import_written(made, table(folder, *rows))
    assert (report.tables["texts"].added, report.tables["texts"].quarantined) == (1, len(rows) - 1)
    found = refused_rows(made, report.quarantine)
    said = [(one["line"], one["column"], str(one["reason"])) for one in found]
    assert said[0] == (3, "file", "leads out of the folder of the table")
    assert [why for _, _, why in said[1:10]] == [
        "leads out of the folder of the table", "leads out of the folder of the table", "is not written in UTF-8",
        "holds characters that cannot be printed", "holds no words", "ends in none of .txt, .fountain, .md",
        "is larger than 4 MB", "is no regular file", "cannot be read: No such file or directory",
    ]  # fmt: skip
    assert [(column, why) for _, column, why in said[10:16]] == [
        ("title", "is no title of the project"),
        ("title", "is the name of several titles (t3, t4)"),
        ("kind", "is no kind of text"),
        ("holders", "names nobody, or no ids"),
        ("", "the row has both a text and a file"),
        ("", "the row has neither a text nor a file"),
    ]
    assert "holds the subject's id" in said[16][2] and "subject_kind" in said[17][2]
    assert said[18][1:] == ("title", "is named twice for its script: line 2 has it already")
    assert "secretword" not in (made.folder / str(report.quarantine)).read_text()
    assert [one.title for one in texts(made)] == ["t2"]


def test_a_year_tells_two_titles_of_one_name_apart(made: Project, tmp_path: Path) -> None:
    import_written(made, table(tmp_path, script("Twice (2022)", "Here we are")))
    assert [one.title for one in texts(made)] == ["t4"]


def test_a_table_without_a_good_row_is_refused_and_changes_nothing(made: Project, tmp_path: Path) -> None:
    with pytest.raises(AdmitError, match=r"not one text that can be taken in\. scripts\.csv, line 2: title 't9'"):
        import_written(made, table(tmp_path, script("t9", "words")))
    with pytest.raises(AdmitError, match="has no column 'holders'"):
        import_written(made, table(tmp_path, {"title": "t1", "kind": "script", "text": "words"}))
    (tmp_path / "wrong.toml").write_text("texts = 3")
    with pytest.raises(AdmitError, match=r"holds no list of \[\[texts\]\]"):
        import_written(made, tmp_path / "wrong.toml")
    (tmp_path / "latin.toml").write_bytes("[[texts]]\ntitle = 'é'".encode("latin-1"))
    with pytest.raises(AdmitError, match="not written in UTF-8"):
        import_written(made, tmp_path / "latin.toml")
    with pytest.raises(UsageError, match="on no basis of a source"):
        import_written(made, table(tmp_path, script("t1", "words")), basis=Basis("A licence.", ("train",)))
    assert texts(made) == ()
    assert not list((made.people / "quarantine").glob("*.jsonl"))


def test_a_line_in_another_encoding_costs_itself_alone(made: Project, tmp_path: Path) -> None:
    path = table(tmp_path, script("t1", "words"))
    path.write_bytes(path.read_bytes() + f'"t2","script","{WEN}","Clich'.encode() + b'\xe9","p"\n')
    report = import_written(made, path)
    assert (report.tables["texts"].added, report.tables["texts"].quarantined) == (1, 1)


def test_an_erased_writer_does_not_come_back_with_a_file(made: Project, tmp_path: Path) -> None:
    mark_subject(made, WEN)
    report = import_written(made, table(tmp_path, script("t1", "words", BO), script("t2", "words", f"{BO}|{WEN}")))
    assert report.tables["texts"].quarantined == 1
    (one,) = refused_rows(made, report.quarantine)
    assert one["row"] == "" and WEN not in json.dumps(one) and "was erased" in str(one["reason"])


def test_the_command_brings_them_in(made: Project, tmp_path: Path) -> None:
    path = table(tmp_path, {"film": "t1", "kind": "script", "holders": WEN, "text": "words", "page": "1"})
    words = ("--project", str(made.folder), "import", "written", str(path), "--column", "film=title")
    told = CliRunner().invoke(app, words)
    assert told.exit_code == 0, told.output
    assert "texts: 1 read, 1 added" in told.output and "not taken: page" in told.output
    wrong = CliRunner().invoke(app, [*words[:-1], "film=name"])
    assert wrong.exit_code == 1 and "has no column 'name'" in str(wrong.exception or wrong.output)


def test_a_table_that_is_a_link_out_of_its_folder_is_refused(made: Project, tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "inbox"
    elsewhere.mkdir()
    folder.mkdir()
    secret = table(elsewhere, script("t1", "Not for this project"))
    for target in (secret, Path("../elsewhere") / secret.name, elsewhere / "absent.csv", Path("link.csv")):
        link = folder / "link.csv"
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        with pytest.raises(AdmitError, match=r"link\.csv is a link that leads out of its folder"):
            import_written(made, link)
    assert texts(made) == ()
    # A link within the folder, and a folder that is itself a link, lead nowhere else.
    own = table(folder, script("t1", "For this project"))
    (folder / "latest.csv").symlink_to(own.name)
    (tmp_path / "alias").symlink_to(folder)
    assert import_written(made, folder / "latest.csv").tables["texts"].added == 1
    assert import_written(made, tmp_path / "alias" / own.name).tables["texts"].added == 1
