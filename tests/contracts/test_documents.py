"""Every Python example in the README, the docs and the docstrings runs as it stands."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import openslate

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
EXTRAS = {"torch"}
"""Packages that an installation need not have; modules that begin with their import are looked at where it has."""
MODULES = [found.name for found in pkgutil.walk_packages(openslate.__path__, "openslate.")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_python_examples_run(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = document.read_text(encoding="utf-8")
    assert text.startswith("# "), f"{document} has no heading"
    # Examples are run where the repository lies, but for what they write.
    (tmp_path / "examples").symlink_to(Path(__file__).parent.parent.parent / "examples")
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {"__name__": "example"}
    for block in re.finditer(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        line = text[: block.start()].count("\n") + 1
        exec(compile("\n" * line + block.group(1), str(document), "exec"), namespace)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_run(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in EXTRAS:
            raise
        pytest.skip(f"{error.name} is not installed")
    outcome = doctest.testmod(module)
    assert outcome.failed == 0
