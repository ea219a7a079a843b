"""What the whole service talks about from day to day: fame, launches, trends and local taste, as decks of cards.

A deck holds a fixed number of cards, each with a title on it; to draw a title in proportion to attention is to draw a
card, and a title's probability is exactly its number of cards over the size of the deck.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.catalogue import Catalogue
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.simulate.truth import Truth

FRONT_CARDS = 4_096
SHELF_CARDS = 1_024
SHELF_DAYS = 7
"""A genre's shelf is put in order once a week."""


@dataclass(frozen=True)
class Attention:
    """Decks for every day and country, and for every week and genre.

    Attributes:
        front: uint16 [days, countries, FRONT_CARDS], what is talked about in a country on a day.
        shelves: uint16 [weeks, genres, SHELF_CARDS], what is found on the shelf of a genre.
        by_release: int64 [titles], titles from the oldest to the newest.
        n_released: int64 [days], how many of them are out on a day.
    """

    front: NDArray[np.uint16]
    shelves: NDArray[np.uint16]
    by_release: NDArray[np.int64]
    n_released: NDArray[np.int64]

    def shares(self, deck: NDArray[np.uint16]) -> NDArray[np.float64]:
        """The probability of each title in one deck, float64 [titles]."""
        return np.bincount(deck, minlength=len(self.by_release)) / len(deck)


def invent_attention(
    settings: SimulatorSettings, catalogue: Catalogue, truth: Truth, random: np.random.Generator
) -> Attention:
    """Live through all days once, day after day, and write down what is talked about.

    Args:
        settings: days and countries are used.
        catalogue: release days and genres are used.
        truth: promise, substance and language fit are used.
        random: where chance comes from.
    """
    n = settings.titles
    days = catalogue.release_days
    fame = 0.6 * random.normal(size=n) + 0.5 * truth.promise
    launch = random.gamma(3.0, 0.5, size=n)
    fading = random.uniform(6, 25, size=n)
    local = 0.5 * random.normal(size=(len(settings.countries), n)) + 0.7 * truth.language_fit
    trend = np.zeros(n)
    front = np.empty((settings.days, len(settings.countries), FRONT_CARDS), dtype=np.uint16)
    shelves: list[NDArray[np.uint16]] = []
    for day in range(settings.days):
        age = np.maximum(day - days, 0)
        loudness = fame + launch * np.exp(-age / fading) - 0.22 * np.log1p(age / 365) + trend
        loudness[days > day] = -np.inf
        if day % SHELF_DAYS == 0:
            shelves.append(_shelves(loudness, catalogue.genres))
        front[day] = _decks(np.exp(loudness + local), FRONT_CARDS)
        trend = _spread(random, trend, loudness, truth.substance)
    by_release = np.argsort(days, kind="stable")
    n_released = np.searchsorted(days[by_release], np.arange(settings.days), side="right")
    return Attention(front, np.array(shelves), by_release, n_released)


def _spread(
    random: np.random.Generator,
    trend: NDArray[np.float64],
    loudness: NDArray[np.float64],
    substance: NDArray[np.float32],
) -> NDArray[np.float64]:
    """One day of contagion: what is watched and good is talked about; now and then something catches fire."""
    share = np.exp(loudness)
    crowd = share / share.mean()
    talk = 0.035 * np.log1p(crowd) * np.tanh(substance)
    sparks = random.exponential(1.1, size=len(trend)) * (random.random(len(trend)) < 0.001)
    spread: NDArray[np.float64] = 0.92 * trend + talk + sparks
    return spread


def _shelves(loudness: NDArray[np.float64], genres: NDArray[np.bool_]) -> NDArray[np.uint16]:
    """A deck for each genre; shelves are flatter than the front, so that less famous titles are found."""
    weights = np.where(genres.T, np.exp(0.5 * loudness), 0.0)
    # a genre without a released title borrows the shelf of everything
    empty = weights.sum(axis=1) == 0
    weights[empty] = np.exp(0.5 * loudness)
    return _decks(weights, SHELF_CARDS)


def _decks(weights: NDArray[np.float64], n_cards: int) -> NDArray[np.uint16]:
    """One deck for each row of weights, uint16 [rows, n_cards], with cards in proportion to weight."""
    heights = np.cumsum(weights, axis=1)
    edges = np.rint(n_cards * heights / heights[:, -1:]).astype(np.int64)
    cards = np.diff(edges, axis=1, prepend=0)
    n_rows, n_titles = weights.shape
    dealt = np.repeat(np.tile(np.arange(n_titles, dtype=np.uint16), n_rows), cards.ravel())
    return dealt.reshape(n_rows, n_cards)
