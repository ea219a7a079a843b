"""Every element of Fountain is read as what it is, nothing that is written is lost, and no text is too hostile."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.reading.fountain import fountain, read_fountain
from openslate.apps.production.reading.script import Script
from openslate.errors import AdmitError

ELEMENTS = """Title:
    _**Low Water**_
Credit: written by
Author: A. N. Other

FADE IN:

# The first act

= They meet.

INT. QUAY - DAY #1A#

MIRA waits. [[How long?]] She waits *on*.

MIRA (V.O.)
(low)
It is out.
(two spaces)
It stays out.

@McCoy
Aye.

TOM ^
Aye!

~La la

!SPLASH

CUT TO:

> FADE OUT

> The End <

===

.THE SEA

/* INT. CUT - DAY

Not filmed. */
ext. pier

.. not a heading
""".replace("(two spaces)", "  ")


def kinds(script: Script, scene: int = 0) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in script.scenes[scene].lines]


def test_every_element() -> None:
    script = fountain(ELEMENTS)
    assert (script.title, script.author) == ("Low Water", "A. N. Other")
    assert dict(script.title_page)["credit"] == "written by"
    assert [one.kind for one in script.before] == ["transition", "section", "synopsis"]
    assert [(one.heading.text, one.heading.number, one.heading.line) for one in script.scenes] == [
        ("INT. QUAY - DAY", "1A", 12),
        ("THE SEA", "", 40),
        ("ext. pier", "", 45),
    ]
    assert kinds(script) == [
        ("action", "MIRA waits.  She waits on."),
        ("note", "How long?"),
        ("character", "MIRA (V.O.)"),
        ("parenthetical", "(low)"),
        ("dialogue", "It is out."),
        ("dialogue", "It stays out."),
        ("character", "McCoy"),
        ("dialogue", "Aye."),
        ("character", "TOM"),
        ("dialogue", "Aye!"),
        ("lyric", "La la"),
        ("action", "SPLASH"),
        ("transition", "CUT TO:"),
        ("transition", "FADE OUT"),
        ("centred", "The End"),
        ("page break", ""),
    ]
    assert [one.text for one in script.scenes[0].lines if one.dual] == ["TOM"]
    assert kinds(script, 2) == [("action", ".. not a heading")]


def test_what_is_not_read_as_a_scene_is_told() -> None:
    text = "Words.\n\nINT. A - DAY\nEXT. B - DAY\n\n/* cut\nout */\n\nA [[note\n\nand /* more\n"
    told = [(one.line, one.words) for one in fountain(text).notices]
    assert [line for line, _ in told] == [1, 4, 6, 9, 11]
    assert "before the first scene" in told[0][1].lower()
    assert "no empty line" in told[1][1]
    assert "Lines 6 to 7" in told[2][1]
    assert told[3][1].startswith("[[ is opened")
    assert told[4][1].startswith("/* is opened")


def test_a_boneyard_within_a_speech_does_not_end_it() -> None:
    script = fountain("INT. A - DAY\n\nMIRA\n/* no */\nYes.\n")
    assert kinds(script) == [("character", "MIRA"), ("dialogue", "Yes.")]


def test_capitals_with_nothing_below_are_action() -> None:
    assert kinds(fountain("INT. A - DAY\n\nTHE END\n")) == [("action", "THE END")]


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    plain, other, old = (tmp_path / name for name in ("a.fountain", "b.fountain", "c.fountain"))
    plain.write_bytes(ELEMENTS.encode())
    other.write_bytes(b"\xef\xbb\xbf" + ELEMENTS.replace("\n", "\r\n").encode())
    old.write_bytes(ELEMENTS.replace("\n", "\r").encode())
    assert read_fountain(plain) == read_fountain(other) == read_fountain(old)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (b"INT. A\n\n\xff\xfe", "line 3: it is not written in UTF-8"),
        (b"INT. A\n\xed\xa0\x80", "line 2: it is not written in UTF-8"),
        (b"\x7fELF\n\0\0", "line 2: there is a zero byte"),
        ("INT. A".encode("utf-16"), "line 1: it is written in UTF-16"),
        (b"a" * 8_000_001, "larger than 8 MB"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, held: bytes, words: str) -> None:
    file = tmp_path / "a.fountain"
    file.write_bytes(held)
    with pytest.raises(AdmitError, match=re.escape(words)):
        read_fountain(file)


@pytest.mark.parametrize("repeated", ["\n", "/*", "[[\n\n", "/* */", "*", "MIRA\nno\n\n", "a#"])
def test_very_many_of_anything_is_read(repeated: str) -> None:
    fountain("INT. A - DAY\n\n" + repeated * (1_000_000 // len(repeated)))


WORDS = st.text(alphabet="aBé1 -.:()", min_size=1, max_size=12)
PREFIXES = st.sampled_from(["", "", "INT. ", ".", "@", "!", "~", ">", "#", "= ", "  ", "(", "[[", "/*", "FADE TO:"])


@settings(deadline=None)
@given(st.lists(st.builds(lambda prefix, words, end: prefix + words + end, PREFIXES, WORDS, PREFIXES) | st.just("")))
def test_no_word_is_lost(lines: list[str]) -> None:
    script = fountain("\n".join(lines))
    held = [one.text for scene in script.scenes for one in (scene.heading, *scene.lines)]
    held += [scene.heading.number for scene in script.scenes] + [one.text for one in script.before]
    held += [word for pair in script.title_page for word in pair]
    there = " ".join(held).lower()
    for word in re.findall(r"[aBé1]+", "\n".join(lines)):
        assert word.lower() in there


@settings(deadline=None)
@given(st.text())
def test_no_text_stops_it(text: str) -> None:
    fountain(text)
