"""The table of what is written in public about titles and those who make them: counts, day by day."""

from openslate.data.schema.table import Column, Table, day, id_column

_MOST = 1e9

BUZZ = Table(
    "buzz",
    "How much was written about titles and the people who make them: counts of a day, each story counted once.",
    (
        Column("kind", "VARCHAR", "what is written about", True, "kind IN ('title', 'person')", "title or person"),
        id_column("subject", "the title's id, or the person's name as credits have it"),
        day("day", "the day in UTC on which the coverage was seen", True),
        Column(
            "known",
            "DATE",
            "first day on which the counts were known",
            True,
            "known > day AND known <= DATE '2100-01-01'",
            "after the day that it counts, and by 2100",
        ),
        Column(
            "stories",
            "INTEGER",
            "stories in which it came up for the first time that day",
            True,
            "stories BETWEEN 0 AND 1000000000",
            "0 to a thousand million",
        ),
        Column(
            "items",
            "INTEGER",
            "articles and videos of that day, copies counted once",
            True,
            "items BETWEEN 0 AND 1000000000",
            "0 to a thousand million",
        ),
        Column(
            "heat",
            "DOUBLE",
            "by how much the heat of its stories rose that day",
            True,
            f"heat BETWEEN 0 AND {_MOST:.0f}",
            "0 to a thousand million",
        ),
        Column(
            "weighted",
            "DOUBLE",
            "the same articles and videos, by the tier of their source",
            True,
            f"weighted BETWEEN 0 AND {_MOST:.0f}",
            "0 to a thousand million",
        ),
    ),
    ("kind", "subject", "day"),
)
