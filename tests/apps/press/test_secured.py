"""Tokens are small, authenticated, the same for the same, and those of others are never read."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.records.secured import Token, is_shaped, read_key, secured_with, token_of
from openslate.errors import AdmitError, UsageError

KEY = bytes(range(32))
IDS = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=60)
TOKENS = st.builds(Token, IDS, IDS, st.binary(min_size=32, max_size=32).map(bytes.hex))


@given(TOKENS, TOKENS)
def test_a_token_comes_back_and_is_written_as_the_same_bytes(one: Token, other: Token) -> None:
    written = secured_with(one, KEY)
    assert token_of(written, KEY) == one and secured_with(one, KEY) == written and is_shaped(written)
    assert (secured_with(other, KEY) == written) == (one == other)
    assert token_of(written, bytes(32)) is None
    for part in (one.record, one.source, one.content):
        assert len(part) < 4 or part.encode() not in base64.b64decode(written.split(";")[0])


@given(TOKENS, st.data())
def test_a_changed_token_is_nobodys(token: Token, data: st.DataObject) -> None:
    cipher, vector = (bytearray(base64.b64decode(part)) for part in secured_with(token, KEY).split(";"))
    part = data.draw(st.sampled_from((cipher, vector)))
    part[data.draw(st.integers(0, len(part) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    changed = ";".join(base64.b64encode(bytes(one)).decode() for one in (cipher, vector))
    assert token_of(changed, KEY) is None


@given(st.text(max_size=80))
def test_whatever_else_a_record_carries_is_nobodys(text: str) -> None:
    assert token_of(text, KEY) is None


def test_a_token_is_no_place_for_texts() -> None:
    for record, source, content in (
        ("", "s", "0" * 64),
        ("An article begins", "s", "0" * 64),
        ("r", "s" * 201, "0" * 64),
        ("r", "s", "0" * 63),
        ("r", "s", "Z" * 64),
    ):
        with pytest.raises(UsageError):
            Token(record, source, content)
    with pytest.raises(UsageError, match="31 bytes"):
        secured_with(Token("r", "s", "0" * 64), bytes(31))


def test_a_key_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(KEY.hex() + "\n")
    path.chmod(0o600)
    assert read_key(path) == KEY
    path.chmod(0o644)
    with pytest.raises(AdmitError, match="may be read by others"):
        read_key(path)
    path.write_text("short")
    path.chmod(0o600)
    with pytest.raises(AdmitError, match="holds no key"):
        read_key(path)
    with pytest.raises(AdmitError, match="cannot be read"):
        read_key(tmp_path / "nowhere")
