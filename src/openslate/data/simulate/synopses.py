"""What a title is about: its place and people, and two or three sentences that tell it."""

import numpy as np

from openslate.data.simulate.dark_plots import DARK_PLOTS
from openslate.data.simulate.light_plots import LIGHT_PLOTS
from openslate.data.simulate.names import Story
from openslate.data.simulate.traditions import Character, invent_character, invent_place, pick

PLOTS = DARK_PLOTS | LIGHT_PLOTS

CLOSING_SHARE = 0.7


def invent_story(random: np.random.Generator, tradition: str) -> Story:
    """The people and the place of one title: the words that its name and its synopsis share.

    Args:
        random: where chance comes from.
        tradition: a key of TRADITIONS, usually that of the country of origin.
    """
    lead = invent_character(random, tradition)
    other = _somebody_else(random, tradition, lead)
    return {
        "lead": lead.given,
        "given": lead.given,
        "family": lead.family,
        "full": lead.full,
        "they": lead.they,
        "them": lead.them,
        "their": lead.their,
        "other": other.given,
        "given2": other.given,
        "family2": other.family,
        "place": invent_place(random, tradition),
    }


def tell(random: np.random.Generator, story: Story, genres: list[str]) -> str:
    """A synopsis of two or three sentences: the first genre opens, and any of the genres may turn and close it.

    Args:
        random: where chance comes from.
        story: from `invent_story`.
        genres: keys of PLOTS, the first one the most important.
    """
    plot = PLOTS[genres[0]]
    sentences = [pick(random, plot.openings), pick(random, PLOTS[_any_genre(random, genres)].turns)]
    if random.random() < CLOSING_SHARE:
        sentences.append(pick(random, PLOTS[_any_genre(random, genres)].closings))
    told = story | {"role": pick(random, plot.roles)}
    return " ".join(sentence.format_map(told) for sentence in sentences)


def _any_genre(random: np.random.Generator, genres: list[str]) -> str:
    return genres[0] if random.random() < 0.6 else pick(random, genres)


def _somebody_else(random: np.random.Generator, tradition: str, lead: Character) -> Character:
    while True:
        other = invent_character(random, tradition)
        if other.given != lead.given:
            return other
