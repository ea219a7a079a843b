"""Finished stages of longer work, so that a killed run goes on where it stopped: does that key exist?"""

import json
from collections.abc import Callable
from typing import Any

from openslate import clock
from openslate.project import Project


def once(project: Project, key: str, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The result kept under a key, or that of the work, which is then kept.

    Args:
        project: where.
        key: a hash over everything the result depends on: data, settings, code.
        work: gives plain values, small enough for a row of the state database.
    """
    found = kept(project, key)
    if found is not None:
        return found
    result = work()
    project.state.execute(
        "INSERT OR IGNORE INTO stages VALUES (?, ?, ?)",
        (key, json.dumps(result, sort_keys=True), clock.now().isoformat()),
    )
    return result


def kept(project: Project, key: str) -> dict[str, Any] | None:
    """The result kept under a key, or None."""
    rows = project.state.rows("SELECT result FROM stages WHERE key = ?", (key,))
    found: dict[str, Any] | None = json.loads(str(rows[0][0])) if rows else None
    return found


def remove_all(project: Project) -> None:
    """Remove every kept result: their keys do not tell whom they hold, and they can be found again."""
    project.state.execute("DELETE FROM stages")
