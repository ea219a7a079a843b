"""A performer's consent on the command line: from the record to the use, and from the ledger to an auditor."""

import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from openslate.cli.main import main
from openslate.project import Project

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "rights"
OPENSLATE = Path(sys.executable).parent / "openslate"
REQUEST = str(EXAMPLES / "request.toml")


def run(project: Project, *words: str, code: int = 0) -> dict[str, Any]:
    """Run a command in this process, by the function that the shell's command calls."""
    out, err = TextIOWrapper(BytesIO(), encoding="utf-8"), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["openslate", "--project", str(project.folder), *words, "--json"])
        with pytest.raises(SystemExit) as stop:
            main()
    out.seek(0)
    return checked(int(stop.value.code or 0), out.read(), err.getvalue(), code)


def start(project: Project, *words: str, code: int = 0) -> dict[str, Any]:
    """Run a command as a process of its own, which knows nothing but what is on disk."""
    command = [str(OPENSLATE), "--project", str(project.folder), *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return checked(done.returncode, done.stdout, done.stderr, code)


def checked(ended: int, out: str, err: str, code: int) -> dict[str, Any]:
    assert ended == code, err + out
    assert "Traceback" not in err
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.fixture
def studio(project: Project) -> Project:
    assert run(project, "rights", "records", "--add", str(EXAMPLES / "performers.toml"))["new"] == 9
    return project


def test_from_the_record_to_the_use_and_to_its_end(studio: Project) -> None:
    assert start(studio, "rights", "ask", REQUEST)["allowed"] is True
    found = start(studio, "rights", "request-use", REQUEST)
    assert found["price"] == {"amount": "2250.00", "currency": "USD", "why": "1.5 days at USD 1500.00."}
    token = str(found["token"])
    assert start(studio, "rights", "use", REQUEST, "--token", token)["entry"] == found["entry"]
    again = start(studio, "rights", "use", REQUEST, "--token", token, code=1)
    assert "spent" in str(again["error"])
    start(studio, "rights", "withdraw", "--record", "consent-0101", "--effect", "remove")
    denied = start(studio, "rights", "request-use", REQUEST, code=1)
    assert denied["token"] is None
    assert [one["code"] for one in denied["findings"]] == ["R20"]


def test_a_strike_suspends_at_once(studio: Project) -> None:
    run(studio, "rights", "strike", "sag-aftra", "--on")
    assert run(studio, "rights", "ask", REQUEST, code=1)["findings"][0]["code"] == "R09"
    run(studio, "rights", "strike", "sag-aftra", "--off")
    assert run(studio, "rights", "ask", REQUEST)["allowed"] is True


def test_an_auditor_checks_a_bundle_without_openslate(studio: Project, tmp_path: Path) -> None:
    run(studio, "rights", "request-use", REQUEST)
    assert "no signing key" in str(run(studio, "rights", "witness", str(tmp_path / "union"), code=1)["error"])
    key = str(run(studio, "rights", "key")["public_key"])
    assert run(studio, "rights", "key") == {**run(studio, "rights", "key"), "public_key": key, "new": False}
    run(studio, "rights", "checkpoint")
    run(studio, "rights", "witness", str(tmp_path / "union"))
    run(studio, "rights", "bundle", str(tmp_path / "audit"))
    verifier = [sys.executable, "-I", str(tmp_path / "audit" / "openslate_verify.py"), str(tmp_path / "audit")]
    good = subprocess.run([*verifier, "--key", key], capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stdout + good.stderr
    entries = tmp_path / "audit" / "entries.jsonl"
    entries.write_bytes(entries.read_bytes().replace(b'"2250.00"', b'"1250.00"'))
    bad = subprocess.run([*verifier, "--key", key], capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert "Traceback" not in bad.stderr


def test_a_record_leaves_as_a_policy_and_as_a_receipt(studio: Project) -> None:
    assert run(studio, "rights", "export-record", "consent-0101", "--as", "odrl")["@type"] == "Agreement"
    assert "no key" in str(run(studio, "rights", "export-record", "consent-0101", code=1)["error"])
    run(studio, "rights", "key")
    assert "consent-0101" in json.dumps(run(studio, "rights", "export-record", "consent-0101"))
    assert "no record" in str(run(studio, "rights", "export-record", "nothing", code=2)["error"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no subject"),
        ("subject = ", "not valid TOML"),
        ('subject = "a"\nsubject = "b"', "not valid TOML"),
        ('colour = "red"', "colour is no field"),
        ('subject = "a"\nsubject_kind = "king"', "refused"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_in_words(
    studio: Project, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "request.toml"
    path.write_text(text)
    assert said in str(run(studio, "rights", "ask", str(path), code=2)["error"])


def test_a_moment_without_a_zone_is_refused(studio: Project, tmp_path: Path) -> None:
    path = tmp_path / "request.toml"
    path.write_text(Path(REQUEST).read_text() + "\nscan_at = 2026-12-03T08:00:00\n")
    assert "no time zone" in str(run(studio, "rights", "ask", str(path), code=2)["error"])


def test_packs_say_how_sure_we_are(project: Project) -> None:
    packs = {one["id"]: one for one in run(project, "rights", "packs")["packs"]}
    assert packs["us.nofakes.draft@1"]["enabled"] is False
    assert packs["sag-aftra.tvth.2026@1"]["grade"] == "secondary"
