"""Bundles, and the verifier that stands alone, run as an auditor runs it: as a process with nothing of Openslate."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.bundle import export_bundle
from openslate.rights.checkpoint import Checkpoint
from openslate.rights.keys import outside
from openslate.rights.note import PublicKey
from openslate.rights.verifier import openslate_verify as verifier
from openslate.rights.witness import make_witness, witness


@dataclass(frozen=True)
class Case:
    """A ledger with two checkpoints, and what was exported of it."""

    project: Project
    key: PublicKey
    witness: PublicKey
    earlier: Path
    whole: Path
    part: Path


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("bundles")
    project = Project.init(folder / "svc")
    key = ledger.make_key(project)
    ledger.append_all(
        project, [{"decision": "use", "subject": f"s{number % 3}", "number": number} for number in range(5)]
    )
    earlier = folder / "earlier.txt"
    earlier.write_text(ledger.checkpoint(project).note.text)
    ledger.append_all(project, [{"decision": "use", "subject": "é", "number": number} for number in range(6)])
    union = make_witness(folder / "union", "union.example/w")
    witness(project, folder / "union", key)
    whole = export_bundle(project, folder / "whole")
    part = export_bundle(project, folder / "part", [3, 2, 9, 2])
    assert (whole.entries, part.entries) == (13, 3)
    return Case(project, key, union, earlier, whole.folder, part.folder)


@pytest.fixture(params=["whole", "part"])
def bundle(request: pytest.FixtureRequest, case: Case, tmp_path: Path) -> Path:
    """A copy of a bundle, to damage."""
    return Path(shutil.copytree(getattr(case, request.param), tmp_path / "bundle"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Run the verifier in this process."""
    code = verifier.main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    assert said.err == ""
    return code, said.out


