"""From real servers to the desk: nothing twice, nothing lost, nobody stopped by another, and hosts' wishes kept."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from openslate import clock
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.items import items_seen
from openslate.apps.press.fetching.answers import FetchLimits
from openslate.apps.press.ingest import one_source
from openslate.apps.press.ingest.all_sources import Manner, ingest_once, ingest_sources
from openslate.apps.press.ingest.kept_sources import kept_hosts, kept_sources
from openslate.apps.press.ingest.one_source import Looked
from openslate.apps.press.ingest.source import PressSource
from openslate.project import Project
from tests.apps.press.ingest.mutating import ATOM, RSS, SITEMAP
from tests.apps.press.ingest.serving import Reply, Site, site

NOW = datetime(2027, 5, 14, 12, tzinfo=UTC)
PARAGRAPH = "The crew of Harbour Lights went home on Friday after sixty-one days on the coast, and nobody slept. " * 3
XML = "application/rss+xml"


def page(title: str, head: str = "", body: str = PARAGRAPH) -> Reply:
    text = (
        f"<html lang=en><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1><p>{body}</p></article>"
    )
    return Reply(f"{text}</body></html>".encode(), "text/html; charset=utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.init(tmp_path / "svc")


@pytest.fixture
def served() -> Iterator[Site]:
    with site() as running:
        yield running


def manner(served: Site, **more: Any) -> Manner:
    fetcher = served.fetcher(FetchLimits(connect_seconds=2, read_seconds=2, total_seconds=5))
    return Manner(fetcher=fetcher, sleep=lambda seconds: None, **more)


def look(project: Project, served: Site, *sources: PressSource, at: datetime = NOW, **more: Any) -> list[Looked]:
    with clock.frozen(at):
        return ingest_sources(project, sources or None, manner(served, **more))


def kept(project: Project) -> list[Item]:
    with closing(Desk(project)) as desk:
        return items_seen(desk, NOW - timedelta(days=9), NOW + timedelta(days=900))


def feed_of(served: Site) -> str:
    """The feed with links that lead to the test's own server."""
    return RSS.replace("https://www.slate.example", served.url("").rstrip("/"))


def test_looking_again_adds_nothing(project: Project, served: Site) -> None:
    served.pages["/feed"] = Reply(RSS.encode(), XML)
    source = PressSource("The Slate", served.url("/feed"), topics=("Film",))
    first = look(project, served, source)
    assert (len(first[0].new), first[0].known, first[0].error) == (5, 0, "")
    again = look(project, served, source, at=NOW + timedelta(hours=2))
    assert (again[0].new, again[0].changed, again[0].known) == ((), (), 5)
    assert len(kept(project)) == 5
    one = kept(project)[1]
    assert one.address == "https://www.slate.example/1"
    assert one.found_at == "https://www.slate.example/1?utm_source=x"
    assert (one.topics, one.source, one.provider.domain) == (("Film",), "The Slate", "slate.example")
    assert (one.text, one.training) == ("", False)


def test_what_a_publisher_changes_is_a_new_version(project: Project, served: Site) -> None:
    served.pages["/feed"] = Reply(RSS.encode(), XML)
    source = PressSource("The Slate", served.url("/feed"))
    look(project, served, source)
    served.pages["/feed"] = Reply(RSS.replace("Harbour Lights 3", "Harbour Lights three").encode(), XML)
    again = look(project, served, source, at=NOW + timedelta(hours=2))
    assert (len(again[0].new), len(again[0].changed), again[0].known) == (0, 1, 4)


def test_a_source_is_asked_at_its_time_and_with_what_is_known(project: Project, served: Site) -> None:
    def feed(handler: Any) -> Reply:
        if handler.headers.get("If-None-Match") == '"v1"':
            return Reply(status=304)
        return Reply(RSS.encode(), XML, headers={"ETag": '"v1"', "Last-Modified": "Fri, 14 May 2027 08:00:00 GMT"})

    served.pages["/feed"] = feed
    source = PressSource("The Slate", served.url("/feed"), minutes=30)
    look(project, served, source)
    asked = len(served.asked)
    assert look(project, served, at=NOW + timedelta(minutes=29)) == []
    assert len(served.asked) == asked
    assert look(project, served, at=NOW + timedelta(minutes=29), now_too=True)[0].error == ""
    assert look(project, served, at=NOW + timedelta(minutes=60))[0].new == ()
    assert served.asked[-1][1]["If-Modified-Since"].startswith("Fri, 14 May")
    # Other settings of what is read make the copy worth nothing.
    changed = PressSource("The Slate", served.url("/feed"), minutes=30, full_text=True)
    look(project, served, changed, at=NOW + timedelta(minutes=61))
    assert "If-None-Match" not in served.asked[-1][1]


