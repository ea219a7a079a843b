"""The tables of a streaming service: its titles, its members and what they did.

Times are UTC timestamps in microseconds.
"""

from openslate.data.schema.table import Column, Table, day, id_column
from openslate.rights.consent import PURPOSES

_EARLIEST = "TIMESTAMP '1990-01-01'"
_SINCE = "between 1990 and the moment of the import"


def _moment(name: str, meaning: str) -> Column:
    return Column(name, "TIMESTAMP", meaning, True, f"{name} BETWEEN {_EARLIEST} AND $now", _SINCE)


def _share(name: str, meaning: str, required: bool = False) -> Column:
    return Column(name, "DOUBLE", meaning, required, f"{name} BETWEEN 0 AND 1", "between 0 and 1")


TITLES = Table(
    "titles",
    "Films and series in the catalogue.",
    (
        id_column("title", "the title's id"),
        Column("name", "VARCHAR", "what it is called", True, "length(name) BETWEEN 1 AND 1000", "1 to 1000 characters"),
        Column("kind", "VARCHAR", "film or series", False, "kind IN ('film', 'series')", "'film' or 'series'"),
        day("released", "first day it could be watched anywhere"),
        Column("genres", "VARCHAR[]", "its genres"),
        Column("language", "VARCHAR", "original language, ISO 639-1"),
        Column(
            "runtime_minutes",
            "INTEGER",
            "length of a film; of a series one episode or a season",
            False,
            "runtime_minutes BETWEEN 1 AND 60000",
            "1 to 60,000",
        ),
        Column("maturity", "VARCHAR", "maturity rating, as the service writes it"),
        Column("synopsis", "VARCHAR", "what it is about"),
        Column("credits", 'STRUCT("name" VARCHAR, "role" VARCHAR)[]', "who made it"),
    ),
    ("title",),
)

MEMBERS = Table(
    "members",
    "The people who watch.",
    (
        id_column("member", "the member's id"),
        Column(
            "joined", "TIMESTAMP", "when the membership began", False, f"joined BETWEEN {_EARLIEST} AND $now", _SINCE
        ),
        Column("country", "VARCHAR", "ISO 3166 alpha-2", False, "length(country) = 2", "two letters"),
        Column("age_band", "VARCHAR", "age group, as the service writes it"),
    ),
    ("member",),
)

PLAYS = Table(
    "plays",
    "What was watched, when and how far.",
    (
        id_column("member", "who watched"),
        id_column("title", "what"),
        _moment("started", "when"),
        Column("seconds", "DOUBLE", "seconds watched", False, "seconds BETWEEN 0 AND 1000000", "0 to 1,000,000"),
        _share("completion", "share of the title watched"),
    ),
    ("member", "title", "started"),
    "started",
)

RATINGS = Table(
    "ratings",
    "What members said of titles.",
    (
        id_column("member", "who rated"),
        id_column("title", "what"),
        _moment("rated", "when"),
        Column("rating", "DOUBLE", "stars, 0.5 to 5", True, "rating BETWEEN 0.5 AND 5", "0.5 to 5 stars"),
    ),
    ("member", "title", "rated"),
    "rated",
)

IMPRESSIONS = Table(
    "impressions",
    "What was shown where, and how likely it was to be shown.",
    (
        id_column("member", "to whom"),
        id_column("title", "what"),
        _moment("shown", "when"),
        Column("page", "VARCHAR", "the page it stood on"),
        Column("row", "INTEGER", "row on the page, from 0", True, '"row" BETWEEN 0 AND 10000', "0 to 10000"),
        Column("position", "INTEGER", "place in the row, from 0", True, "position BETWEEN 0 AND 10000", "0 to 10000"),
        Column(
            "propensity",
            "DOUBLE",
            "probability with which the policy showed this title here",
            True,
            "propensity > 0 AND propensity <= 1",
            "above 0 and at most 1",
        ),
    ),
    ("member", "shown", "page", "row", "position"),
    "shown",
)

CONSENTS = Table(
    "consents",
    "What each member agreed to or refused.",
    (
        id_column("member", "who decided"),
        Column("purpose", "VARCHAR", "for what", True, f"purpose IN {PURPOSES}", f"one of {', '.join(PURPOSES)}"),
        Column("granted", "BOOLEAN", "true for yes", True),
        _moment("recorded", "when they said so"),
    ),
    ("member", "purpose", "recorded"),
    "recorded",
)
