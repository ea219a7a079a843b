"""Keys and checkpoints outside the project, and what they find that nothing inside it can."""

import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openslate import clock
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import keys, ledger
from openslate.rights.checkpoint import read_checkpoint
from openslate.rights.folders import release_folder
from openslate.rights.keys import outside
from openslate.rights.note import ED25519, PublicKey, public_key, read_note


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "outside"
    monkeypatch.setenv("OPENSLATE_KEYS", str(folder))
    return folder


def use(project: Project, count: int = 1) -> None:
    ledger.append_all(project, [{"decision": "use", "number": number} for number in range(count)])


def saved(project: Project, name: str) -> Path:
    """All of the project as it is now, to set it back to."""
    project.state.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copytree(project.folder, project.folder.parent / name))


def set_back(project: Project, to: Path) -> Project:
    project.state.close()
    shutil.rmtree(project.folder)
    shutil.copytree(to, project.folder)
    return Project.open(project.folder)


def refused(step: Callable[[], object], match: str) -> None:
    with pytest.raises(RightsError, match=match) as error:
        step()
    assert error.value.code == "R26"


def test_a_key_is_its_owners_alone_and_made_once(project: Project, own_keys: Path) -> None:
    key = ledger.make_key(project)
    assert ledger.make_key(project) == key == ledger.public_key(project)
    (path,) = own_keys.glob("*.key")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o700
    assert PublicKey.read(next(own_keys.glob("*.pub")).read_text()) == key
    assert [entry["decision"] for entry in ledger.entries(project.ledger_path)] == ["genesis", "key"]
    for inside in project.folder.rglob("*"):
        assert not inside.is_file() or b"PRIVATE" not in inside.read_bytes()


def test_without_a_key_entries_are_written_and_read_but_nothing_is_signed(project: Project, own_keys: Path) -> None:
    use(project, 3)
    assert ledger.verify(project).entries == 4
    with pytest.raises(RightsError, match="There is no key"):
        ledger.checkpoint(project)
    assert not own_keys.exists()


def test_a_key_that_others_may_read_signs_nothing(project: Project, own_keys: Path) -> None:
    ledger.make_key(project)
    next(own_keys.glob("*.key")).chmod(0o640)
    with pytest.raises(RightsError, match="Others than its owner"):
        ledger.checkpoint(project)


def test_keys_in_the_project_are_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENSLATE_KEYS", str(project.folder / "keys"))
    with pytest.raises(RightsError, match="lies in the project"):
        ledger.make_key(project)


def test_a_lost_key_is_not_silently_made_anew(project: Project, own_keys: Path) -> None:
    ledger.make_key(project)
    next(own_keys.glob("*.key")).unlink()
    with pytest.raises(RightsError, match="another one cannot sign"):
        ledger.make_key(project)
    assert list(own_keys.glob("*.key")) == []


def test_another_key_in_place_of_the_ledgers_is_refused(project: Project, own_keys: Path, tmp_path: Path) -> None:
    ledger.make_key(project)
    other = Project.init(tmp_path / "other")
    ledger.make_key(other)
    own, foreign = (outside(ledger.entry(one, 0).entry["origin"]) for one in (project, other))
    shutil.copy(foreign.key_path, own.key_path)
    for step in (ledger.make_key, ledger.checkpoint):
        with pytest.raises(RightsError, match=r"another one cannot sign|not the one that the ledger names"):
            step(project)
    own.public_path.write_text(public_key(own.private(), own.origin, ED25519).text)
    for step in (ledger.make_key, ledger.checkpoint, ledger.verify):
        with pytest.raises(RightsError, match="The ledger names the key"):
            step(project)


