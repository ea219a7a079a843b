"""docs/command-line.md names every command and every option, under the right heading, and none that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from openslate.cli.main import app

PAGE = (Path(__file__).parent.parent.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
EVERYWHERE = {"--json", "--help"}
"""Options explained once for all commands."""


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something of its own, with its full name."""
    children = getattr(command, "commands", {})
    if not children or command.invoke_without_command:
        yield name, command
    for child, below in children.items():
        yield from commands(below, f"{name} {child}")


def options(command: Any) -> set[str]:
    """The long and short spellings of a command's options."""
    return {spelling for one in command.params for spelling in one.opts if spelling.startswith("-")}


def sections() -> dict[str, str]:
    """The text below each heading of the page."""
    pieces = re.split(r"^#{2,3} (.+)$", PAGE, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


ROOT = typer.main.get_command(app)
COMMANDS = dict(commands(ROOT, "openslate"))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_its_section(name: str) -> None:
    text = sections().get(name)
    assert text is not None, f"docs/command-line.md has no heading '### {name}'"
    wanted = options(COMMANDS[name]) - EVERYWHERE
    explained = set(re.findall(r"^- `(--[a-z-]+)`", text, re.MULTILINE))
    assert explained == wanted


def test_page_names_no_command_that_is_not_there() -> None:
    headings = {heading for heading in sections() if heading.startswith("openslate")}
    assert headings == set(COMMANDS)


def test_options_for_all_are_explained_once() -> None:
    explained = sections()["For all commands"]
    for option in sorted(EVERYWHERE | options(ROOT)):
        assert f"`{option}`" in explained


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_speaks_json(name: str) -> None:
    assert "--json" in options(COMMANDS[name])
