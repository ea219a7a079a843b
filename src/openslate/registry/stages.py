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
    rows = project.state.rows("SELECT result FROM stages WHERE key = ?", (key,))
    if rows:
        found: dict[str, Any] = json.loads(str(rows[0][0]))
        return found
    result = work()
    project.state.execute(
        "INSERT OR IGNORE INTO stages VALUES (?, ?, ?)",
        (key, json.dumps(result, sort_keys=True), clock.now().isoformat()),
    )
    return result
