"""Every way in which somebody, or a disk, may change a ledger, and that each is found and located."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.ledger import index
from openslate.rights.ledger.lines import walk


def filled(project: Project, entries: int = 4) -> list[bytes]:
    """A ledger of so many entries after its first, and its lines."""
    for number in range(entries):
        ledger.append(project, {"decision": "use", "subject": f"s{number % 2}", "record": "r", "number": number})
    return project.ledger_path.read_bytes().splitlines(keepends=True)


def line_of(error: pytest.ExceptionInfo[RightsError]) -> int:
    found = re.search(r"line (\d+)", str(error.value))
    assert found, error.value
    return int(found[1])


def test_every_flipped_byte_is_found_and_located_to_its_line(project: Project) -> None:
    lines = filled(project, 3)
    text = b"".join(lines)
    line_ends = [text.index(line) + len(line) for line in lines]
    for place in range(len(text)):
        flipped = bytearray(text)
        flipped[place] ^= 1 << place % 8
        project.ledger_path.write_bytes(flipped)
        line = 1 + sum(place >= end for end in line_ends)
        with pytest.raises(RightsError) as error:
            ledger.verify(project)
        if place == len(text) - 1:
            # The last newline: what is left looks like a torn line, which the index knows to have been whole.
            assert "is cut after" in str(error.value)
        assert line_of(error) == line, place
    project.ledger_path.write_bytes(text)
    assert ledger.verify(project).entries == 4


def test_without_the_index_too_every_flipped_byte_but_the_last_entrys_is_found(project: Project) -> None:
    lines = filled(project, 3)
    text = b"".join(lines)
    for place in range(len(text) - len(lines[-1])):
        flipped = bytearray(text)
        flipped[place] ^= 1 << place % 8
        project.ledger_path.write_bytes(flipped)
        with pytest.raises(RightsError) as error:
            list(walk(project.ledger_path))
        here = 1 + sum(place >= sum(map(len, lines[:number])) for number in range(1, len(lines)))
        assert line_of(error) in (here, here + 1)


SHORT: dict[str, tuple[Callable[[bytes, list[bytes]], bytes], str]] = {
    "last line": (lambda text, lines: text[: -len(lines[-1])], "the file ends here, and 1 entry is gone"),
    "two lines": (
        lambda text, lines: text[: -len(lines[-1] + lines[-2])],
        "the file ends here, and 2 entries are gone",
    ),
    "seven bytes": (lambda text, lines: text[:-7], "the entry is cut after"),
    "everything": (lambda text, lines: b"", "Nothing whole is left"),
    "all but three bytes": (lambda text, lines: text[:3], "the entry is cut after 3 of its bytes"),
}


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("how", SHORT)
def test_where_a_ledger_was_cut_is_said(project: Project, how: str, signed: bool) -> None:
    if signed:
        ledger.make_key(project)
    lines = filled(project)
    if signed:
        ledger.checkpoint(project)
    text = b"".join(lines)
    cut, words = SHORT[how]
    project.ledger_path.write_bytes(cut(text, lines))
    whole = project.ledger_path.read_bytes().count(b"\n")
    with pytest.raises(RightsError) as error:
        ledger.verify(project)
    said = str(error.value)
    assert line_of(error) == whole + 1
    assert f"byte {len(b''.join(lines[:whole]))}: " in said and words in said
    assert f"the state remembers {len(lines)} entries in {len(text)} bytes" in said
    assert ("was cut, not replaced" in said) == (whole > 0)
    project.ledger_path.unlink()
    with pytest.raises(RightsError, match=rf"was removed: .* the state remembers {len(lines)} entries"):
        ledger.verify(project)


def test_a_shorter_ledger_in_the_place_of_this_one_is_said_to_be_another(project: Project, tmp_path: Path) -> None:
    filled(project)
    other = Project.init(tmp_path / "other")
    filled(other, 1)
    shutil.copy(other.ledger_path, project.ledger_path)
    with pytest.raises(RightsError, match=r"line 1: .* begins another ledger"):
        ledger.verify(project)


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (lambda lines: lines[:2] + lines[3:], 3),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 2),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], 4),
        (lambda lines: lines[1:], 1),
        (lambda lines: [lines[0], *lines], 2),
        (lambda lines: [*lines[:3], b"\n", *lines[3:]], 4),
        (lambda lines: [*lines[:3], lines[3].replace(b'{"at"', b'{ "at"'), *lines[4:]], 4),
        (lambda lines: [*lines[:3], lines[3].replace(b"\n", b"\r\n"), *lines[4:]], 4),
    ],
    ids=["drop", "reorder", "repeat", "behead", "begin twice", "blank line", "another spelling", "carriage return"],
)
def test_lines_that_are_not_what_they_were_are_found(
    project: Project, damage: Callable[[list[bytes]], list[bytes]], line: int
) -> None:
    lines = filled(project)
    project.ledger_path.write_bytes(b"".join(damage(lines)))
    with pytest.raises(RightsError) as error:
        ledger.verify(project)
    assert line_of(error) == line
    assert error.value.code == "R26"


def test_an_entry_without_its_moment_or_older_than_the_one_before_is_found(project: Project) -> None:
    filled(project, 1)
    first = next(walk(project.ledger_path))
    for at, how in ((None, "no moment"), ("soon", "no moment"), ("1999-01-01T00:00:00.000000+00:00", "is older")):
        entry = {"decision": "use", "previous": first.hash.hex(), **({} if at is None else {"at": at})}
        text = json.dumps(entry, sort_keys=True, separators=(",", ":"))
        whole = project.ledger_path.read_bytes().splitlines(keepends=True)[0] + text.encode() + b"\n"
        path = project.folder / "forged.jsonl"
        path.write_bytes(whole)
        with pytest.raises(RightsError, match=how):
            list(walk(path))


def test_cutting_whole_entries_off_is_found(project: Project) -> None:
    lines = filled(project)
    for kept in range(len(lines)):
        project.ledger_path.write_bytes(b"".join(lines[:kept]))
        for step in (ledger.verify, lambda project: ledger.append(project, {"decision": "use"})):
            with pytest.raises(RightsError, match="the state remembers"):
                step(project)
        assert project.ledger_path.read_bytes() == b"".join(lines[:kept])


def test_an_entry_cut_at_any_byte_was_never_acknowledged(project: Project) -> None:
    lines = filled(project, 2)
    whole, last = b"".join(lines[:-1]), lines[-1]
    state = project.folder / "state.sqlite"
    # The index as it was before the last entry, as a crash leaves it.
    project.ledger_path.write_bytes(whole)
    with project.state.transaction():
        index.forget(project.state)
    assert ledger.rebuild(project) == 2
    project.state.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    project.state.close()
    saved = state.read_bytes()
    for cut in range(len(last) + 1):
        state.write_bytes(saved)
        project.ledger_path.write_bytes(whole + last[:cut])
        opened = Project.open(project.folder)
        found = ledger.verify(opened)
        assert (found.entries, found.torn) == ((3, 0) if cut == len(last) else (2, cut))
        position = ledger.append(opened, {"decision": "after"})
        assert position.index == found.entries
        assert ledger.verify(opened).torn == 0
        opened.state.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET start = start + 1 WHERE number = 2",
        "UPDATE ledger_entries SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 2",
        "UPDATE ledger_entries SET hash = zeroblob(32) WHERE number = 2",
        "DELETE FROM ledger_entries WHERE number = 2",
        "DELETE FROM ledger_names WHERE number = 2",
        "UPDATE ledger_names SET key = key + 1 WHERE number = 2",
        "INSERT INTO ledger_names VALUES (0, 7, 2)",
        "INSERT INTO ledger_nodes VALUES (8, 0, zeroblob(32))",
        "UPDATE ledger_head SET frontier = zeroblob(length(frontier))",
        "UPDATE ledger_head SET origin = 'openslate-ledger/00000000000000000000000000000000'",
        "UPDATE ledger_head SET entries = entries - 1",
    ],
)
def test_an_index_that_was_changed_is_found_and_can_be_made_again(project: Project, statement: str) -> None:
    filled(project)
    before = ledger.verify(project)
    project.state.execute(statement)
    with pytest.raises(RightsError):
        ledger.verify(project)
    assert ledger.rebuild(project) == 5
    assert ledger.verify(project) == before


def test_an_index_that_is_gone_is_made_again_by_the_next_entry(project: Project) -> None:
    filled(project)
    with project.state.transaction():
        index.forget(project.state)
    assert ledger.append(project, {"decision": "use"}).index == 5
    assert ledger.verify(project).entries == 6


def test_making_the_index_again_refuses_a_ledger_that_lost_its_end(project: Project) -> None:
    lines = filled(project)
    project.ledger_path.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(RightsError, match="not the one the state remembers"):
        ledger.rebuild(project)
    project.ledger_path.write_bytes(b"".join(lines))
    assert ledger.verify(project).entries == 5


def test_a_large_ledger_keeps_inner_nodes_and_finds_false_ones(project: Project) -> None:
    ledger.append_all(project, [{"decision": "use", "number": number} for number in range(700)])
    assert project.state.rows("SELECT count(*) FROM ledger_nodes") == [(2,)]
    assert ledger.verify(project).entries == 701
    ledger.consistency(project, 300)
    project.state.execute("UPDATE ledger_nodes SET hash = zeroblob(32) WHERE position = 0")
    for step in (ledger.verify, lambda project: ledger.consistency(project, 300)):
        with pytest.raises(RightsError, match="index of the ledger"):
            step(project)
    ledger.rebuild(project)
    ledger.consistency(project, 300)


def test_a_line_without_end_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(project, 1)
    monkeypatch.setattr("openslate.rights.ledger.lines.LARGEST_LINE", 1000)
    with project.ledger_path.open("ab") as file:
        file.write(b"x" * 5000)
    with pytest.raises(RightsError, match="longer than any entry"):
        ledger.verify(project)


def an_old_ledger(project: Project, entries: int = 3) -> bytes:
    """A ledger of the first format, and what the state then remembered of it."""
    last, lines, start = "0" * 64, b"", 0
    for number in range(entries):
        entry = {"at": f"2026-01-0{number + 1}T00:00:00+00:00", "decision": "read", "previous": last}
        line = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
        last, start = hashlib.sha256(line).hexdigest(), len(lines)
        lines += line + b"\n"
    project.ledger_path.write_bytes(lines)
    project.state.execute("INSERT INTO earlier_ledger_head VALUES (1, ?, ?, ?)", (entries, last, start))
    return lines


def test_a_ledger_of_the_first_format_is_kept_and_committed_to(project: Project) -> None:
    text = an_old_ledger(project)
    assert ledger.append(project, {"decision": "use"}).index == 1
    (kept,) = project.folder.glob("ledger-before-*.jsonl")
    assert kept.read_bytes() == text
    genesis = next(ledger.entries(project.ledger_path))
    assert genesis["earlier"]["sha256"] == hashlib.sha256(text).hexdigest()
    assert genesis["earlier"]["entries"] == 3
    assert ledger.verify(project).entries == 2
    assert ledger.append(project, {"decision": "use"}).index == 2


def test_a_crash_in_the_middle_of_moving_an_old_ledger_over_does_it_once(project: Project) -> None:
    an_old_ledger(project)
    remembered = project.state.rows("SELECT * FROM earlier_ledger_head")[0]
    ledger.verify(project)
    project.state.execute("INSERT INTO earlier_ledger_head VALUES (?, ?, ?, ?)", remembered)
    with project.state.transaction():
        index.forget(project.state)
    before = project.ledger_path.read_bytes()
    assert ledger.verify(project).entries == 1
    assert project.ledger_path.read_bytes() == before


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_an_old_ledger_that_was_changed_is_not_moved_over(project: Project, damage: str) -> None:
    text = an_old_ledger(project)
    if damage == "cut":
        project.ledger_path.write_bytes(b"".join(text.splitlines(keepends=True)[:-1]))
    elif damage == "changed":
        project.ledger_path.write_bytes(text.replace(b"01-02", b"01-09"))
    else:
        project.ledger_path.unlink()
    with pytest.raises(RightsError, match=r"not the one the state remembers|does not follow"):
        ledger.append(project, {"decision": "use"})


def test_a_copied_project_is_checked_like_the_first(project: Project, tmp_path: Path) -> None:
    filled(project)
    project.state.close()
    copy = Project.open(shutil.copytree(project.folder, tmp_path / "copy"))
    assert ledger.verify(copy).entries == 5
