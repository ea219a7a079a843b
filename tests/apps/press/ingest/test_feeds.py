"""Feeds of all kinds are read, broken ones as far as they go, and harmful ones are refused in words."""

import json
import resource
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.feeds.decoding import text_of
from openslate.apps.press.feeds.entry import Feed
from openslate.apps.press.feeds.moments import moment_of, settled
from openslate.apps.press.feeds.opml import Outline, read_opml, write_opml
from openslate.apps.press.feeds.plain import plain, shortened
from openslate.apps.press.feeds.reading import read_feed
from openslate.apps.press.feeds.sitemaps import read_sitemap, same_site
from openslate.apps.press.fetching.refusals import Refused
from tests.apps.press.ingest.mutating import ATOM, ITEM, JSON, RDF, RSS, SITEMAP, mutated

URL = "https://www.slate.example/feed"
SEEN = datetime(2027, 5, 14, 12, tzinfo=UTC)


def read(content: str | bytes, content_type: str = "") -> Feed:
    return read_feed(content.encode() if isinstance(content, str) else content, URL, SEEN, content_type)


def item(inner: str) -> str:
    return f"<rss version='2.0'><channel><title>The Slate</title><item>{inner}</item></channel></rss>"


@pytest.mark.parametrize(("content", "kind", "count"), [(RSS, "rss", 5), (ATOM, "atom", 1), (RDF, "rss", 1)])
def test_every_kind_is_read(content: str, kind: str, count: int) -> None:
    feed = read(content)
    assert (feed.kind, feed.title, len(feed.entries)) == (kind, "The Slate", count)
    assert all(one.url.startswith("https://www.slate.example/") for one in feed.entries)


def test_what_an_entry_says_is_plain() -> None:
    first = read(RSS).entries[1]
    assert first.title == "Harbour Lights 1"
    assert first.summary == "The crew went home & slept."
    assert first.published == datetime(2027, 5, 14, 1, tzinfo=UTC)
    assert first.flaws == ()
    assert read(ATOM).entries[0].text == "They wrapped."


def test_json_feed_is_read_and_odd_entries_are_told() -> None:
    feed = read(JSON)
    assert feed.kind == "json"
    assert feed.entries[0].url == "https://www.slate.example/1"
    assert feed.entries[0].text == "It rained."
    assert feed.told == (f"Entry 2 of {URL} is left out: it has neither a title nor a text.",)
    odd = [3, None, [], "x", {"id": {"a": 1}, "title": ["b"]}, {"id": "1", "title": "kept", "attachments": [1]}]
    held = {"version": "https://jsonfeed.org/version/1", "items": odd}
    assert [one.title for one in read(json.dumps(held)).entries] == ["kept"]


@pytest.mark.parametrize(
    "content",
    [
        *("", "   ", "hello", "<html><body>no feed</body></html>", "{", '{"a": 1}', "[1]", "{" * 100_000),
        *('{"version": "https://jsonfeed.org/version/1"}', "<svg><item/></svg>"),
        *(f"<!DOCTYPE l [<!ENTITY a 'ha'>]>{RSS[38:]}", f"<!-- <a --><!DOCTYPE l [<!ENTITY a 'ha'>]>{RSS[38:]}"),
        f"<rss><channel>{'<a>' * 300}{'</a>' * 300}</channel></rss>",
    ],
    ids=range(13),
)
def test_what_is_no_feed_or_means_harm_is_refused(content: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content)
    assert URL in refused.value.what
    assert refused.value.what.endswith(".")


def test_billion_laughs_take_no_time_and_no_memory() -> None:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE l [<!ENTITY l0 "ha">{lines}]><rss><channel><title>&l11;</title></channel></rss>'
    tracemalloc.start()
    with pytest.raises(Refused, match="declares entities"):
        read(bomb)
    with pytest.raises(Refused, match="declares entities"):
        read(bomb.encode("utf-16"))
    with pytest.raises(Refused, match="declares entities"):
        read_sitemap(bomb.encode(), URL)
    with pytest.raises(Refused, match="declares entities"):
        read_opml(bomb.encode(), URL)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_file_named_by_an_entity_is_never_opened() -> None:
    feed = read(
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss version="2.0"><channel><title>x</title></channel></rss>'
    )
    assert (feed.title, feed.entries) == ("x", ())


def test_a_hundred_megabytes_are_refused_by_size() -> None:
    for refuse in (read, lambda body: read_sitemap(body, URL), lambda body: read_opml(body, URL)):
        with pytest.raises(Refused) as refused:
            refuse(bytes(100_000_000))
        assert refused.value.kind == "size"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("claim", ["utf-8", "utf-16", "iso-8859-1", "us-ascii", "hex", "x-nonsense", "punycode"])
