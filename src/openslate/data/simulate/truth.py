"""The hidden truth about titles, and the one formula that says how much a member wants a title.

The formula is built from pieces that linear item-item models and decayed popularity do not have: ideal points with a
width (a mood enjoys what lies near it and is indifferent to everything far away), several moods, favourite people,
languages, and a hidden quality that is felt only while watching.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.catalogue import Catalogue
from openslate.data.simulate.countries import COUNTRIES
from openslate.data.simulate.people import THEMES
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.simulate.tastes import AGE_BANDS, Communities

NEARNESS = 7.0
"""What a title at a mood's ideal point gains over one far away, in units of log odds."""

FAVOURITE = 1.0
"""What a favourite director or lead adds."""

SEEN = 3.0
"""What having watched a title already takes away."""

N_COMMUNITIES = 20


@dataclass(frozen=True)
class Truth:
    """What decides how titles are received.

    Attributes:
        themes: float32 [titles, THEMES], where each title lies; only partly told by its genres and credits.
        promise: float32 [titles], how attractive a title looks to anybody.
        substance: float32 [titles], how good it turns out to be.
        language_fit: float32 [countries, titles], times a member's `own_language`.
        crew: int32 [titles, 3], the people who may be somebody's favourites.
        episodes: int64 [titles], 1 for a film.
        seconds: float64 [titles], runtime of a film or of one episode.
        shelves: float32 [genres, THEMES], the middle of each genre.
        communities: where tastes gather.
    """

    themes: NDArray[np.float32]
    promise: NDArray[np.float32]
    substance: NDArray[np.float32]
    language_fit: NDArray[np.float32]
    crew: NDArray[np.int32]
    episodes: NDArray[np.int64]
    seconds: NDArray[np.float64]
    shelves: NDArray[np.float32]
    communities: Communities


def invent_truth(settings: SimulatorSettings, catalogue: Catalogue, random: np.random.Generator) -> Truth:
    """Give every title of the catalogue its hidden side.

    Args:
        settings: countries are used.
        catalogue: genres, crew, origins and kinds are used.
        random: where chance comes from.
    """
    n = settings.titles
    themes = _themes(random, catalogue)
    quality = random.normal(size=n)
    return Truth(
        themes=themes,
        promise=(0.45 * quality + 0.35 * random.normal(size=n)).astype(np.float32),
        substance=(0.7 * quality + 0.5 * random.normal(size=n)).astype(np.float32),
        language_fit=_language_fit(settings, catalogue),
        crew=catalogue.crew.astype(np.int32),
        episodes=np.where(catalogue.series, random.choice((6, 8, 10, 12, 16, 24), size=n), 1),
        seconds=catalogue.table["runtime_minutes"] * 60.0,
        shelves=_middles(themes, catalogue.genres),
        communities=_communities(random, settings, themes),
    )


def wanting(
    distances: NDArray[np.float32],
    width: NDArray[np.float32],
    promise: NDArray[np.float32],
    language: NDArray[np.float32],
    has_favourite: NDArray[np.bool_],
) -> NDArray[np.float32]:
    """How much members in a mood want titles, in log odds; all arguments are broadcast against each other.

    Args:
        distances: squared distance of the title from the mood's ideal point.
        width: how far from its ideal point the mood still enjoys things.
        promise: from `Truth`.
        language: a title's `language_fit` times the member's `own_language`.
        has_favourite: whether a favourite of the member is in the crew.
    """
    nearness = np.exp(distances / (np.float32(-2) * width * width))
    admired = np.where(has_favourite, np.float32(FAVOURITE), np.float32(0))
    wanted: NDArray[np.float32] = np.float32(NEARNESS) * nearness + promise + language + admired
    return wanted


def enjoyment(wanted: NDArray[np.float32], substance: NDArray[np.float32]) -> NDArray[np.float32]:
    """The chance that somebody who has pressed play is glad of it, 0 to 1.

    Args:
        wanted: from `wanting`, in the mood of the moment.
        substance: from `Truth`.
    """
    chances: NDArray[np.float32] = 1 / (1 + np.exp(np.float32(3.2) - np.float32(0.8) * wanted - substance))
    return chances


def _themes(random: np.random.Generator, catalogue: Catalogue) -> NDArray[np.float32]:
    """The mean of a title's genres, pulled by its director and lead, and by what no page says."""
    genre_centres = random.normal(scale=1.3, size=(catalogue.genres.shape[1], THEMES))
    shares = catalogue.genres / catalogue.genres.sum(axis=1, keepdims=True)
    styles = catalogue.people.styles[catalogue.crew]
    own = random.normal(scale=0.75, size=(len(shares), THEMES))
    told = np.einsum("tg,gd->td", shares, genre_centres)
    return np.asarray(told + 0.5 * styles[:, 0] + 0.3 * styles[:, 1] + own, dtype=np.float32)


def _middles(themes: NDArray[np.float32], genres: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The mean of each genre's titles, float32 [genres, THEMES]."""
    totals = np.einsum("tg,td->gd", genres.astype(np.float64), themes.astype(np.float64))
    return np.asarray(totals / np.maximum(genres.sum(axis=0), 1)[:, None], dtype=np.float32)


def _language_fit(settings: SimulatorSettings, catalogue: Catalogue) -> NDArray[np.float32]:
    """1 for a title in the language of the country, .4 for English elsewhere, else 0."""
    spoken = np.array([COUNTRIES[country].language for country in settings.countries])
    of_title = catalogue.table["language"]
    own = of_title[None, :] == spoken[:, None]
    return np.where(own, 1.0, np.where(of_title == "en", 0.4, 0.0)).astype(np.float32)


def _communities(random: np.random.Generator, settings: SimulatorSettings, themes: NDArray[np.float32]) -> Communities:
    """Communities gather around titles; which are large depends on the country and on age."""
    around = random.choice(len(themes), size=N_COMMUNITIES, replace=False)
    sizes = random.gamma(2.0, size=N_COMMUNITIES)
    by_country = random.gamma(2.0, size=(len(settings.countries), 1, N_COMMUNITIES))
    by_age = random.gamma(2.0, size=(1, len(AGE_BANDS), N_COMMUNITIES))
    weights = sizes * by_country * by_age
    return Communities(
        centres=(0.9 * themes[around] + random.normal(scale=0.3, size=(N_COMMUNITIES, THEMES))).astype(np.float32),
        weights=weights / weights.sum(axis=2, keepdims=True),
    )
