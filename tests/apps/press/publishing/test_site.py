"""The site: every page is whole, every link leads somewhere, and nothing that anyone wrote becomes markup."""

import itertools
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from openslate.apps.press.desk.decisions import decide
from openslate.apps.press.publishing.edition import edition_of
from openslate.apps.press.publishing.site import site_files
from openslate.apps.press.publishing.site_settings import SiteSettings
from openslate.apps.press.publishing.whole_site import Site
from openslate.apps.press.scores.taxonomy_file import film_and_tv
from openslate.errors import UsageError
from tests.apps.press.publishing.newsroom import EVENING, STRIKE, group, item, newsroom

NAMES = SiteSettings("The <Slate> Wire", "https://press.slate.example/news")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    desk = newsroom(tmp_path_factory.mktemp("press") / "svc")
    decide(desk, "correct", STRIKE[0].id, "title=Strike <b>over</b>", "Ada & Co", "Typing error.")
    many = [item(100 + n, f"Festival notes, part {n}", n / 20, f"paper{n % 7}") for n in range(65)]
    many += [item(300, "Odd", 1, address="javascript:alert(1)", language="ar")]
    group(desk, "festival", many, {many[1].id: many[0].id})
    for n in range(30):
        group(desk, f"film{n:04d}", [item(400 + n, f"Film {n}", -n)])
    return Site(edition_of(desk, film_and_tv(), EVENING), NAMES)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    return dict(site_files(site))


def documents(pages: dict[str, str]) -> Iterator[tuple[str, html.HtmlElement]]:
    for path, text in pages.items():
        if path.endswith(".html"):
            yield path, html.document_fromstring(text)


def test_every_link_leads_to_a_page_and_every_fragment_to_a_place(pages: dict[str, str]) -> None:
    written = {"feed.xml", "feed.json", "api/news/page/1/index.json"}
    for path, page in documents(pages):
        for address in page.xpath("//a/@href | //link/@href"):
            if address.startswith("#"):
                assert page.xpath(f"//*[@id='{address[1:]}']"), (path, address)
                continue
            bare = address.removeprefix(NAMES.address + "/")
            if address.startswith(NAMES.address):
                assert (bare or "index.html") in pages or bare in written or path == "404.html", (path, address)
            elif "://" not in address:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
                feed = re.fullmatch(r"topics/[a-z-]+\.(xml|json)", target)
                assert target in pages or target in written or feed, (path, address)


def test_links_to_others_are_http_and_keep_their_distance(pages: dict[str, str]) -> None:
    found = 0
    for path, page in documents(pages):
        for link in page.xpath("//main//a[contains(@href, ':')]"):
            if path == "404.html" or link.get("href").startswith(NAMES.address):
                continue
            found += 1
            assert link.get("href").startswith(("http://", "https://")) and "noopener" in link.get("rel")
    assert found > 100
    assert "javascript:" not in "".join(pages.values())


def test_what_people_wrote_stays_text(pages: dict[str, str]) -> None:
    for path, page in documents(pages):
        assert not page.xpath("//script | //b | //slate | //*[@onclick] | //*[@style]"), path
    lone = html.document_fromstring(pages["stories/harbour1.html"])
    shown = lone.xpath("string(//h1)").strip()
    assert shown == '<script>alert("1")</script> & “Harbour” film slaps ]]> {{ 7*7 }}'
    assert "Harbour <Lights>" in lone.xpath("//ul[@class='tags']//a/text()")


def test_pages_are_in_order_for_those_who_hear_them(pages: dict[str, str]) -> None:
    for path, page in documents(pages):
        if "refresh" in pages[path]:
            continue
        levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3 | //h4")]
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path
        assert page.get("lang") == "en" and page.xpath("//main[@id='main']") and page.xpath("//a[@class='skip']")
        assert all(one.get("alt") is not None for one in page.xpath("//img"))
        assert all(one.get("aria-label") for one in page.xpath("//*[local-name()='svg']"))
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "default-src 'none'" in policy and "unsafe" not in policy


def test_pages_are_small(pages: dict[str, str]) -> None:
    assert {path: len(text.encode()) for path, text in pages.items() if len(text.encode()) > 30_000} == {}


def test_a_story_says_why_it_leads_how_hot_it_is_and_what_was_corrected(pages: dict[str, str], site: Site) -> None:
    page = html.document_fromstring(pages["stories/strike01.html"])
    text = " ".join(page.text_content().split())
    assert "It came first." in text and "1 copy of it" in text
    assert "Corrected by Ada & Co" in text and f"It said {STRIKE[0].title}" in text
    points = [int(one.replace("−", "-")) for one in page.xpath("//tbody//td/text()")]
    strike = next(one for one in site.edition.stories if one.id == "strike01")
    assert sum(points) == strike.heat == int(page.xpath("string(//tfoot//td)"))
    assert "Corrected by Ada & Co" in " ".join(html.document_fromstring(pages["about.html"]).text_content().split())


def test_a_long_story_goes_on_and_a_former_id_leads_to_the_present_one(pages: dict[str, str]) -> None:
    assert {"stories/festival.html", "stories/festival-page-2.html", "stories/festival-page-3.html"} <= set(pages)
    assert "stories/festival-page-4.html" not in pages and "all-page-2.html" in pages
    former = html.document_fromstring(pages["stories/old00001.html"])
    assert former.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=strike01.html"]
    assert former.xpath("//link[@rel='canonical']/@href") == [f"{NAMES.address}/stories/strike01.html"]


def test_pictures_are_loaded_only_where_that_is_wanted(pages: dict[str, str], site: Site) -> None:
    assert "<img" not in "".join(pages.values())
    shown = dict(site_files(Site(site.edition, SiteSettings(pictures=True))))
    assert 'src="https://slate.example/strike.jpg"' in shown["stories/strike01.html"]
    assert "img-src https:" in shown["stories/strike01.html"]


def test_equal_editions_give_equal_bytes(pages: dict[str, str], site: Site) -> None:
    assert dict(site_files(site)) == pages


def test_an_empty_desk_has_pages_too(tmp_path: Path) -> None:
    desk = newsroom(tmp_path / "svc")
    empty = edition_of(desk, film_and_tv(), EVENING.replace(year=2020))
    shown = dict(site_files(Site(empty, SiteSettings())))
    assert "nothing to be shown here yet" in shown["index.html"] and "all.html" in shown


@pytest.mark.parametrize("address", ["ftp://a.example", "a.example", "https://me@a.example", "https://a.example/?q"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="no address of a site"):
        SiteSettings(address=address)
