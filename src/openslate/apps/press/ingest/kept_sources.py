"""Sources and hosts as the desk keeps them: what was said of each, and how the last look at it went."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from pydantic import TypeAdapter

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.fetching.hosts import Host
from openslate.apps.press.fetching.robots import Robots
from openslate.apps.press.ingest.source import PressSource, SourceState, settings_key
from openslate.clock import from_microseconds, to_microseconds
from openslate.errors import UsageError

_SOURCE: TypeAdapter[PressSource] = TypeAdapter(PressSource)


def register_sources(desk: Desk, sources: Sequence[PressSource]) -> None:
    """Write sources down; one of a known name takes its place, and keeps its history.

    Args:
        desk: that keeps them.
        sources: to be known.
    """
    known = {one.name: one for one, _ in kept_sources(desk)}
    with desk.transaction():
        for one in sources:
            before = known.get(one.name)
            settings = _SOURCE.dump_json(one).decode()
            if before is None:
                sql = "INSERT INTO sources (name, address, kind, settings) VALUES (?, ?, ?, ?)"
                desk.execute(sql, (one.name, one.address, one.kind, settings))
                continue
            sql = "UPDATE sources SET address = ?, kind = ?, settings = ? WHERE name = ?"
            desk.execute(sql, (one.address, one.kind, settings, one.name))
            if settings_key(before) != settings_key(one):
                desk.execute("UPDATE sources SET etag = '', modified = '', due = 0 WHERE name = ?", (one.name,))


def kept_sources(desk: Desk) -> list[tuple[PressSource, SourceState]]:
    """All sources, by name, with how the last look at each went.

    Args:
        desk: that is asked.
    """
    rows = desk.rows("SELECT settings, etag, modified, due, asked, failures, told FROM sources ORDER BY name")
    return [
        (
            _SOURCE.validate_json(str(settings)),
            SourceState(
                str(etag),
                str(modified),
                _moment(due) if due else None,
                None if asked is None else _moment(asked),
                cast(int, failures),
                str(told),
            ),
        )
        for settings, etag, modified, due, asked, failures, told in rows
    ]


def save_state(desk: Desk, source: PressSource, state: SourceState) -> None:
    """Write down how a look at a source went.

    Args:
        desk: that keeps it.
        source: that was looked at.
        state: of it now.
    """
    desk.execute(
        "UPDATE sources SET etag = ?, modified = ?, due = ?, asked = ?, failures = ?, told = ? WHERE name = ?",
        (
            state.etag,
            state.modified,
            0 if state.due is None else to_microseconds(state.due),
            None if state.asked is None else to_microseconds(state.asked),
            state.failures,
            state.told,
            source.name,
        ),
    )


def forget_source(desk: Desk, name: str) -> None:
    """Look at a source no more; what it brought stays.

    Args:
        desk: that keeps it.
        name: of it.

    Raises:
        UsageError: there is none of that name.
    """
    if not desk.rows("SELECT 1 FROM sources WHERE name = ?", (name,)):
        raise UsageError(f"There is no source {name!r}.", "See `openslate press sources` for those there are.")
    desk.execute("DELETE FROM sources WHERE name = ?", (name,))


def kept_hosts(desk: Desk) -> dict[str, Host]:
    """What is known of hosts, by origin.

    Args:
        desk: that is asked.
    """
    rows = desk.rows("SELECT host, free, robots, robots_status, robots_read, reservation FROM hosts")
    found: dict[str, Host] = {}
    for host, free, robots, status, read, reservation in rows:
        file = None if read is None else Robots(cast(int, status), str(robots or "").encode(), _moment(read))
        said = None if reservation is None else str(reservation).encode()
        found[str(host)] = Host(_moment(free), file, said)
    return found


def save_hosts(desk: Desk, hosts: Mapping[str, Host]) -> None:
    """Write down what was learned of hosts.

    Args:
        desk: that keeps it.
        hosts: by origin.
    """
    with desk.transaction():
        for origin, host in hosts.items():
            robots = host.robots
            desk.execute(
                "INSERT OR REPLACE INTO hosts (host, free, robots, robots_status, robots_read, reservation) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    origin,
                    to_microseconds(host.free),
                    None if robots is None else robots.content.decode("utf-8", "replace").replace("\x00", ""),
                    None if robots is None else robots.status,
                    None if robots is None else to_microseconds(robots.read),
                    None if host.tdmrep is None else host.tdmrep.decode("utf-8", "replace").replace("\x00", ""),
                ),
            )


def source_document(source: PressSource, state: SourceState) -> dict[str, Any]:
    """A source and its state, as JSON has them."""
    shown = asdict(source)
    return {
        **shown,
        "topics": list(source.topics),
        "due": None if state.due is None else state.due.isoformat(),
        "asked": None if state.asked is None else state.asked.isoformat(),
        "failures": state.failures,
        "told": state.told,
    }


def _moment(value: object) -> datetime:
    return from_microseconds(cast(int, value))
