import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import RightsError
from openslate.rights.canonical import DEEPEST, LARGEST, canonical, parsed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_the_form_is_that_of_rfc_8785(value: Any) -> None:
    rfc8785 = pytest.importorskip("rfc8785")
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_a_canonical_text_is_read_back(value: Any) -> None:
    assert parsed(canonical(value)) == value
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_the_order_of_keys_makes_no_difference(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [None, True, False]}, '{"a":[null,true,false],"b":1}'),
        ('\x00\b\t\n\f\r\x1f\x7f"\\/', '"\\u0000\\b\\t\\n\\f\\r\\u001f\x7f\\"\\\\/"'),
        ("\u2028€🎬", '"\u2028€🎬"'),
        (-LARGEST, "-9007199254740991"),
        ({}, "{}"),
        ((1, 2), "[1,2]"),
    ],
)
def test_what_the_form_looks_like(value: Any, text: str) -> None:
    assert canonical(value) == text.encode()


def test_two_spellings_of_a_letter_stay_two_texts() -> None:
    composed = "é"
    apart = unicodedata.normalize("NFD", composed)
    assert parsed(canonical(composed)) == composed
    assert parsed(canonical(apart)) == apart
    assert canonical(composed) != canonical(apart)


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        1.0,
        float("nan"),
        float("inf"),
        LARGEST + 1,
        -LARGEST - 1,
        10**5000,
        {"é": 1},
        {1: 2},
        "\ud800",
        ["\udc00"],
        {1, 2},
        b"bytes",
        object(),
        {"a": {"b": [0.1]}},
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_one_text_is_refused(value: Any) -> None:
    with pytest.raises(RightsError):
        canonical(value)


class Two(int):
    def __repr__(self) -> str:
        return "3"


class Sly(dict):  # type: ignore[type-arg]
    pass


@pytest.mark.parametrize("value", [Two(2), Sly(a=1)], ids=["int", "dict"])
def test_a_value_that_may_write_itself_otherwise_is_refused(value: Any) -> None:
    with pytest.raises(RightsError, match="no canonical text"):
        canonical(value)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1} ',
        b'{"a":1}\n',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b'"\\u0041"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b'\xef\xbb\xbf"a"',
        '"a"'.encode("utf-16"),
        b'{"\\u00e9":1}',
        b"9007199254740992",
        b"1" * 5000,
        b"",
        b"{",
        b"[1,]",
        b"'a'",
        b'"a\nb"',
    ],
)
def test_any_other_text_is_refused(text: bytes) -> None:
    with pytest.raises(RightsError):
        parsed(text)


def test_a_key_that_is_named_twice_is_said_to_be() -> None:
    with pytest.raises(RightsError, match="a key is named twice"):
        parsed(b'{"a":1,"a":1}')


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def test_nesting_has_an_end() -> None:
    deepest = nested(DEEPEST)
    assert parsed(canonical(deepest)) == deepest
    with pytest.raises(RightsError, match="inside one another"):
        canonical(nested(DEEPEST + 1))


@pytest.mark.parametrize("levels", [DEEPEST + 1, 2_000, 200_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_nesting_without_end_is_refused_and_overflows_no_stack(levels: int, opening: bytes, closing: bytes) -> None:
    for text in (opening * levels + b"1" + closing * levels, opening * levels):
        with pytest.raises(RightsError):
            parsed(text)


def test_a_list_that_holds_itself_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(RightsError, match="inside one another"):
        canonical(value)


@given(st.binary(max_size=60))
def test_whatever_is_read_is_what_was_written(text: bytes) -> None:
    try:
        value = parsed(text)
    except RightsError:
        return
    assert canonical(value) == text
