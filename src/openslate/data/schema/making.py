"""The tables of those who commission: what a title is made with, and what became of it. They are about no person.

Both are versioned like titles: the latest import of a key wins.
"""

from openslate.data.schema.table import Column, Table, day, id_column
from openslate.rights.currencies import MINOR_DIGITS
from openslate.rights.places import COUNTRIES

_CURRENCIES = tuple(sorted(MINOR_DIGITS))
_REGIONS = ("*", *sorted(COUNTRIES))
_FORM = "[A-Z]{2}"
LARGEST = 1e15
"""No budget and no outcome comes near it: what does is a slip of the pen."""

PRODUCTIONS = Table(
    "productions",
    "What titles are made with, as far as it is known at release.",
    (
        id_column("title", "the title's id"),
        Column(
            "budget",
            "DOUBLE",
            "what it costs, in whole units of the currency",
            False,
            f"CASE WHEN budget IS NOT NULL THEN budget > 0 AND budget < {LARGEST:.0f} AND currency IS NOT NULL END",
            "above 0 and below 10^15, with its currency beside it",
        ),
        Column("currency", "VARCHAR", "ISO 4217", False, f"currency IN {_CURRENCIES}", "a currency of ISO 4217"),
        Column(
            "countries",
            "VARCHAR[]",
            "where it is made, ISO 3166-1 alpha-2",
            False,
            f"len(list_filter(countries, lambda one: NOT regexp_full_match(one, '{_FORM}'))) = 0",
            "a list of codes of two capital letters",
        ),
        Column("companies", "VARCHAR[]", "who makes it"),
        Column("series", "VARCHAR", "the series or franchise it belongs to"),
        Column("season", "INTEGER", "which season it is", False, "season BETWEEN 1 AND 9999", "1 to 9999"),
        Column("limited", "BOOLEAN", "whether it ends with this season by plan"),
        Column("worldwide", "BOOLEAN", "whether it is available everywhere at once"),
        day("known", "first day on which this was known; at release where it is not said"),
    ),
    ("title",),
)

OUTCOMES = Table(
    "outcomes",
    "What became of titles: a measure in a window of days and a region, and since when it was known.",
    (
        id_column("title", "the title's id"),
        Column(
            "measure",
            "VARCHAR",
            "what was counted, such as views, hours or revenue",
            True,
            "regexp_full_match(measure, '[a-z_]{1,40}')",
            "1 to 40 small letters and underlines",
        ),
        Column(
            "region",
            "VARCHAR",
            "where, ISO 3166-1 alpha-2; '*' for everywhere",
            True,
            f"region IN {_REGIONS}",
            "'*' or a country of ISO 3166-1 alpha-2",
        ),
        day("starts", "first day of the window", True),
        Column(
            "ends",
            "DATE",
            "last day of the window",
            True,
            "ends >= starts AND ends <= DATE '2100-01-01'",
            "on or after the day it starts, and by 2100",
        ),
        Column(
            "value",
            "DOUBLE",
            "how much",
            True,
            f"value >= 0 AND value < {LARGEST:.0f}",
            "0 or more and below 10^15",
        ),
        Column(
            "step",
            "DOUBLE",
            "it was published in steps of so much; exact where it is not said",
            False,
            f"step > 0 AND step < {LARGEST:.0f}",
            "above 0 and below 10^15",
        ),
        Column(
            "published",
            "DATE",
            "first day on which it was known",
            True,
            "published >= ends AND published <= CAST($now AS DATE)",
            "on or after the last day of its window, and no later than today",
        ),
    ),
    ("title", "measure", "region", "starts", "ends"),
)
