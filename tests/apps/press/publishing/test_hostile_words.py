"""Whatever stands in a title, an excerpt or a name: pages, feeds and records have the same marks as for plain words."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import html

from openslate.apps.press.desk.item import Item
from openslate.apps.press.publishing.api import api_files
from openslate.apps.press.publishing.edition_types import Correction, Edition, Entity, ShownItem, ShownStory
from openslate.apps.press.publishing.feeds import feed_files
from openslate.apps.press.publishing.plain_record import record_of
from openslate.apps.press.publishing.site import site_files
from openslate.apps.press.publishing.site_settings import SiteSettings
from openslate.apps.press.publishing.whole_site import Site
from openslate.apps.press.records.reading import parse_record
from openslate.apps.press.records.record import Image, Provider
from openslate.apps.press.records.writing import record_text
from openslate.apps.press.scores.heat import Standing
from openslate.apps.press.scores.quality import Quality
from openslate.apps.press.scores.taxonomy import Taxonomy

WHEN = datetime(2027, 5, 14, tzinfo=UTC)
HOSTILE = ["<b>x", '"><script>', "]]>", "&amp;", "{{ x }}", "{% raw %}", "\x00\ufffe", "--->", "javascript:alert(1)"]
# Half of a pair of surrogates never gets onto the desk: no database would keep it.
WORDS = some.one_of(some.text(some.characters(exclude_categories=["Cs"]), max_size=60), some.sampled_from(HOSTILE))


def site_of(words: str, address: str) -> Site:
    item = Item(address, words, words, WHEN, WHEN, Provider(words, "slate.example"), "slate", language=words)
    item = replace(item, image=Image(address, 10, 10, cached=True), featured_content=words, text="never shown anywhere")
    record = replace(record_of(item, ("Labour",)), published=True)
    corrections = (Correction("title", words, words, words, WHEN, words),)
    entities = (Entity("title", words, words), Entity("other", words, words))
    one = ShownItem(
        item, "s1", "", record, Quality(()), Standing(0, 0, published=True, words=""), entities, corrections
    )
    story = ShownStory("s1", one, words, (one,), published=True)
    edition = Edition(WHEN, Taxonomy(), (story,), {"s0": "s1"}, 0, 0)
    return Site(edition, SiteSettings("Wire", "https://wire.example", pictures=True))


def marks(site: Site) -> dict[str, list[str]]:
    found = {}
    for path, text in site_files(site):
        assert "never shown" not in text and "javascript:" not in "".join(html_addresses(path, text))
        if path.endswith(".html"):
            folder = path.partition("/")[0]
            found[folder] = [str(one.tag) for one in html.document_fromstring(text).iter() if isinstance(one.tag, str)]
    return found


def html_addresses(path: str, text: str) -> list[str]:
    return html.document_fromstring(text).xpath("//@href | //@src") if path.endswith(".html") else []


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_words_make_no_marks(words: str) -> None:
    address = "https://slate.example/1"
    assert marks(site_of(f"x {words}", address)) == marks(site_of("x", address))


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_feeds_and_records_hold_any_words(words: str) -> None:
    site = site_of(f"x {words}", "https://slate.example/1")
    files = {**dict(feed_files(site)), **dict(api_files(site))}
    read = feedparser.parse(files["feed.xml"].encode())
    assert not read.bozo and len(read.entries) == 1
    assert all(json.loads(text) for path, text in files.items() if path.endswith(".json"))
    text = record_text(replace(site.edition.items[0].record, secured="x;y"))
    assert parse_record(text).differs == 0


@given(WORDS)
def test_an_address_that_is_none_is_no_link(words: str) -> None:
    page = dict(site_files(site_of("x", words)))["stories/s1.html"]
    links = html.document_fromstring(page).xpath("//main//a/@href | //img/@src")
    assert all(one.startswith(("https://", "http://", "../")) for one in links)
