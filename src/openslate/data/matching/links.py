"""What the rule found, kept in the project: pairs of titles, how sure each is, and why."""

import json
from collections.abc import Iterable, Sequence

from openslate.data.matching.pairing import Link
from openslate.data.matching.weighing import RULE
from openslate.project import Project
from openslate.storage.state import SqlValue


def keep(project: Project, sources: tuple[str, str], found: Sequence[Link]) -> None:
    """Put what was found between two sources in the place of what was found there before; people's words stay.

    Args:
        project: where.
        sources: the two, in any order.
        found: their links.
    """
    between = _between(sources)
    with project.state.transaction():
        project.state.execute("DELETE FROM title_links WHERE sources = ?", (between,))
        for link in found:
            project.state.execute(
                "INSERT OR REPLACE INTO title_links VALUES (?, ?, ?, ?, ?, ?)",
                (link.first, link.second, between, link.sureness, json.dumps(link.reasons, ensure_ascii=False), RULE),
            )


def drop_outdated(project: Project, sources: Iterable[str]) -> None:
    """Forget what was found between sources of which one brings no title any more.

    Args:
        project: where.
        sources: those that there are.
    """
    known = set(sources)
    with project.state.transaction():
        for (between,) in project.state.rows("SELECT DISTINCT sources FROM title_links"):
            if not known.issuperset(json.loads(str(between))):
                project.state.execute("DELETE FROM title_links WHERE sources = ?", (between,))


def links(project: Project, title: str | None = None) -> tuple[Link, ...]:
    """What the rule found, in order of ids.

    Args:
        project: where.
        title: only links of this title; None for all.
    """
    condition, values = ("", ()) if title is None else (" WHERE first = ? OR second = ?", (title, title))
    query = f"SELECT first, second, sureness, reasons FROM title_links{condition} ORDER BY first, second"
    return tuple(_link(row) for row in project.state.rows(query, values))


def _link(row: tuple[SqlValue, ...]) -> Link:
    first, second, sureness, reasons = row
    return Link(str(first), str(second), float(str(sureness)), tuple(json.loads(str(reasons))))


def _between(sources: tuple[str, str]) -> str:
    return json.dumps(sorted(sources), ensure_ascii=False)
