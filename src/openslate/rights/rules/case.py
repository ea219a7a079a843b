"""One case: a request, the moment, a record that may cover it, and what governs both. What every rule looks at."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from openslate.rights.governing import Governing
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.request import Request
from openslate.rights.standing import Standing
from openslate.rights.vocabulary import EVERYWHERE, REPLICAS

SHOWN = frozenset(("generate", "alter", "dub", "promo"))
"""Uses after which somebody sees or hears a replica."""
NO_PERSON = frozenset(("viewer", "source"))


@dataclass(frozen=True)
class Case:
    """What a rule is asked about.

    Attributes:
        request: what is asked for.
        at: the moment.
        record: the latest version of a record of the subject; None where there is none.
        governing: the packs.
        standing: everything else.
    """

    request: Request
    at: datetime
    record: ConsentRecord | None
    governing: Governing
    standing: Standing

    @cached_property
    def permitted(self) -> tuple[PermittedUse, ...]:
        """What the record permits of this use."""
        return () if self.record is None else self.record.by_use.get(self.request.use, ())

    @cached_property
    def of_person(self) -> bool:
        """Whether it is about a person's likeness, voice or writing, and not about viewing or a source."""
        return self.request.subject_kind not in NO_PERSON

    @cached_property
    def of_replica(self) -> bool:
        """Whether a replica of a person is used."""
        return self.of_person and self.request.asset_kind in REPLICAS

    @cached_property
    def of_minor(self) -> bool:
        """Whether the subject is a minor, by the request or by the record."""
        said = self.request.subject_kind == "minor"
        return said or (self.record is not None and (self.record.is_minor or self.record.subject_kind == "minor"))

    @cached_property
    def is_specific(self) -> bool:
        """Whether the use is the one that the record describes, in words enough."""
        least = self.governing.greatest("least_words")
        return any(one.words >= least and one.pinned == self.request.pinned for one in self.permitted)

    @cached_property
    def withdrawn(self) -> bool:
        """Whether the record was withdrawn by this moment."""
        record = self.record
        if record is None:
            return False
        return record.status == "withdrawn" or (record.withdrawn_at is not None and record.withdrawn_at <= self.at)


def covers(listed: tuple[str, ...], wanted: str | None) -> bool:
    """Whether a list of a record covers what is asked for; an empty wish is covered by 'everywhere' alone.

    Example:
        >>> covers(("US",), "US-CA"), covers(("US-CA",), "US"), covers(("*",), "")
        (True, False, True)
    """
    if EVERYWHERE in listed:
        return True
    return bool(wanted) and (wanted in listed or any(f"{wanted}".startswith(f"{one}-") for one in listed))