@pytest.mark.parametrize("text", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_holds_no_key_is_refused(project: Project, own_keys: Path, text: str) -> None:
    ledger.make_key(project)
    next(own_keys.glob("*.key")).write_text(text)
    with pytest.raises(RightsError, match="cannot be read"):
        ledger.checkpoint(project)


def test_a_checkpoint_lies_inside_and_outside_and_is_signed(project: Project, own_keys: Path) -> None:
    key = ledger.make_key(project)
    use(project, 5)
    made = ledger.checkpoint(project)
    assert (made.size, made.root.hex()) == (7, ledger.verify(project).root)
    (inside,) = (project.folder / "checkpoints").iterdir()
    (kept,) = own_keys.glob("*.checkpoint")
    assert inside.read_text() == kept.read_text() == made.note.text
    assert read_checkpoint(inside.read_text(), key) == made
    assert ledger.checkpoint(project) == made
    use(project)
    assert ledger.checkpoint(project).size == 8
    assert [one.size for one in ledger.checkpoints(project)] == [7, 8]
    found = ledger.verify(project)
    assert (found.checkpoints, found.outside) == (2, 8)


def test_a_project_set_back_as_a_whole_is_found(project: Project) -> None:
    ledger.make_key(project)
    use(project, 2)
    before = saved(project, "before")
    use(project, 2)
    ledger.checkpoint(project)
    project = set_back(project, before)
    for step in (ledger.verify, ledger.checkpoint, use, ledger.rebuild):
        refused(lambda step=step: step(project), "was set back: it has 4 entries")  # type: ignore[misc]


def test_a_fork_of_the_same_length_is_found(project: Project) -> None:
    ledger.make_key(project)
    use(project, 2)
    before = saved(project, "before")
    use(project, 3)
    ledger.checkpoint(project)
    project = set_back(project, before)
    # Written by somebody who does not see the checkpoint outside.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENSLATE_KEYS", str(project.folder.parent / "nowhere"))
        use(project, 4)
    for step in (ledger.verify, ledger.checkpoint, use, ledger.rebuild):
        refused(lambda step=step: step(project), "was forked: its first 7 entries")  # type: ignore[misc]


def test_without_the_checkpoint_outside_a_project_set_back_looks_whole(project: Project, own_keys: Path) -> None:
    ledger.make_key(project)
    use(project, 2)
    before = saved(project, "before")
    use(project, 2)
    ledger.checkpoint(project)
    next(own_keys.glob("*.checkpoint")).unlink()
    project = set_back(project, before)
    found = ledger.verify(project)
    assert (found.entries, found.outside) == (4, None)


def test_another_ledger_in_its_place_is_found(project: Project, tmp_path: Path) -> None:
    ledger.make_key(project)
    ledger.checkpoint(project)
    other = Project.init(tmp_path / "other")
    use(other, 9)
    project = set_back(project, saved(other, "copy"))
    for step in (ledger.verify, use):
        refused(lambda step=step: step(project), "another than the one that was signed there")  # type: ignore[misc]
    release_folder(project.folder)
    use(project)
    assert ledger.verify(project).entries == 11


def test_a_ledger_begun_anew_is_found(project: Project) -> None:
    ledger.make_key(project)
    ledger.checkpoint(project)
    empty = Project.init(project.folder.parent / "empty")
    project = set_back(project, saved(empty, "copy"))
    refused(lambda: ledger.verify(project), "another than the one that was signed there")
    refused(lambda: use(project), "another than the one that was signed there")


@pytest.mark.parametrize("what", ["inside", "outside"])
@pytest.mark.parametrize("damage", ["size", "root", "signature", "text", "empty", "binary"])
def test_an_altered_checkpoint_is_found(project: Project, own_keys: Path, what: str, damage: str) -> None:
    ledger.make_key(project)
    use(project, 3)
    ledger.checkpoint(project)
    folder = project.folder / "checkpoints" if what == "inside" else own_keys
    (path,) = folder.glob("*.txt" if what == "inside" else "*.checkpoint")
    lines = path.read_text().split("\n")
    if damage == "size":
        lines[1] = "4"
    elif damage == "root":
        lines[2] = ("B" if lines[2][0] == "A" else "A") + lines[2][1:]
    elif damage == "signature":
        lines[5] = lines[5][:-10] + ("B" if lines[5][-10] == "A" else "A") + lines[5][-9:]
    text = "\n".join(lines).encode()
    path.write_bytes({"text": b"hello", "empty": b"", "binary": b"\xff" * 9}.get(damage, text))
    with pytest.raises(RightsError):
        ledger.verify(project)
    if what == "outside":
        with pytest.raises(RightsError):
            use(project)


def test_a_checkpoint_signed_over_other_entries_by_the_same_key_is_found(project: Project) -> None:
    """The split view: one key, one origin, two histories. Whoever holds both checkpoints can prove it."""
    key = ledger.make_key(project)
    before = saved(project, "before")
    use(project, 3)
    one = ledger.checkpoint(project)
    keys.outside(one.origin).checkpoint_path.unlink()
    project = set_back(project, before)
    ledger.append_all(project, [{"decision": "use", "number": -number} for number in range(3)])
    other = ledger.checkpoint(project)
    assert (one.origin, one.size) == (other.origin, other.size)
    assert one.root != other.root
    assert read_note(one.note.text).is_signed_by(key) and read_note(other.note.text).is_signed_by(key)
    path = project.folder / "checkpoints" / f"{one.size:016d}.txt"
    path.write_text(one.note.text)
    refused(lambda: ledger.verify(project), "was forked")


def test_checkpoints_agree_across_restarts(project: Project) -> None:
    ledger.make_key(project)
    for round_number in range(6):
        opened = Project.open(project.folder)
        use(opened, round_number * 37 + 1)
        ledger.checkpoint(opened)
        opened.state.close()
    opened = Project.open(project.folder)
    made = ledger.checkpoints(opened)
    for first, one in enumerate(made):
        for other in made[first:]:
            proof = ledger.consistency(opened, one.size, other.size)
            assert (proof.old_root, proof.new_root) == (one.root.hex(), other.root.hex())


def test_a_false_index_is_never_signed(project: Project) -> None:
    ledger.make_key(project)
    use(project, 5)
    project.state.execute("UPDATE ledger_head SET frontier = zeroblob(length(frontier))")
    with pytest.raises(RightsError, match="index of the ledger"):
        ledger.checkpoint(project)
    assert ledger.checkpoints(project) == []


def test_a_clock_that_goes_backwards_stops_everything(project: Project) -> None:
    noon, later = datetime(2050, 1, 1, 12, tzinfo=UTC), datetime(2050, 1, 1, 13, tzinfo=UTC)
    with clock.frozen(noon):
        ledger.make_key(project)
        use(project)
        use(project)
    with clock.frozen(later):
        ledger.checkpoint(project)
    for moment, entry in ((noon.replace(hour=11), "last"), (noon.replace(minute=30), "checkpoint")):
        with clock.frozen(moment), pytest.raises(RightsError, match="clock has gone backwards") as error:
            use(project)
        assert error.value.code == "R25", entry
    with clock.frozen(later):
        use(project)
    with clock.frozen(later.replace(microsecond=1)):
        ledger.checkpoint(project)
        use(project)
    moments = [entry["at"] for entry in ledger.entries(project.ledger_path)]
    assert moments == sorted(moments)
    assert {len(moment) for moment in moments} == {32}


def test_the_folder_of_keys_is_the_users_own_unless_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert keys.keys_folder() == tmp_path / "outside"
    monkeypatch.delenv("OPENSLATE_KEYS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    assert keys.keys_folder() == tmp_path / "settings" / "openslate" / "keys"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert keys.keys_folder() == tmp_path / ".config" / "openslate" / "keys"


def test_a_name_of_a_ledger_leads_nowhere_else() -> None:
    for origin in ("../../etc/passwd", "openslate-ledger/../../x", "", "openslate-ledger/" + "0" * 31 + "/"):
        with pytest.raises(RightsError, match="no name of a ledger"):
            outside(origin).checkpoint()
