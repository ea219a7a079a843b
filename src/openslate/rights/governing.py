"""Which packs govern a case: those it names, and the laws of the places it touches, each on the date that decides."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from openslate.rights.packs.pack import DecidingDate, Pack
from openslate.rights.places import with_what_holds_there
from openslate.rights.vocabulary import EVERYWHERE

OWN = "openslate.own"
DAYS = ("business_reason_from", "dub_from_photography_start")
"""Parameters that are days."""


@dataclass(frozen=True)
class Dates:
    """The dates by which it is decided what is in force; None where nobody said.

    Attributes:
        use: day of the use.
        photography: first day of photography.
        scan: day of the scan.
        fixation: day on which the performance is fixed.
    """

    use: date
    photography: date | None
    scan: date | None
    fixation: date | None

    def of(self, decided_by: DecidingDate) -> date | None:
        """The date a pack is judged by."""
        return {"use": self.use, "photography": self.photography, "scan": self.scan, "fixation": self.fixation}[
            decided_by
        ]


class Eras:
    """The days on which what is in force changes: between two of them, any day is like any other.

    Args:
        packs: every known pack.
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        changes: dict[DecidingDate, set[date]] = {"use": set(), "photography": set(), "scan": set(), "fixation": set()}
        for pack in packs:
            changes[pack.decided_by].add(pack.in_force_from)
            if pack.in_force_to is not None and pack.in_force_to < date.max:
                changes[pack.decided_by].add(pack.in_force_to + timedelta(days=1))
        self._days = tuple(sorted(days) for days in changes.values())

    def of(self, dates: Iterable[date | None]) -> tuple[int | None, ...]:
        """The number of the era of each date, in the order of `Dates`; None for one that nobody gave."""
        return tuple(
            None if day is None else bisect_right(days, day) for days, day in zip(self._days, dates, strict=True)
        )


@dataclass(frozen=True)
class Governing:
    """The packs that govern a case.

    Attributes:
        packs: in order of their names.
        unknown: what is wrong with packs that were named: unknown, a draft, or not in force.
    """

    packs: tuple[Pack, ...]
    unknown: tuple[str, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Each pack's id and version."""
        return tuple(pack.name for pack in self.packs)

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """From a rule's code, in order, to the pack and clause it comes from: contracts before laws before our own."""
        order = {"contract": 0, "law": 1, "policy": 2, "own": 3}
        found: dict[str, str] = {}
        for pack in sorted(self.packs, key=lambda pack: (order[pack.kind], pack.id)):
            for code, source in pack.rules.items():
                found.setdefault(code, f"{pack.name}: {source.source}")
        return dict(sorted(found.items()))

    @cached_property
    def unions(self) -> frozenset[str]:
        """Unions whose contracts are among the packs."""
        return frozenset(pack.id.split(".")[0] for pack in self.packs if pack.kind == "contract")

    @cached_property
    def strike_unions(self) -> frozenset[str]:
        """Unions whose contracts suspend consent in a strike."""
        return frozenset(
            pack.id.split(".")[0] for pack in self.packs if pack.kind == "contract" and "R09" in pack.rules
        )

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The greatest number that a pack gives each parameter, which is the strictest."""
        found: dict[str, int] = {}
        for name, value in self._parameters():
            if isinstance(value, int):
                found[name] = max(found.get(name, 0), int(value))
        return found

    @cached_property
    def days(self) -> Mapping[str, date]:
        """The earliest day that a pack gives each parameter whose name says that it is one."""
        found: dict[str, date] = {}
        for name, value in self._parameters():
            if isinstance(value, str) and name in DAYS:
                day = date.fromisoformat(value)
                found[name] = min(found.get(name, day), day)
        return found

    @cached_property
    def disclosures(self) -> frozenset[str]:
        """When a disclosure is needed: 'always', 'advertising'."""
        return frozenset(str(value) for name, value in self._parameters() if name == "disclosure_needed")

    def _parameters(self) -> Iterator[tuple[str, str | int | bool | tuple[str, ...]]]:
        return ((name, value) for pack in self.packs for name, value in pack.parameters.items())

    def exempts(self, alteration: str | None) -> bool:
        """Whether every contract among the packs lets an alteration be made without consent."""
        listed = [pack.parameters.get("exempt_alterations", ()) for pack in self.packs if pack.kind == "contract"]
        return bool(listed) and all(isinstance(one, tuple) and alteration in one for one in listed)


def govern(packs: Mapping[str, Pack], named: frozenset[str], places: frozenset[str], dates: Dates) -> Governing:
    """The packs that govern, from those that are known.

    Args:
        packs: every known pack by id.
        named: contracts and policies that a request or record names, as 'id' or 'id@version'.
        places: jurisdictions and territories, ISO 3166; 'EU' for its members, '*' for everywhere.
        dates: by which it is decided what is in force.
    """
    chosen = {OWN: packs[OWN]}
    unknown = []
    for name in sorted(named):
        identity, _, version = name.partition("@")
        pack = packs.get(identity)
        trouble = _trouble(pack, version, dates)
        if trouble is not None:
            unknown.append(f"{name} {trouble}")
        elif pack is not None:
            chosen[identity] = pack
    wide = with_what_holds_there(places)
    for pack in packs.values():
        if pack.kind == "law" and pack.enabled and (EVERYWHERE in wide or pack.holds_in(wide)):
            on = dates.of(pack.decided_by)
            # A date that nobody gave must not be a way around a law.
            if on is None or pack.in_force(on):
                chosen[pack.id] = pack
    return Governing(tuple(chosen[name] for name in sorted(chosen)), tuple(unknown))


def _trouble(pack: Pack | None, version: str, dates: Dates) -> str | None:
    """Why a pack that was named cannot govern, or None."""
    if pack is None:
        return "is not known"
    if version and version != str(pack.version):
        return f"is known in version {pack.version}"
    if not pack.enabled:
        return "is a draft or disabled"
    on = dates.of(pack.decided_by)
    if on is None:
        return f"is judged by the date of {pack.decided_by}, which is missing"
    if not pack.in_force(on):
        return f"is not in force on {on}, the date of {pack.decided_by}"
    return None


def day_of(moment: datetime | None) -> date | None:
    """The UTC day of a moment."""
    return None if moment is None else moment.date()
