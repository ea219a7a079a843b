"""The page a simulated service shows: a known random policy, so that every impression has its exact probability.

The page is the same for everybody in a country on a day, up to chance: its places are filled one after the other,
each with a title that is not on the page yet. With probability `exploration` the title is drawn evenly from all that
are released, otherwise from the country's front deck.
"""

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.attention import FRONT_CARDS, Attention
from openslate.data.simulate.settings import SimulatorSettings


def show_pages(
    random: np.random.Generator,
    settings: SimulatorSettings,
    attention: Attention,
    day: NDArray[np.int64],
    country: NDArray[np.int64],
) -> NDArray[np.uint16]:
    """One page for each session.

    A draw that repeats an earlier place is thrown away and drawn again. A value once held by an earlier place stays
    held by some earlier place, so the result is the same as filling the places in order without repetition.

    Args:
        random: where chance comes from.
        settings: places and exploration are used.
        attention: the decks.
        day: int64 [sessions].
        country: int64 [sessions].

    Returns:
        uint16 [sessions, places], titles in reading order: row after row.
    """
    pages = _draw(random, settings, attention, day[:, None], country[:, None], (len(day), settings.places))
    # which places may clash with an earlier one: the strict lower triangle
    earlier = np.tri(settings.places, k=-1, dtype=bool)
    dirty = np.arange(len(day))
    while len(dirty):
        shown = np.ascontiguousarray(pages[dirty].T)
        clashes = ((shown[:, None, :] == shown[None, :, :]) & earlier[:, :, None]).any(axis=1)
        place, which = np.nonzero(clashes)
        session = dirty[which]
        pages[session, place] = _draw(random, settings, attention, day[session], country[session], session.shape)
        dirty = np.unique(session)
    return pages


def looking(settings: SimulatorSettings, places: int) -> NDArray[np.float32]:
    """The chance that a member looks at each place of a page, float32 [places] in reading order.

    It falls from row to row and from left to right: `row_attention ** row * slot_attention ** slot`.

    Args:
        settings: slots, row_attention and slot_attention are used.
        places: how many titles the page shows.

    Example:
        >>> looking(SimulatorSettings(slots=2, row_attention=0.5, slot_attention=0.25), places=3).tolist()
        [1.0, 0.25, 0.5]
    """
    row, slot = np.divmod(np.arange(places), settings.slots)
    chances: NDArray[np.float32] = (settings.row_attention**row * settings.slot_attention**slot).astype(np.float32)
    return chances


def propensities(
    settings: SimulatorSettings,
    attention: Attention,
    day: NDArray[np.int64],
    country: NDArray[np.int64],
    pages: NDArray[np.uint16],
) -> NDArray[np.float64]:
    """The exact probability of each title at its place, given the places before it: float64 [sessions, places].

    Args:
        settings: exploration is used.
        attention: the decks.
        day: int64 [sessions].
        country: int64 [sessions].
        pages: uint16 [sessions, places], from `show_pages`.
    """
    first_draw = np.empty(pages.shape)
    deck_of = day * len(settings.countries) + country
    for deck in np.unique(deck_of):
        sessions = np.flatnonzero(deck_of == deck)
        shares = page_shares(settings, attention, *divmod(int(deck), len(settings.countries)))
        first_draw[sessions] = shares[pages[sessions]]
    used_up = np.cumsum(first_draw, axis=1) - first_draw
    return first_draw / (1 - used_up)


def page_shares(settings: SimulatorSettings, attention: Attention, day: int, country: int) -> NDArray[np.float64]:
    """The probability of each title in the first place of a page, float64 [titles]; 0 before release."""
    n_released = int(attention.n_released[day])
    shares = (1 - settings.exploration) * attention.shares(attention.front[day, country])
    shares[attention.by_release[:n_released]] += settings.exploration / n_released
    return shares


def _draw(
    random: np.random.Generator,
    settings: SimulatorSettings,
    attention: Attention,
    day: NDArray[np.int64],
    country: NDArray[np.int64],
    shape: tuple[int, ...],
) -> NDArray[np.uint16]:
    cards = random.integers(FRONT_CARDS, size=shape, dtype=np.uint16)
    # one flat index is several times faster than three
    drawn = attention.front.take((day * len(settings.countries) + country) * FRONT_CARDS + cards)
    explored = np.nonzero(random.random(shape, dtype=np.float32) < settings.exploration)
    days = np.broadcast_to(day, shape)[explored]
    places = (random.random(len(days)) * attention.n_released[days]).astype(np.int64)
    drawn[explored] = attention.by_release[places]
    return drawn
