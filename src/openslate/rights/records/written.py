"""Records and mandates as people write them: pydantic models, each field checked, that become the frozen values.

The same models read the vault's documents back, so what is kept is always what could have been written.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from openslate.rights.compensation import Basis, Compensation, PayeeKind
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import SCHEMA_VERSION, ConsentRecord, PermittedUse
from openslate.rights.vocabulary import (
    EVERYWHERE,
    PLACE,
    AssetKind,
    HolderRole,
    RepresentedBy,
    SignerRole,
    Status,
    SubjectKind,
    Use,
    WithdrawalEffect,
)


def _as_moment(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        raise ValueError("a date is no moment; write the time and its zone, such as 2026-07-01T00:00:00-07:00")
    if not isinstance(value, str) or value.strip().lstrip("+-").replace(".", "").isdigit():
        raise ValueError("a moment is written as 2026-07-01T09:30:00Z")
    return value


def _as_amount(value: object) -> object:
    # A float has lost what was written; the readers bring decimals as text or exactly.
    if isinstance(value, float | bool):
        raise ValueError("an amount is written as text, such as '1283.00'")
    return value


def _as_text(value: str) -> str:
    if any(not one.isprintable() for one in value):
        raise ValueError("it holds characters that cannot be printed")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_as_moment), AfterValidator(lambda moment: moment.astimezone(UTC))]
Amount = Annotated[Decimal, BeforeValidator(_as_amount)]
Text = Annotated[str, AfterValidator(_as_text), Field(max_length=4000)]
Flag = Annotated[bool, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=1)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
MaybeHash = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Opaque = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$")]
Territory = Annotated[str, Field(pattern=f"^({PLACE})$")]
Language = Annotated[str, Field(pattern=r"^(\*|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$")]
PackName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,80}(@[1-9][0-9]{0,8})?$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenUse(_Model):
    """One use."""

    use: Use
    description: Text
    scenes: tuple[Text, ...] = ()
    max_count: Count | None = None


class WrittenCompensation(_Model):
    """What is owed."""

    basis: Basis
    rate: Amount | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    floor: Amount | None = None
    residuals: Flag = False
    pension_and_health: Flag = False
    pool: Text | None = None
    payee: Text | None = None
    payee_kind: PayeeKind = "subject"


class WrittenRecord(_Model):
    """A consent record; fields as in `ConsentRecord`."""

    record_id: Opaque
    version: Count = 1
    prev_hash: Hash | None = None
    subject_id: Text
    subject_kind: SubjectKind
    asset_kind: AssetKind
    uses: tuple[WrittenUse, ...]
    effective_from: Moment
    status: Status = "active"
    is_minor: Flag = False
    guardian: Text = ""
    asset_ids: tuple[Text, ...] = (EVERYWHERE,)
    producer: Text = ""
    transferees: tuple[Text, ...] = ()
    project_id: Text = EVERYWHERE
    territories: tuple[Territory, ...] = (EVERYWHERE,)
    media: tuple[Text, ...] = (EVERYWHERE,)
    languages: tuple[Language, ...] = (EVERYWHERE,)
    packs: tuple[PackName, ...] = ()
    jurisdictions: tuple[Territory, ...] = ()
    compensation: WrittenCompensation | None = None
    payee: Text = ""
    """Another place for the compensation's payee, where earlier versions had it."""
    business_reason: Text = ""
    issued_at: Moment | None = None
    engaged_at: Moment | None = None
    notice_at: Moment | None = None
    scan_at: Moment | None = None
    expires_at: Moment | None = None
    represented_by: RepresentedBy = "none"
    representation_evidence: MaybeHash = ""
    separately_signed: Flag = False
    signature: MaybeHash = ""
    signer_role: SignerRole = "self"
    mandate: Text = ""
    survives_death: Flag = False
    strike_suspends: Flag = False
    sexual_content_allowed: Flag = False
    sensitive_content: tuple[Text, ...] = ()
    retention_until: Moment | None = None
    destroy_rule: Text = ""
    withdrawn_at: Moment | None = None
    withdrawal_effect: WithdrawalEffect | None = None
    evidence: tuple[Hash, ...] = ()
    basis_text: Text = ""
    schema_version: Annotated[int, Field(strict=True)] = SCHEMA_VERSION

    @model_validator(mode="after")
    def _one_payee(self) -> Self:
        owed = self.compensation
        if self.payee and (owed is None or owed.payee not in (None, self.payee)):
            named = "nothing is paid" if owed is None else f"the compensation says {owed.payee!r}"
            raise ValueError(f"payee = {self.payee!r}, and {named}: name who is paid in the compensation alone")
        return self

    def record(self) -> ConsentRecord:
        """The frozen value."""
        values = _values(self)
        payee = values.pop("payee")
        values["uses"] = tuple(PermittedUse(**_values(one)) for one in self.uses)
        if self.compensation is not None:
            values["compensation"] = Compensation(**(_values(self.compensation) | ({"payee": payee} if payee else {})))
        return ConsentRecord(**values)


class WrittenMandate(_Model):
    """A mandate; fields as in `Mandate`."""

    mandate_id: Opaque
    version: Count = 1
    prev_hash: Hash | None = None
    holder_id: Text
    role: HolderRole
    subjects: tuple[Text, ...]
    effective_from: Moment
    evidence: Hash
    uses: tuple[Use, ...] = ()
    expires_at: Moment | None = None
    revoked_at: Moment | None = None

    def mandate(self) -> Mandate:
        """The frozen value."""
        return Mandate(**_values(self))


def _values(model: BaseModel) -> dict[str, Any]:
    return {field: getattr(model, field) for field in type(model).model_fields}
