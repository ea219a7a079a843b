import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import RightsError
from openslate.rights.checkpoint import Checkpoint, read_checkpoint
from openslate.rights.note import COSIGNATURE, ED25519, Note, PublicKey, cosign, public_key, read_note, sign
from openslate.rights.verifier import openslate_verify as verifier

ORIGIN = "openslate-ledger/0123456789abcdef0123456789abcdef"
AT = "2026-11-25T12:00:00.000000+00:00"
SEED = bytes(range(32))
PRIVATE = Ed25519PrivateKey.from_private_bytes(SEED)
KEY = public_key(PRIVATE, ORIGIN, ED25519)


def a_checkpoint() -> Checkpoint:
    return Checkpoint(ORIGIN, 7, bytes(range(32)), AT, ()).signed(PRIVATE)


def test_a_note_is_its_text_an_empty_line_and_a_line_for_each_signature() -> None:
    note = Note(
        "one\n\ntwo\n", (sign("one\n\ntwo\n", PRIVATE, "a.example/log"), cosign("x", PRIVATE, "w", 1_679_315_147))
    )
    lines = note.text.split("\n")
    assert lines[:4] == ["one", "", "two", ""]
    assert [line.split(" ")[:2] for line in lines[4:-1]] == [["—", "a.example/log"], ["—", "w"]]
    assert read_note(note.text) == note
    assert [len(one.blob) for one in note.signatures] == [64, 72]
    assert int.from_bytes(note.signatures[1].blob[:8], "big") == 1_679_315_147


def test_a_known_seed_gives_the_known_key_and_id() -> None:
    """The public key is that of RFC 8032's arithmetic for the seed 00 01 ... 1f; the id is the C2SP formula by hand."""
    raw = bytes.fromhex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")
    assert KEY.raw == raw
    assert KEY.id == hashlib.sha256(ORIGIN.encode() + b"\n\x01" + raw).digest()[:4]
    encoded = base64.b64encode(b"\x01" + raw).decode()
    assert KEY.text == f"{ORIGIN}+{KEY.id.hex()}+{encoded}"
    assert PublicKey.read(KEY.text) == KEY
    assert verifier.read_key(KEY.text, 1) == verifier.Key(ORIGIN, 1, raw)


def test_only_the_right_key_and_text_hold() -> None:
    note = a_checkpoint().note
    assert note.is_signed_by(KEY)
    other = public_key(Ed25519PrivateKey.from_private_bytes(bytes(32)), ORIGIN, ED25519)
    assert not note.is_signed_by(other)
    assert not note.is_signed_by(PublicKey(ORIGIN, COSIGNATURE, KEY.raw))
    assert not note.is_signed_by(PublicKey("another", ED25519, KEY.raw))
    assert not Note(note.body.replace("7", "8"), note.signatures).is_signed_by(KEY)


def test_one_false_signature_in_a_keys_name_spoils_the_note() -> None:
    note = a_checkpoint().note
    false = sign("another text\n", PRIVATE, ORIGIN)
    assert not note.with_signature(false).is_signed_by(KEY)


def test_a_cosignature_is_bound_to_its_time() -> None:
    body = a_checkpoint().body
    witness = public_key(PRIVATE, "w", COSIGNATURE)
    good = cosign(body, PRIVATE, "w", 1_800_000_000)
    assert Note(body, (good,)).is_signed_by(witness)
    later = type(good)(good.name, good.id, (1_800_000_001).to_bytes(8, "big") + good.blob[8:])
    assert not Note(body, (later,)).is_signed_by(witness)
    short = type(good)(good.name, good.id, good.blob[:20])
    assert not Note(body, (short,)).is_signed_by(witness)
    # A log's signature is no witness's, though it is by the same key.
    plain = sign(body, PRIVATE, "w")
    assert not Note(body, (type(plain)("w", witness.id, plain.blob),)).is_signed_by(witness)


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_every_flipped_bit_of_a_checkpoint_spoils_it(place: int, bit: int) -> None:
    text = bytearray(a_checkpoint().note.text.encode())
    text[place % len(text)] ^= 1 << bit
    for reader in (lambda one: read_checkpoint(one, KEY), in_the_verifier):
        with pytest.raises((RightsError, UnicodeDecodeError, verifier.Refused)):
            reader(bytes(text).decode())


def in_the_verifier(text: str) -> None:
    note = verifier.read_checkpoint(text)
    if note.origin != KEY.name or not verifier.signed(note, verifier.Key(KEY.name, 1, KEY.raw)):
        raise verifier.Refused("not signed")


def test_the_verifier_reads_the_same_of_a_checkpoint() -> None:
    made = a_checkpoint()
    note = verifier.read_checkpoint(made.note.text)
    assert (note.origin, note.size, note.root, note.at) == (made.origin, made.size, made.root, made.at)
    in_the_verifier(made.note.text)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n7\n", "\n07\n"),
        lambda text: text.replace("\n7\n", "\n+7\n"),
        lambda text: text.replace("\n7\n", "\n-7\n"),
        lambda text: text.replace("\n7\n", "\n٧\n"),
        lambda text: text.replace("\n7\n", f"\n{'9' * 400_000}\n"),
        lambda text: text.replace("\n7\n", "\n9007199254740993\n"),
        lambda text: text.replace("at ", "at  "),
        lambda text: text.replace("+00:00", "+01:00"),
        lambda text: text.replace("openslate-ledger/0", "openslate-ledger/../0"),
        lambda text: text.replace("\n\n", "\nmore\n\n"),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("—", "-"),
        lambda text: text + text,
        lambda text: text + "\n",
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + "— name c2hvcnQ=\n" * 100,
        lambda text: text + "— name A===\n",
        lambda text: text.replace("AAECAwQF", "AAECAwQ"),
        lambda text: "",
        lambda text: "\n\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(change: object) -> None:
    text = change(a_checkpoint().note.text)  # type: ignore[operator]
    with pytest.raises(RightsError):
        read_checkpoint(text, KEY)
    with pytest.raises(verifier.Refused):
        in_the_verifier(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+AQ==",
        KEY.text.replace("+", " "),
        KEY.text[:-4],
        KEY.text.replace(KEY.id.hex(), "00000000"),
        "a b" + KEY.text,
        "x" + KEY.text,
    ],
)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(RightsError):
        PublicKey.read(text)
    with pytest.raises(verifier.Unusable):
        verifier.read_key(text, 1)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\x00b"])
def test_a_name_that_no_line_can_carry_is_refused(name: str) -> None:
    with pytest.raises(RightsError, match="cannot be named"):
        PublicKey(name, ED25519, bytes(32))
