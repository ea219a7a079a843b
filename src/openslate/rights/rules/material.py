"""Rules on writing and on sources: training, generated text, licences to train, reservations. R15 to R18."""

from openslate.rights.rules.case import Case
from openslate.rights.vocabulary import LEARNING


def train_writer(case: Case) -> str | None:
    """R15: literary material in training without a permission to train."""
    request = case.request
    if request.asset_kind != "literary_material" or request.use not in ("train", "fine_tune"):
        return None
    return None if case.permitted else "The writer did not permit training."


def generated_as_source(case: Case) -> str | None:
    """R16: generated text given as source or assigned material, or not disclosed to the writer."""
    request = case.request
    writes = request.asset_kind == "literary_material" and request.use in ("generate", "alter")
    if request.generated_text is False or (request.generated_text is None and not writes):
        return None
    if request.text_role != "neither":
        return f"Generated text is given as {request.text_role or 'nobody says what'} material."
    return None if request.disclosed_to_writer else "The writer was not told that the text is generated."


def third_party_training(case: Case) -> str | None:
    """R17: a licence to train for somebody else, with no notice to the union."""
    if case.request.use != "third_party_training_licence":
        return None
    return None if case.request.union_notice else "The union had no notice of the licence."


def reserved(case: Case) -> str | None:
    """R18: the source is reserved against learning, and there is no licence."""
    request, standing = case.request, case.standing
    if request.use not in LEARNING or request.asset_kind not in ("synopsis", "viewing_data", "literary_material"):
        return None
    if request.asset_kind == "synopsis" and not request.source:
        return "Nobody said from which source the text is."
    signals = [one for one in standing.reservations.get(request.source, ()) if one.reserved]
    if not signals or _licensed(case):
        return None
    return f"The source is reserved by {signals[0].channel}: {signals[0].said}."


def _licensed(case: Case) -> bool:
    """Whether a licence of the source, in force now, permits this use."""
    held = case.standing.by_id.get(case.request.licence)
    if held is None:
        return False
    licence = held.record
    return (
        licence.subject_kind == "source"
        and licence.subject_id == case.request.source
        and licence.status == "active"
        and licence.effective_from <= case.at
        and (licence.expires_at is None or case.at < licence.expires_at)
        and case.request.use in licence.by_use
    )
