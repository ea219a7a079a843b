"""A consent record: who agreed to what, for which project, on which terms, in which form, and until when."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from openslate.rights.canonical import canonical
from openslate.rights.compensation import Compensation
from openslate.rights.vocabulary import (
    EVERYWHERE,
    AssetKind,
    RepresentedBy,
    SignerRole,
    Status,
    SubjectKind,
    Use,
    WithdrawalEffect,
)

SCHEMA_VERSION = 1


@lru_cache(maxsize=4096)
def description_hash(description: str) -> str:
    """What pins a description: a use of other words is another use."""
    return hashlib.sha256(canonical(" ".join(description.split()))).hexdigest()


@dataclass(frozen=True)
class PermittedUse:
    """One use that was agreed to.

    Attributes:
        use: which.
        description: what will be done, in words a reader can hold the producer to.
        scenes: scenes or lines it is limited to; empty for no such limit.
        max_count: how often at most; None without a limit.
    """

    use: Use
    description: str
    scenes: tuple[str, ...] = ()
    max_count: int | None = None

    @cached_property
    def pinned(self) -> str:
        """Hash of the description."""
        return description_hash(self.description)

    @cached_property
    def words(self) -> int:
        """Words of the description."""
        return len(self.description.split())


@dataclass(frozen=True)
class ConsentRecord:
    """One version of a consent, contract or licence. See the reference pages for each group of fields.

    Attributes:
        record_id: opaque id; it stands on the ledger, so it must name nobody.
        version: 1 for the first.
        prev_hash: hash of the version before; None for the first.
        subject_id: ISNI, HAND or internal id of the person, or the name of the source.
        subject_kind: what they are.
        is_minor: whether they are a minor.
        guardian: who acts for a minor; None for others.
        asset_ids: EIDR, ISRC or SHA-256 of what may be used; '*' for all of the kind.
        asset_kind: what kind of asset.
        producer: who may use it.
        transferees: others who may hold it.
        project_id: the production, such as an EIDR; '*' for viewing data and sources.
        territories, media, languages: where, in what and in which; '*' for all.
        uses: what was agreed to.
        packs: contracts that govern it, as 'id@version'.
        jurisdictions: laws that govern it, such as 'US-CA'.
        compensation: what is owed for each use; None for viewers and sources.
        business_reason: why it is asked for.
        issued_at, engaged_at, notice_at, scan_at: moments of the form, UTC.
        effective_from: from when it holds.
        expires_at: from when it no longer holds; None without an end.
        represented_by: who advised the subject.
        representation_evidence: SHA-256 of what shows it.
        separately_signed: whether it was signed apart from the contract of employment.
        signature: SHA-256 of the signed paper; empty for none.
        signer_role: who signed.
        mandate: id of the mandate under which another signed; empty where the subject did.
        survives_death, strike_suspends, sexual_content_allowed: special switches.
        sensitive_content: kinds of scenes agreed to.
        retention_until: when the asset must be gone; None for none stated.
        destroy_rule: how.
        status: how it stands.
        withdrawn_at, withdrawal_effect: when and with which effect it was withdrawn.
        evidence: SHA-256 of papers.
        basis_text: for viewers and sources, the licence, contract or law in words.
        schema_version: of these fields.
    """

    record_id: str
    version: int
    prev_hash: str | None
    subject_id: str
    subject_kind: SubjectKind
    asset_kind: AssetKind
    uses: tuple[PermittedUse, ...]
    effective_from: datetime
    status: Status
    is_minor: bool = False
    guardian: str = ""
    asset_ids: tuple[str, ...] = (EVERYWHERE,)
    producer: str = ""
    transferees: tuple[str, ...] = ()
    project_id: str = EVERYWHERE
    territories: tuple[str, ...] = (EVERYWHERE,)
    media: tuple[str, ...] = (EVERYWHERE,)
    languages: tuple[str, ...] = (EVERYWHERE,)
    packs: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    compensation: Compensation | None = None
    business_reason: str = ""
    issued_at: datetime | None = None
    engaged_at: datetime | None = None
    notice_at: datetime | None = None
    scan_at: datetime | None = None
    expires_at: datetime | None = None
    represented_by: RepresentedBy = "none"
    representation_evidence: str = ""
    separately_signed: bool = False
    signature: str = ""
    signer_role: SignerRole = "self"
    mandate: str = ""
    survives_death: bool = False
    strike_suspends: bool = False
    sexual_content_allowed: bool = False
    sensitive_content: tuple[str, ...] = ()
    retention_until: datetime | None = None
    destroy_rule: str = ""
    withdrawn_at: datetime | None = None
    withdrawal_effect: WithdrawalEffect | None = None
    evidence: tuple[str, ...] = ()
    basis_text: str = ""
    schema_version: int = SCHEMA_VERSION

    @property
    def paid_to(self) -> str:
        """Who is paid: the compensation's payee, or the subject where it names none."""
        return (self.compensation.payee if self.compensation else None) or self.subject_id

    @cached_property
    def by_use(self) -> dict[Use, tuple[PermittedUse, ...]]:
        """What was agreed to, by use."""
        return {one.use: tuple(each for each in self.uses if each.use == one.use) for one in self.uses}
