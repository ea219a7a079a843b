"""The genres of a simulated catalogue: which go together, how old, how long and how daring their titles are."""

from dataclasses import dataclass

MATURITY = ("ALL", "7", "13", "16", "18")
"""An invented, neutral scale: suited to everybody, or from that age on."""


@dataclass(frozen=True)
class Genre:
    """One genre, as the catalogue is made from it.

    Attributes:
        weight: how common it is as a title's first genre.
        companions: genres that may stand beside it, in no order.
        series: share of its titles that are series.
        film_minutes: usual runtime of a film.
        episode_minutes: usual runtime of one episode.
        maturity: weights of the steps of MATURITY.
    """

    weight: float
    companions: tuple[str, ...]
    series: float
    film_minutes: int
    episode_minutes: int
    maturity: tuple[int, int, int, int, int]


GENRES: dict[str, Genre] = {
    "Drama": Genre(17, ("Romance", "History", "Music", "Crime", "Mystery"), 0.35, 112, 51, (1, 2, 5, 4, 1)),
    "Comedy": Genre(14, ("Romance", "Drama", "Family", "Crime", "Music"), 0.45, 98, 27, (1, 3, 6, 3, 1)),
    "Thriller": Genre(9, ("Crime", "Mystery", "Drama", "Science fiction"), 0.40, 108, 49, (0, 0, 3, 6, 3)),
    "Crime": Genre(9, ("Drama", "Thriller", "Mystery", "Comedy"), 0.60, 111, 52, (0, 0, 3, 6, 3)),
    "Romance": Genre(8, ("Comedy", "Drama", "Music", "History"), 0.35, 102, 44, (1, 3, 6, 2, 0)),
    "Science fiction": Genre(6, ("Thriller", "Adventure", "Drama", "Mystery"), 0.45, 118, 53, (0, 1, 6, 4, 1)),
    "Fantasy": Genre(6, ("Adventure", "Family", "Romance", "Horror"), 0.50, 117, 50, (1, 4, 5, 2, 1)),
    "Horror": Genre(6, ("Mystery", "Thriller", "Fantasy", "Comedy"), 0.25, 96, 43, (0, 0, 1, 5, 6)),
    "Adventure": Genre(5, ("Family", "Fantasy", "History", "Comedy"), 0.30, 114, 46, (1, 4, 5, 1, 0)),
    "Documentary": Genre(7, ("History", "Music", "Crime", "Adventure"), 0.35, 88, 47, (3, 4, 4, 1, 0)),
    "Family": Genre(5, ("Adventure", "Comedy", "Fantasy", "Music"), 0.45, 93, 24, (8, 3, 0, 0, 0)),
    "History": Genre(4, ("Drama", "Adventure", "Romance", "Mystery"), 0.50, 124, 54, (0, 2, 5, 4, 1)),
    "Mystery": Genre(5, ("Crime", "Drama", "Thriller", "Comedy"), 0.60, 106, 50, (0, 1, 5, 4, 1)),
    "Music": Genre(3, ("Drama", "Romance", "Comedy", "Documentary"), 0.25, 104, 42, (2, 4, 4, 1, 0)),
}
