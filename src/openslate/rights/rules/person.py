"""Rules that protect the person: minors, the dead, and their bodies' measures. R08, R11, R19."""

from openslate.rights.rules.case import Case
from openslate.rights.vocabulary import SHOWN


def minor_sexual(case: Case) -> str | None:
    """R08: nude or simulated sexual use of a minor, by age or by change of age; nothing overrides it."""
    request = case.request
    if not case.of_person or (request.sexual_content is None and request.use not in SHOWN):
        return None
    shows_minor = case.of_minor or request.depicts_minor is not False
    if not shows_minor or request.sexual_content is False:
        return None
    if request.sexual_content is None:
        return "A minor may be shown, and nobody said that there is no sexual content."
    return "A minor is shown, or nobody said that none is, and there is sexual content."


def deceased(case: Case) -> str | None:
    """R11: no consent in life that survives, and none of the estate or union."""
    record = case.record
    # Whoever asks may not know; one record that says so is enough.
    if case.request.subject_kind != "deceased" and case.request.subject not in case.standing.deceased:
        return None
    if record is None:
        return "Neither the deceased in life, nor their estate or union, agreed."
    if record.signer_role in ("estate", "union") or record.survives_death:
        return None
    return "What was agreed to in life does not say that it survives death."


def biometric(case: Case) -> str | None:
    """R19: no written release or retention date, retention passed, or a purpose beside the picture."""
    record, request = case.record, case.request
    if request.asset_kind != "biometric":
        return None
    if record is None or not record.signature:
        return "There is no written release."
    if record.retention_until is None or not record.destroy_rule:
        return "No date and rule of destruction are stated."
    if case.at >= record.retention_until:
        return f"It should have been destroyed by {record.retention_until.isoformat()}."
    if request.unrelated_purpose is not False:
        return "Nobody said that it serves the picture alone."
    return None
