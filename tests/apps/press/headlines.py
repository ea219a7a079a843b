"""Headlines of a few events, for tests of stories."""

import random
from datetime import UTC, datetime, timedelta

from openslate.apps.press.stories.things import Headline

EVENTS = (
    ("lighthouse", "crew", "Harbour Lights wraps", "sixty-one days", "Cornwall"),
    ("festival", "Golden Gull", "jury", "Night Ferry wins", "Ostend"),
    ("strike", "dubbing actors", "union", "walkout", "Madrid studios"),
    ("merger", "Northstream", "shareholders", "Slate Media bid", "regulators"),
    ("cinema", "ticket prices", "Easter weekend", "record takings", "multiplex"),
)
MORNING = datetime(2026, 1, 5, 8, tzinfo=UTC)


def headline(name: str, title: str, hours: float = 0.0, quality: int = 0, **more: str) -> Headline:
    """An item that was published and seen some hours after the morning."""
    moment = MORNING + timedelta(hours=hours)
    return Headline(
        name, title, more.get("excerpt", ""), more.get("text", ""), moment, moment, quality, more.get("address", "")
    )


def drawn(seed: int, each: int = 6, hours: int = 3) -> tuple[list[Headline], dict[str, int]]:
    """Items of events that arrive over some hours, and the event of each."""
    draw = random.Random(seed)
    found, true = [], {}
    for event, words in enumerate(EVENTS):
        for at in range(each):
            said = draw.sample([*words, *draw.sample(["today", "report", "live", "analysis", "video"], 2)], 4)
            name = f"{draw.randrange(16**8):08x}{event}{at:02}"
            found.append(headline(name, " ".join(said), draw.random() * hours, draw.randrange(3)))
            true[name] = event
    return found, true
