"""Earnings that come of no single use: residuals and success bonuses, with the figures they were reckoned from."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from openslate.accounts import book
from openslate.accounts.meter import EARNING
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights.canonical import JsonValue, canonical
from openslate.rights.use_entry import UseEntry

KINDS = ("residual", "success_bonus")


@dataclass(frozen=True)
class Earning:
    """Money that a record owes beside payment by use.

    Attributes:
        what: for whom and how much; its `use` is one of `KINDS`, its basis 'flat'. When it was earned is when it is
            recorded, by the ledger's clock.
        evidence: the figures behind it by name, as text, such as {'views_per_subscriber': '1/5'}.

    Raises:
        UsageError: the kind is unknown, or the basis is not 'flat'.
    """

    what: UseEntry
    evidence: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.what.use not in KINDS or self.what.basis != "flat":
            raise UsageError(
                f"{self.what.use!r} by {self.what.basis!r} is no earning.",
                f"Name one of {', '.join(KINDS)}, with the basis 'flat'.",
            )

    @property
    def id(self) -> str:
        """Hash of all that it says, by which the same earning is known again."""
        said = {name: value for name, value in self.what.to_entry().items() if name != "request"}
        return hashlib.sha256(canonical({**said, "evidence": dict(self.evidence)})).hexdigest()


def record_earning(project: Project, earning: Earning) -> int:
    """Put an earning on the ledger; saying the same again changes nothing.

    Args:
        project: whose accounts.
        earning: its evidence must tell one title and quarter from another, or the second will be taken for the first.

    Returns:
        Its place on the ledger.

    Raises:
        RightsError: the ledger cannot be written.
    """
    with book.alone(project):
        for one in book.read(project):
            if one.entry.get("decision") == EARNING and one.entry.get("request") == earning.id:
                return one.index
        what = replace(earning.what, request=earning.id)
        entry: dict[str, JsonValue] = {**what.to_entry(), "decision": EARNING, "evidence": dict(earning.evidence)}
        return book.write(project, [entry])[0].index
