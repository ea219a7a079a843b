"""Records of no signed paper: what a member said about their viewing, and the licence or contract of a whole source."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from openslate.project import Project
from openslate.rights.canonical import canonical
from openslate.rights.commitments import commitment
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.vocabulary import AssetKind, Use

SHORT = 32
VIEWER_SAID = "What the member said."


def viewer_record(
    project: Project, member: str, purpose: Use, granted: bool, at: datetime, basis_text: str = VIEWER_SAID
) -> ConsentRecord:
    """What one member said about one purpose, as a record to `grant`.

    Each purpose has a record of its own, so that one can be refused and another granted. A refusal is a withdrawn
    record: it outweighs what the source's contract says of everybody.

    Args:
        project: whose vault ties the record to the member; its id is a commitment, and names nobody.
        member: the member's id.
        purpose: 'train', 'evaluate' or 'personalize'.
        granted: True for yes, False for a refusal.
        at: when they said so, with a time zone.
        basis_text: the consent in words.

    Source: GDPR article 7(1) and (3): consent can be shown, and withdrawing it is as easy as giving it.
    """
    return ConsentRecord(
        record_id=f"viewer-{commitment(project, 'viewer', member)[:SHORT]}-{purpose}",
        version=1,
        prev_hash=None,
        subject_id=member,
        subject_kind="viewer",
        asset_kind="viewing_data",
        uses=(PermittedUse(purpose, basis_text),),
        effective_from=at,
        issued_at=at,
        status="active" if granted else "withdrawn",
        withdrawn_at=None if granted else at,
        withdrawal_effect=None if granted else "stop_new",
        basis_text=basis_text,
    )


def source_record(
    source: str,
    uses: Sequence[Use],
    basis_text: str,
    at: datetime,
    asset_kind: AssetKind = "viewing_data",
    expires_at: datetime | None = None,
) -> ConsentRecord:
    """The licence, contract or law on which a whole source may be used, as a record to `grant`.

    Args:
        source: name of the source, as imports have it.
        uses: what it permits.
        basis_text: the licence, contract or law in words.
        at: from when it holds, with a time zone.
        asset_kind: 'viewing_data', 'synopsis' or 'literary_material'.
        expires_at: from when it no longer holds; None without an end.

    Example:
        >>> from datetime import UTC
        >>> record = source_record("player", ("train",), "Terms of 2026.", datetime(2026, 1, 1, tzinfo=UTC))
        >>> record.subject_kind, [one.use for one in record.uses], record.record_id
        ('source', ['train'], 'source-870887f647980d11873e8e35d55b92ff')
    """
    digest = hashlib.sha256(canonical([source, asset_kind])).hexdigest()
    return ConsentRecord(
        record_id=f"source-{digest[:SHORT]}",
        version=1,
        prev_hash=None,
        subject_id=source,
        subject_kind="source",
        asset_kind=asset_kind,
        uses=tuple(PermittedUse(use, basis_text) for use in uses),
        effective_from=at,
        issued_at=at,
        expires_at=expires_at,
        status="active",
        basis_text=basis_text,
    )
