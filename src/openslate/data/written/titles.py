"""Which title a text is of: by its id, or by a name that one title alone has."""

from dataclasses import dataclass
from functools import cached_property

from openslate.data.catalogue import Title
from openslate.data.matching.groups import SameTitles, same_titles
from openslate.data.matching.names import parse_name
from openslate.data.matching.reading import titles_by_source
from openslate.project import Project

MOST_NAMED = 5


@dataclass(frozen=True)
class Named:
    """The titles of a project by id and by name.

    Attributes:
        titles: of every source.
        same: which of them are one.
    """

    titles: tuple[Title, ...]
    same: SameTitles

    @cached_property
    def ids(self) -> frozenset[str]:
        """Of the titles."""
        return frozenset(title.title for title in self.titles)

    @cached_property
    def _by_name(self) -> dict[tuple[str, int | None], dict[str, set[int]]]:
        """From a name and a season to the titles that have it, with the years of their releases."""
        found: dict[tuple[str, int | None], dict[str, set[int]]] = {}
        for title in self.titles:
            name = parse_name(title.name)
            years = {title.released.year} if title.released else {name.year} if name.year else set()
            for variant in name.variants:
                here = found.setdefault((variant.bare, name.season), {})
                here.setdefault(self.same.canonical(title.title), set()).update(years)
        return found

    def find(self, said: str) -> tuple[str, ...]:
        """The titles that a text names: one where it is sure, none or several where it is not.

        Args:
            said: an id, or a name, with or without the year of release in brackets.
        """
        if said in self.ids:
            return (said,)
        name = parse_name(said)
        found: dict[str, set[int]] = {}
        for variant in name.variants:
            for title, years in self._by_name.get((variant.bare, name.season), {}).items():
                found.setdefault(title, set()).update(years)
        return tuple(sorted(title for title, years in found.items() if name.year is None or name.year in years))


def named_titles(project: Project) -> Named:
    """The titles of a project by id and by name.

    Raises:
        ProjectError: a table cannot be read.
    """
    every = tuple(title for titles in titles_by_source(project).values() for title in titles)
    return Named(every, same_titles(project))
