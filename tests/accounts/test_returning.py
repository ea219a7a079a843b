"""Whoever was erased does not come back with an old file, and their own new consent takes them in."""

from dataclasses import replace

import pytest

from openslate import clock
from openslate.accounts.erasing import erase_member
from openslate.accounts.erasing.steps import begin, stop_new_use
from openslate.accounts.erasing_subjects import erase_subject
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import erased
from openslate.rights.asked_about import standing_for
from openslate.rights.commitments import commitment
from openslate.rights.consent import PURPOSES, Basis, grant_source, record_member
from openslate.rights.decide import decide
from openslate.rights.judging import judged
from openslate.rights.records.store import grant, grant_mandate, revoke_mandate
from openslate.rights.records.versions import versions
from openslate.rights.vocabulary import Use
from openslate.rights.words import viewing_request
from tests.accounts.erased_service import bytes_that_hold
from tests.lake_rows import add_rows
from tests.rights.people import GUARDIAN, NOW, PERFORMER, VIEWER


def test_an_old_record_does_not_bring_a_member_back_and_a_new_one_does(project: Project) -> None:
    old = replace(VIEWER, subject_id="m-0004217731", basis_text="Terms 2025")
    member = old.subject_id
    grant(project, old)
    erase_member(project, member, "asked")
    with pytest.raises(UsageError, match="rec-viewer is of somebody who was erased"):
        grant(project, old)
    assert bytes_that_hold(project.folder, member.encode()) == []
    since = clock.now()
    grant(project, replace(old, issued_at=since, effective_from=since))
    assert not erased.is_erased(project, member)
    add_rows(project, "plays", [(member, "t1", "2024-01-01")], "service")
    grant_source(project, "service", Basis("Terms.", PURPOSES))
    answers = {}
    asked: tuple[Use, ...] = ("train", "evaluate")
    for purpose in asked:
        request = viewing_request(member, purpose, "service")
        verdict = decide(request, clock.now(), standing_for(project, request))
        rows = f"(SELECT '{member}' AS member, 'service' AS source)"
        with project.lake.reading() as connection:
            found = connection.execute(f"SELECT granted FROM {judged(project, rows, (purpose,))}").fetchall()
        answers[purpose] = (verdict.allowed, found[0][0])
    # What the record does not name stays refused, whatever the source grants.
    assert answers == {"train": (True, True), "evaluate": (False, False)}


def test_an_unfinished_erasure_takes_no_record(project: Project) -> None:
    record_member(project, "m-1", PURPOSES, granted=True)
    begun = begin(project, "m-1", "asked")
    stop_new_use(project, begun, "m-1")
    later = clock.now()
    with pytest.raises(RightsError, match="is not finished"):
        grant(project, replace(VIEWER, issued_at=later, effective_from=later))
    assert not versions(project, VIEWER.record_id)


def test_an_old_mandate_or_record_does_not_name_them_again_and_a_new_one_may(project: Project) -> None:
    parent = "h-parent-00012345"
    mandate = replace(GUARDIAN, holder_id=parent)
    child = replace(PERFORMER, is_minor=True, guardian=parent)
    with clock.frozen(NOW):
        grant_mandate(project, mandate)
        erase_subject(project, parent, "asked")
        with pytest.raises(UsageError, match="man-guardian names somebody who was erased on 2026-11-25"):
            grant_mandate(project, mandate)
        with pytest.raises(UsageError, match="man-guardian names somebody who was erased"):
            grant_mandate(project, replace(mandate, holder_id="h-other", subjects=("h-ada", parent)))
        with pytest.raises(UsageError, match="rec-performer names somebody who was erased"):
            grant(project, child)
        assert bytes_that_hold(project.folder, parent.encode()) == []
    with clock.frozen(NOW.replace(day=27)):
        assert grant_mandate(project, replace(mandate, effective_from=NOW.replace(day=26))).version == 1
        # Naming them takes nobody in: that is for them alone to say.
        assert erased.erased_subject_since(project, parent) == NOW


def test_a_mandate_that_stayed_for_others_can_still_be_revoked(project: Project) -> None:
    with clock.frozen(NOW):
        grant_mandate(project, replace(GUARDIAN, subjects=("h-ada-000000001", "h-bob-000000001")))
        commitment(project, "subject", "h-ada-000000001")
        erase_subject(project, "h-ada-000000001", "asked")
        assert revoke_mandate(project, "man-guardian").version == 2
