"""Records are read and written byte for byte, and what is wrong in one is told with its line."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from openslate.apps.press.records.naming import cdn_amp_url, file_name, slug_of
from openslate.apps.press.records.reading import parse_record, read_record
from openslate.apps.press.records.record import Record
from openslate.apps.press.records.writing import record_text
from openslate.errors import AdmitError, UsageError
from tests.apps.press.records import FULL, RECORDS


@settings(max_examples=300, deadline=None)
@given(RECORDS)
def test_any_record_is_read_back_as_the_same_and_written_as_the_same_bytes(record: Record) -> None:
    text = record_text(record)
    found = parse_record(text)
    assert (found.record, found.differs) == (record, 0)
    assert record_text(found.record) == text


def test_a_record_in_full_comes_back_byte_for_byte_with_either_end_of_lines() -> None:
    for text in (FULL, FULL.replace("\n", "\r\n")):
        found = parse_record(text)
        assert record_text(found.record) == text and found.differs == 0
    record = parse_record(FULL).record
    assert record.excerpt == 'The crew of "Harbour Lights" went home on Friday.\nThe lighthouse stays.'
    assert [one.quality for one in record.related] == [59, 39]
    assert record.related[1].type == "video" and record.images[0].cached is True
    assert record.moment.isoformat() == "2027-05-14T19:06:00+00:00"


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["guardian", "engadget"])
def test_full_records_of_others_come_back_byte_for_byte(name: str, real_data: Path) -> None:
    path = real_data / "press" / "seeds" / f"{name}.md"
    found = read_record(path)
    assert record_text(found.record).encode() == path.read_bytes() and found.differs == 0
    changed = replace(found.record, heat=12)
    before, after = (record_text(one).splitlines() for one in (found.record, changed))
    assert [new for old, new in zip(before, after, strict=True) if old != new] == ["heat: 12"]


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ("quality: 47\nheat", "quality: high\nheat", "line 11: quality = 'high' is refused: it is no whole number"),
        ("heat: -1", "heat: -2", "line 12: heat = -2 is refused"),
        ("published: false", "published: no", "line 13: published = 'no' is refused: it is neither true nor false"),
        ("2027-05-14T19:06:00Z", "2027-02-30T19:06:00Z", "line 5: publishedDateTime"),
        ("2027-05-14T19:06:00Z", "2027-05-14 19:06", "it is no moment in UTC"),
        ("  domain: slate.example", "  domain: Slate Example", "line 17: provider domain"),
        ('originalUrl: "https', 'originalUrl: "javascript', "line 6: originalUrl"),
        ("type: article\nquality: 47", "type: podcast\nquality: 47", "line 10: type = 'podcast' is refused"),
        ("  - Productions\n  - Film and TV", "  - ", "line 24: "),
        ("heat: -1\n", "heat: -1\nheat: 4\n", "line 13: heat is there twice"),
        ("heat: -1\n", "heat: -1\nscore: 4\n", "line 13: score = 4 is refused: a record has no such field"),
        ("    quality: 39\n", "", "line 48: related 2 quality = nothing is refused: it is missing"),
        ('"Keeper\'s daughter speaks"', "\"Keeper's daughter", "line 48: title is wrong: it has no closing"),
        ("It rained.", "It \\x rained.", "line 35: excerpt is wrong: it has the escape \\x"),
        ("      width: 50", "       width: 50", "line 20: it stands further in"),
        ("---\n\n", "---\n\nA body.\n", "a record has no text below"),
        ("---\ncategory", "category", "does not stand between two lines of ---"),
        ("category: news\n", "category: news\r\n", "ends its lines in two ways"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(then: str, now: str, told: str) -> None:
    assert then in FULL
    with pytest.raises(AdmitError) as caught:
        parse_record(FULL.replace(then, now, 1), "r.md")
    assert "r.md" in caught.value.what and told in str(caught.value)


def test_every_wrong_field_is_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        FULL.replace("heat: -1", "heat: x").replace("isCached: true", "isCached: yes").replace("type: video", "type: v")
    )
    with pytest.raises(AdmitError) as caught:
        parse_record(text, "r.md")
    lines = [int(one.split("line ")[1].split(":")[0]) for one in caught.value.what.splitlines()]
    assert len(lines) == 4 and lines == sorted(lines)


def test_what_would_be_written_otherwise_is_told() -> None:
    assert parse_record(FULL.replace("category: news", 'category: "news"')).differs == 2
    assert parse_record(FULL.replace("\n\ntopics:", "\ntopics:")).differs > 1
    assert parse_record(FULL[:-1]).differs > 1


def test_files_that_are_no_records_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    for content, told in (
        (FULL.encode().replace(b"rain", b"\xff", 1), "it is no UTF-8"),
        (b"\xef\xbb\xbf" + FULL.encode(), "byte-order mark"),
        (b"a" * 4_000_001, "is larger than"),
        (b"", "does not stand between"),
    ):
        path.write_bytes(content)
        with pytest.raises(AdmitError, match=told):
            read_record(path)
    with pytest.raises(AdmitError, match="cannot be read"):
        read_record(tmp_path / "nowhere.md")


def test_what_the_form_cannot_hold_is_not_written() -> None:
    record = parse_record(FULL).record
    for wrong in ("a\x00b", "a\tb", "a\x1b[31m", "a\u2028b"):
        with pytest.raises(UsageError, match="records do not hold"):
            record_text(replace(record, title=wrong))


def test_names_of_files_and_addresses_for_phones() -> None:
    record = parse_record(FULL).record
    assert file_name(record) == "2027-05-15-harbour-lights-wraps-after-61-days-and-nobody-slept.md"
    assert file_name(record, first_party=True).startswith("2027-05-14-")
    assert file_name(replace(record, title="“…”")) == "2027-05-15-untitled.md"
    assert cdn_amp_url(record.amp_url) == record.cdn_amp_url
    assert cdn_amp_url("http://a-b.example/x?y=1") == "https://a--b-example.cdn.ampproject.org/c/a-b.example/x?y=1"
    with pytest.raises(ValueError, match="is no http"):
        cdn_amp_url("ftp://a.example/x")
    slug = slug_of("word " * 60)
    assert len(slug) <= 144 and slug.endswith("-word") and slug_of("a" * 200) == "a" * 144