def change(folder: Path, how: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "bundle.json"
    told = json.loads(path.read_text())
    how(told)
    path.write_text(json.dumps(told))


def test_an_auditor_needs_nothing_but_the_bundle_and_the_key(case: Case, bundle: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "openslate_verify.py", ".", "--key", case.key.text, "--checkpoint", case.earlier],
        cwd=bundle,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 checkpoints are signed by the key you gave; the newest is of 13 entries." in done.stdout
    assert "The ledger still begins with the 7 entries of your checkpoint." in done.stdout
    assert "Everything in this bundle holds." in done.stdout


def test_the_verifier_imports_nothing_of_openslate() -> None:
    source = Path(verifier.__file__).read_text()
    imported = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


def test_what_was_checked_is_said_as_json_too(case: Case, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    key.write_text(case.key.text + "\n")
    code, said = run(capsys, case.whole, "--key", key, "--witness", case.witness.text, "--json")
    told = json.loads(said)
    assert (code, told["holds"], told["problem"]) == (0, True, None)
    assert any("All 13 entries are there" in one for one in told["checked"])
    assert any("The witness" in one for one in told["checked"])
    code, said = run(capsys, case.part, "--key", key)
    assert "3 of 13 entries are here" in said
    assert "Not checked: 1 more signature" in said
    assert "ask for the whole" in said


def test_a_bundle_is_the_ledger_byte_for_byte(case: Case) -> None:
    assert (case.whole / "entries.jsonl").read_bytes() == case.project.ledger_path.read_bytes()
    lines = case.project.ledger_path.read_bytes().splitlines(keepends=True)
    assert (case.part / "entries.jsonl").read_bytes() == b"".join(lines[index] for index in (2, 3, 9))


def test_every_flipped_byte_of_the_entries_is_found(
    case: Case, bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bundle / "entries.jsonl"
    text = path.read_bytes()
    for place in range(0, len(text), 7):
        flipped = bytearray(text)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        code, said = run(capsys, bundle, "--key", case.key.text)
        assert code == 1, place
        assert "NOT TRUE: " in said


def test_every_flipped_byte_of_the_proofs_and_signatures_is_found(
    case: Case, bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bundle / "bundle.json"
    text = path.read_bytes()
    # Proofs of consistency that only an auditor with an earlier checkpoint needs are looked at with one.
    for place in range(0, len(text) - 1, 11):
        flipped = bytearray(text)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        arguments = ("--key", case.key.text, "--checkpoint", case.earlier, "--witness", case.witness.text)
        code, _ = run(capsys, bundle, *arguments)
        inside_steps = b'"consistency"' in text[: place + 1] and b'"format"' not in text[: place + 1]
        assert code == 1 or (inside_steps and bundle.joinpath("entries.jsonl").read_bytes().count(b"\n") == 13), place


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: lines[:1] + lines[2:],
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [*lines, lines[-1]],
        lambda lines: lines[:-1],
        lambda lines: [],
        lambda lines: [*lines[:-1], lines[-1].rstrip(b"\n")],
        lambda lines: [lines[0].replace(b'{"at"', b'{ "at"'), *lines[1:]],
        lambda lines: [lines[0], b"\n", *lines[1:]],
    ],
    ids=["drop", "reorder", "repeat", "truncate", "empty", "cut", "another spelling", "blank"],
)
def test_entries_that_are_not_what_they_were_are_found(
    case: Case, bundle: Path, damage: Callable[[list[bytes]], list[bytes]], capsys: pytest.CaptureFixture[str]
) -> None:
    path = bundle / "entries.jsonl"
    path.write_bytes(b"".join(damage(path.read_bytes().splitlines(keepends=True))))
    assert run(capsys, bundle, "--key", case.key.text)[0] == 1


def test_a_ledger_set_back_or_forked_is_found_with_an_earlier_checkpoint(
    case: Case, bundle: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    private = outside(case.key.name).private()
    at = "2026-01-01T00:00:00.000000+00:00"
    for size, words in (
        (99, "was set back"),
        (13, "forked|not those"),
        (7, "forked|not those"),
        (9, "no proof|not those"),
    ):
        kept = tmp_path / f"{size}.txt"
        kept.write_text(Checkpoint(case.key.name, size, bytes(32), at, ()).signed(private).note.text)
        code, said = run(capsys, bundle, "--key", case.key.text, "--checkpoint", kept)
        assert code == 1
        assert any(word in said for word in words.split("|")), said


def test_a_proof_for_a_checkpoint_that_only_the_auditor_kept_can_be_asked_for(
    case: Case, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    proof = ledger.consistency(case.project, 9)
    kept, at = tmp_path / "kept.txt", "2026-01-01T00:00:00.000000+00:00"
    private = outside(case.key.name).private()
    nine = Checkpoint(case.key.name, 9, bytes.fromhex(proof.old_root), at, ()).signed(private)
    kept.write_text(nine.note.text)
    code, said = run(capsys, case.part, "--key", case.key.text, "--checkpoint", kept)
    assert (code, "has no proof that the ledger still begins with its first 9" in said) == (1, True)
    asked = export_bundle(case.project, tmp_path / "asked", [5], earlier=[9]).folder
    assert run(capsys, asked, "--key", case.key.text, "--checkpoint", kept)[0] == 0


def test_another_key_another_ledger_and_a_missing_witness_are_refused(
    case: Case, bundle: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = Project.init(tmp_path / "other")
    foreign = ledger.make_key(other)
    assert run(capsys, bundle, "--key", foreign.text)[0] == 1
    named_alike = PublicKey(case.key.name, case.key.kind, foreign.raw)
    assert run(capsys, bundle, "--key", named_alike.text)[0] == 1
    kept = tmp_path / "kept.txt"
    kept.write_text(ledger.checkpoint(other).note.text)
    assert run(capsys, bundle, "--key", case.key.text, "--checkpoint", kept)[0] == 1
    stranger = make_witness(tmp_path / "stranger", "stranger")
    code, said = run(capsys, bundle, "--key", case.key.text, "--witness", stranger.text)
    assert (code, "has not signed the newest checkpoint" in said) == (1, True)


@pytest.mark.parametrize("how", ["older", "forged", "of another key", "without the witness", "noise"])
def test_the_checkpoint_beside_the_bundle_must_be_its_newest(
    case: Case, bundle: Path, how: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = bundle / "checkpoint.txt"
    text = path.read_text()
    ledger.make_key(other := Project.init(tmp_path / "other"))
    changed = {
        "older": (case.earlier.read_text(), "is of 7 entries"),
        "forged": (text.replace("\n13\n", "\n12\n"), "of 12 entries, is not signed by the key you gave"),
        "of another key": (ledger.checkpoint(other).note.text, "is not signed by the key you gave"),
        "without the witness": (text[: text.index("— union")], "has other signatures of witnesses"),
        "noise": ("a checkpoint\n", "is no checkpoint"),
    }
    path.write_text(changed[how][0])
    code, said = run(capsys, bundle, "--key", case.key.text)
    assert (code, "NOT TRUE: checkpoint.txt" in said) == (1, True)
    assert changed[how][1] in said


HOSTILE: list[Callable[[dict[str, Any]], None]] = [
    lambda told: told.update(format="other"),
    lambda told: told.update(checkpoints=[]),
    lambda told: told.update(checkpoints={}),
    lambda told: told.update(checkpoints=[3]),
    lambda told: told.update(checkpoints=["x" * 100_000]),
    lambda told: told.update(checkpoints=told["checkpoints"][::-1]),
    lambda told: told.update(checkpoints=told["checkpoints"] * 2),
    lambda told: told.update(checkpoints=["../../../etc/passwd"]),
    lambda told: told.update(proofs=None),
    lambda told: told.update(proofs=[{"index": True, "path": []}]),
    lambda told: told.update(proofs=[{"index": -1, "path": []}]),
    lambda told: told.update(proofs=[{"index": 2**53 - 1, "path": []}]),
    lambda told: told.update(proofs=[{"index": 1, "path": "0" * 64}]),
    lambda told: told.update(proofs=[{"index": 1, "path": ["zz"]}]),
    lambda told: told.update(proofs=[{"index": 1, "path": ["0" * 64] * 100_000}]),
    lambda told: told.update(proofs=[{"index": "../1", "path": []}]),
    lambda told: told.update(proofs=[{"path": []}]),
    lambda told: told.update(proofs=[[]]),
    lambda told: told.update(consistency=[{"old": 7}]),
    lambda told: told.update(consistency=3),
    lambda told: told.clear(),
]


@pytest.mark.parametrize("how", range(len(HOSTILE)))
def test_a_hostile_bundle_is_refused_in_a_sentence(
    case: Case, how: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bundle = Path(shutil.copytree(case.part, tmp_path / "bundle"))
    change(bundle, HOSTILE[how])
    code, said = run(capsys, bundle, "--key", case.key.text)
    assert (code, "NOT TRUE: " in said) == (1, True)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"3",
        b"NaN",
        b'{"format":1e400}',
        b'{"format":' + b"9" * 100_000 + b"}",
        b"[" * 200_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"format":"openslate-bundle-1","format":"openslate-bundle-1"}',
        b'{"\\ud800":1}',
    ],
    ids=range(11),
)
@pytest.mark.parametrize("name", ["bundle.json", "entries.jsonl"])
def test_hostile_bytes_are_refused_in_a_sentence(
    case: Case, bundle: Path, name: str, text: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (bundle / name).write_bytes(text + b"\n")
    code, said = run(capsys, bundle, "--key", case.key.text)
    assert (code, "NOT TRUE: " in said) == (1, True)
    assert said.isascii()


@pytest.mark.parametrize("name", ["bundle.json", "entries.jsonl", "checkpoint.txt"])
@pytest.mark.parametrize("kind", ["missing", "link", "folder", "pipe"])
def test_files_that_are_none_are_refused(
    case: Case, bundle: Path, name: str, kind: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = bundle / name
    shutil.move(path, tmp_path / name)
    if kind == "link":
        path.symlink_to(tmp_path / name)
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    assert run(capsys, bundle, "--key", case.key.text)[0] == 1


@given(st.binary(max_size=200), st.sampled_from(["bundle.json", "entries.jsonl"]), st.integers(0, 4000))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_at_all_bring_it_to_a_traceback(
    case: Case, tmp_path_factory: pytest.TempPathFactory, noise: bytes, name: str, place: int
) -> None:
    bundle = Path(shutil.copytree(case.part, tmp_path_factory.mktemp("noise") / "bundle"))
    text = (bundle / name).read_bytes()
    (bundle / name).write_bytes(text[: place % len(text)] + noise + text[place % len(text) + len(noise) :])
    _, problem = verifier.check(bundle, verifier.read_key(case.key.text, 1), None, [])
    same = (bundle / name).read_bytes() == text
    assert (problem is None) == same or name == "bundle.json"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere", "--key", "KEY"],
        ["BUNDLE", "--key", "no key"],
        ["BUNDLE", "--key", "/nowhere/key"],
        ["BUNDLE", "--key", "KEY", "--checkpoint", "nowhere"],
        ["BUNDLE", "--key", "KEY", "--checkpoint", "BUNDLE/README.txt"],
        ["BUNDLE", "--key", "KEY", "--witness", "KEY"],
        ["BUNDLE", "--key", "WITNESS"],
        ["BUNDLE", "--key", "\x1b[31m+x+y"],
    ],
)
def test_a_question_that_makes_no_sense_has_exit_code_2(
    case: Case, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    named = {"BUNDLE": str(case.whole), "KEY": case.key.text, "WITNESS": case.witness.text}
    said = [named.get(one, one.replace("BUNDLE", str(case.whole))) for one in arguments]
    code, text = run(capsys, *said)
    assert code == 2
    assert "\x1b" not in text
    with pytest.raises(SystemExit) as left:
        verifier.main([str(case.whole)])
    assert left.value.code == 2


def test_a_bundle_is_made_only_of_what_is_there(case: Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no entry"):
        export_bundle(case.project, tmp_path / "new", [99])
    with pytest.raises(UsageError, match="does not begin with 99"):
        export_bundle(case.project, tmp_path / "new", [1], earlier=[99])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("")
    with pytest.raises(RightsError, match="is not empty"):
        export_bundle(case.project, tmp_path / "full")
    assert not (tmp_path / "new").exists()