def test_a_broken_feed_never_stops_the_others(project: Project, served: Site) -> None:
    served.pages |= {
        "/good": Reply(RSS.encode(), XML),
        "/broken": Reply(b"<html>no feed</html>"),
        "/failing": Reply(status=500),
        "/picture": Reply(b"GIF89a", "image/gif"),
        "/bomb": Reply(f"<!DOCTYPE a [<!ENTITY a 'b'>]>{RSS[38:]}".encode(), XML),
        "/atom": Reply(ATOM.encode(), "application/atom+xml"),
    }
    sources = [PressSource(path, served.url(path)) for path in served.pages]
    found = {one.source.name: one for one in look(project, served, *sources)}
    assert len(found["/good"].new) == 5
    assert len(found["/atom"].new) == 1
    assert "is no feed" in found["/broken"].error
    assert "answered 500" in found["/failing"].error
    assert "image/gif" in found["/picture"].error
    assert "declares entities" in found["/bomb"].error
    with closing(Desk(project)) as desk:
        states = {source.name: state for source, state in kept_sources(desk)}
    assert states["/good"].failures == 0
    assert states["/failing"].failures == 1
    assert states["/failing"].due == NOW + timedelta(hours=2)
    for _ in range(9):
        look(project, served, now_too=True)
    with closing(Desk(project)) as desk:
        states = {source.name: state for source, state in kept_sources(desk)}
    assert (states["/failing"].failures, states["/failing"].due) == (10, NOW + timedelta(days=1))


def test_a_host_that_asks_for_patience_gets_it(project: Project, served: Site) -> None:
    served.pages["/feed"] = Reply(status=429, headers={"Retry-After": "7200"})
    source = PressSource("The Slate", served.url("/feed"))
    found = look(project, served, source)
    assert found[0].waits
    asked = len(served.asked)
    soon = look(project, served, at=NOW + timedelta(hours=1), now_too=True)
    assert "asked to be left alone" in soon[0].error
    assert len(served.asked) == asked
    served.pages["/feed"] = Reply(RSS.encode(), XML)
    assert len(look(project, served, at=NOW + timedelta(hours=3))[0].new) == 5


def test_robots_are_read_first_once_a_day_and_kept(project: Project, served: Site) -> None:
    served.pages["/feed"] = Reply(RSS.encode(), XML)
    served.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /feed", "text/plain")
    source = PressSource("The Slate", served.url("/feed"))
    assert "does not let Openslate read /feed" in look(project, served, source)[0].error
    assert served.paths() == ["/robots.txt"]
    served.pages["/robots.txt"] = Reply(b"User-agent: openslate\nAllow: /\nUser-agent: *\nDisallow: /", "text/plain")
    assert look(project, served, now_too=True)[0].error != ""
    assert served.paths() == ["/robots.txt"]
    assert look(project, served, at=NOW + timedelta(days=1, hours=1))[0].error == ""
    with closing(Desk(project)) as desk:
        assert next(iter(kept_hosts(desk).values())).robots is not None


