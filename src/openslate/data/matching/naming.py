"""Titles as people name them: by id, by name, or by one half of a name that stands in two languages."""

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from openslate.errors import UsageError
from openslate.project import Project

NAMED = 3
"""Titles that a person is asked about who named none."""
LISTED = 12
"""Titles that are listed where several are meant."""
SHARED = 0.6
"""Share of the words of a name from which on a title with them may be meant."""
HALVES = "//"
"""Between the name as the publisher writes it and the original one."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class NamedTitles:
    """Titles that a person may name.

    Attributes:
        ids: of each; several rows may be of one title.
        names: of each.
        same: from an id to the one that stands for all that are one with it.

    Example:
        >>> titles = NamedTitles(("n1", "n2"), ("Squid Game: Season 1 // 오징어 게임: 시즌 1", "Ash"))
        >>> titles.place("squid game: season 1"), titles.place("오징어 게임: 시즌 1"), titles.place("n2")
        (0, 0, 1)
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    same: Callable[[str], str] = str

    def place(self, asked: str) -> int:
        """Where the title stands that is named by its id, its name or a half of that, in any case.

        Raises:
            UsageError: there is none, or there are several; with their names and ids.
        """
        found = self.places(asked)
        if not found:
            raise UsageError(f"There is no title {asked!r}.", self._nearest(asked))
        ids = sorted({self.same(self.ids[place]) for place in found})
        if len(ids) > 1:
            each = sorted({self.ids[place] for place in found})
            raise UsageError(f"{asked!r} is the name of {len(ids)} titles.", f"Give the id: {', '.join(each[:5])}.")
        return found[0]

    def places(self, asked: str) -> tuple[int, ...]:
        """Where the titles stand that are named so; nowhere where there is none."""
        by_id = tuple(place for place, one in enumerate(self.ids) if one == asked)
        return by_id or tuple(self._by_name.get(_folded(asked), ()))

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(_folded(name) for name in self.names)

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self._folded):
            for half in _halves(name):
                found[half].append(place)
        found.pop("", None)
        return found

    def _nearest(self, asked: str) -> str:
        """The titles that may be meant: seasons of a series, those with its words, then by letters."""
        wanted = _folded(asked[:200])
        seasons = [place for place, name in enumerate(self._folded) if wanted and _begins(name, wanted)]
        if seasons:
            order = sorted(seasons, key=lambda place: (self._folded[place], self.ids[place]))
            more = f" (and {len(order) - LISTED} more)" if len(order) > LISTED else ""
            return f"Titles that begin so are {self._told(order[:LISTED], ', ')}{more}: name one of them."
        words = _words(wanted)
        shared = [len(words & _words(name)) / max(len(words), 1) for name in self._folded]
        close = difflib.get_close_matches(wanted, list(self._by_name), n=NAMED, cutoff=0.5)
        letters = {place for half in close for place in self._by_name[half]}
        likely = sorted(
            (-share, abs(len(_words(name)) - len(words)), name, place)
            for place, (share, name) in enumerate(zip(shared, self._folded, strict=True))
            if share >= SHARED or place in letters
        )
        if not likely:
            return "Give the id or the name of a title in the catalogue."
        return f"Did you mean {self._told([place for *_, place in likely[:NAMED]], ' or ')}?"

    def _told(self, places: Sequence[int], between: str) -> str:
        return between.join(f"{self.names[place]!r} ({self.ids[place]})" for place in places)


def titles_named(project: Project) -> NamedTitles:
    """The titles of a project's catalogue; those that are one stand for each other.

    Raises:
        ProjectError: the state or a table cannot be read.
    """
    # Groups rest on what people said of titles, whom they name as they are named here.
    from openslate.data.catalogue import read_catalogue
    from openslate.data.matching.groups import same_titles

    titles = read_catalogue(project).titles
    return NamedTitles(
        tuple(one.title for one in titles), tuple(one.name for one in titles), same_titles(project).canonical
    )


def title_named(project: Project, asked: str) -> str:
    """The id of the title that a person named by its id, its name or a half of that.

    Args:
        project: where.
        asked: as it was said.

    Raises:
        UsageError: there is no such title, or there are several; with names and ids.
        ProjectError: the state or a table cannot be read.
    """
    named = titles_named(project)
    return named.ids[named.place(asked)]


def _folded(name: str) -> str:
    """A name as it is compared: case and spaces say nothing."""
    return " ".join(name.casefold().split())


def _halves(name: str) -> tuple[str, ...]:
    """A folded name and, where it stands in two languages, each half of it."""
    return tuple(dict.fromkeys((name, *(half.strip() for half in name.split(HALVES)))))


def _begins(name: str, wanted: str) -> bool:
    """Whether a title is of what was named: 'squid game: season 2' of 'squid game'."""
    return any(half.startswith((f"{wanted}:", f"{wanted} -", f"{wanted} –")) for half in _halves(name))


def _words(name: str) -> set[str]:
    """The words of a name, of two names the first's; that it is a season is in none of them."""
    return set(_WORD.findall(name.partition(HALVES)[0])) - {"season", "series"}
