"""Screenplays as people and programs write them, where they leave the rules."""

import os
from pathlib import Path

import pytest

from openslate.apps.production.reading.breakdown import break_down
from openslate.apps.production.reading.final_draft import final_draft
from openslate.apps.production.reading.fountain import fountain
from openslate.apps.production.reading.screenplays import read_screenplay
from openslate.errors import AdmitError

NOTED = b"""<FinalDraft DocumentType="Script"><Content>
<Paragraph Type="Scene Heading" Number="1">
<SceneProperties Length="12/8"><Summary><Paragraph><Text>They meet.</Text></Paragraph></Summary><SceneArcBeats>
<CharacterArcBeat Name="MIRA"><Paragraph Type="Action"><Text>She doubts.</Text></Paragraph></CharacterArcBeat>
</SceneArcBeats></SceneProperties><Text>EXT. QUAY - DAY</Text></Paragraph>
<Paragraph Type="Action"><Text>Rain.</Text></Paragraph>
<Paragraph Type="Scene Heading" Number="2"><Text>OMITTED</Text><OmittedScene>
<Paragraph Type="Scene Heading"><SceneProperties Length="2/8"/><Text>INT. SHED - DAY</Text></Paragraph>
<Paragraph Type="Character"><Text>TOM</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>Well.</Text></Paragraph></OmittedScene></Paragraph>
<Paragraph Type="Scene Heading" Number="3"><Text>INT. BARN - NIGHT</Text></Paragraph>
<Paragraph Type="Action"><Text>Straw.</Text></Paragraph>
</Content></FinalDraft>"""


def test_what_final_draft_keeps_about_a_scene_is_not_in_it() -> None:
    script = final_draft(NOTED)
    assert [(one.kind, one.text) for one in script.scenes[0].lines] == [
        ("note", "They meet."),
        ("note", "She doubts."),
        ("action", "Rain."),
    ]
    found = break_down(script, "a.fdx")
    assert [(one.number, one.description) for one in found.scenes] == [("1", "Rain."), ("3", "Straw.")]
    assert found.cast == ()


def test_an_omitted_scene_that_the_file_keeps_is_told() -> None:
    found = break_down(final_draft(NOTED), "a.fdx")
    words = [one.words for one in found.notices]
    assert "The file keeps what was omitted here (3 paragraphs); it is not read." in words
    assert any(one.startswith("Scene 2 is omitted") for one in words)


def test_lengths_in_eighths_alone_are_taken() -> None:
    found = break_down(final_draft(NOTED), "a.fdx")
    assert found.scenes[0].eighths == 12
    assert not [one for one in found.notices if "estimated" in one.words]


@pytest.mark.parametrize("length", ["999 999/8", "0/8", "1-2/8", "long"])
def test_what_is_no_length_is_told_and_estimated(length: str) -> None:
    found = break_down(final_draft(NOTED.replace(b"12/8", length.encode())), "a.fdx")
    assert found.scenes[0].eighths == 1
    assert [one.line for one in found.notices if "estimated" in one.words] == [2]


@pytest.mark.parametrize("prefix", ["INT./EXT.", "INT. / EXT.", "EXT/INT", "I/E.", "Int / Ext"])
def test_indoors_and_out_is_both(prefix: str) -> None:
    (scene,) = break_down(fountain(f"{prefix} CAR - NIGHT\n\nRain.\n"), "a").scenes
    assert (scene.interior, scene.set, scene.shift) == ("INT/EXT", "CAR", "night")


@pytest.mark.parametrize("line", ["12 INT. SHED - DAY 12", "3. EXT. PARK - NIGHT", "INTERIOR SHED - DAY", "EXT: PARK"])
@pytest.mark.parametrize("below", ["", "Somebody sneezes.\n"])
def test_what_was_meant_as_a_heading_is_told_and_speaks_not(line: str, below: str) -> None:
    script = fountain(f"INT. QUAY - DAY\n\nRain.\n\n{line}\n{below}")
    assert ("action", line) in [(one.kind, one.text) for one in script.scenes[0].lines]
    assert [(one.line, "looks like a scene's heading" in one.words) for one in script.notices] == [(5, True)]


def test_no_time_outdoors_is_told() -> None:
    found = break_down(fountain("EXT. QUAY - TEATIME\n\nRain.\n\nINT. SHED\n\nTools.\n"), "a")
    assert [(one.line, "no time" in one.words) for one in found.notices] == [(1, True)]
    assert found.scenes[0].shift == "any"


@pytest.mark.parametrize("cue", ["MIRA V.O.", "MIRA V.O", "MIRA:", "MIRA CONT'D", "MIRA O.S. CONT’D", "MIRA (V.O.):"])
def test_what_some_write_behind_a_name_is_no_part_of_it(cue: str) -> None:
    found = break_down(fountain(f"INT. QUAY - DAY\n\n{cue}\nYes.\n\nINT. SHED - DAY\n\nMIRA\nNo.\n"), "a")
    assert [one.character for one in found.cast] == ["MIRA"]
    assert bool(found.voices) == ("V.O" in cue)


def test_a_name_that_looks_like_a_mark_is_a_name() -> None:
    found = break_down(fountain("INT. QUAY - DAY\n\nLINH VO\nYes.\n"), "a")
    assert [one.character for one in found.cast] == ["LINH VO"]


@pytest.mark.parametrize("mark", ["(ON PHONE)", "(filtered)", "(over radio)"])
def test_a_voice_that_may_be_seen_is_told_once(mark: str) -> None:
    found = break_down(
        fountain(f"INT. QUAY - DAY\n\nMIRA {mark}\nYes.\n\nMIRA {mark}\nNo.\n\nTOM (V.O.)\nWell.\n"), "a"
    )
    assert found.scenes[0].cast == ()
    assert found.voices == (("1", "1"), ("1", "2"))
    assert [(one.line, one.words.startswith("MIRA is taken as heard")) for one in found.notices] == [(3, True)]


@pytest.mark.parametrize("ending", [".fountain", ".fdx"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, ending: str) -> None:
    os.mkfifo(tmp_path / f"a{ending}")
    with pytest.raises(AdmitError, match="no file but a pipe"):
        read_screenplay(tmp_path / f"a{ending}")
