"""Colours of the typographic tiles, chosen by what a title's genres feel like."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Four colours of one poster, `#rrggbb`.

    Attributes:
        ground: behind everything.
        ink: the type; at least 4.5:1 against the ground.
        bold: the shape that is seen first.
        soft: the shape behind it, close to the ground.
    """

    ground: str
    ink: str
    bold: str
    soft: str


_MOODS: dict[str, tuple[Palette, ...]] = {
    "shadow": (
        Palette("#14110f", "#f3ece2", "#c8202f", "#4a1219"),
        Palette("#101820", "#e8edf0", "#f2c230", "#2b3a45"),
        Palette("#e9e4d8", "#1a1714", "#b3261e", "#c9c0ac"),
        Palette("#1c1430", "#efe8ff", "#e4572e", "#3d2a63"),
        Palette("#0e1f1b", "#e6f2ea", "#9fd356", "#1f423a"),
        Palette("#c8202f", "#fff5ec", "#170d0d", "#e2525a"),
    ),
    "daylight": (
        Palette("#ffd23f", "#1d1a2f", "#e23a5f", "#fff0b8"),
        Palette("#f7f0e3", "#1f2a44", "#ff6b35", "#ffd6a5"),
        Palette("#1d3557", "#fdf6e3", "#ffb703", "#457b9d"),
        Palette("#bfe3d0", "#16302b", "#d1495b", "#e9f5ec"),
        Palette("#f4765a", "#24101c", "#ffe66d", "#f9a68f"),
        Palette("#8fd3f4", "#12263a", "#ff5d5d", "#d3effc"),
    ),
    "heart": (
        Palette("#f6d8d5", "#4a1528", "#c2385a", "#edb5b4"),
        Palette("#5a1230", "#fbe9e4", "#f28482", "#7f2746"),
        Palette("#fbeee6", "#3b1f2b", "#d9644a", "#f2c9b8"),
        Palette("#2f1b41", "#fde2f3", "#e56b9c", "#553a6d"),
        Palette("#d8e2dc", "#3d2c3a", "#b5546f", "#f4cfd0"),
    ),
    "elsewhere": (
        Palette("#0b1e3b", "#e3f1ff", "#2ec4f1", "#17406f"),
        Palette("#1f1147", "#efe6ff", "#ff7a59", "#46289a"),
        Palette("#d9e4f5", "#0e2148", "#5b3fd1", "#a9c0e8"),
        Palette("#062c30", "#e2fbf4", "#35d0a5", "#0e5257"),
        Palette("#13151f", "#f1f1f6", "#f5e663", "#343a56"),
        Palette("#4b2bbf", "#f4efff", "#ffd166", "#6a4fd6"),
    ),
    "heat": (
        Palette("#b4380f", "#fff4e6", "#241a15", "#dd6a35"),
        Palette("#e8c48a", "#2a1a10", "#a33b1b", "#d3a35e"),
        Palette("#23303a", "#f5efe3", "#ef8a2b", "#41535f"),
        Palette("#f1e7d3", "#26201b", "#c4461f", "#dcc79f"),
        Palette("#2d3a22", "#f3efdc", "#e3b23c", "#50633d"),
        Palette("#f2a51e", "#221605", "#8c1c13", "#f8c767"),
    ),
    "dusk": (
        Palette("#1f3a4d", "#f2ede3", "#e0a458", "#37607a"),
        Palette("#efe9df", "#22303c", "#9c3d3d", "#d5c9b5"),
        Palette("#3a2e39", "#f4e9e4", "#f2a07b", "#5d4a5b"),
        Palette("#cfd8d7", "#1d2b32", "#2f6f73", "#a9bab9"),
        Palette("#6b2737", "#fbeede", "#f0b67f", "#8d4354"),
        Palette("#dfc9a5", "#2c2430", "#4b4a7d", "#c9ab7c"),
    ),
    "record": (
        Palette("#f4f1ea", "#20211f", "#3f6f5e", "#d9d3c3"),
        Palette("#e3e0d5", "#2a2618", "#8c6d1f", "#c7c0a8"),
        Palette("#22372b", "#f1efe2", "#d8b05c", "#3d5a49"),
        Palette("#33312e", "#f3efe8", "#df8052", "#55514b"),
        Palette("#dbe4e8", "#1b2a33", "#29648a", "#b3c6cf"),
    ),
}

_MOOD_OF_GENRE = {
    "horror thriller crime mystery noir": "shadow",
    "comedy family children kids animation music": "daylight",
    "romance romantic": "heart",
    "science sci-fi fantasy supernatural": "elsewhere",
    "action adventure war western sport": "heat",
    "documentary history biography news reality factual": "record",
}


def palettes_for(genres: Sequence[str]) -> tuple[Palette, ...]:
    """The palettes that suit the first genre with a mood of its own; drama and the unknown get dusk.

    Example:
        >>> palettes_for(("Drama", "Film-Noir"))[0].bold, palettes_for(())[0].ground
        ('#c8202f', '#1f3a4d')
    """
    for genre in genres:
        for words, mood in _MOOD_OF_GENRE.items():
            if any(word in genre.lower() for word in words.split()):
                return _MOODS[mood]
    return _MOODS["dusk"]


def all_palettes() -> tuple[Palette, ...]:
    """Every palette, mood by mood."""
    return tuple(palette for palettes in _MOODS.values() for palette in palettes)
