"""What a command prints: one JSON document or a view for people on stdout, progress and messages on stderr."""

import errno
import json
import os
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from openslate.clock import stopwatch
from openslate.drawing.words import printable
from openslate.errors import OpenslateError
from openslate.progress import Pace, Progress, left_in_words

if TYPE_CHECKING:
    from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of a view.")]
TRACEBACK_SWITCH = "OPENSLATE_TRACEBACK"
INTERRUPTED = 130
SECONDS_BETWEEN_LINES = 30.0
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
NO_ROOM = (
    "There is no room for what was to be written.",
    "Make room, or send the answer elsewhere; what was committed is kept.",
)


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document on stdout."""
    ascii_only = sys.stdout.encoding.lower() != "utf-8"
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=ascii_only, default=str)
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except OSError as error:
        _give_up_stdout(error)


def say(text: str, indent: int = 0) -> None:
    """Print a sentence for people; names and paths in it cannot move the cursor, and no line of it is broken.

    Args:
        text: the sentence.
        indent: spaces before it.
    """
    console().print(" " * indent + printable(text), soft_wrap=True)


def console(stderr: bool = False) -> "Console":
    """Where views for people go; brackets and colons in names and paths stand for themselves."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Progress on stderr: a bar where a person watches, a line a step where a log does."""
    errors = console(stderr=True)
    if errors.is_terminal:
        yield from _bar(errors)
    else:
        yield from _lines(errors)


def waiting(what: str) -> AbstractContextManager[object]:
    """A sign of life on stderr for work of a second or two, only where a person watches.

    Args:
        what: what is being done.
    """
    errors = console(stderr=True)
    return errors.status(what) if errors.is_terminal else nullcontext()


def _bar(errors: "Console") -> Iterator[Progress]:
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:<46.46}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}", markup=False),
    )
    pace = Pace()
    with Bar(*columns, console=errors, transient=True) as bar:
        task = bar.add_task("", total=1.0, left="")

        def report(step: str, share: float) -> None:
            left = left_in_words(pace.seconds_left(stopwatch(), share))
            bar.update(task, description=printable(step), completed=share, left=left)

        yield report


def _lines(errors: "Console") -> Iterator[Progress]:
    """A line for each step, and one every half minute of a long step with the time left."""
    pace, started = Pace(), stopwatch()
    said: list[tuple[str, float]] = []

    def report(step: str, share: float) -> None:
        now = stopwatch()
        left = left_in_words(pace.seconds_left(now, share))
        if not said or said[-1][0] != step or now - said[-1][1] >= SECONDS_BETWEEN_LINES:
            said.append((step, now))
            # Short work needs no such estimate, and its first steps give none worth having.
            tail = f", {left}" if left and now - started >= SECONDS_BETWEEN_LINES else ""
            errors.print(f"{share:4.0%}  {printable(step)}{tail}", soft_wrap=True)

    yield report


@contextmanager
def told_to_people(as_json: bool) -> Iterator[None]:
    """Turn errors into sentences and exit codes, so that no traceback reaches a user."""
    try:
        yield
    except OpenslateError as error:
        report_error(error.what, error.way_out, as_json)
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        report_error("Stopped before the end.", "Run the command again: what was committed is kept.", as_json)
        raise SystemExit(INTERRUPTED) from None
    except Exception as error:
        if _is_for_want_of_room(error):
            report_error(_no_room_where(error), NO_ROOM[1], as_json)
            raise SystemExit(1) from None
        if isinstance(error, OSError) and error.errno in FORBIDDEN and error.filename:
            way_out = "Mend its permissions, or work on a copy; what was committed is kept."
            report_error(f"{error.filename} cannot be used: {error.strerror}.", way_out, as_json)
            raise SystemExit(1) from None
        if os.environ.get(TRACEBACK_SWITCH):
            traceback.print_exc()
        report_error(
            f"Something went wrong inside Openslate: {type(error).__name__}: {error}.",
            f"Please report it with what {TRACEBACK_SWITCH}=1 prints; what was committed is kept.",
            as_json,
        )
        raise SystemExit(1) from None


def _is_for_want_of_room(error: Exception) -> bool:
    """Whether a disk was full; DuckDB and SQLite say so in words alone."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return True
    return os.strerror(errno.ENOSPC) in str(error) or "database or disk is full" in str(error)


def _no_room_where(error: Exception) -> str:
    """The first sentence of it, with the folder where the error names a file."""
    named = re.search(r'file \\*"([^"\\]+)', str(error))
    path = named.group(1) if named else getattr(error, "filename", None)
    return f"There is no room in {Path(path).parent} for what was to be written." if path else NO_ROOM[0]


def report_error(what: str, way_out: str, as_json: bool) -> None:
    """Tell of an error on stderr, a line for each thing that is wrong and one with the way out; and as JSON on stdout
    where that was asked for."""
    lines = (*what.splitlines(), way_out)
    sys.stderr.write("".join(f"{printable(line)}\n" for line in lines))
    if as_json:
        print_json({"error": what, "way_out": way_out})


def _give_up_stdout(error: OSError) -> NoReturn:
    """Stop because stdout takes no more; without a word where its reader has had enough, as `head` has."""
    # What Python still holds back for stdout would otherwise fail again at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        sys.stderr.write("\n".join((*NO_ROOM, "")))
    raise SystemExit(1) from None
