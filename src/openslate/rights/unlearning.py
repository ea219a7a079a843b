"""Receipts for models that had to forget: which model took whose place, by which method each part of it forgot.

A receipt names nobody: its subject is a commitment that the ledger knows. What a method proves is said by the method
alone and written beside it; there is no field to say it otherwise, and a document that does is refused. So nothing
approximate can be called exact.

Sources: reference, section 7.3; arXiv 2210.09126 (parameters alone prove nothing: the process is what is proved).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NoReturn

from openslate.errors import RightsError

CHECKER = "openslate-check-sums-1"
"""The form of export and receipt that the checker which stands alone knows."""
HASH = re.compile(r"[0-9a-f]{64}")


class Method(StrEnum):
    """How a part of a model came to know no more of somebody."""

    EXACT_GRAM = "exact_gram"
    EXACT_DOWNDATE = "exact_downdate"
    RETRAIN = "retrain"
    SHARD_RETRAIN = "shard_retrain"
    APPROXIMATE = "approximate"
    REMOVED = "removed"
    PENDING = "pending"


PROVES: Mapping[Method, str] = {
    Method.EXACT_GRAM: "equal to a part that never knew them",
    Method.EXACT_DOWNDATE: "within the tolerance of a part that never knew them",
    Method.RETRAIN: "fitted again without them",
    Method.SHARD_RETRAIN: "its shard fitted again without them",
    Method.APPROXIMATE: "not proof",
    Method.REMOVED: "deleted",
    Method.PENDING: "not forgotten yet",
}
"""What each method proves, in the words of every receipt."""
DIGESTED = frozenset({Method.EXACT_GRAM, Method.EXACT_DOWNDATE})
"""Methods that start from whole numbers, whose digests a receipt must name."""
TOLERANT = frozenset({Method.EXACT_DOWNDATE, Method.APPROXIMATE})
"""Methods after which a part may differ from one that never knew the subject."""


@dataclass(frozen=True)
class Forgotten:
    """How one part of a model forgot.

    Attributes:
        part: its name in the model.
        method: how.
        sums: the name of the accumulators that it was solved from, of those the receipt lists.
        tolerance: how far a number of it may be from one that never knew the subject, as decimal text.
        deadline: until when a pending part may serve, ISO 8601 with its zone; '' for all others.

    Raises:
        RightsError: the method does not go with the rest.
    """

    part: str
    method: Method
    sums: str = ""
    tolerance: str = "0"
    deadline: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.method, Method):
            _refuse(f"{self.part} has the method {self.method!r}, which is none of {', '.join(Method)}")
        if (self.method in DIGESTED) != bool(self.sums):
            _refuse(f"{self.part} has the method {self.method} and the accumulators {self.sums!r}")
        if (self.method in TOLERANT) != (_positive(self.tolerance, self.part)):
            _refuse(f"{self.part} has the method {self.method} and a tolerance of {self.tolerance}")
        if (self.method is Method.PENDING) != bool(self.deadline):
            _refuse(f"{self.part} has the method {self.method} and the deadline {self.deadline!r}")
        if self.deadline:
            _moment(self.deadline, self.part)

    @property
    def exact(self) -> bool:
        """Whether the part is, number for number, what it would be had it never known the subject."""
        return self.method in {Method.EXACT_GRAM, Method.RETRAIN, Method.REMOVED}

    def document(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "part": self.part,
            "method": str(self.method),
            "proves": PROVES[self.method],
            "exact": self.exact,
            "sums": self.sums,
            "tolerance": self.tolerance,
            "deadline": self.deadline,
        }


@dataclass(frozen=True)
class Accumulator:
    """Whole numbers that models are solved from, before and after.

    Attributes:
        name: unique in the receipt, such as 'all events/6f0c...'.
        settings: what was summed, as plain values; fractions as text.
        old: SHA-256 of the numbers with the subject, '' where they were not kept.
        new: SHA-256 of those without.
    """

    name: str
    settings: Mapping[str, Any]
    old: str
    new: str

    def __post_init__(self) -> None:
        if not HASH.fullmatch(self.new) or (self.old and not HASH.fullmatch(self.old)):
            _refuse(f"the accumulators {self.name!r} have a digest that is no SHA-256")

    def document(self) -> dict[str, Any]:
        """Plain values."""
        return {"name": self.name, "settings": dict(self.settings), "old": self.old, "new": self.new}


@dataclass(frozen=True)
class ModelReceipt:
    """One model that had learned from somebody, and what became of it.

    Attributes:
        subject: the commitment to who was forgotten.
        requested_at: when it was asked for, ISO 8601 with its zone.
        old_model: id, which is a digest, of the model that had learned from them.
        new_model: id of the one in its place, '' where it was removed.
        old_dataset: snapshot or Merkle root of what the old model learned from.
        new_dataset: of what is retained.
        parts: how each part forgot.
        accumulators: the whole numbers of which exact parts were solved.
        checker: the form that the standalone checker must know.

    Raises:
        RightsError: an exact part names accumulators that are not here, or nothing took the place of the old model
            and yet parts of it were not removed.
    """

    subject: str
    requested_at: str
    old_model: str
    new_model: str
    old_dataset: str
    new_dataset: str
    parts: tuple[Forgotten, ...]
    accumulators: tuple[Accumulator, ...] = ()
    checker: str = CHECKER

    def __post_init__(self) -> None:
        _moment(self.requested_at, "requested_at")
        known = {one.name for one in self.accumulators}
        if len(known) != len(self.accumulators):
            _refuse("two accumulators have one name")
        for part in self.parts:
            if part.sums and part.sums not in known:
                _refuse(f"{part.part} is said to be solved from {part.sums!r}, which the receipt does not list")
        if not self.new_model and any(part.method is not Method.REMOVED for part in self.parts):
            _refuse("the model was removed, but not all of its parts are said to be")
        if self.new_model and self.new_model == self.old_model:
            _refuse("the new model is the old one")

    @property
    def pending(self) -> tuple[Forgotten, ...]:
        """Parts that still know the subject."""
        return tuple(part for part in self.parts if part.method is Method.PENDING)

    def document(self) -> dict[str, Any]:
        """Plain values, which `receipt_of` reads and `rights.canonical` writes."""
        return {
            "kind": "model receipt",
            "checker": self.checker,
            "subject": self.subject,
            "requested_at": self.requested_at,
            "old_model": self.old_model,
            "new_model": self.new_model,
            "old_dataset": self.old_dataset,
            "new_dataset": self.new_dataset,
            "parts": [part.document() for part in self.parts],
            "accumulators": [one.document() for one in self.accumulators],
        }


def receipt_of(document: Mapping[str, Any]) -> ModelReceipt:
    """The receipt a document says, once every word of it follows from the rest.

    Raises:
        RightsError: it is no receipt, or says more than its methods prove.

    Example:
        >>> part = Forgotten("taste", Method.APPROXIMATE, tolerance="0.1")
        >>> forged = {**part.document(), "exact": True}
        >>> receipt = ModelReceipt("c", "2026-11-25T12:00:00+00:00", "a", "b", "s", "t", (part,))
        >>> try:
        ...     receipt_of({**receipt.document(), "parts": [forged]})
        ... except RightsError as error:
        ...     print(error.what)
        The receipt is refused: it says otherwise than its methods do.
    """
    try:
        found = ModelReceipt(
            parts=tuple(_part_of(part) for part in document["parts"]),
            accumulators=tuple(
                Accumulator(one["name"], one["settings"], one["old"], one["new"]) for one in document["accumulators"]
            ),
            **{name: str(document[name]) for name in _TEXTS},
        )
    except (KeyError, TypeError, ValueError) as error:
        _refuse(f"it is no receipt ({error})")
    if found.document() != document:
        _refuse("it says otherwise than its methods do")
    return found


_TEXTS: Sequence[str] = (
    "subject", "requested_at", "old_model", "new_model", "old_dataset", "new_dataset", "checker",
)  # fmt: skip


def _part_of(part: Mapping[str, Any]) -> Forgotten:
    return Forgotten(part["part"], Method(part["method"]), part["sums"], part["tolerance"], part["deadline"])


def _positive(tolerance: str, part: str) -> bool:
    try:
        value = Decimal(tolerance)
    except (InvalidOperation, TypeError):
        _refuse(f"{part} has the tolerance {tolerance!r}, which is no number")
    if not value.is_finite() or value < 0:
        _refuse(f"{part} has a tolerance of {tolerance}")
    return value > 0


def _moment(text: str, part: str) -> None:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        _refuse(f"{part} has the moment {text!r}, which is none")
    if moment.tzinfo is None:
        _refuse(f"{part} has the moment {text!r}, which has no zone")


def _refuse(why: str) -> NoReturn:
    raise RightsError(f"The receipt is refused: {why}.", "Take the receipt as Openslate wrote it, or make it anew.")
