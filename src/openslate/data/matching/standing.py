"""What a title is matched with, and why: the rule's findings and people's words on one title."""

from dataclasses import dataclass

from openslate.data.matching.groups import same_titles
from openslate.data.matching.links import links
from openslate.data.matching.naming import title_named
from openslate.data.matching.reading import names_of
from openslate.data.matching.words import Word, history
from openslate.project import Project


@dataclass(frozen=True)
class Beside:
    """Another title, and what is known of whether it is the same.

    Attributes:
        title: its id.
        name: what it is called.
        source: what brought it.
        is_same: whether it counts as the same title now.
        sureness: as the rule has it; None where the rule finds nothing in common.
        reasons: the rule's, in words.
        words: what people said of the pair, the latest last.
    """

    title: str
    name: str
    source: str
    is_same: bool
    sureness: float | None
    reasons: tuple[str, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Standing:
    """A title among those of other sources.

    Attributes:
        title: its id.
        name: what it is called.
        source: what brought it.
        canonical: the id that stands for it and all that are one with it.
        beside: titles that are one with it, then those that may be or were said not to be, in order of ids.
    """

    title: str
    name: str
    source: str
    canonical: str
    beside: tuple[Beside, ...]


def standing(project: Project, title: str) -> Standing:
    """What a title is matched with.

    Args:
        project: where.
        title: its id, its name, or one half of a name in two languages.

    Raises:
        UsageError: there is no such title.
        ProjectError: the state or a table cannot be read.
    """
    title = title_named(project, title)
    same = same_titles(project)
    group = set(same.group(title))
    found = {_other(link.first, link.second, title): link for link in links(project, title)}
    said: dict[str, list[Word]] = {}
    for word in history(project):
        if title in (word.first, word.second):
            said.setdefault(_other(word.first, word.second, title), []).append(word)
    known = names_of(project, {title, *group, *found, *said})
    beside = [
        Beside(
            other,
            *known[other],
            other in group,
            found[other].sureness if other in found else None,
            found[other].reasons if other in found else (),
            tuple(said.get(other, ())),
        )
        for other in sorted(known)
        if other != title
    ]
    ordered = sorted(beside, key=lambda one: not one.is_same)
    return Standing(title, *known[title], same.canonical(title), tuple(ordered))


def _other(first: str, second: str, title: str) -> str:
    return second if first == title else first
