"""Matches the sources of a project with one another, and says what of it a person should look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from openslate.data.catalogue import Title
from openslate.data.matching.links import drop_outdated, keep
from openslate.data.matching.pairing import Link, match_titles
from openslate.data.matching.reading import titles_by_source
from openslate.data.matching.words import words
from openslate.errors import UsageError
from openslate.progress import Progress, silent, within
from openslate.project import Project


@dataclass(frozen=True)
class Matched:
    """What was found between two sources.

    Attributes:
        sources: the two, in order of their names.
        titles: how many each brought.
        sure: links that are taken.
        doubtful: links that a person should look at and has not spoken of, the surest first.
        settled: how many of the links a person has spoken of, whose word counts.
    """

    sources: tuple[str, str]
    titles: tuple[int, int]
    sure: tuple[Link, ...]
    doubtful: tuple[Link, ...]
    settled: int


def match_sources(
    project: Project, source: str | None = None, other: str | None = None, progress: Progress = silent
) -> tuple[Matched, ...]:
    """Match titles, and keep what is found in the place of what was found before. People's words stay as they are.

    Args:
        project: where.
        source: match this source with the others; None for every two.
        other: match only with this one.
        progress: told how far it is.

    Returns:
        One for each two sources, in order of their names.

    Raises:
        UsageError: a source brought no titles, is named twice, or there are not two.
        ProjectError: the state or a table cannot be read.
    """
    progress("Reading titles", 0.0)
    titles = titles_by_source(project)
    chosen = _chosen(titles, source, other)
    drop_outdated(project, titles)
    spoken = {(word.first, word.second) for word in words(project)}
    found = []
    for place, (one, two) in enumerate(chosen):
        share = within(progress, place / len(chosen), (place + 1) / len(chosen))
        pairs = match_titles(titles[one], titles[two], share)
        keep(project, (one, two), pairs)
        found.append(_matched((one, two), (len(titles[one]), len(titles[two])), pairs, spoken))
    return tuple(found)


def _matched(
    sources: tuple[str, str], titles: tuple[int, int], pairs: tuple[Link, ...], spoken: set[tuple[str, str]]
) -> Matched:
    unsettled = [link for link in pairs if (link.first, link.second) not in spoken]
    doubtful = sorted((link for link in unsettled if not link.is_sure), key=lambda link: -link.sureness)
    sure = tuple(link for link in unsettled if link.is_sure)
    return Matched(sources, titles, sure, tuple(doubtful), len(pairs) - len(unsettled))


def _chosen(titles: Mapping[str, tuple[Title, ...]], source: str | None, other: str | None) -> list[tuple[str, str]]:
    """The pairs of sources that were asked for."""
    named = [one for one in (source, other) if one is not None]
    for one in named:
        if one not in titles:
            raise UsageError(
                f"No title comes from a source {one!r}.",
                f"Name one of {', '.join(titles)}." if titles else "Import titles first, from two sources.",
            )
    if len(named) == 2 and source == other:
        raise UsageError(f"Source {source!r} is named twice.", "Name two sources: a source lists a title once.")
    if len(titles) < 2:
        raise UsageError(
            f"Titles come from {'one source' if titles else 'no source'}, and matching needs two.",
            "Import titles of another source, with --name to tell it apart.",
        )
    return [pair for pair in combinations(sorted(titles), 2) if set(named) <= set(pair)]
