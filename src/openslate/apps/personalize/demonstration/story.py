"""What happened in a demonstration, step by step, for its page."""

from collections.abc import Iterable
from dataclasses import dataclass

from openslate.rights.decide import Verdict


@dataclass(frozen=True)
class Step:
    """One thing that was done.

    Attributes:
        what: in words.
        outcome: what came of it.
        why: the reason, the price or the proof.
    """

    what: str
    outcome: str
    why: str


@dataclass(frozen=True)
class Paper:
    """A page that was written.

    Attributes:
        name: what it is.
        about: for whom, and what it answers.
        file: relative to the page that lists it.
    """

    name: str
    about: str
    file: str


@dataclass(frozen=True)
class Story:
    """A demonstration of rights.

    Attributes:
        steps: in their order.
        papers: pages.
        key: the ledger's public key, as an auditor would get it.
        verified: what the verifier of one file said.
    """

    steps: tuple[Step, ...]
    papers: tuple[Paper, ...]
    key: str
    verified: tuple[str, ...]


def judged(what: str, verdict: Verdict) -> Step:
    """A step that was decided on."""
    if verdict.allowed:
        price = verdict.price
        return Step(what, "allowed", f"By the record {verdict.record}. {price.explanation if price else ''}".strip())
    first = verdict.findings[0]
    return Step(what, f"denied, {first.code} {first.name}", f"{first.why} ({first.source})")


def joined(parts: Iterable[str]) -> str:
    """Sentences as one text."""
    return " ".join(part for part in parts if part)
