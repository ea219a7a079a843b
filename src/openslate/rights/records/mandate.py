"""A mandate: the paper by which a guardian, agent, estate or union acts for somebody."""

from dataclasses import dataclass
from datetime import datetime

from openslate.rights.vocabulary import EVERYWHERE, HolderRole, Use


@dataclass(frozen=True)
class Mandate:
    """One version of a mandate.

    Attributes:
        mandate_id: opaque id; it must name nobody.
        version: 1 for the first.
        prev_hash: hash of the version before; None for the first.
        holder_id: who acts.
        role: as what.
        subjects: for whom; '*' for all members of a union.
        uses: what may be agreed to; empty for everything.
        effective_from: from when it holds.
        expires_at: from when it no longer holds; None without an end.
        evidence: SHA-256 of the paper.
        revoked_at: when it was revoked; None while it stands.
    """

    mandate_id: str
    version: int
    prev_hash: str | None
    holder_id: str
    role: HolderRole
    subjects: tuple[str, ...]
    effective_from: datetime
    evidence: str
    uses: tuple[Use, ...] = ()
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def covers(self, subject: str, role: str, signed: datetime, uses: frozenset[Use]) -> bool:
        """Whether its holder could agree for the subject at a moment.

        A mandate that is revoked later leaves standing what was signed under it, as a power of attorney does.

        Args:
            subject: for whom.
            role: as what the holder signed.
            signed: when.
            uses: to what.
        """
        return (
            self.role == role
            and bool(self.evidence)
            and (subject in self.subjects or EVERYWHERE in self.subjects)
            and (not self.uses or uses <= frozenset(self.uses))
            and self.effective_from <= signed
            and (self.expires_at is None or signed < self.expires_at)
            and (self.revoked_at is None or signed < self.revoked_at)
        )
