"""A finding of the drift report: what was measured, how grave it is, and what to do about it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["act", "watch", "unknown", "steady"]
GRAVEST_FIRST: tuple[Severity, ...] = ("act", "watch", "unknown", "steady")
NOTHING_TO_DO = "Nothing."


@dataclass(frozen=True)
class Finding:
    """One thing that may have drifted.

    Attributes:
        name: what was measured.
        severity: 'act' when something has to be done now, 'watch' when it may soon, 'unknown' when the data is too
            little to say, else 'steady'.
        before: how it was, in figures.
        now: how it is.
        noise: what chance or custom would explain, in figures.
        what: what was found, in a sentence.
        do: what to do, in a sentence.
        figures: the numbers, for programs.
    """

    name: str
    severity: Severity
    before: str
    now: str
    noise: str
    what: str
    do: str = NOTHING_TO_DO
    figures: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def gravest(findings: list[Finding]) -> Severity:
    """The gravest severity among findings.

    Example:
        >>> gravest([])
        'steady'
    """
    found = {one.severity for one in findings}
    return next((severity for severity in GRAVEST_FIRST if severity in found), "steady")


def verdict(findings: Sequence[Finding]) -> str:
    """The sentence to remember."""
    counts = {severity: sum(one.severity == severity for one in findings) for severity in GRAVEST_FIRST}
    if counts["act"]:
        named = ", ".join(one.name for one in findings if one.severity == "act")
        return f"Drift: {counts['act']} of {len(findings)} measures ask for action ({named})."
    if counts["watch"]:
        named = ", ".join(one.name for one in findings if one.severity == "watch")
        return f"Some drift: {counts['watch']} of {len(findings)} measures are worth watching ({named})."
    if counts["unknown"]:
        return f"No drift was found, but {counts['unknown']} of {len(findings)} measures rest on too little."
    return f"No drift: none of {len(findings)} measures goes beyond chance and custom."


def to_do(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What to do, the most urgent first, each once."""
    return tuple(dict.fromkeys(one.do for one in findings if one.do != NOTHING_TO_DO))
