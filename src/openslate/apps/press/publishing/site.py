"""The static site of an edition: every file of it, by path."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openslate.apps.press.publishing.edition_types import ShownItem, ShownStory
from openslate.apps.press.publishing.feed_links import feeds_of
from openslate.apps.press.publishing.listing import days_of, parts_of
from openslate.apps.press.publishing.paths import entity_path, numbered, root_of, story_path, topic_path
from openslate.apps.press.publishing.rendering import site_stylesheet, templates
from openslate.apps.press.publishing.story_timeline import said, timeline
from openslate.apps.press.publishing.whole_site import Site

STORIES_A_PAGE = 20
ITEMS_A_PAGE = 30
TOPICS_IN_REACH = 10
"""Topics that the head of every page leads to."""


def site_files(site: Site) -> Iterator[tuple[str, str]]:
    """Every page of a site with its path, stories first: what leads to a page comes after it.

    Args:
        site: to be made.
    """
    topics = site.by_topic()
    nav = sorted(topics, key=lambda one: (-len(topics[one]), one))[:TOPICS_IN_REACH]
    nav = [one for one in topics if one in nav]
    yield "style.css", site_stylesheet()
    for story in site.edition.stories:
        yield from _story(site, nav, story)
    for old, new in sorted(site.edition.former.items()):
        yield story_path(old), _redirect(site, story_path(new))
    for entity, stories in site.by_entity().items():
        yield from _listing(site, nav, entity_path(entity), entity.name, _many(stories), stories)
    for topic, stories in topics.items():
        yield from _listing(site, nav, topic_path(topic), topic, _many(stories), stories, feed=topic)
    every = site.edition.stories
    yield from _listing(site, nav, "all.html", "Everything", _many(every), every)
    yield "about.html", _about(site, nav, topics)
    yield "404.html", _page(site, nav, "missing", "404.html", "This page is not here", hidden_from_search=True)
    yield from _listing(site, nav, "index.html", site.settings.name, "", site.published)


def _listing(
    site: Site,
    nav: Sequence[str],
    path: str,
    heading: str,
    lede: str,
    stories: Sequence[ShownStory],
    feed: str = "",
) -> Iterator[tuple[str, str]]:
    parts = parts_of(stories, STORIES_A_PAGE)
    for number, part in enumerate(parts, start=1):
        here = numbered(path, number)
        days = days_of(part, site.edition.at)
        further = {"base": path, "number": number, "last": len(parts), "days": days, "lede": lede, "feed": feed}
        yield here, _page(site, nav, "listing", here, heading, **further)


def _story(site: Site, nav: Sequence[str], story: ShownStory) -> Iterator[tuple[str, str]]:
    path = story_path(story.id)
    copies: dict[str, list[ShownItem]] = {}
    for one in story.items:
        if one not in story.originals:
            copies.setdefault(one.copy_of, []).append(one)
    parts = [story.originals[at : at + ITEMS_A_PAGE] for at in range(0, len(story.originals), ITEMS_A_PAGE)]
    for number, part in enumerate(parts, start=1):
        here = numbered(path, number)
        further = {
            "base": path,
            "number": number,
            "last": len(parts),
            "story": story,
            "rows": [(one, copies.get(one.id, [])) for one in part],
            "start": (number - 1) * ITEMS_A_PAGE + 1,
            "picture": timeline(story),
            "said": said(story),
            "interest": site.interest.scores.get(story.lead.id),
            "fitted_on": site.interest.fitted_on,
            "sources": list(Counter(one.item.provider.name for one in story.items).items()),
            "description": story.lead.item.excerpt,
        }
        yield here, _page(site, nav, "story", here, story.lead.item.title, **further)


def _about(site: Site, nav: Sequence[str], topics: Mapping[str, Sequence[ShownStory]]) -> str:
    taxonomy = site.edition.taxonomy
    further = {
        "taxonomy": taxonomy,
        "topics": list(taxonomy.topics.values()),
        "shown": set(topics),
        "fitted_on": site.interest.fitted_on,
        "tiers": sorted(taxonomy.tiers.items(), key=lambda one: (-one[1], one[0])),
        "corrected": [(story, one) for story in site.edition.stories for one in story.items if one.corrections],
    }
    return _page(site, nav, "about", "about.html", "How this site is made", **further)


def _redirect(site: Site, target: str) -> str:
    beside = target.removeprefix("stories/")
    canonical = site.settings.at(target) if site.settings.address else beside
    return templates().get_template("redirect.html.jinja").render(target=beside, canonical=canonical)


def _page(site: Site, nav: Sequence[str], template: str, path: str, heading: str, **further: Any) -> str:
    settings = site.settings
    # What is not there may be asked for under any path, so its page cannot count on where it stands.
    root = settings.address.rstrip("/") + "/" if path == "404.html" and settings.address else root_of(path)
    topic = further.pop("feed", "")
    known = {
        "site": settings,
        "nav": nav,
        "path": path,
        "root": root,
        "heading": heading,
        "at": site.edition.at,
        "description": f"{heading}: news by story, with who covers it and why it stands where it does.",
        "hidden_from_search": False,
        "feeds": feeds_of(settings, topic),
    }
    return templates().get_template(f"{template}.html.jinja").render(known | further)


def _many(stories: Sequence[ShownStory]) -> str:
    count = len(stories)
    return f"{count:,} {'story' if count == 1 else 'stories'}, the newest day first."
