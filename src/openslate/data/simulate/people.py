"""The invented people who make titles: how they are called, how often they work, and in what style."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.countries import COUNTRIES
from openslate.data.simulate.genres import GENRES
from openslate.data.simulate.traditions import invent_character

THEMES = 8
"""Dimensions of the hidden space in which titles lie and members' tastes point."""

_CRAFTS = ("director", "writer", "cast")
_CRAFT_SHARES = (0.16, 0.20, 0.64)


@dataclass(frozen=True)
class People:
    """Everybody who may appear in credits.

    Attributes:
        names: given and family name, [people], all different.
        countries: int64 [people], index into the service's countries.
        crafts: int64 [people], 0 director, 1 writer, 2 cast.
        home_genres: int64 [people], the genre a person is called for most.
        fame: float64 [people], how often a person is called; heavy-tailed.
        styles: float32 [people, THEMES], where a person pulls a title in the hidden space.
    """

    names: list[str]
    countries: NDArray[np.int64]
    crafts: NDArray[np.int64]
    home_genres: NDArray[np.int64]
    fame: NDArray[np.float64]
    styles: NDArray[np.float32]

    def pool(self, country: int, craft: int) -> NDArray[np.int64]:
        """The people of one country and craft, as indices."""
        return np.flatnonzero((self.countries == country) & (self.crafts == craft))


def invent_people(
    random: np.random.Generator, countries: tuple[str, ...], titles_per_country: NDArray[np.int64]
) -> People:
    """As many people as the titles of each country need, so that some are seen again and again.

    Args:
        random: where chance comes from.
        countries: ISO 3166 codes.
        titles_per_country: int64 [countries].
    """
    homes = np.repeat(np.arange(len(countries)), 24 + (1.1 * titles_per_country).astype(np.int64))
    crafts = random.choice(len(_CRAFTS), size=len(homes), p=_CRAFT_SHARES)
    # every craft is there in every country, however small
    first_of_country = np.flatnonzero(np.diff(homes, prepend=-1))
    for craft in range(len(_CRAFTS)):
        for spare in range(6):
            crafts[first_of_country + 6 * craft + spare] = craft
    return People(
        names=_different_names(random, [COUNTRIES[countries[home]].tradition for home in homes]),
        countries=homes,
        crafts=crafts,
        home_genres=random.integers(len(GENRES), size=len(homes)),
        fame=np.minimum(random.pareto(1.8, size=len(homes)) + 0.3, 8.0),
        styles=random.normal(size=(len(homes), THEMES)).astype(np.float32),
    )


def _different_names(random: np.random.Generator, traditions: list[str]) -> list[str]:
    """One name for each tradition given; a name that is taken gets a middle initial."""
    taken: dict[str, None] = {}
    for tradition in traditions:
        character = invent_character(random, tradition)
        name = character.full
        while name in taken:
            initial = "ABCDEFGHIJKLMNOPRSTVW"[int(random.integers(21))]
            name = f"{character.given} {initial}. {character.family}"
            character = invent_character(random, tradition)
        taken[name] = None
    return list(taken)
