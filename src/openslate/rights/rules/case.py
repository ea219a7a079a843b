"""One case: a request, the moment, a record that may cover it, and what governs both. What every rule looks at."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from openslate.rights.compensation import Compensation
from openslate.rights.governing import Governing
from openslate.rights.pricing import Price, Unpriced, price_scan
from openslate.rights.pricing import price as price_of
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.request import Request
from openslate.rights.standing import Standing
from openslate.rights.usage import Estimate, Scan, Unit, Usage
from openslate.rights.vocabulary import EVERYWHERE, REPLICAS

NO_PERSON = frozenset(("viewer", "source"))


class Case(NamedTuple):
    """What a rule is asked about.

    Attributes:
        request: what is asked for.
        at: the moment.
        record: the latest version of a record of the subject; None where there is none.
        governing: the packs.
        standing: everything else.
        of_person: whether it is about a person's likeness, voice or writing, and not about viewing or a source.
        of_minor: whether the subject is a minor, by the request or by any of their records.
        permitted: what the record permits of this use.
        agreed: of what is permitted, what describes the use in the request's own words.
        is_specific: whether any of that has words enough.
        price: what the use costs, or why it has no price; None for viewing data and sources, for which nobody is paid.
    """

    request: Request
    at: datetime
    record: ConsentRecord | None
    governing: Governing
    standing: Standing
    of_person: bool
    of_minor: bool
    permitted: tuple[PermittedUse, ...]
    agreed: tuple[PermittedUse, ...]
    is_specific: bool
    price: Price | Unpriced | None

    @classmethod
    def of(
        cls, request: Request, at: datetime, record: ConsentRecord | None, governing: Governing, standing: Standing
    ) -> "Case":
        """The case of a request and a record, with what several rules ask for worked out once."""
        of_person = request.subject_kind not in NO_PERSON
        # Whoever asks may not know, nor the record that covers it; one record that says so is enough.
        of_minor = request.subject_kind == "minor" or request.subject in standing.minors
        permitted: tuple[PermittedUse, ...] = ()
        agreed: tuple[PermittedUse, ...] = ()
        price, is_specific = None, False
        if record is not None:
            permitted = record.by_use.get(request.use, ())
            if of_person:
                pinned = request.pinned
                agreed = tuple([one for one in permitted if one.pinned == pinned])
                least = governing.numbers.get("least_words", 0)
                for one in agreed:
                    is_specific = is_specific or one.words >= least
                price = _priced(record, request)
        return cls(request, at, record, governing, standing, of_person, of_minor, permitted, agreed, is_specific, price)

    @property
    def of_replica(self) -> bool:
        """Whether a replica of a person is used."""
        return self.of_person and self.request.asset_kind in REPLICAS

    @property
    def withdrawn(self) -> bool:
        """Whether the record was withdrawn by this moment."""
        record = self.record
        if record is None:
            return False
        return record.status == "withdrawn" or (record.withdrawn_at is not None and record.withdrawn_at <= self.at)


def _priced(record: ConsentRecord, request: Request) -> Price | Unpriced:
    if request.use == "scan" and request.scan_kind:
        scan = Scan(request.scan_kind, request.scan_hours, request.suits_performer)
        return price_scan(record.compensation, scan)
    author, basis = request.estimate_author, request.estimate_basis
    return _priced_by(record.compensation, request.units, request.unit, author, basis)


@lru_cache(maxsize=4096)
def _priced_by(
    compensation: Compensation | None, units: Decimal | None, unit: Unit, author: str, basis: str
) -> Price | Unpriced:
    estimate = Estimate(author, basis) if author or basis else None
    return price_of(compensation, Usage(units, unit, estimate))


def dubbing_has_a_rule(case: Case) -> bool:
    """Whether a contract has a rule of its own for this dubbing; without a first day of photography, it has."""
    start, first = case.request.photography_start, case.governing.days.get("dub_from_photography_start")
    applies = start is None or first is None or start >= first
    return case.request.use == "dub" and applies and "R10" in case.governing.sources


def covers(listed: tuple[str, ...], wanted: str | None) -> bool:
    """Whether a list of a record covers what is asked for; an empty wish is covered by 'everywhere' alone.

    Example:
        >>> covers(("US",), "US-CA"), covers(("US-CA",), "US"), covers(("*",), "")
        (True, False, True)
    """
    if EVERYWHERE in listed:
        return True
    return bool(wanted) and (wanted in listed or any(f"{wanted}".startswith(f"{one}-") for one in listed))
