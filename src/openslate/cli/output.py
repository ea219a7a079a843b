"""What a command prints: one JSON document or a view for people on stdout, progress and messages on stderr."""

import json
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.errors import OpenslateError
from openslate.progress import Progress

if TYPE_CHECKING:
    from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of a view.")]
TRACEBACK_SWITCH = "OPENSLATE_TRACEBACK"
INTERRUPTED = 130


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document on stdout."""
    ascii_only = sys.stdout.encoding.lower() != "utf-8"
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=ascii_only, default=str)
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has had enough, as `head` has; what is left to print has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


def console() -> "Console":
    """Where views for people go; brackets and colons in names and paths stand for themselves."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Progress on stderr: a bar where a person watches, a line a step where a log does."""
    from rich.console import Console

    errors = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if errors.is_terminal:
        yield from _bar(errors)
    else:
        yield from _lines(errors)


def _bar(errors: "Console") -> Iterator[Progress]:
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:<46.46}"),
        BarColumn(bar_width=24),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=errors, transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda step, share: bar.update(task, description=step, completed=share)


def _lines(errors: "Console") -> Iterator[Progress]:
    said: list[str] = []

    def report(step: str, share: float) -> None:
        if not said or said[-1] != step:
            said.append(step)
            errors.print(f"{share:4.0%}  {step}", soft_wrap=True)

    yield report


@contextmanager
def told_to_people(as_json: bool) -> Iterator[None]:
    """Turn errors into sentences and exit codes, so that no traceback reaches a user."""
    try:
        yield
    except OpenslateError as error:
        _report(error.what, error.way_out, as_json)
        raise SystemExit(error.exit_code) from None
    except (KeyboardInterrupt, SystemExit) as stop:
        # Typer turns Ctrl-C into this exit code and says nothing.
        if isinstance(stop, SystemExit) and stop.code != INTERRUPTED:
            raise
        _report("Stopped before the end.", "Run the command again: what was committed is kept.", as_json)
        raise SystemExit(INTERRUPTED) from None
    except Exception as error:
        if os.environ.get(TRACEBACK_SWITCH):
            traceback.print_exc()
        _report(
            f"Something went wrong inside Openslate: {type(error).__name__}: {error}.",
            f"Please report it with what {TRACEBACK_SWITCH}=1 prints; what was committed is kept.",
            as_json,
        )
        raise SystemExit(1) from None


def _report(what: str, way_out: str, as_json: bool) -> None:
    sys.stderr.write(f"{what}\n{way_out}\n")
    if as_json:
        print_json({"error": what, "way_out": way_out})
