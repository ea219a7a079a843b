"""The command as the shell runs it: streams, pipes, signals, encodings, and how soon help appears."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from openslate.project import Project
from openslate.registry import runs

OPENSLATE = Path(sys.executable).parent / "openslate"
ENVIRONMENT = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "COLUMNS": "80"}


def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [OPENSLATE, *map(str, words)], capture_output=True, text=True, env={**ENVIRONMENT, **more}, check=False
    )


def start(*words: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [OPENSLATE, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        # Shells let what they start in the background ignore Ctrl-C, and a child would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def test_progress_goes_to_stderr_and_the_answer_to_stdout(svc: Path, light: Path) -> None:
    found = run("-p", svc, "personalize", "train", "--recipe", light, "--json")
    assert found.returncode == 0
    assert json.loads(found.stdout)["validation"]["metric"] == "ndcg@10"
    assert found.stderr.startswith("  0%  Reading what may be used\n")


def test_exit_codes(svc: Path) -> None:
    failed = run("-p", svc.parent / "nowhere", "status")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert len(failed.stderr.splitlines()) == 2
    assert run("-p", svc, "personalize", "evaluate", "--protocol", "none").returncode == 2


@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["view", "json"])
def test_ctrl_c_stops_with_a_word(svc: Path, as_json: list[str]) -> None:
    with start("-p", svc, "personalize", "evaluate", *as_json) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        assert b"Reading" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.stdout.read(), process.stderr.read()
    assert process.returncode == 130
    assert b"Stopped before the end.\nRun the command again: what was committed is kept.\n" in err
    assert b"Traceback" not in err
    assert (json.loads(out)["error"] == "Stopped before the end.") if as_json else out == b""
    assert runs.every(Project.open(svc))[-1].status == "failed"


@pytest.mark.parametrize("words", [["status", "--json"], ["personalize", "home", "m0000000"]], ids=" ".join)
def test_a_reader_that_has_gone_away_is_no_error_to_speak_of(svc: Path, words: list[str]) -> None:
    with start("-p", svc, *words) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_reader_that_has_gone_away_does_not_hide_a_mistake(tmp_path: Path) -> None:
    with start("-p", tmp_path, "status", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert len(process.stderr.read().splitlines()) == 2
    assert process.returncode == 1


@pytest.mark.parametrize("words", [["--help"], ["status"], ["status", "--json"], ["no-such", "--json"]], ids=" ".join)
def test_a_full_disk_under_the_answer_is_told_in_two_sentences(svc: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            [OPENSLATE, "-p", svc, *words], stdout=full, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, check=False
        )
    assert found.returncode == 1
    assert found.stderr.endswith(
        "There is no room for what was to be written.\n"
        "Make room, or send the answer elsewhere; what was committed is kept.\n"
    )
    assert "Traceback" not in found.stderr


def test_a_head_takes_what_it_needs(svc: Path) -> None:
    command = f"'{OPENSLATE}' -p '{svc}' personalize home m0000000 | head -1"
    found = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=ENVIRONMENT, check=False)
    assert found.stdout.startswith("Home page of member m0000000")
    assert found.stderr == ""


def test_a_terminal_of_ascii_alone_shows_every_title(svc: Path) -> None:
    viewed = run("-p", svc, "personalize", "recommend", "m0000000", "--count", 140, PYTHONIOENCODING="ascii")
    assert viewed.returncode == 0
    assert viewed.stdout.isascii()
    told = run("-p", svc, "personalize", "recommend", "m0000000", "--count", 140, "--json", PYTHONIOENCODING="ascii")
    names = [title["name"] for title in json.loads(told.stdout)["titles"]]
    assert not "".join(names).isascii()


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['openslate', '--help']\n"
        "from openslate.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([name for name in ('numpy', 'scipy', 'duckdb', 'pydantic', 'jinja2') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"
