"""Final Draft files are read with their lengths, notes and dual dialogues, and what is unsafe in XML is refused."""

import re
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.reading.final_draft import KINDS, final_draft, read_final_draft
from openslate.apps.production.reading.final_draft_parser import RefusedDocument
from openslate.errors import AdmitError

HELD = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
<Content>
<Paragraph Type="Action"><Text>Black.</Text></Paragraph>
<Paragraph Number="12" Type="Scene Heading">
<SceneProperties Length="1 1/8" Page="3" Title=""/>
<ScriptNote><Paragraph Type="Action"><Text>Where is it?</Text></Paragraph></ScriptNote>
<Text>INT. QUAY, </Text><Text Style="Bold">NIGHT</Text>
</Paragraph>
<Paragraph><DualDialogue>
<Paragraph Type="Character"><Text>MIRA</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>Now!</Text></Paragraph>
</DualDialogue></Paragraph>
<Paragraph Type="Scene Heading"><SceneProperties Length="long" Number="13"/><Text>THE SEA</Text></Paragraph>
<Paragraph Type="Odd"><Text>Words.</Text></Paragraph>
<Paragraph Type="Outline Body"><Text>Plan.</Text></Paragraph>
</Content>
<TitlePage><Content>
<Paragraph Type="General"><Text>Low Water</Text></Paragraph>
<Paragraph Type="General"><Text>Written by</Text></Paragraph>
<Paragraph Type="General"><Text>A. N. Other</Text></Paragraph>
</Content></TitlePage>
</FinalDraft>
"""


def test_every_element() -> None:
    script = final_draft(HELD.encode())
    assert (script.title, script.author) == ("Low Water", "A. N. Other")
    first, second = script.scenes
    assert (first.heading.text, first.heading.number) == ("INT. QUAY, NIGHT", "12")
    assert (first.heading.eighths, first.heading.page, first.heading.line) == (9, "3", 5)
    assert [(one.kind, one.text, one.dual) for one in first.lines] == [
        ("note", "Where is it?", False),
        ("character", "MIRA", True),
        ("dialogue", "Now!", True),
    ]
    assert (second.heading.number, second.heading.eighths) == ("13", None)
    assert [(one.kind, one.text) for one in second.lines] == [("action", "Words."), ("section", "Plan.")]
    assert [one.line for one in script.notices] == [4, 14, 15]


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]>\n<FinalDraft/>', "line 1: it declares a document type"),
        (b'\n<!DOCTYPE FinalDraft SYSTEM "http://a/b">\n<FinalDraft/>', "line 2: it declares a document type"),
        (b"<FinalDraft>\n" + b"<a>" * 100, "line 2: its elements lie deeper than 40"),
        (b"<FinalDraft>\n<Content>", "line 2: it is no XML"),
        (b"<html/>", "line 1: it begins with <html>"),
        (b"", "it is no XML"),
        (b"\0" * 100, "it is no XML"),
        (b"<FinalDraft>&a;</FinalDraft>", "it is no XML: undefined entity"),
        (b'<?xml version="1.0" encoding="nothing"?><FinalDraft/>', "line 1"),
        (b"<FinalDraft>\n\xff</FinalDraft>", "line 2: it is no XML"),
        (b" " * 32_000_001, "larger than 32 MB"),
    ],
)
def test_what_is_unsafe_or_something_else_is_refused(tmp_path: Path, held: bytes, words: str) -> None:
    file = tmp_path / "a.fdx"
    file.write_bytes(held)
    with pytest.raises(AdmitError, match=re.escape(words)):
        read_final_draft(file)


def test_other_encodings_are_read() -> None:
    held = HELD.replace("UTF-8", "UTF-16").encode("utf-16")
    assert final_draft(held).scenes[0].heading.text == "INT. QUAY, NIGHT"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=20)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*KINDS, "Other"]), TEXTS, st.text("0123456789/ ", max_size=6))))
def test_no_text_is_lost(rows: list[tuple[str, str, str]]) -> None:
    inside = "".join(
        f'<Paragraph Type="{kind}"><SceneProperties Length="{length}"/><Text>{escape(text)}</Text></Paragraph>'
        for kind, text, length in rows
    )
    script = final_draft(f"<FinalDraft><Content>{inside}</Content></FinalDraft>".encode())
    held = [*script.before, *(one for scene in script.scenes for one in (scene.heading, *scene.lines))]
    assert [one.text for one in held if one.text] == [text.strip() for _, text, _ in rows if text.strip()]


@settings(deadline=None)
@given(st.binary())
def test_no_bytes_stop_it(held: bytes) -> None:
    with pytest.raises(RefusedDocument):
        final_draft(held)
