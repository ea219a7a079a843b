"""Commands that answer in JSON, run in the test's own process or in one of their own."""

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

OPENSLATE = Path(sys.executable).parent / "openslate"


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