def test_feeds_that_lie_about_their_encoding_are_read(encoding: str, claim: str) -> None:
    content = f"<?xml version='1.0' encoding='{claim}'?><rss version='2.0'><channel><title>Café</title></channel></rss>"
    assert read(content.encode(encoding)).title == "Café"


def test_a_declaration_that_nobody_understands_stops_nothing() -> None:
    for declaration in (f"<?xml version='1.0' encoding='ut{'9' * 600}f-8'?>", " <!-- x --><?xml encoding='x-none'?>"):
        assert len(read(declaration + RSS[38:]).entries) == 5
        with pytest.raises(Refused):
            read_sitemap(f"{declaration}<rss/>".encode(), URL)


def test_an_encoding_is_taken_from_where_it_is_said() -> None:
    body = "<rss version='2.0'><channel><title>Привет</title></channel></rss>".encode("koi8-r")
    assert read(body, "text/xml; charset=koi8-r").title == "Привет"
    assert text_of("日本".encode("iso-2022-jp"), "text/xml; charset=iso-2022-jp") == ("日本", True)
    assert text_of(b"\x81")[1] is False


@given(st.binary(max_size=200))
def test_any_bytes_are_some_text(content: bytes) -> None:
    text, _ = text_of(content, "text/xml; charset=gb18030")
    assert "\x00" not in text
    text.encode()


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("Fri, 14 May 2027 08:00:00 GMT", datetime(2027, 5, 14, 8, tzinfo=UTC)),
        ("Fri, 14 May 2027 08:00:00 EST", datetime(2027, 5, 14, 13, tzinfo=UTC)),
        ("14 May 2027 08:00 +0200", datetime(2027, 5, 14, 6, tzinfo=UTC)),
        ("2027-05-14", datetime(2027, 5, 14, tzinfo=UTC)),
        ("2027-05-14T08:00:00+02:00", datetime(2027, 5, 14, 6, tzinfo=UTC)),
        ("2027-05-14 08:00:00 +0200", datetime(2027, 5, 14, 6, tzinfo=UTC)),
        ("1810195200", datetime(2027, 5, 13, 0, tzinfo=UTC)),
        ("soon", None),
        ("", None),
        ("0001-01-01", None),
    ],
)
def test_dates_come_in_many_forms(said: str, moment: datetime | None) -> None:
    if said == "1810195200":
        moment = datetime.fromtimestamp(1_810_195_200, UTC)
    assert moment_of(said) == moment


@pytest.mark.parametrize("date", ["", "<pubDate>soon</pubDate>", "<pubDate>Fri, 99 Foo 2027</pubDate>", "<pubDate/>"])
def test_a_missing_date_is_the_moment_it_was_seen(date: str) -> None:
    one = read(item(f"<title>A</title><link>/a</link>{date}")).entries[0]
    assert one.published == SEEN
    assert one.flaws == ("it says no date: the moment it was seen is taken",)


def test_a_date_to_come_is_said() -> None:
    one = read(item("<title>A</title><link>/a</link><pubDate>Sat, 15 May 2027 08:00:00 GMT</pubDate>")).entries[0]
    assert one.published == SEEN
    assert "to come" in one.flaws[0]
    assert settled(SEEN + timedelta(minutes=5), SEEN) == (SEEN, ())


@given(st.text(max_size=40))
def test_any_date_is_a_moment_or_none(text: str) -> None:
    found = moment_of(text)
    assert found is None or found.tzinfo == UTC


def test_entries_without_link_or_title_are_kept_where_they_can_be() -> None:
    bare = read(item("<description>It rained on the harbour. And then it stopped.</description>")).entries[0]
    assert bare.title.startswith("It rained on the harbour")
    assert bare.url == ""
    assert set(bare.flaws) >= {"it has no link", "it has no title: its text's beginning is taken"}
    by_guid = read(item("<title>A</title><guid>https://www.slate.example/g</guid>")).entries[0]
    assert by_guid.url == "https://www.slate.example/g"
    for link in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://["):
        assert read(item(f"<title>A</title><link>{link}</link>")).entries[0].url == ""
    assert "neither a title nor a text" in read(item("<pubDate>x</pubDate>")).told[0]


def test_what_is_wrong_in_one_entry_loses_no_other() -> None:
    broken = RSS.replace("Harbour Lights 2", "Harbour & <Lights 2")
    assert len(read(broken).entries) == 5
    cut = RSS[: RSS.index("Harbour Lights 4")]
    assert [one.title for one in read(cut).entries][:4] == [f"Harbour Lights {n}" for n in range(4)]


def test_entries_beyond_a_number_are_left_out_and_told() -> None:
    many = RSS.replace("</channel>", "".join(ITEM.format(n=n % 9) for n in range(2_500)) + "</channel>")
    feed = read(many)
    assert len(feed.entries) == 2_000
    assert "2,000" in feed.told[0]


