"""The decision table: for each rule, uses that it alone denies, and uses at its edge that it lets through."""

from tests.rights import (
    decisions_consent,
    decisions_deciding,
    decisions_material,
    decisions_person,
    decisions_production,
)
from tests.rights.decision_rows import Row
from tests.rights.decisions_consent import R20

__all__ = ["R20", "ROWS", "Row"]

ROWS: tuple[Row, ...] = (
    *decisions_consent.ROWS,
    *decisions_production.ROWS,
    *decisions_person.ROWS,
    *decisions_material.ROWS,
    *decisions_deciding.ROWS,
)
