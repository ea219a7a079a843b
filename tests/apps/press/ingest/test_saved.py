"""What people saved: pages, feeds, texts and web archives, hostile ones included; and lists of sources."""

import gzip
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.items import items_seen
from openslate.apps.press.feeds.opml import read_opml
from openslate.apps.press.ingest.canonical import canonical, canonical_of_page
from openslate.apps.press.ingest.page_facts import page_facts
from openslate.apps.press.ingest.saved import ingest_saved
from openslate.apps.press.ingest.source import PressSource
from openslate.apps.press.ingest.sources_file import read_sources, sources_as_opml
from openslate.clock import now
from openslate.errors import AdmitError
from openslate.project import Project
from tests.apps.press.ingest.mutating import RSS

PARAGRAPH = "The crew of Harbour Lights went home on Friday after sixty-one days on the coast, and nobody slept. " * 3
PAGE = (
    "<html><head><title>Harbour Lights wraps</title><link rel=canonical href='https://www.slate.example/wraps'>"
    '<script type="application/ld+json">{"@graph": [{"datePublished": "2026-05-14T08:00:00+02:00"}]}</script></head>'
    f"<body><article><h1>Harbour Lights wraps</h1><p>{PARAGRAPH}</p></article></body></html>"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.init(tmp_path / "svc")


def kept(project: Project) -> list[Item]:
    with closing(Desk(project)) as desk:
        return items_seen(desk, now() - timedelta(days=1), now() + timedelta(days=1))


def test_a_saved_page_says_itself_where_it_is_from(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    assert len(ingest_saved(project, path, full_text=True).new) == 1
    assert ingest_saved(project, path, full_text=True).known == 1
    one = kept(project)[0]
    assert (one.address, one.title) == ("https://www.slate.example/wraps", "Harbour Lights wraps")
    assert one.published == datetime(2026, 5, 14, 6, tzinfo=UTC)
    assert "nobody slept" in one.text
    path.write_text("<!-- saved from url=(0031)https://www.slate.example/other -->" + PAGE.replace("canonical", "x"))
    assert len(ingest_saved(project, path).new) == 1
    path.write_text(PAGE.replace("canonical", "x"))
    with pytest.raises(AdmitError, match="Give its address with --url"):
        ingest_saved(project, path)
    assert len(ingest_saved(project, path, url="https://www.slate.example/third").new) == 1


def test_a_saved_feed_and_a_saved_text_are_read(project: Project, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS)
    assert len(ingest_saved(project, tmp_path / "feed.xml").new) == 5
    (tmp_path / "a.txt").write_text("Harbour Lights wraps\n\nNobody slept.\n")
    with pytest.raises(AdmitError, match="--url"):
        ingest_saved(project, tmp_path / "a.txt")
    ingest_saved(project, tmp_path / "a.txt", url="https://www.slate.example/a")
    one = next(one for one in kept(project) if one.address.endswith("/a"))
    assert (one.title, one.excerpt) == ("Harbour Lights wraps", "Nobody slept.")
    relative = "<rss version='2.0'><channel><item><title>A</title><link>/a</link></item></channel></rss>"
    (tmp_path / "feed.xml").write_text(relative)
    with pytest.raises(AdmitError, match="holds no article"):
        ingest_saved(project, tmp_path / "feed.xml")
    assert len(ingest_saved(project, tmp_path / "feed.xml", url="https://other.example/f").new) == 1


def archive(pages: dict[str, bytes], packed: bool) -> bytes:
    """A web archive as crawlers write it: every record packed by itself."""
    found = b""
    for url, body in pages.items():
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-05-14T08:00:00Z\r\n"
        head += "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        record = head.encode() + http + b"\r\n\r\n"
        found += gzip.compress(record) if packed else record
    return found


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_its_pages(project: Project, tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    second = PAGE.replace("/wraps", "/second").encode()
    none = b"<html></html>"
    path.write_bytes(
        archive(
            {
                "https://www.slate.example/wraps": PAGE.encode(),
                "https://www.slate.example/second": second,
                "https://www.slate.example/none": none,
            },
            packed,
        )
    )
    found = ingest_saved(project, path)
    assert len(found.new) == 2
    assert found.told == ("https://www.slate.example/none has no title. Name an article's page.",)


def test_archives_that_mean_harm_are_refused(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    for content in (
        b"no archive",
        gzip.compress(b"no archive", mtime=0),
        gzip.compress(bytes(20_000_000), mtime=0),
        b"",
        b"\x1f\x8b\x00",
    ):
        path.write_bytes(content)
        with pytest.raises(AdmitError):
            ingest_saved(project, path)
    large = b"<html><title>x</title>" + b" " * 6_000_000
    path.write_bytes(archive({"https://www.slate.example/large": large}, True))
    with pytest.raises(AdmitError, match="holds no article"):
        ingest_saved(project, path)


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 1_000, b"<html" * 100_000, b"<div>" * 100_000, b"<!--" * 100_000, b"\xff\xfe\x00"]
)
def test_pages_that_mean_harm_are_refused(project: Project, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.html").write_bytes(content)
    with pytest.raises(AdmitError):
        ingest_saved(project, tmp_path / "a.html", url="https://www.slate.example/a")


def test_a_page_of_too_many_elements_is_not_searched(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.replace("<p>", "<h1>x</h1>" * 60_000 + "<p>"))
    began = time.monotonic()
    assert len(ingest_saved(project, tmp_path / "a.html").new) == 1
    assert time.monotonic() - began < 5
    assert "was not looked for" in kept(project)[0].flaws[-1]


def test_a_page_too_large_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(bytes(11_000_000))
    with pytest.raises(AdmitError, match="larger"):
        ingest_saved(project, tmp_path / "a.html", url="https://www.slate.example/a")
    with pytest.raises(AdmitError, match="cannot be read"):
        ingest_saved(project, tmp_path / "none.html")


@given(st.binary(max_size=400))
def test_any_bytes_have_some_facts(content: bytes) -> None:
    page_facts(b"<html><head><meta property='og:image' content='http://[' >" + content, "https://a.example/")


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("http://A.Example:80/b?utm_source=x&utm_medium=y#z", "http://a.example/b"),
        ("https://a.example/?p=12&fbclid=1", "https://a.example/?p=12"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/x?CMP=rss&id=3&at_medium=RSS", "https://a.example/x?id=3"),
        ("https://a.example/a;v=1?b=2&a=1&a=2", "https://a.example/a;v=1?b=2&a=1&a=2"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
    ],
)
def test_addresses_lose_what_is_only_tracking(url: str, bare: str) -> None:
    assert canonical(url) == bare
    assert canonical(bare) == bare


def test_a_page_names_its_own_address_within_its_site() -> None:
    here = "https://www.a.example/b?id=3"
    assert canonical_of_page(here, "https://a.example/b") == "https://a.example/b"
    assert canonical_of_page("https://m.a.example/b", "https://www.a.example/b") == "https://www.a.example/b"
    for other in ("", "https://www.a.example/", "https://b.example/b", "javascript:x", "http://["):
        assert canonical_of_page(here, other) == here


def test_lists_of_sources_are_read_and_every_fault_is_told(tmp_path: Path) -> None:
    path = tmp_path / "press.toml"
    path.write_text(
        'contact = "press@studio.example"\n[[source]]\nname = "The Slate"\naddress = "https://www.slate.example/feed"\n'
        'topics = ["Film"]\nfull_text = true\n'
    )
    found = read_sources(path)
    assert found.contact == "press@studio.example"
    slate = PressSource("The Slate", "https://www.slate.example/feed", topics=("Film",), full_text=True)
    assert found.sources == (slate,)
    path.write_text('[[source]]\nname = "A"\naddress = "ftp://a.example"\nminutes = 1\nkind = "page"\ntrainig = true\n')
    with pytest.raises(AdmitError) as refused:
        read_sources(path)
    for words in ("line 3: source 1 address", "line 4: source 1 minutes", "'training' may be meant"):
        assert words in str(refused.value)
    twice = '[[source]]\nname = "A"\naddress = "https://a.example/f"\n'
    path.write_text(twice * 2)
    with pytest.raises(AdmitError, match="it is there already"):
        read_sources(path)


def test_lists_go_to_other_readers_and_come_back(tmp_path: Path) -> None:
    sources = (
        PressSource("The Slate", "https://www.slate.example/feed", topics=("Film",), language="en"),
        PressSource("Map", "https://www.slate.example/sitemap.xml", "sitemap"),
    )
    path = tmp_path / "list.opml"
    path.write_text(sources_as_opml(sources))
    assert read_sources(path).sources == sources[:1]
    assert len(read_opml(path.read_bytes(), "it")) == 1
    path.write_text(sources_as_opml([sources[0], PressSource("The Slate", "https://other.example/feed")]))
    assert [one.name for one in read_sources(path).sources] == ["The Slate", "The Slate (2)"]
    with pytest.raises(AdmitError):
        read_sources(tmp_path / "none.opml")
