"""Publishing into a folder: only what changed is written, and nothing of others is touched."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from openslate.apps.press.desk.decisions import decide
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.items import add_items
from openslate.apps.press.publishing.foreign_fields import fields_of, with_foreign_fields
from openslate.apps.press.publishing.output_folder import MANIFEST
from openslate.apps.press.publishing.publish import Published, publish
from openslate.apps.press.publishing.site_settings import SiteSettings
from openslate.apps.press.publishing.tokens import seal_of
from openslate.apps.press.records.reading import read_record
from openslate.apps.press.records.secured import is_shaped, token_of
from openslate.apps.press.scores.taxonomy_file import film_and_tv
from openslate.errors import ProjectError, UsageError
from tests.apps.press.publishing.newsroom import EVENING, HARBOUR, LONE, STRIKE, group, item, newsroom
from tests.apps.press.records import FULL

FOREIGN = "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return newsroom(tmp_path / "svc")


def published(desk: Desk, folder: Path) -> Published:
    return publish(desk, folder, film_and_tv(), SiteSettings("Wire", "https://wire.example"), EVENING)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_all_of_it_lies_in_the_folder_and_a_second_time_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out" / "site"
    first = published(desk, out)
    assert {"index.html", "feed.xml", "feed.json", "sitemap.xml", "robots.txt", "api/news/page/1/index.json"} <= set(
        first.written.written
    )
    before = {path: (out / path).stat().st_mtime_ns for path in contents(out)}
    second = published(desk, out)
    assert second.written.written == second.written.removed == ()
    assert {path: (out / path).stat().st_mtime_ns for path in contents(out)} == before
    assert set(contents(out)) == {*first.written.written, MANIFEST}
    other = tmp_path / "other"
    published(desk, other)
    assert contents(other) == contents(out)


def test_records_are_the_forms_own_and_carry_a_token(desk: Desk, tmp_path: Path) -> None:
    published(desk, tmp_path / "out")
    files = sorted((tmp_path / "out" / "_posts").iterdir())
    # The copy has the same title on the same day: nothing is written over.
    assert len(files) == 7 and sum("writers-strike-ends" in one.name for one in files) == 2
    for file in files:
        read = read_record(file)
        assert read.differs == 0 and is_shaped(read.record.secured)
        token = token_of(read.record.secured, seal_of(desk).key)
        assert token is not None and token.source in ("slate", "herald", "gazette", "copyist")
    assert (tmp_path / "out/_data/topics/06-labour.yaml").read_text().startswith("taxonomy: Wire\n_id: ")
    assert "domain: slate.example\n---\n\n" in (tmp_path / "out/_data/organizations/slate.example.md").read_text()


def test_a_token_changes_with_what_the_record_says_and_with_nothing_else(desk: Desk, tmp_path: Path) -> None:
    published(desk, tmp_path / "out")
    before = contents(tmp_path / "out")
    group(desk, "another1", [item(50, "Unrelated film", -1)])
    add_items(desk, [replace(LONE[0], title="A quiet day", excerpt="It was quieter.")])
    published(desk, tmp_path / "out")
    after = contents(tmp_path / "out")
    records = {path for path in before if path.startswith("_posts/")}
    assert {path for path in records if before[path] != after[path]} == {"_posts/2027-05-13-a-quiet-day.md"}


def test_what_is_muted_leaves_the_folder(desk: Desk, tmp_path: Path) -> None:
    published(desk, tmp_path / "out")
    decide(desk, "mute", "story:harbour1", "", "Ada", "Asked for.")
    found = published(desk, tmp_path / "out")
    assert "stories/harbour1.html" in found.written.removed and not (tmp_path / "out/titles").exists()
    assert not [path for path, text in contents(tmp_path / "out").items() if HARBOUR[1].title.encode() in text]


def test_what_others_wrote_into_a_record_stays(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    published(desk, out)
    path = out / "_posts/2027-05-13-a-quiet-day.md"
    text = path.read_text()
    ours = read_record(path).record.secured
    path.write_text(
        text.replace(ours, FOREIGN).replace("type: article\n", "type: article\nmood:\n  - calm\n", 1), newline=""
    )
    changed = path.read_bytes()
    assert published(desk, out).written.written == ()
    assert path.read_bytes() == changed
    add_items(desk, [replace(LONE[0], excerpt="Changed.")])
    published(desk, out)
    assert path.read_text() == changed.decode().replace("What gazette says of it.", "Changed.")


def test_an_archive_of_records_is_joined_and_kept(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    (out / "_posts").mkdir(parents=True)
    (out / "_data/organizations").mkdir(parents=True)
    (out / "_posts/2020-01-01-old.md").write_text(FULL)
    (out / "_data/organizations/slate.example.md").write_text("theirs")
    (out / "_posts/2027-05-13-a-quiet-day.md").write_text("no record\n")
    found = published(desk, out)
    assert found.written.left == ("_data/organizations/slate.example.md",)
    assert found.unreadable == ("_posts/2027-05-13-a-quiet-day.md",)
    assert (out / "_posts/2020-01-01-old.md").read_text() == FULL
    assert (out / "_data/organizations/slate.example.md").read_text() == "theirs"
    assert (out / "_posts/2027-05-13-a-quiet-day.md").read_text() == "no record\n"


def test_folders_and_files_of_others_are_refused(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    with pytest.raises(ProjectError, match=r"thesis\.txt"):
        published(desk, out)
    assert [one.name for one in out.iterdir()] == ["thesis.txt"]
    with pytest.raises(UsageError, match="is a file"):
        published(desk, out / "thesis.txt")
    (out / "thesis.txt").unlink()
    published(desk, out)
    (out / "CNAME").write_text("wire.example")
    (out / "stories/newcomer.html").write_text("mine")
    published(desk, out)
    group(desk, "newcomer", [item(60, "A film", -2)])
    with pytest.raises(ProjectError, match=r"newcomer\.html is there and is not ours"):
        published(desk, out)
    assert (out / "CNAME").exists() and (out / "stories/newcomer.html").read_text() == "mine"


def test_what_says_which_files_are_ours_cannot_lead_out(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    published(desk, out)
    (tmp_path / "precious").write_text("mine")
    known = json.loads((out / MANIFEST).read_text())
    known["files"]["../precious"] = ""
    (out / MANIFEST).write_text(json.dumps(known))
    with pytest.raises(ProjectError, match="leads out"):
        published(desk, out)
    (out / MANIFEST).write_text("[]")
    with pytest.raises(ProjectError, match="cannot be read"):
        published(desk, out)
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_hostile_item_becomes_a_record_that_is_read_back(desk: Desk, tmp_path: Path) -> None:
    odd = replace(item(70, "a\x07\u2028 “b”\\ \n", -3), excerpt='\x00"\ud800', language="en")
    odd = replace(odd, provider=replace(odd.provider, name=" #: \x1b"))
    group(desk, "odd00001", [replace(odd, excerpt='\x00"')])
    published(desk, tmp_path / "out")
    file = next((tmp_path / "out/_posts").glob("*-a-b.md"))
    read = read_record(file)
    assert read.differs == 0 and read.record.title == "a “b”\\" and read.record.excerpt == '"'


@given(some.lists(some.tuples(some.sampled_from(["mood", "zest", "type", "images"]), some.text("ab ", max_size=4))))
def test_foreign_fields_stay_however_often_a_record_is_written(rows: list[tuple[str, str]]) -> None:
    fields = {name: f"{name}: {text}" for name, text in rows}
    before = "\n".join(["---", *fields.values(), 'secured: "x"', "---", "", ""])
    once = with_foreign_fields(before, FULL, "\n")
    assert with_foreign_fields(once, FULL, "\n") == once
    names = [one.name for one in fields_of(once, "\n")]
    assert all(names.count(name) == 1 for name in ("mood", "zest") if name in fields)
    without = "\n".join(line for line in once.split("\n") if not line.startswith(("mood:", "zest:")))
    assert without == FULL


def test_strike_record_lists_its_later_items(desk: Desk, tmp_path: Path) -> None:
    published(desk, tmp_path / "out")
    record = read_record(tmp_path / "out/_posts/2027-05-14-writers-strike-ends-after-a-long-night-of-talks.md").record
    assert [one.web_url for one in record.related] == [STRIKE[2].address, STRIKE[3].address]
