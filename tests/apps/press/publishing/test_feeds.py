"""Feeds, the API and the map of pages, read back by those who read such things."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from openslate.apps.press.publishing.api import api_files
from openslate.apps.press.publishing.edition import edition_of
from openslate.apps.press.publishing.feeds import feed_files
from openslate.apps.press.publishing.for_crawlers import crawler_files
from openslate.apps.press.publishing.site import site_files
from openslate.apps.press.publishing.site_settings import SiteSettings
from openslate.apps.press.publishing.whole_site import Site
from openslate.apps.press.scores.taxonomy_file import film_and_tv
from tests.apps.press.publishing.newsroom import EVENING, NOON, PICTURE, STRIKE, group, item, newsroom

NAMES = SiteSettings("The <Slate> Wire", "https://press.slate.example")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    desk = newsroom(tmp_path_factory.mktemp("press") / "svc")
    for n in range(55):
        group(desk, f"film{n:04d}", [item(400 + n, f"Film & <i>series</i> {n}", -n, image=PICTURE)])
    return Site(edition_of(desk, film_and_tv(), EVENING), NAMES)


def test_rss_is_read_back(site: Site) -> None:
    files = dict(feed_files(site))
    read = feedparser.parse(files["feed.xml"].encode())
    assert not read.bozo and read.version == "rss20"
    assert read.feed.title == "The <Slate> Wire" and read.feed.link == "https://press.slate.example/"
    assert {"rel": "self", "href": f"{NAMES.address}/feed.xml", "type": "application/rss+xml"}.items() <= (
        read.feed.links[-1].items()
    )
    first = read.entries[0]
    assert (first.id, first.link) == ("strike01", f"{NAMES.address}/stories/strike01.html")
    assert datetime(*first.published_parsed[:6], tzinfo=UTC) == NOON
    assert [tag.term for tag in first.tags] == list(site.edition.stories[0].topics)
    assert "Slate and 3 others, 4 articles" in first.summary
    assert len(read.entries) == 50 and len({one.id for one in read.entries}) == 50


def test_json_feed_says_the_same(site: Site) -> None:
    files = dict(feed_files(site))
    read = json.loads(files["feed.json"])
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert (read["home_page_url"], read["feed_url"]) == (f"{NAMES.address}/", f"{NAMES.address}/feed.json")
    assert [one["id"] for one in read["items"]] == [
        one.id for one in feedparser.parse(files["feed.xml"].encode()).entries
    ]
    first = read["items"][0]
    assert first["external_url"] == STRIKE[0].address and first["date_published"] == "2027-05-14T12:00:00Z"
    assert first["authors"] == [{"name": "Slate"}] and first["_openslate"]["sources"] == 4
    titles = {one["title"] for one in read["items"]}
    assert "Film & <i>series</i> 3" in titles


def test_topics_have_feeds_of_their_own_and_pages_lead_to_them(site: Site) -> None:
    files = dict(feed_files(site))
    labour = json.loads(files["topics/labour.json"])
    assert [one["id"] for one in labour["items"]] == ["strike01"]
    assert feedparser.parse(files["topics/labour.xml"].encode()).feed.title == "The <Slate> Wire: Labour"
    page = dict(site_files(site))["topics/labour.html"]
    assert 'href="../topics/labour.xml"' in page and 'href="../feed.json"' in page


def test_without_an_address_entries_lead_to_the_article(site: Site) -> None:
    read = feedparser.parse(dict(feed_files(Site(site.edition, SiteSettings())))["feed.xml"].encode())
    assert not read.bozo and read.entries[0].link == STRIKE[0].address


def pages(files: dict[str, str], first: str) -> list[dict[str, Any]]:
    found = [json.loads(files[first])]
    while (further := found[-1]["next"]) is not None:
        found.append(json.loads(files[further.removeprefix(f"{NAMES.address}/")]))
    return found


def test_the_api_is_walked_by_its_links(site: Site) -> None:
    files = dict(api_files(site))
    walked = pages(files, "api/news/page/1/index.json")
    items = [one for page in walked for one in page["items"]]
    assert [len(page["items"]) for page in walked[:-1]] == [20] * (len(walked) - 1)
    assert len(items) == walked[0]["total"] == len({one["id"] for one in items})
    moments = [one["publishedDateTime"] for one in items]
    assert moments == sorted(moments, reverse=True)
    assert all(one["published"] for one in items)
    labour = pages(files, "api/news/labour/page/1/index.json")
    assert {one["id"] for page in labour for one in page["items"]} == {
        one["id"] for one in items if "Labour" in one["topics"]
    }
    assert "secured" not in files["api/news/page/1/index.json"]


def test_the_api_takes_a_least_heat(site: Site) -> None:
    hot = Site(site.edition, SiteSettings(address=NAMES.address, least_heat=55))
    found = pages(dict(api_files(hot)), "api/news/page/1/index.json")
    assert [one["id"] for one in found[0]["items"]] == [STRIKE[2].id]
    assert found[0]["items"][0]["related"][0]["webUrl"] == STRIKE[3].address
    everything = Site(site.edition, SiteSettings(least_heat=-1))
    first = json.loads(dict(api_files(everything))["api/news/page/1/index.json"])
    assert first["next"] == "../2/index.json" and first["total"] == len(site.edition.items) - 1


def test_the_map_has_every_page_that_is_to_be_found(site: Site) -> None:
    files = dict(crawler_files(site))
    assert f"Sitemap: {NAMES.address}/sitemap.xml" in files["robots.txt"]
    places = etree.fromstring(files["sitemap.xml"].encode()).xpath("//*[local-name()='loc']/text()")
    wanted = {NAMES.at(path) for path in dict(site_files(site)) if path.endswith(".html") and "-page-" not in path}
    assert set(places) == wanted - {NAMES.at("404.html"), NAMES.at("stories/old00001.html")}


def test_bytes_are_equal_for_an_equal_desk(site: Site, tmp_path: Path) -> None:
    for files in (feed_files, api_files, crawler_files):
        assert dict(files(site)) == dict(files(site))
