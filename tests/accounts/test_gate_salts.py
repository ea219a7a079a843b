"""Asking the gate about somebody leaves nothing that an erasure cannot take along, and nothing after one."""

from dataclasses import replace

import pytest

from openslate import clock
from openslate.accounts.erasing import erase_member, scan
from openslate.accounts.erasing_subjects import Override, erase_subject
from openslate.project import Project
from openslate.rights import authorising, known_as, ledger
from openslate.rights.asked_about import standing_for
from openslate.rights.authorising import authorise
from openslate.rights.commitments import commitment, known_commitment
from openslate.rights.consent import Basis, grant_source, record_member
from openslate.rights.records.store import grant
from openslate.rights.request import Request
from openslate.rights.standing import Standing
from openslate.rights.vocabulary import SubjectKind
from openslate.rights.words import viewing_request
from tests.accounts.erased_service import bytes_that_hold
from tests.lake_rows import add_rows
from tests.rights.people import GENERATE, NOW, PERFORMER, VIEWER

MEMBERS = ("4217", "m-0004217731")


def salts(project: Project) -> list[str]:
    return sorted(str(row[0]) for row in project.vault.rows("SELECT subject FROM salts"))


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_asked_about_is_erased_and_leaves_nothing(project: Project, member: str) -> None:
    add_rows(project, "plays", [(member, "t1", "2024-01-01"), ("bob", "t1", "2024-01-01")], "service")
    grant_source(project, "service", Basis("Terms."))
    record_member(project, member, ("train",), granted=True)
    grant(project, replace(VIEWER, subject_id=member, basis_text="Terms."))
    assert authorise(project, viewing_request(member, "train")).token
    assert [one for one in salts(project) if "payee" in one] == []
    erase_member(project, member, "asked")
    assert (salts(project), project.vault.rows("SELECT token FROM tokens")) == ([], [])
    # Asked about again, even where a source would permit it, they stay refused, and nothing of them is kept.
    again = authorise(project, viewing_request(member, "train", "service"))
    assert (again.verdict.code, again.token, salts(project)) == ("R20", None, [])
    assert bytes_that_hold(project.folder, f'"{member}"'.encode()) == []


@pytest.mark.parametrize("member", MEMBERS)
def test_a_salt_of_a_payee_from_before_goes_and_a_payee_by_the_same_id_stays(project: Project, member: str) -> None:
    record_member(project, member, ("train",), granted=True)
    payee = commitment(project, "payee", member)
    assert any("payee" in one.how for one in scan(project, member).findings)
    erase_member(project, member, "asked")
    assert known_commitment(project, "payee", member) is None
    if member == "4217":
        record_member(project, member, ("train",), granted=True)
        payee = commitment(project, "payee", member)
        ledger.append(project, {"decision": "payment", "payee": payee})
        erase_member(project, member, "asked once more")
        assert known_commitment(project, "payee", member) == payee


def test_only_an_allowed_use_with_a_price_draws_a_payee_and_nobody_unknown_is_kept(project: Project) -> None:
    with clock.frozen(NOW):
        grant(project, PERFORMER)
        kept = salts(project)
        kinds: tuple[SubjectKind, ...] = ("principal", "viewer")
        for kind in kinds:
            assert authorise(project, replace(GENERATE, subject="h-nobody", subject_kind=kind)).token is None
        assert salts(project) == kept
        assert authorise(project, replace(GENERATE, project="p-other")).token is None
        assert sorted({*salts(project)} - {*kept}) == ['["subject","h-ada"]']
        assert authorise(project, GENERATE).token
        assert known_commitment(project, "payee", "h-ada")
        erase_subject(project, "h-ada", "asked", Override("counsel", "waived"))
        kept = salts(project)
        for kind in kinds:
            assert authorise(project, replace(GENERATE, subject_kind=kind)).token is None
        assert salts(project) == kept


def test_an_erasure_between_the_first_look_and_the_entry_leaves_no_salt(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_member(project, "m-0004217731", ("train",), granted=True)
    looked: list[Request] = []

    def not_yet(*_: object) -> bool:
        monkeypatch.undo()
        return False

    def look(project: Project, request: Request, forgetting: authorising.Deadlines | None) -> Standing:
        found = standing_for(project, request, forgetting)
        if not looked:
            looked.append(request)
            erase_member(project, request.subject, "asked")
            # As if the mark had come right after the gate asked for it.
            monkeypatch.setattr(known_as, "_is_erased", not_yet)
        return found

    monkeypatch.setattr(authorising, "standing_for", look)
    found = authorise(project, viewing_request("m-0004217731", "train"))
    assert (found.token, found.verdict.code, salts(project)) == (None, "R20", [])
