"""When a text names a member, and when it does not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.tables import is_theirs, line_of
from openslate.data.admission.fields import fields_of

HOSTILE = (
    "o'hara 1977 \"x\"", "名前-1234567", "two\nlines-77", "'; DROP TABLE plays; --9", ".*[a-z]+(7)|$", "a,b;c|d\te-5",
    "<b>&amp;7</b>", "back\\slash-9", "é-12345678", "e\u0301-12345678", "{\"member\": 7}", "$1\\g<0>-77", "x" * 200,
)  # fmt: skip


@pytest.mark.parametrize("member", HOSTILE)
def test_every_way_of_writing_an_id_is_recognised(member: str) -> None:
    name = Name(member)
    doubled = member.replace('"', '""')
    for text in (
        f"plays of {member}.",
        json.dumps({"member": member}),
        json.dumps({"member": member}, ensure_ascii=False),
        json.dumps({"row": json.dumps({"member": member})}),
        f'"{doubled}",t1',
        repr([member]),
        f"quarantined/{name.hashes[1]}/page.json",
    ):
        assert name.inside(text), text
        assert not name.inside(name.masked(text, "somebody")), text
        assert "somebody" in name.masked(text, "somebody")
    assert not name.inside(f"x{member}y" if member[0].isalnum() and member[-1].isalnum() else "nothing")


@pytest.mark.parametrize(("member", "longer"), [("m-4217731", "m-42177310"), ("ann@x.org7", "joann@x.org7")])
def test_a_part_of_somebody_elses_id_is_not_the_id(member: str, longer: str) -> None:
    assert not Name(member).inside(longer)
    assert Name(member).touches(longer)
    assert Name(member).masked(f"{longer} and {member}", "*") == f"{longer} and *"


@pytest.mark.parametrize("member", ["42", "7", "1700000000", "t1", "personalize", "new york", "train"])
def test_an_id_that_stands_anywhere_by_chance_is_compared_whole_alone(member: str) -> None:
    assert not Name(member).inside(f"see {member} there")
    assert Name(member).inside(Name(member).hashes[0])


@pytest.mark.parametrize(
    ("row", "theirs"),
    [
        ("42,t1,never", True),
        ('"42",t1,never', True),
        ("t1;42;never", True),
        ("42::7::5::978300760", True),
        ("42\tt1", True),
        ('"42,t1', True),
        ('{"user": 42, "film": "t1"}', True),
        ('{"user": "421"}', False),
        ("421,t1,never", False),
        ("a42,t1,4.2", False),
        # Where the row itself says which value is the member's, an equal title is none.
        ('{"member": "7", "title": "42"}', False),
        ('{"member": "42", "title": "7"}', True),
    ],
)
def test_a_refused_row_is_a_members_by_whole_values(row: str, theirs: bool) -> None:
    assert is_theirs({"table": "plays", "row": row, "value": None}, Name("42")) is theirs


def test_the_name_of_a_file_makes_no_row_a_members() -> None:
    name = Name("m-4217731")
    assert not is_theirs({"file": "plays-of-m-4217731.csv", "row": "ann,t1,never"}, name)
    assert is_theirs({"file": "p.csv", "row": "x", "value": "m-4217731"}, name)
    assert is_theirs(line_of('damaged {"row": "m-4217731,t1'), name)
    assert not is_theirs(line_of(""), name)


@given(st.lists(st.text(min_size=1).filter(lambda text: "\0" not in text), min_size=2, max_size=4))
def test_the_values_of_a_csv_row_are_among_its_fields(values: list[str]) -> None:
    row = ",".join('"' + value.replace('"', '""') + '"' for value in values)
    assert set(values) <= fields_of(row)
    assert set(values) <= fields_of(json.dumps({"user": values}))
