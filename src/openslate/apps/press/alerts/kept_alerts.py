"""Alerts as the desk keeps them, and which stories each has told of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from pydantic import BaseModel, ConfigDict

from openslate.apps.press.alerts.query import Query, parse_query
from openslate.apps.press.alerts.targets import Target, parse_target
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.story import former_ids
from openslate.clock import from_microseconds, now, to_microseconds
from openslate.errors import UsageError

_NAME = re.compile(r"[\w][\w .-]{0,79}")


class AlertDocument(BaseModel):
    """What is kept of an alert besides its name and who made it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    query: str
    least_heat: int
    to: str


@dataclass(frozen=True)
class Alert:
    """A saved query.

    Attributes:
        name: of it.
        text: of the query, as it was written.
        least_heat: of a story.
        target: where it goes.
        by: who made it.
        at: when, UTC: stories of which nothing arrived since are not told.
    """

    name: str
    text: str
    least_heat: int
    target: Target
    by: str
    at: datetime

    @property
    def query(self) -> Query:
        """What it looks for."""
        return parse_query(self.text)


def add_alert(desk: Desk, name: str, query: str, least_heat: int, to: str, by: str) -> Alert:
    """Keep a query under a name.

    Args:
        desk: that keeps it.
        name: letters, digits, spaces, points and hyphens.
        query: as `parse_query` reads it.
        least_heat: of stories that are told.
        to: as `parse_target` reads it.
        by: who makes it.

    Raises:
        UsageError: the name is taken or none, or the query, the target or who makes it makes no sense.
    """
    if not _NAME.fullmatch(name) or name != name.strip():
        raise UsageError(f"{name!r} is no name of an alert.", "Write letters, digits, spaces, points and hyphens.")
    if not by.strip():
        raise UsageError("An alert needs the name of who makes it.", "Say --by NAME.")
    parse_query(query)
    made = Alert(name, query, least_heat, parse_target(to), by.strip(), now())
    document = AlertDocument(query=query, least_heat=least_heat, to=made.target.text).model_dump_json()
    with desk.transaction():
        if desk.rows("SELECT 1 FROM alerts WHERE name = ?", (name,)):
            raise UsageError(f"There is an alert {name!r} already.", "Name another, or remove that one first.")
        desk.execute(
            "INSERT INTO alerts (name, at, by, document) VALUES (?, ?, ?, ?)",
            (name, to_microseconds(made.at), made.by, document),
        )
    return made


def alerts(desk: Desk) -> list[Alert]:
    """All alerts, by name.

    Args:
        desk: that keeps them.
    """
    found = []
    for name, at, by, document in desk.rows("SELECT name, at, by, document FROM alerts ORDER BY name"):
        kept = AlertDocument.model_validate_json(str(document))
        target, moment = parse_target(kept.to), from_microseconds(cast(int, at))
        found.append(Alert(str(name), kept.query, kept.least_heat, target, str(by), moment))
    return found


def remove_alert(desk: Desk, name: str) -> None:
    """Forget an alert, and what it told.

    Args:
        desk: that keeps it.
        name: of it.

    Raises:
        UsageError: there is none of that name.
    """
    with desk.transaction():
        if not desk.rows("SELECT 1 FROM alerts WHERE name = ?", (name,)):
            raise UsageError(f"There is no alert {name!r}.", "See `openslate press alert list`.")
        desk.execute("DELETE FROM alerted WHERE alert = ?", (name,))
        desk.execute("DELETE FROM alerts WHERE name = ?", (name,))


def told_of(desk: Desk, name: str) -> frozenset[str]:
    """The stories that an alert has told of, by their present ids: a merged one was told by either of its ids.

    Args:
        desk: that keeps it.
        name: of the alert.
    """
    former = former_ids(desk)
    rows = desk.rows("SELECT story FROM alerted WHERE alert = ?", (name,))
    return frozenset(former.get(str(story), str(story)) for (story,) in rows)


def keep_told(desk: Desk, name: str, stories: Iterable[str]) -> None:
    """Remember that an alert told of stories.

    Args:
        desk: that keeps it.
        name: of the alert.
        stories: ids.
    """
    with desk.transaction():
        for story in stories:
            desk.execute(
                "INSERT OR IGNORE INTO alerted (alert, story, at) VALUES (?, ?, ?)",
                (name, story, to_microseconds(now())),
            )
