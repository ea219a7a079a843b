import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from openslate.errors import AdmitError
from openslate.storage.toml_lines import Place, line_of, toml_lines
from openslate.storage.written_toml import Form, nearest, parse_toml, read_toml

TEXT = '''# a comment with [brackets] and = signs
name = "A = [b]" # another

"quoted key" = 1.5
dotted.key = 2027-03-01T07:00:00
long = """
id = "no field"
[no.table] \\"""
"""
literal = \'\'\'
x = 1\'\'\'
list = [
  1, # one
  { id = "x", of = [2,
    3] },
]
[day]
call = "07:00"
[[cast]]
id = "1"
[cast.contract]
rate = 5
[[cast.contract.away]]
first = 2027-03-01
[[cast]]
id = "2"
contract = { kind = "day", rate = 6 }
'''


def test_lines_of_every_form_of_value() -> None:
    lines = toml_lines(TEXT)
    expected: dict[Place, int] = {
        ("name",): 2,
        ("quoted key",): 4,
        ("dotted", "key"): 5,
        ("long",): 6,
        ("literal",): 10,
        ("list", 0): 13,
        ("list", 1, "of", 1): 15,
        ("day", "call"): 18,
        ("cast",): 19,
        ("cast", 0, "contract", "rate"): 22,
        ("cast", 0, "contract", "away", 0, "first"): 24,
        ("cast", 1, "contract", "rate"): 27,
    }
    assert {place: lines.get(place) for place in expected} == expected
    assert line_of(lines, ("cast", 1, "born")) == 25
    assert line_of(lines, ("nothing", 3)) == 1


def _places(held: Any, place: Place = ()) -> set[Place]:
    inner = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    return {place}.union(*(_places(value, (*place, key)) for key, value in inner))


def test_every_value_has_a_line_and_nothing_else_has() -> None:
    assert set(toml_lines(TEXT)) == _places(tomllib.loads(TEXT))


VALUES = st.recursive(
    st.integers() | st.booleans() | st.text(st.characters(min_codepoint=32, max_codepoint=126)),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), VALUES, max_size=5))
def test_lines_of_what_is_written_by_a_machine(held: dict[str, Any]) -> None:
    text = "".join(f"{key} = {json.dumps(value)}\n\n" for key, value in held.items())
    lines = toml_lines(text)
    assert set(lines) == _places(held)
    assert [lines[key,] for key in held] == list(range(1, 2 * len(held), 2))


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    minutes: int = Field(strict=True, ge=0)


class _Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    entry: tuple[_Entry, ...] = ()
    only: _Entry | None = None


FORM = Form("a thing", "docs/thing.md", {"minutes": "Write whole minutes."})


def _refusal(text: str) -> str:
    with pytest.raises(AdmitError) as refused:
        parse_toml(text, "thing.toml", _Whole, FORM)
    return str(refused.value)


def test_every_flaw_is_told_in_order_of_lines() -> None:
    said = _refusal('name = 3\n[[entry]]\nminutes = 1\n[[entry]]\nminutes = "many"\nminuts = 5\n')
    assert said.splitlines() == [
        "thing.toml, line 1: name = 3 is refused: it is no text. Mend it; docs/thing.md lists the fields.",
        "thing.toml, line 5: entry 2 minutes = 'many' is refused: it is no whole number. Write whole minutes.",
        "thing.toml, line 6: entry 2 minuts = 5 is refused: a thing has no such field; 'minutes' may be meant. "
        "Mend it; docs/thing.md lists the fields.",
    ]


def test_what_is_missing_is_told_where_it_belongs() -> None:
    assert _refusal('name = "A"\n\n[only]\n').startswith(
        "thing.toml, line 3: only minutes = nothing is refused: it is missing."
    )
    assert _refusal("").startswith("thing.toml, line 1: name = nothing is refused: it is missing.")


def test_no_toml_no_file_and_another_ending(tmp_path: Path) -> None:
    assert "is not valid TOML" in _refusal("name = \n")
    assert "is not valid TOML" in _refusal('name = "A"\nname = "B"\n')
    assert "is nested too deeply" in _refusal("name = " + "[" * 100_000)
    with pytest.raises(AdmitError, match=r"thing\.json is no \.toml file"):
        read_toml(tmp_path / "thing.json", _Whole, FORM)
    with pytest.raises(AdmitError, match=r"cannot be read: No such file"):
        read_toml(tmp_path / "thing.toml", _Whole, FORM)


def test_a_file_of_another_system_is_read(tmp_path: Path) -> None:
    path = tmp_path / "thing.toml"
    path.write_bytes('﻿name = "A"\r\n[only]\r\nminutes = 4\r\n'.encode())
    found, _ = read_toml(path, _Whole, FORM)
    assert found.only == _Entry(minutes=4)


def test_nearest() -> None:
    assert nearest("minuts", ["hours", "minutes"]) == "; 'minutes' may be meant"
    assert nearest("zzz", ["hours", "minutes"]) == ""
