"""The titles that are one, by the rule where it is sure and by people above it: what other rooms join tables by."""

from dataclasses import dataclass
from functools import cached_property

from openslate.data.matching.joining import Joined
from openslate.data.matching.links import links
from openslate.data.matching.pairing import Link
from openslate.data.matching.reading import sources_of_titles
from openslate.data.matching.words import Word, words
from openslate.project import Project


@dataclass(frozen=True)
class SameTitles:
    """Groups of titles that are one and the same.

    Attributes:
        groups: those of more than one title, each sorted; the first id stands for the whole group.

    Example:
        >>> same = SameTitles((("a", "x"),))
        >>> same.canonical("x"), same.canonical("z"), same.group("x")
        ('a', 'z', ('a', 'x'))
    """

    groups: tuple[tuple[str, ...], ...]

    @cached_property
    def _first(self) -> dict[str, tuple[str, ...]]:
        return {title: group for group in self.groups for title in group}

    def canonical(self, title: str) -> str:
        """The id that stands for all that are one with a title; itself where there is none."""
        return self.group(title)[0]

    def group(self, title: str) -> tuple[str, ...]:
        """All ids of a title, sorted."""
        return self._first.get(title, (title,))


def same_titles(project: Project) -> SameTitles:
    """Which titles are one now.

    What people confirmed is joined first, then what the rule is sure of, the surest first. Nothing is joined that would
    bring a parted pair together, or two titles of one source, which lists a film once, unless somebody confirmed it.

    Args:
        project: where.

    Raises:
        ProjectError: the state or a table cannot be read.
    """
    return SameTitles(tuple(grouped(links(project), words(project), sources_of_titles(project))))


def grouped(found: tuple[Link, ...], said: tuple[Word, ...], sources: dict[str, str]) -> list[tuple[str, ...]]:
    """The groups, as a pure function.

    Args:
        found: what the rule found, in any order.
        said: what people said, one word a pair.
        sources: the source of every title there is; links and words of others are passed over.
    """
    joined = Joined((word.first, word.second) for word in said if not word.same)
    for word in sorted(said, key=lambda word: (word.first, word.second)):
        if word.same and word.first in sources and word.second in sources:
            joined.join(word.first, word.second)
    for link in sorted(found, key=lambda link: (-link.sureness, link.first, link.second)):
        if link.is_sure and link.first in sources and link.second in sources:
            brought = [{sources[title] for title in joined.members(one)} for one in (link.first, link.second)]
            if not brought[0] & brought[1]:
                joined.join(link.first, link.second)
    return joined.groups()
