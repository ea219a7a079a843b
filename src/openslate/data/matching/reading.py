"""Titles with the source that brought each, as matching compares them; synopses are not read.

What is reserved against learning (R18) is text; names, dates and credits say which film a title is, and nothing is
learned from them here: the rule is fixed.
"""

from openslate.data.catalogue import Title, newest_titles
from openslate.project import Project

_COLUMNS = "title, name, kind, released, language, runtime_minutes, credits, source"


def titles_by_source(project: Project) -> dict[str, tuple[Title, ...]]:
    """The titles of every source, each in the version imported last, in order of their ids.

    Raises:
        ProjectError: a file cannot be read.
    """
    relation = newest_titles(project, project.lake.snapshot("titles"))
    with project.lake.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM {relation} ORDER BY title").fetchall()
    found: dict[str, list[Title]] = {}
    for title, name, kind, released, language, runtime, credits, source in rows:
        credited = tuple((one["name"], one["role"]) for one in credits or () if one["name"])
        found.setdefault(source, []).append(
            Title(title, name, kind, released, (), language, runtime, None, None, credited)
        )
    return {source: tuple(titles) for source, titles in sorted(found.items())}


def sources_of_titles(project: Project) -> dict[str, str]:
    """The source of every title, in order of ids."""
    relation = newest_titles(project, project.lake.snapshot("titles"))
    with project.lake.reading() as connection:
        rows = connection.execute(f"SELECT title, source FROM {relation} ORDER BY title").fetchall()
    return {str(title): str(source) for title, source in rows}


def names_of(project: Project, titles: set[str]) -> dict[str, tuple[str, str]]:
    """Name and source of those titles that there are."""
    relation = newest_titles(project, project.lake.snapshot("titles"))
    with project.lake.reading() as connection:
        rows = connection.execute(
            f"SELECT title, name, source FROM {relation} WHERE title IN (SELECT unnest(?))", [sorted(titles)]
        ).fetchall()
    return {str(title): (str(name), str(source)) for title, name, source in rows}
