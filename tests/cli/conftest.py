"""Runs the command line within the test's own process, as `main` would, and copies of a simulated service."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from openslate.cli.main import main
from openslate.project import Project
from tests.simulated import LIGHT, copied, one_thread, trained


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Stdout as exactly one JSON document."""
        return json.loads(self.out)


Openslate = Callable[..., Said]


@pytest.fixture(autouse=True, scope="session")
def quiet_blas() -> Iterator[None]:
    with one_thread():
        yield


@pytest.fixture
def openslate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Openslate:
    """Call it as `openslate("--project", folder, "status")`."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["openslate", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            main()
        seen = capsys.readouterr()
        assert "Traceback" not in seen.err
        return Said(int(stop.value.code or 0), seen.out, seen.err)

    return run


@pytest.fixture
def svc(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """The folder of a trained project of the test's own."""
    return copied(trained(tmp_path_factory), tmp_path / "svc").folder


@pytest.fixture
def light(tmp_path: Path) -> Path:
    """A recipe's file that leaves out all that may be left out."""
    from openslate.apps.personalize.recipe_file import write_recipe

    write_recipe(tmp_path / "light.json", LIGHT)
    return tmp_path / "light.json"


@pytest.fixture
def member(svc: Path) -> str:
    """Somebody with a page of their own."""
    from openslate.apps.personalize.recommender import Recommender
    from tests.simulated import personal

    return personal(Recommender.open(Project.open(svc)), 1)[0].member