def test_pictures_and_videos_are_found() -> None:
    media = "<media:content url='/p.jpg' medium='image'/><enclosure url='/v.mp4' type='video/mp4' length='1'/>"
    content = item(f"<title>A</title><link>/a</link>{media}").replace(
        "<rss ", "<rss xmlns:media='http://search.yahoo.com/mrss/' "
    )
    one = read(content).entries[0]
    assert one.image == "https://www.slate.example/p.jpg"
    assert one.video


@pytest.mark.parametrize("piece", ["<b", "<!--<a b=", "<a b='", "</a", "<![CDATA[", "<div>", "&", "<p><a>"])
def test_markup_that_means_harm_takes_no_time(piece: str) -> None:
    began = time.monotonic()
    plain(piece * (400_000 // len(piece)))
    assert time.monotonic() - began < 3


@given(st.text(max_size=300))
def test_plain_text_has_no_markup_left_that_would_be_read_again(text: str) -> None:
    found = plain(text)
    assert "\x00" not in found
    assert all(line == " ".join(line.split()) for line in found.split("\n"))


@given(st.text(max_size=900), st.integers(2, 400))
def test_a_shortened_text_is_short(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most


def test_sitemaps_list_pages_of_their_own_site() -> None:
    news = (
        "<url><loc>https://www.slate.example/n</loc><n:news xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
        "<n:title>Wrapped &amp; done</n:title><n:publication_date>2027-05-14T08:00:00Z</n:publication_date>"
        "</n:news></url>"
        "<url><loc>https://other.example/x</loc></url></urlset>"
    )
    found = read_sitemap(SITEMAP.replace("</urlset>", news).encode(), "https://slate.example/sitemap.xml")
    assert [one.url[-1] for one in found.pages] == ["1", "2", "n"]
    assert (found.pages[2].title, found.pages[2].published) == ("Wrapped & done", datetime(2027, 5, 14, 8, tzinfo=UTC))
    assert "other sites" in found.told[0]
    index = "<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap></sitemapindex>"
    assert read_sitemap(index.encode(), URL).lists[0].url == "https://www.slate.example/a.xml.gz"
    assert len(read_sitemap(b"https://www.slate.example/1\nhttps://www.slate.example/2\n", URL).pages) == 2
    broken = read_sitemap(SITEMAP[:-30].encode(), URL)
    assert len(broken.pages) == 1
    assert "came before was read" in broken.told[0]
    for none in (b"hello", b"<rss/>", b"<urlset"):
        with pytest.raises(Refused):
            read_sitemap(none, URL)


def test_sites_are_told_apart() -> None:
    assert same_site("https://slate.example/a", "https://www.slate.example/")
    assert not same_site("https://evilslate.example/", "https://slate.example/")
    assert not same_site("https://slate.example.evil.example/", "https://slate.example/")
    assert not same_site("", "")


NAME = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30).map(
    lambda text: " ".join(text.replace(",", "").replace("/", "").replace("<", "").replace("&", "").split())
)


@given(st.lists(st.tuples(NAME, st.lists(NAME.filter(bool), max_size=3, unique=True)), max_size=6))
def test_a_list_of_feeds_comes_back_as_it_went(rows: list[tuple[str, list[str]]]) -> None:
    outlines = [
        Outline(name or f"https://a.example/{at}", f"https://a.example/{at}", tuple(topics))
        for at, (name, topics) in enumerate(rows)
    ]
    assert list(read_opml(write_opml("Press & more", outlines).encode(), "it")) == outlines


def test_folders_of_a_list_are_topics() -> None:
    held = "<opml><body><outline text='Film'><outline text='A' xmlUrl='https://a.example/f'/></outline></body></opml>"
    assert read_opml(held.encode(), "it") == (Outline("A", "https://a.example/f", ("Film",)),)
    with pytest.raises(Refused, match="no OPML"):
        read_opml(b"<rss/>", "it")


def survive(count: int) -> dict[str, int]:
    """Read so many damaged feeds by every reader; each is read or refused in words."""
    counts = {"read": 0, "refused": 0}
    for content in mutated(count):
        for reader in (read, lambda body: read_sitemap(body, URL), lambda body: read_opml(body, URL)):
            try:
                reader(content)
                counts["read"] += 1
            except Refused as refused:
                assert refused.what.endswith(".")
                assert "Traceback" not in refused.what
                counts["refused"] += 1
    return counts


def test_a_thousand_damaged_feeds_are_read_or_refused() -> None:
    counts = survive(1_000)
    assert sum(counts.values()) == 3_000
    assert counts["read"] > 100


@pytest.mark.soak
def test_ten_thousand_damaged_feeds_take_no_memory() -> None:
    survive(200)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    survive(10_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
