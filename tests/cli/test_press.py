"""`openslate press check` and `score`: sentences, JSON, exit codes, and records written anew."""

from pathlib import Path

from tests.apps.press.records import FULL
from tests.cli.conftest import Openslate


def test_records_are_checked(tmp_path: Path, openslate: Openslate) -> None:
    good, other, bad = (tmp_path / f"{name}.md" for name in ("good", "other", "bad"))
    good.write_bytes(FULL.encode())
    other.write_text(FULL.replace("category: news", 'category: "news"'))
    bad.write_text(FULL.replace("heat: -1", "heat: warm"))
    said = openslate("press", "check", good, other)
    assert said.code == 0
    assert "line 2 would be written otherwise" in said.out and "2 of 2 records are in order." in said.out
    said = openslate("press", "check", good, bad, tmp_path / "nowhere.md")
    assert said.code == 1
    assert "bad.md, line 12: heat = 'warm' is refused" in said.out and "1 of 3 records are in order." in said.out
    found = openslate("press", "check", good, bad, "--json").document
    assert found["refused"] == 1 and [one["error"] is None for one in found["records"]] == [True, False]


def test_records_are_scored_and_written_where_that_is_asked_for(tmp_path: Path, openslate: Openslate) -> None:
    record, topics = tmp_path / "r.md", tmp_path / "topics.toml"
    record.write_bytes(FULL.encode())
    topics.write_text(
        '[[topic]]\nname = "Productions"\nkeywords = ["wraps"]\n[[source]]\ndomain = "slate.example"\npoints = 30\n'
    )
    said = openslate("press", "score", record, "--taxonomy", topics)
    assert said.code == 0 and "+15 'wraps' in the title" in said.out and "+30 source slate.example" in said.out
    assert record.read_bytes() == FULL.encode()
    found = openslate("press", "score", record, "--taxonomy", topics, "--json").document["records"][0]
    assert found["quality"] == sum(term["points"] for term in found["terms"]) == 2 + 15 + 2 + 20 + 20 + 30
    assert (found["heat"], found["published"], found["outranked_by"]) == (89 + 20, True, 0)
    assert (
        "1 of 1 records were written anew." in openslate("press", "score", record, "--taxonomy", topics, "--write").out
    )
    assert "quality: 89\nheat: 109\npublished: true\n" in record.read_text()
    assert "0 of 1 records" in openslate("press", "score", record, "--taxonomy", topics, "--write").out
    topics.write_text("topic = 4\n")
    assert openslate("press", "score", record, "--taxonomy", topics).code == 1


def test_a_saved_page_gives_its_text(tmp_path: Path, openslate: Openslate) -> None:
    page, sites = tmp_path / "page.html", tmp_path / "sites.toml"
    text = "The crew went home on Friday after sixty-one days on the coast, and nobody slept that night at all. "
    page.write_text(
        f"<html><title>Wraps</title><body><article><p>{text * 2}</p><p>Leave a Reply</p></article></body></html>"
    )
    said = openslate("press", "extract", page)
    assert said.code == 0 and "The crew went home" in said.out and "Leave a Reply" not in said.out
    found = openslate("press", "extract", page, "--url", "https://a.example/1", "--json").document
    assert (found["title"], found["source"]) == ("Wraps", "page") and found["text"].startswith("The crew")
    page.write_text("<html></html>")
    said = openslate("press", "extract", page)
    assert said.code == 1 and "has no text of an article" in said.err
    assert openslate("press", "extract", tmp_path / "nowhere.html").code == 1
    sites.write_text('[[site]]\nhost = "a.example"\nbody = "//["\n')
    assert "is no XPath" in openslate("press", "extract", page, "--overrides", sites).err
