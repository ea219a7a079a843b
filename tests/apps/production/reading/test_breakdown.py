"""A breakdown holds every scene, who is on set and who is only heard, lengths that add up, and what is doubtful."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.reading.breakdown import Breakdown, break_down
from openslate.apps.production.reading.final_draft import final_draft
from openslate.apps.production.reading.fountain import fountain
from openslate.apps.production.reading.headings import heading_parts
from openslate.apps.production.reading.lengths import lengths, lines_on_paper
from openslate.apps.production.reading.screenplays import read_breakdown
from openslate.errors import AdmitError


def broken_down(text: str) -> Breakdown:
    return break_down(fountain(text), "it")


def words(found: Breakdown) -> str:
    return "\n".join(f"{one.line}: {one.words}" for one in found.notices)


@pytest.mark.parametrize(
    ("text", "interior", "place", "time"),
    [
        ("INT. KITCHEN - DAY", "INT", "KITCHEN", "day"),
        ("ext kitchen, night", "EXT", "KITCHEN", "night"),
        ("INT./EXT. CAR – DUSK", "INT/EXT", "CAR", "dusk"),
        ("EXT/INT CAR NIGHT", "INT/EXT", "CAR", "night"),
        ("I/E. CAR - DAY", "INT/EXT", "CAR", "day"),
        ("EST. THE TOWN - DAWN", "EXT", "THE TOWN", "dawn"),
        ("INT. LIGHTHOUSE - LAMP ROOM", "INT", "LIGHTHOUSE - LAMP ROOM", ""),
        ("INT. LIGHTHOUSE - LAMP ROOM - NIGHT (RAIN)", "INT", "LIGHTHOUSE - LAMP ROOM", "night"),
        ("INT. NIGHT", "INT", "NIGHT", ""),
        ("INT. DAY CARE", "INT", "DAY CARE", ""),
        ("THE SEA, DAY", "", "THE SEA", "day"),
        ("INTERIOR LIFE", "", "INTERIOR LIFE", ""),
        ("INT. ", "INT", "", ""),
    ],
)
def test_headings_come_apart(text: str, interior: str, place: str, time: str) -> None:
    found = heading_parts(text)
    assert (found.interior, found.set, found.time) == (interior, place, time)


def test_a_time_that_goes_on_is_that_of_the_scene_before() -> None:
    found = broken_down("EXT. A - NIGHT\n\nX.\n\nEXT. B - MOMENTS LATER\n\nX.\n\nEXT. C - LATE NIGHT\n\nX.\n")
    assert [(one.time, one.shift) for one in found.scenes] == [("night", "night")] * 3
    assert "5: 'moments later' is taken as the time before: night." in words(found)
    assert "9: 'late night' is taken as night." in words(found)


def test_the_cast_is_merged_and_numbered_by_scenes() -> None:
    found = broken_down(
        "INT. A - DAY\n\nTOM\nA.\n\nMIRA (V.O.)\nB.\n\nINT. B - DAY\n\n@Mira (O.S.) (CONT'D)\nC.\n\n"
        "TOM & MIRA\nD.\n\nANNE AND BOB\nE.\n\nINT. C - DAY\n\nMIRA\nF.\n"
    )
    assert [(one.id, one.character) for one in found.cast] == [("1", "MIRA"), ("2", "TOM"), ("3", "ANNE AND BOB")]
    assert [one.cast for one in found.scenes] == [("2",), ("1", "2", "3"), ("1",)]
    assert found.voices == (("1", "1"),)


def test_who_is_named_without_a_line_is_told() -> None:
    found = broken_down(
        "INT. A - DAY\n\nTom's hat. Old Anne and a tom.\n\nINT. B - DAY\n\nTOM\nA.\n\nOLD ANNE\nB.\n\nBEN\nC.\n"
    )
    assert "1: The action names TOM, OLD ANNE, without a line" in words(found)
    assert found.scenes[0].cast == ()


def test_numbers_are_kept_and_no_two_are_the_same() -> None:
    headings = ("1", "12", "12", "", "12A", "12", "13")
    found = broken_down("\n\n".join(f"INT. A - DAY #{one}#\n\nX." if one else "INT. A - DAY\n\nX." for one in headings))
    assert [one.number for one in found.scenes] == ["1", "12", "12B", "12C", "12A", "12D", "13"]
    assert words(found).count("There is a scene 12 already") == 2
    assert words(found).count("no number") == 1


def test_without_numbers_they_count_from_one() -> None:
    assert [one.number for one in broken_down("INT. A\n\nX.\n\nINT. B\n\nX.\n").scenes] == ["1", "2"]


def test_empty_and_omitted_scenes_and_odd_headings_are_told() -> None:
    found = broken_down("INT. A - DAY\n\nINT. B - DAY\n\nX.\n\n.OMITTED #3#\n\n.THE SEA\n\nX.\n")
    assert [one.set for one in found.scenes] == ["A", "B", "THE SEA"]
    assert "1: The scene is empty" in words(found)
    assert "7: Scene 3 is omitted in the script." in words(found)
    assert "9: The heading 'THE SEA' says neither INT nor EXT." in words(found)


def test_lengths_that_the_file_tells_are_taken() -> None:
    row = (
        '<Paragraph Type="Scene Heading"><SceneProperties Length="{}" Page="{}"/><Text>INT. A - DAY</Text></Paragraph>'
    )
    inside = row.format("1 1/8", "7") + row.format("2", "") + row.format("0", "") + row.format("3/8", "12")
    found = break_down(final_draft(f"<FinalDraft><Content>{inside}</Content></FinalDraft>".encode()), "it")
    assert [(one.eighths, one.script_page) for one in found.scenes] == [(9, "7"), (16, "2"), (1, "4"), (3, "12")]


@settings(deadline=None)
@given(st.lists(st.integers(1, 120), min_size=1, max_size=40))
def test_estimated_lengths_add_up_to_the_script(rows: list[int]) -> None:
    text = "".join("INT. A - DAY\n\n" + "Words.\n\n" * one for one in rows)
    scenes = fountain(text).scenes
    eighths = sum(length for length, _ in lengths(scenes))
    paper = sum(lines_on_paper(one) for one in scenes) * 8 / 55
    # A scene that begins in an eighth which is marked already has one of its own.
    assert paper <= eighths <= paper + 1 + sum(lines_on_paper(one) < 7 for one in scenes)


def test_what_has_no_scene_or_no_end_of_a_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AdmitError, match=r"it has no scene\. A scene's heading"):
        broken_down("Words.\n")
    with pytest.raises(AdmitError, match="it, line 3: the heading has 305 letters"):
        broken_down("Words.\n\nINT. " + "A" * 300)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(AdmitError, match="no screenplay that is read here"):
        read_breakdown(tmp_path / "a.pdf")


def test_what_reverses_lines_is_in_no_name() -> None:
    found = broken_down("INT. A\u202eB - DAY\n\nMI\u2066RA\nX.\n\nWords\u202e.\n")
    assert (found.scenes[0].set, found.cast[0].character) == ("AB", "MIRA")
    assert found.scenes[0].description == "Words."


def test_very_many_scenes_and_names_are_broken_down() -> None:
    found = broken_down("".join(f"INT. A - DAY #1#\n\nOLD {place}X\nA.\n\nOld Old.\n\n" for place in range(20_000)))
    assert len(found.scenes) == len({one.number for one in found.scenes}) == len(found.cast) == 20_000


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["INT. A - DAY", "INT. A - DAY #1#", "MIRA", "MIRA (V.O.)", "X", "", "", ".", "@ (V.O.)"]))
)
def test_any_script_is_broken_down_or_refused(lines: list[str]) -> None:
    script = fountain("\n".join(lines))
    if script.scenes:
        found = break_down(script, "it")
        assert len({one.number for one in found.scenes}) == len(found.scenes) == len(script.scenes)
        ids = {one.id for one in found.cast}
        assert all(ids.issuperset(one.cast) for one in found.scenes)
        assert all(one.eighths >= 1 for one in found.scenes)
