import json

import pytest

from openslate.errors import AdmitError
from openslate.serving.page_types import Page, Row, Slot

SLOT = Slot("t1", "Salt", "film", 1994, ("Drama", "Crime"), 102, "12", "You like drama.", 0.5, 0.96, None)
PAGE = Page("42", "2026-03-07T20:15:00+00:00", "m-1", True, "", 7, (Row("new", "New", "Out now.", (SLOT,)),))


def test_a_page_survives_json() -> None:
    assert Page.from_dict(json.loads(json.dumps(PAGE.to_dict()))) == PAGE


def test_keys_keep_their_order_and_values_are_plain() -> None:
    plain = PAGE.to_dict()
    assert list(plain) == ["member", "made", "model", "personalised", "note", "seed", "rows"]
    assert list(plain["rows"][0]) == ["kind", "heading", "reason", "slots"]
    assert list(plain["rows"][0]["slots"][0])[:5] == ["title", "name", "kind", "year", "genres"]
    assert plain["rows"][0]["slots"][0]["genres"] == ["Drama", "Crime"]


@pytest.mark.parametrize("missing", ["seed", "rows"])
def test_a_missing_key_is_named(missing: str) -> None:
    plain = PAGE.to_dict()
    del plain[missing]
    with pytest.raises(AdmitError, match=missing):
        Page.from_dict(plain)


def test_a_strange_key_within_a_slot_is_named() -> None:
    plain = PAGE.to_dict()
    plain["rows"][0]["slots"][0]["artwork"] = "x.png"
    with pytest.raises(AdmitError, match="artwork"):
        Page.from_dict(plain)
