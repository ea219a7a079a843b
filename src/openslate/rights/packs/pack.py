"""A rule pack: one contract or law, when it is in force, which rules it switches on, and where each comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias

DecidingDate: TypeAlias = Literal["photography", "scan", "use", "fixation"]
Grade: TypeAlias = Literal["read", "secondary", "unverified"]
"""How sure we are: read in a primary text; from press or a law firm's note; recalled or inferred."""
PackKind: TypeAlias = Literal["contract", "law", "policy", "own"]


@dataclass(frozen=True)
class RuleSource:
    """Where a rule of a pack comes from.

    Attributes:
        source: clause or section.
        stricter: whether it goes beyond the contract or law.
        note: what else a reader should know.
    """

    source: str
    stricter: bool = False
    note: str = ""


@dataclass(frozen=True)
class Pack:
    """One version of a contract or law as data.

    Attributes:
        id: such as 'sag-aftra.tvth.2026'.
        version: of this data.
        title: of the contract or law.
        kind: contract, law, a customer's policy, or Openslate's own.
        jurisdictions: where a law holds; empty for a contract, which holds where it is named.
        in_force_from: first day.
        in_force_to: last day; None without an end.
        decided_by: which date decides whether it is in force.
        rules: code to where the rule comes from.
        parameters: numbers and lists of the text, by name.
        grade: how sure we are.
        enabled: whether it decides anything; drafts do not.
        sources: what was read.
        note: what counsel should look at.
    """

    id: str
    version: int
    title: str
    kind: PackKind
    jurisdictions: tuple[str, ...]
    in_force_from: date
    in_force_to: date | None
    decided_by: DecidingDate
    rules: Mapping[str, RuleSource]
    grade: Grade
    enabled: bool
    sources: tuple[str, ...]
    parameters: Mapping[str, str | int | bool | tuple[str, ...]] = field(default_factory=dict)
    note: str = ""

    @cached_property
    def name(self) -> str:
        """Id and version, as decisions record it."""
        return f"{self.id}@{self.version}"

    def in_force(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)

    def holds_in(self, jurisdictions: frozenset[str]) -> bool:
        """Whether a law holds in any of some jurisdictions, or in a part of one.

        The law of a country holds in its states. Whoever names a country alone leaves open which state it is, so that
        the laws of all of them hold, which is stricter than any of them says.

        Example:
            >>> law = Pack("us-ca.a", 1, "", "law", ("US-CA",), date.min, None, "use", {}, "read", True, ())
            >>> [law.holds_in(frozenset({place})) for place in ("US-CA", "US", "US-NY")]
            [True, True, False]
        """
        return any(
            one == each or each.startswith(f"{one}-") or one.startswith(f"{each}-")
            for one in self.jurisdictions
            for each in jurisdictions
        )
