"""Templates of the site, in which everything is escaped, and the few words that they ask for."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from openslate.apps.press.publishing.edition_types import ShownStory
from openslate.apps.press.publishing.paths import entity_path, numbered, outside, story_path, topic_path
from openslate.apps.press.publishing.story_timeline import moment_in_words
from openslate.drawing.svg import signed
from openslate.drawing.theme import stylesheet
from openslate.drawing.words import printable, shortened


@cache
def templates() -> Environment:
    """The templates of the site."""
    environment = Environment(
        loader=PackageLoader("openslate.apps.press.publishing"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "printable": printable,
        "shortened": shortened,
        "outside": outside,
        "numbered": numbered,
        "story_path": story_path,
        "topic_path": topic_path,
        "entity_path": entity_path,
        "moment": moment_in_words,
        "clock": lambda moment: f"{moment:%H:%M} UTC",
        "iso": iso,
        "signed": lambda points: signed(f"{points:+d}"),
        "capitalised": lambda text: text[:1].upper() + text[1:],
        "covered_by": covered_by,
    }
    return environment


def site_stylesheet() -> str:
    """The one style sheet of a site."""
    own = files("openslate.apps.press.publishing").joinpath("styles/site.css").read_text(encoding="utf-8")
    return f"{stylesheet()}\n{own}"


def iso(moment: datetime) -> str:
    """A moment for machines.

    Example:
        >>> iso(datetime(2027, 5, 14, 9, 5, tzinfo=UTC))
        '2027-05-14T09:05:00Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def covered_by(story: ShownStory) -> str:
    """Who covers a story, and with how much, in a few words.

    Args:
        story: that is covered.
    """
    first = shortened(printable(story.lead.item.provider.name), 60)
    others = len(story.sources) - 1
    who = first if not others else f"{first} and {others} {'other' if others == 1 else 'others'}"
    count = len(story.items)
    return who if count == 1 else f"{who}, {count} articles"
