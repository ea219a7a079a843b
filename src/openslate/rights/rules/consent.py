"""Rules on the consent itself: is there one, for this, specific, separate, and not withdrawn? R01 to R05, R20."""

from openslate.rights.rules.case import Case, covers, dubbing_has_a_rule
from openslate.rights.vocabulary import EVERYWHERE, SHOWN

ACTS_FOR_ANOTHER = frozenset(("estate", "guardian", "agent", "union"))


def no_record(case: Case) -> str | None:
    """R01: no active record covers subject, asset, use, place, medium, language and time."""
    record, request = case.record, case.request
    if record is None:
        # The dead have a rule of their own, which says who may still be asked.
        return None if request.subject_kind == "deceased" else f"There is no record of this {request.subject_kind}."
    if record.status not in ("active", "withdrawn"):
        return f"The record is {record.status}."
    if request.subject_kind not in (record.subject_kind, "deceased") and not _is_basis_of_viewing(case):
        return f"The record is of a {record.subject_kind}, and the request of a {request.subject_kind}."
    return _outside(case) or _not_given(case)


def _is_basis_of_viewing(case: Case) -> bool:
    """Whether the record is the licence or contract on which a whole source of viewing data is used."""
    return case.record is not None and (case.request.subject_kind, case.record.subject_kind) == ("viewer", "source")


def _outside(case: Case) -> str | None:
    """What of the request lies outside the record."""
    record, request, at = case.record, case.request, case.at
    assert record is not None
    if at < record.effective_from:
        return f"The record holds from {record.effective_from.isoformat()}."
    if record.expires_at is not None and at >= record.expires_at:
        return f"The record ended on {record.expires_at.isoformat()}."
    if request.asset_kind != record.asset_kind:
        return f"The record is about {record.asset_kind}, and not about {request.asset_kind}."
    if not covers(record.asset_ids, request.asset):
        return "The record does not name this asset."
    if not case.permitted and not _has_rule_of_its_own(case):
        return f"The record permits no {request.use}."
    if case.of_person and request.use in SHOWN and not (request.territory and request.medium):
        return "The request does not say in which territory and medium."
    if not covers(record.territories, request.territory):
        return f"The record does not cover the territory {request.territory!r}."
    if not covers(record.media, request.medium):
        return f"The record does not cover the medium {request.medium!r}."
    if (request.language is not None or request.use == "dub") and not _speaks(case):
        return f"The record does not cover the language {request.language!r}."
    return _used_up(case)


def _speaks(case: Case) -> bool:
    """Whether the language is covered; where a contract has a rule on dubbing, that one names the lack more exactly."""
    record, request = case.record, case.request
    assert record is not None
    return dubbing_has_a_rule(case) or (bool(request.language) and covers(record.languages, request.language))


def _used_up(case: Case) -> str | None:
    limits = [one.max_count for one in case.permitted if one.max_count is not None]
    if case.request.count != 1:
        # The ledger counts uses by their entries: a request for several would count as one.
        return f"The request is for {case.request.count} uses; one request is one use."
    if not limits or case.record is None:
        return None
    used = case.standing.used.get((case.record.record_id, case.request.use), 0)
    # Where one use is described twice, the smaller number is what was surely agreed to.
    return f"{used} of {min(limits)} uses were made." if used + 1 > min(limits) else None


def _has_rule_of_its_own(case: Case) -> bool:
    """Uses whose lack of permission another rule names more exactly."""
    request = case.request
    return request.asset_kind == "literary_material" and request.use in ("train", "fine_tune")


def _not_given(case: Case) -> str | None:
    """Why the record was not validly given."""
    record = case.record
    assert record is not None
    if not case.of_person:
        return None
    if not record.signature:
        return "The record is not signed."
    if case.of_minor and (not record.guardian or record.signer_role != "guardian"):
        return "A minor's record is signed by a guardian, and this one is not."
    if record.signer_role not in ACTS_FOR_ANOTHER:
        return None
    mandate = case.standing.mandates.get(record.mandate)
    if mandate is None:
        return f"The {record.signer_role} signed without a recorded mandate."
    signed = record.issued_at or record.effective_from
    if not mandate.covers(record.subject_id, record.signer_role, signed, frozenset(record.by_use)):
        return f"The mandate of the {record.signer_role} does not cover this record."
    if case.of_minor and mandate.holder_id != record.guardian:
        return "The mandate is that of another guardian."
    return None


def not_specific(case: Case) -> str | None:
    """R02: the description is missing or too general, or the use is not the one that was agreed to."""
    request = case.request
    if not case.of_person or not case.permitted:
        return None
    if not request.description.strip():
        return "The request describes no use."
    if not case.is_specific:
        fewest = case.governing.numbers.get("least_words", 0)
        short = f"The description has fewer than {fewest} words."
        return short if case.agreed else "What is described is not what was agreed to."
    if not any(not one.scenes or request.scene in one.scenes for one in case.agreed):
        named = (
            "The request names no scene, and" if request.scene is None else f"The scene {request.scene} is not among"
        )
        return f"{named} {'only some were agreed to' if request.scene is None else 'those agreed to'}."
    if case.record is not None and not case.record.sexual_content_allowed:
        if request.sexual_content:
            return "Sexual content was not agreed to."
        if request.sexual_content is None and case.of_replica and request.use in SHOWN:
            return "Nobody said that there is no sexual content, and none was agreed to."
    return None


def new_project(case: Case) -> str | None:
    """R03: the project is another one."""
    record, request = case.record, case.request
    if record is None or (record.project_id == EVERYWHERE and not case.of_person):
        return None
    if not request.project:
        return "The request names no project."
    return None if record.project_id == request.project else f"The record is for the project {record.project_id!r}."


def not_separate(case: Case) -> str | None:
    """R04: the pack requires a separate signature, and there is none."""
    record = case.record
    if record is None or not case.of_person:
        return None
    return None if record.separately_signed else "The record was not signed separately."


def not_represented(case: Case) -> str | None:
    """R05: it replaces work in person, is not specific, and nobody advised the subject."""
    record = case.record
    if record is None or not case.of_replica or case.request.replaces_in_person is False:
        return None
    if record.represented_by != "none" and record.representation_evidence:
        return None
    # What "reasonably specific" means no rule can measure; here it is enough words that are tied to scenes or lines.
    if case.is_specific and any(one.scenes for one in case.agreed):
        return None
    return "Work in person is replaced, the description is not specific, and neither counsel nor a union advised."


def withdrawn(case: Case) -> str | None:
    """R20: the subject withdrew, or a model that learned from them is past its deadline to forget."""
    if case.withdrawn:
        return "The record was withdrawn."
    deadline = case.standing.forgetting.get(case.request.model)
    if deadline is not None and case.at >= deadline:
        return f"The model should have forgotten somebody by {deadline.isoformat()}."
    return None
