"""A desk with invented coverage: two stories of several sources, a lone item, hostile titles, and a merged story."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.items import add_items
from openslate.apps.press.records.record import Image, Provider
from openslate.clock import to_microseconds
from openslate.project import Project

NOON = datetime(2027, 5, 14, 12, tzinfo=UTC)
EVENING = NOON + timedelta(hours=8)
HOSTILE = '<script>alert("1")</script> & “Harbour” film \u202eslaps\u202c ]]> {{ 7*7 }}'
PICTURE = Image("https://slate.example/strike.jpg", 1200, 630, cached=True)


def item(place: int, title: str, hours: float = 0, source: str = "slate", **further: object) -> Item:
    when = NOON + timedelta(hours=hours)
    provider = Provider(source.title(), f"{source}.example")
    address = str(further.pop("address", f"https://{source}.example/{place}"))
    known: dict[str, object] = {"excerpt": f"What {source} says of it.", **further}
    return Item(address, title, published=when, seen=when, provider=provider, source=source, **known)  # type: ignore[arg-type]


STRIKE = (
    item(1, "Writers strike ends after a long night of talks", 0, image=PICTURE),
    item(2, "Writers strike ends after a long night of talks", 1, "copyist"),
    item(3, "Union and studios agree, cast returns to the set", 2, "herald", type="video"),
    item(4, "What the deal says of residuals and AI", 7, "gazette"),
)
HARBOUR = (
    item(5, HOSTILE, -20, "herald"),
    item(6, "Harbour Lights begins filming at sea", -18, "slate", topics=("Productions",)),
)
LONE = (item(7, "A quiet day", -40, "gazette"),)


def group(desk: Desk, story: str, items: Sequence[Item], copies: dict[str, str] | None = None) -> None:
    """Put items on the desk and make them a story that its first item leads."""
    add_items(desk, items)
    moments = [to_microseconds(one.published) for one in items]
    desk.execute(
        "INSERT INTO stories VALUES (?, ?, 'It came first.', ?, ?, NULL)",
        (story, items[0].id, min(moments), max(moments)),
    )
    for one in items:
        desk.execute("INSERT INTO story_items VALUES (?, ?, ?)", (one.id, story, (copies or {}).get(one.id, "")))


def mention(desk: Desk, item: Item, kind: str, identity: str, name: str) -> None:
    desk.execute("INSERT INTO mentions VALUES (?, ?, ?, ?, 'title', 0.9)", (item.id, kind, identity, name))


def newsroom(folder: Path) -> Desk:
    """The desk."""
    desk = Desk(Project.init(folder))
    group(desk, "strike01", STRIKE, {STRIKE[1].id: STRIKE[0].id})
    group(desk, "harbour1", HARBOUR)
    group(desk, "lone0001", LONE)
    desk.execute("INSERT INTO stories VALUES ('old00001', ?, '', 0, 0, 'strike01')", (STRIKE[2].id,))
    mention(desk, HARBOUR[1], "title", "tt:harbour/lights", "Harbour <Lights>")
    mention(desk, STRIKE[0], "person", "ada", "Ada Lane")
    return desk
