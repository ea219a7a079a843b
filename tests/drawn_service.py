"""A service of a few dozen members drawn by lot, for tests of what real services lack."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np

from openslate.project import Project
from openslate.rights.consent import PURPOSES, Basis, grant_source
from tests.lake_rows import add_rows

GENRES = ("Comedy", "Crime", "Drama")
START = datetime(2024, 1, 1)


def members_of(count: int) -> list[str]:
    """Plain member ids."""
    return [f"ann{number}" for number in range(count)]


def add_titles(
    project: Project, count: int, genres: bool = True, dates: bool = True, names: Sequence[str] = ()
) -> None:
    """Titles t0, t1, ...: the first ones with the names given."""
    rows = []
    for number in range(count):
        name = names[number] if number < len(names) else f"Film {number}"
        released = date(2020, 1, 1) + timedelta(days=number) if dates else None
        rows.append((f"t{number}", name, "film", released, [GENRES[number % 3]] if genres else None))
    add_rows(project, "titles", list(rows))


def draw_events(members: Sequence[str], titles: int, events: int, seed: int = 0) -> list[tuple[str, str, datetime]]:
    """Who watched what when: members of one kind share a favourite third of the titles."""
    rng = np.random.default_rng(seed)
    drawn = []
    for place, member in enumerate(members):
        liked = np.where(np.arange(titles) % 3 == place % 3, 4.0, 1.0)
        for title in rng.choice(titles, size=min(events, titles), replace=False, p=liked / liked.sum()):
            drawn.append((member, f"t{title}", START + timedelta(minutes=int(rng.integers(60 * 24 * 60)))))
    return drawn


def add_plays(project: Project, events: Sequence[tuple[str, str, datetime]]) -> None:
    """Plays watched to the end."""
    add_rows(project, "plays", [(*event, 5000.0, 1.0) for event in events])


def add_ratings(project: Project, events: Sequence[tuple[str, str, datetime]]) -> None:
    """Ratings of four stars."""
    add_rows(project, "ratings", [(*event, 4.0) for event in events])


def allow(project: Project) -> None:
    """A basis for everything."""
    grant_source(project, "test", Basis("Terms of membership, section 4.", PURPOSES))
