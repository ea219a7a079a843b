"""Kept home pages are held of a member, and their page says so."""

from openslate.accounts.person import person
from openslate.accounts.person_page import person_sheet
from openslate.accounts.person_pages import pages_held
from openslate.drawing.sheet import sheet_document
from openslate.project import Project
from tests.accounts.erased_service import MEMBER


def test_kept_pages_are_counted_with_what_is_held(filled: Project) -> None:
    held = pages_held(filled, MEMBER)
    assert held is not None
    assert held.table == "pages"
    assert held.count >= 1
    assert held.first is not None
    found = person(filled, MEMBER, "a member of staff", "member")
    assert found.pages == held
    assert held not in found.rows
    assert "kept home pages" in sheet_document(person_sheet(found))
    assert pages_held(filled, "nobody") is None
