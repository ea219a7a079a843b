"""The tables of a project: what each column means and which values it may hold.

Times are UTC timestamps in microseconds. Ids are text, so that any service's own ids fit.
"""

from openslate.data.schema.covering import BUZZ
from openslate.data.schema.making import OUTCOMES, PRODUCTIONS
from openslate.data.schema.service import CONSENTS, IMPRESSIONS, MEMBERS, PLAYS, RATINGS, TITLES
from openslate.data.schema.table import Column, Table

__all__ = [
    "BUZZ",
    "CONSENTS",
    "IMPRESSIONS",
    "MEMBERS",
    "OUTCOMES",
    "PLAYS",
    "PRODUCTIONS",
    "RATINGS",
    "TABLES",
    "TITLES",
    "Column",
    "Table",
]

TABLES = {
    table.name: table for table in (TITLES, MEMBERS, PLAYS, RATINGS, IMPRESSIONS, CONSENTS, PRODUCTIONS, OUTCOMES, BUZZ)
}
"""Every table by name, in the order in which they are imported: what others refer to comes first."""