@pytest.mark.parametrize(("status", "lets"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_missing_robots_let_in_and_failing_ones_do_not(project: Project, served: Site, status: int, lets: bool) -> None:
    served.pages |= {"/feed": Reply(RSS.encode(), XML), "/robots.txt": Reply(status=status)}
    found = look(project, served, PressSource("The Slate", served.url("/feed")))[0]
    assert (found.error == "") == lets
    assert found.waits != lets


def test_one_host_is_asked_slowly(project: Project, served: Site) -> None:
    served.pages["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 7", "text/plain")
    for path in ("/a", "/b", "/c"):
        served.pages[path] = Reply(RSS.encode(), XML)
    waited: list[float] = []
    sources = [PressSource(path, served.url(path)) for path in ("/a", "/b", "/c")]
    with clock.frozen(NOW):
        ingest_sources(project, sources, Manner(fetcher=served.fetcher(), sleep=waited.append))
    # The clock stands still, so every turn waits for all turns before it: robots.txt, then the feeds.
    assert waited == [1.0, 8.0, 15.0]


def test_pages_are_read_where_they_are_wanted(project: Project, served: Site) -> None:
    served.pages["/feed"] = Reply(feed_of(served).encode(), XML)
    head = (
        "<link rel=canonical href='/one'><link rel=amphtml href='/one.amp'><meta property=og:image content=/p.jpg>"
        "<meta property=og:image:width content=1200><meta property=og:image:height content=630>"
        "<meta property=og:site_name content='The Slate'>"
    )
    served.pages["/1?utm_source=x"] = page("Harbour Lights 1", head)
    source = PressSource("The Slate", served.url("/feed"), pages=True, full_text=True)
    found = look(project, served, source)[0]
    assert len(found.new) == 5
    assert any("answered 404" in one for one in found.told)
    one = next(one for one in kept(project) if one.address.endswith("/one"))
    assert "nobody slept" in one.text
    assert one.amp_address == served.url("/one.amp")
    assert one.image is not None
    assert (one.image.url, one.image.width) == (served.url("/p.jpg"), 1200)
    assert one.published == datetime(2027, 5, 14, 1, tzinfo=UTC)
    asked = len(served.asked)
    again = look(project, served, source, at=NOW + timedelta(hours=2))[0]
    assert (again.new, again.known) == ((), 5)
    assert len(served.asked) == asked + 1


def test_whole_texts_are_kept_only_where_that_is_allowed(project: Project, served: Site) -> None:
    served.pages["/a"] = page("Harbour Lights wraps", "<meta name=description content='Short.'>", PARAGRAPH * 9)
    look(project, served, PressSource("The Slate", served.url("/a"), "page"))
    one = kept(project)[0]
    assert (one.text, one.excerpt) == ("", "Short.")
    assert len(kept(project)[0].excerpt) <= 339


def test_more_pages_than_wanted_are_left_for_the_next_time(project: Project, served: Site) -> None:
    served.pages["/feed"] = Reply(feed_of(served).encode(), XML, headers={"ETag": '"v1"'})
    for number in range(5):
        served.pages[f"/{number}?utm_source=x"] = page(f"Harbour Lights {number}")
    source = PressSource("The Slate", served.url("/feed"), pages=True, most=2)
    counts = [len(look(project, served, source, at=NOW + timedelta(hours=2 * n))[0].new) for n in range(4)]
    assert counts == [2, 2, 1, 0]


def test_sitemaps_are_walked_without_going_in_circles(project: Project, served: Site) -> None:
    own = served.url("").rstrip("/")
    index = "<sitemapindex>{}</sitemapindex>"
    lists = "".join(f"<sitemap><loc>{own}{path}</loc></sitemap>" for path in ("/s.xml", "/news.xml", "/missing.xml"))
    news = (
        f"<urlset><url><loc>{own}/n</loc><lastmod>2027-05-14</lastmod></url>"
        f"<url><loc>{own}/old</loc><lastmod>2026-05-14</lastmod></url></urlset>"
    )
    served.pages |= {
        "/s.xml": Reply(index.format(lists).encode(), "application/xml"),
        "/news.xml": Reply(news.encode(), "application/xml"),
        "/n": page("News"),
        "/old": page("Old"),
    }
    found = look(project, served, PressSource("The Slate", served.url("/s.xml"), "sitemap"))[0]
    assert len(found.new) == 1
    assert any("missing.xml answered 404" in one for one in found.told)
    assert served.paths().count("/s.xml") == 1
    assert "/old" not in served.paths()


@pytest.mark.parametrize(
    ("host", "head", "headers", "said"),
    [
        ({}, "", {}, ""),
        ({"/robots.txt": b"User-agent: GPTBot\nDisallow: /"}, "", {}, "GPTBot: Disallow: /"),
        ({"/robots.txt": b"User-agent: *\nContent-Usage: train-ai=n"}, "", {}, "train-ai=n"),
        ({"/.well-known/tdmrep.json": b'[{"location": "/", "tdm-reservation": 1}]'}, "", {}, "tdm-reservation = 1"),
        ({}, "<meta name=robots content='index, noai'>", {}, "robots: noai"),
        ({}, "<meta name=tdm-reservation content=1>", {}, "tdm-reservation = 1"),
        ({}, "", {"TDM-Reservation": "1"}, "tdm-reservation = 1"),
        ({}, "", {"Content-Usage": "train-ai=n"}, "train-ai=n"),
        ({}, "", {"X-Robots-Tag": "noai"}, "X-Robots-Tag: noai"),
    ],
)
def test_reservations_are_kept_with_the_item(
    project: Project, served: Site, host: dict[str, bytes], head: str, headers: dict[str, str], said: str
) -> None:
    served.pages |= {path: Reply(body, "text/plain") for path, body in host.items()}
    plain = page("Harbour Lights wraps", head)
    served.pages["/a"] = Reply(plain.body, plain.kind, headers=headers)
    look(project, served, PressSource("The Slate", served.url("/a"), "page", training=True))
    one = kept(project)[0]
    assert said in one.reservation
    assert one.training == (said == "")


def test_a_page_cannot_take_another_sites_place(project: Project, served: Site) -> None:
    served.pages["/a"] = page("Harbour Lights wraps", "<link rel=canonical href='https://other.example/theirs'>")
    look(project, served, PressSource("The Slate", served.url("/a"), "page"))
    assert kept(project)[0].address == served.url("/a")


def test_what_another_source_brought_stays_as_it_is(project: Project, served: Site) -> None:
    served.pages |= {"/a": Reply(RSS.encode(), XML), "/b": Reply(RSS.replace("Harbour", "HARBOUR").encode(), XML)}
    look(project, served, PressSource("A", served.url("/a")))
    found = look(project, served, PressSource("B", served.url("/b")))[0]
    assert (found.new, found.changed, found.known) == ((), (), 5)


def test_an_address_is_looked_at_once_whatever_lies_there(project: Project, served: Site) -> None:
    served.pages |= {
        "/feed": Reply(RSS.encode(), XML),
        "/page": page("Harbour Lights wraps"),
        "/map": Reply(SITEMAP.encode(), "application/xml"),
    }
    with clock.frozen(NOW):
        sources = [PressSource(path, served.url(path), "any") for path in served.pages]
        found = {one.source.name: one for one in ingest_once(project, sources, manner(served))}
    assert [len(found[path].new) for path in ("/feed", "/page")] == [5, 1]
    assert found["/map"].error == ""
    with closing(Desk(project)) as desk:
        assert kept_sources(desk) == []


def test_entries_without_link_are_known_again(project: Project, served: Site) -> None:
    bare = (
        "<rss version='2.0'><channel><item><description>It rained on the harbour.</description></item></channel></rss>"
    )
    served.pages["/feed"] = Reply(bare.encode(), XML)
    source = PressSource("The Slate", served.url("/feed"))
    assert len(look(project, served, source)[0].new) == 1
    assert look(project, served, source, at=NOW + timedelta(hours=2))[0].known == 1
    assert "it has no link" in kept(project)[0].flaws


def test_a_crash_in_the_middle_loses_nothing_and_doubles_nothing(
    project: Project, served: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.pages["/feed"] = Reply(feed_of(served).encode(), XML, headers={"ETag": '"v1"'})
    for number in range(5):
        served.pages[f"/{number}?utm_source=x"] = page(f"Harbour Lights {number}")
    source = PressSource("The Slate", served.url("/feed"), pages=True)
    real, calls = one_source.put_pages, []

    def crash(*words: Any) -> None:
        room = words[2]
        put = room.put

        def once(items: Any) -> Any:
            if len(calls) == 3:
                raise MemoryError
            calls.append(1)
            return put(items)

        object.__setattr__(room, "put", once)
        real(*words)

    monkeypatch.setattr(one_source, "put_pages", crash)
    with pytest.raises(MemoryError):
        look(project, served, source)
    assert len(kept(project)) == 3
    monkeypatch.setattr(one_source, "put_pages", real)
    found = look(project, served, source)[0]
    assert (len(found.new), found.known) == (2, 3)


def test_stopping_keeps_what_was_ingested(project: Project, served: Site) -> None:
    served.pages["/feed"] = Reply(feed_of(served).encode(), XML)
    for number in range(5):
        served.pages[f"/{number}?utm_source=x"] = page(f"Harbour Lights {number}")
    source = PressSource("The Slate", served.url("/feed"), pages=True)
    with clock.frozen(NOW):
        pressed = lambda: "/1?utm_source=x" in served.paths()  # noqa: E731
        really = Manner(fetcher=served.fetcher(), pause=0.25)
        ingest_sources(project, [source], really, stopped=pressed)
    first = len(kept(project))
    assert 1 <= first < 5
    assert len(look(project, served)[0].new) == 5 - first
