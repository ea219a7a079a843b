"""The countries a simulated service can open in: their size, language and clock."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """One country, as the simulator sees it.

    Attributes:
        language: ISO 639-1 code of the language its films are made in.
        tradition: which naming tradition its people and places follow (see `traditions`).
        clock: hours that its clocks are ahead of UTC (one zone per country, no summer time).
        members: its weight when members are spread over countries.
        studios: its weight when titles are spread over countries.
    """

    language: str
    tradition: str
    clock: int
    members: float
    studios: float


COUNTRIES: dict[str, Country] = {
    "US": Country("en", "english", -6, 26, 26),
    "GB": Country("en", "english", 0, 11, 12),
    "CA": Country("en", "english", -5, 5, 4),
    "AU": Country("en", "english", 10, 4, 3),
    "DE": Country("de", "german", 1, 9, 6),
    "FR": Country("fr", "french", 1, 8, 9),
    "ES": Country("es", "spanish", 1, 6, 6),
    "MX": Country("es", "spanish", -6, 7, 4),
    "BR": Country("pt", "portuguese", -3, 9, 4),
    "IT": Country("it", "italian", 1, 5, 4),
    "SE": Country("sv", "swedish", 1, 3, 4),
    "PL": Country("pl", "polish", 1, 4, 3),
    "JP": Country("ja", "japanese", 9, 8, 7),
    "KR": Country("ko", "korean", 9, 6, 8),
    "IN": Country("hi", "hindi", 5, 10, 8),
    "NG": Country("yo", "yoruba", 1, 4, 3),
}
