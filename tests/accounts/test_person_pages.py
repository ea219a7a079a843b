"""Kept home pages are held of a member, and their page says so."""

from openslate.accounts.person import person
from openslate.accounts.person_pages import pages_held
from openslate.project import Project
from tests.accounts.erased_service import MEMBER


def test_kept_pages_are_counted_with_what_is_held(filled: Project) -> None:
    (held,) = pages_held(filled, MEMBER)
    assert held.table == "pages"
    assert held.count >= 1
    assert held.first is not None
    assert held in person(filled, MEMBER, "a member of staff", "member").rows
    assert pages_held(filled, "nobody") == ()
