"""A story over time as a picture: how many articles in each stretch, and when the lead came."""

from collections import Counter
from datetime import datetime

from openslate.apps.press.publishing.edition_types import ShownStory
from openslate.drawing.page_words import day_in_words
from openslate.drawing.svg import element

WIDTH, HEIGHT, MOST = 720, 84, 48
GAP = 2
"""Between bars."""


def timeline(story: ShownStory) -> str:
    """The picture, as SVG that needs no style of its own; empty for a story of one moment.

    Args:
        story: whose articles are counted.
    """
    first, last = story.begun, story.latest
    if last == first:
        return ""
    counts = Counter(_place(one.item.published, first, last) for one in story.items)
    lead = _place(story.lead.item.published, first, last)
    most = max(counts.values())
    wide = WIDTH / MOST
    bars = [
        element(
            "rect",
            x=place * wide + GAP / 2,
            y=HEIGHT - 1 - (tall := max(6.0, (HEIGHT - 4) * count / most)),
            width=wide - GAP,
            height=tall,
            class_="bar lead" if place == lead else "bar",
        )
        for place, count in sorted(counts.items())
    ]
    return element(
        "svg",
        element("rect", x=0, y=HEIGHT - 1, width=WIDTH, height=1, class_="ground"),
        *bars,
        class_="timeline",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=said(story),
    )


def said(story: ShownStory) -> str:
    """What there is to be seen in it, in words."""
    count = len(story.items)
    told = f"{count} {'article' if count == 1 else 'articles'}"
    first, last = story.begun, story.latest
    if first == last:
        return f"{told}, {moment_in_words(first)}."
    lead = f"The amber bar is when the lead came, {moment_in_words(story.lead.item.published)}."
    return f"{told} from {moment_in_words(first)} to {moment_in_words(last)}. {lead}"


def moment_in_words(moment: datetime) -> str:
    """A moment for readers, in UTC.

    Example:
        >>> from datetime import UTC
        >>> moment_in_words(datetime(2027, 5, 14, 9, 5, tzinfo=UTC))
        '14 May 2027, 09:05 UTC'
    """
    return f"{day_in_words(moment)}, {moment:%H:%M} UTC"


def _place(moment: datetime, first: datetime, last: datetime) -> int:
    """Which of the bars a moment falls into."""
    return min(MOST - 1, int(MOST * ((moment - first) / (last - first))))
