"""What lines of the decision table are made of: people, papers and moments, and how they are bent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.request import Request
from openslate.rights.reservation import Reservation
from openslate.rights.standing import Standing
from tests.rights.people import NOW, PERFORMER, WORDS, standing

SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)
SCAN_AT = datetime(2026, 12, 3, 8, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
RESERVED = Reservation("tdmrep", True, "tdm-reservation = 1", "tdmrep.json")
FREE = Reservation("tdmrep", False, "tdm-reservation = 0", "tdmrep.json")
SHORT = "Do as we please"


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        name: what it is about.
        code: of the rules that deny, nearly always a single one; None where the use is allowed.
        request: what is asked for.
        records: that stand.
        at: when.
        more: of the standing.
    """

    name: str
    code: str | None
    request: Request
    records: tuple[ConsentRecord, ...]
    at: datetime = NOW
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """Of the rules that deny."""
        return [] if self.code is None else self.code.split()

    @property
    def standing(self) -> Standing:
        """How everything stands."""
        return standing(*self.records, **self.more)


def row(
    name: str,
    code: str | None,
    request: Request,
    record: ConsentRecord | None,
    asked: Mapping[str, Any] | None = None,
    agreed: Mapping[str, Any] | None = None,
    at: datetime = NOW,
    more: tuple[ConsentRecord, ...] = (),
    **stands: Any,
) -> Row:
    """A line in which a request and a record are bent."""
    records = () if record is None else (replace(record, **(agreed or {})),)
    return Row(name, code, replace(request, **(asked or {})), (*records, *more), at, stands)


def uses(*named: str, **changes: Any) -> tuple[PermittedUse, ...]:
    return tuple(PermittedUse(one, WORDS, **changes) for one in named)  # type: ignore[arg-type]


MINOR = {
    "subject_kind": "minor",
    "is_minor": True,
    "guardian": "h-parent",
    "signer_role": "guardian",
    "mandate": "man-guardian",
}
ESTATE_SIGNED = {"subject_kind": "deceased", "signer_role": "estate", "mandate": "man-estate"}
NO_UNION = {"packs": (), "jurisdictions": ()}
BACKGROUND = {"subject_kind": "background", "asset_kind": "BADR"}
ONE_OF = PERFORMER.expires_at or NOW
