"""Every command explains itself, and every command that is written about is there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from openslate.cli.main import app
from tests.cli.conftest import Openslate

ROOT = Path(__file__).parent.parent.parent
TREE = typer.main.get_command(app)


def walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from walk(child, (*path, name))


COMMANDS = dict(walk(TREE))
PLANNED = (
    *("init", "status", "demo", "import", "simulate", "lineage", "runs", "runs compare", "models", "models promote"),
    *("models rollback", "personalize train", "personalize evaluate", "personalize home", "personalize recommend"),
    *("rights grant", "rights withdraw", "rights check"),
)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("name", PLANNED)
def test_what_works_is_a_command(name: str) -> None:
    assert tuple(name.split()) in COMMANDS


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "openslate")
def test_every_command_explains_itself(path: tuple[str, ...], openslate: Openslate) -> None:
    said = openslate(*path, "--help")
    assert said.code == 0
    assert said.err == ""
    assert max(map(len, said.out.splitlines())) <= 80
    command = COMMANDS[path]
    assert len(command.help or "") > 15
    for parameter in command.params:
        assert getattr(parameter, "help", None) or parameter.name == "help", parameter.name
    for name, child in getattr(command, "commands", {}).items():
        shown = re.search(rf"^  {name} +(.+)$", said.out, re.MULTILINE)
        assert shown is not None
        assert not shown.group(1).endswith("..."), f"{name}: the first sentence of its help is too long"
        assert child.help


@pytest.mark.parametrize("path", [path for path in COMMANDS if path], ids=" ".join)
def test_every_command_has_an_example_that_parses(path: tuple[str, ...], openslate: Openslate) -> None:
    epilog = COMMANDS[path].epilog or ""
    assert epilog.startswith("Example: openslate ")
    words = shlex.split(epilog.removeprefix("Example: "))[1:]
    if words[0] == "--project":
        words = words[2:]
    assert tuple(words[: len(path)]) == path
    shown = openslate(*words, "--help")
    assert shown.code == 0, shown.err


def written_commands(text: str) -> Iterator[str]:
    """What stands after `openslate` in code, alone or after `--project FOLDER`."""
    prose, *fenced = re.split(r"^```", text, flags=re.MULTILINE)
    code, prose = fenced[::2], "".join([prose, *fenced[1::2]])
    for piece in [*code, *re.findall(r"`([^`\n]+)`", prose)]:
        for line in piece.replace("&&", "\n").splitlines():
            found = re.match(r"\s*\$?\s*openslate (?:(?:--project|-p) \S+ )?([a-z].*)", line)
            if found:
                yield found.group(1)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_are_written_about_are_there(page: Path) -> None:
    for line in written_commands(page.read_text(encoding="utf-8")):
        words = line.split()
        command = COMMANDS.get((words[0],))
        assert command is not None, f"{page.name}: openslate {line}"
        below = getattr(command, "commands", None)
        if below and len(words) > 1 and re.fullmatch("[a-z-]+", words[1]) and not words[1].startswith("-"):
            assert words[1] in below, f"{page.name}: openslate {line}"


def test_the_readme_names_commands() -> None:
    assert len(list(written_commands(PAGES[0].read_text(encoding="utf-8")))) >= 3


def test_without_words_help_is_shown(openslate: Openslate) -> None:
    said = openslate()
    assert said.code == 2
    assert "Start with: openslate demo" in said.out + said.err


def test_the_version_is_that_of_the_package(openslate: Openslate) -> None:
    from importlib.metadata import version

    assert openslate("--version").out == f"openslate {version('openslate')}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["personalise"],
        ["personalize", "trian"],
        ["status", "--yaml"],
        ["init"],
        ["personalize", "recommend"],
        ["personalize", "train", "--as-of", "soon"],
    ],
)
def test_what_is_not_there_is_a_usage_error(words: list[str], openslate: Openslate) -> None:
    said = openslate(*words)
    assert said.code == 2
    assert said.out == ""
    assert "Usage: openslate" in said.err
    assert "--help" in said.err
    as_json = openslate(*words, "--json")
    assert as_json.code == 2
    assert set(as_json.document) == {"error", "way_out"}
    assert as_json.document["way_out"].startswith("Try 'openslate")
    assert "Usage: openslate" in as_json.err
