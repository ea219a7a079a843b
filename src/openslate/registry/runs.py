"""Records of what was run: data, code, seed, settings, scores, time and memory, and how two runs differ."""

import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from openslate import clock
from openslate.errors import RegistryError
from openslate.project import Project
from openslate.registry.environment import code_version, machine, peak_memory_megabytes
from openslate.storage.lock import is_alive


@dataclass(frozen=True)
class Run:
    """One finished, failed or running piece of work.

    Attributes:
        id: its name.
        kind: what was run, such as 'personalize train'.
        status: 'running', 'done' or 'failed'.
        record: settings, data, metrics, artifacts, code, machine, seconds, memory, and the error of a failed run.
        started: when, UTC, ISO 8601.
    """

    id: str
    kind: str
    status: str
    record: Mapping[str, Any]
    started: str


@dataclass
class Notebook:
    """What a run writes down while it runs.

    Attributes:
        id: the run's name.
        began: the stopwatch when it began.
        record: plain values; add to it freely.
    """

    id: str
    began: float
    record: dict[str, Any] = field(default_factory=dict)


@contextmanager
def recorded(project: Project, kind: str, settings: Mapping[str, Any], seed: int) -> Iterator[Notebook]:
    """Record everything inside as one run, whether it ends well or not.

    Args:
        project: where.
        kind: what is run.
        settings: plain values that decide the outcome.
        seed: where randomness starts.
    """
    notebook = Notebook(
        uuid.uuid4().hex[:12],
        clock.stopwatch(),
        {
            "settings": dict(settings),
            "seed": seed,
            "code": code_version(),
            "machine": machine(),
            "process": os.getpid(),
        },
    )
    _close_killed(project)
    started = clock.now().isoformat()
    project.state.execute(
        "INSERT INTO runs VALUES (?, ?, 'running', ?, ?, NULL)", (notebook.id, kind, _text(notebook), started)
    )
    status = "failed"
    try:
        yield notebook
        status = "done"
    except BaseException as error:
        stopped = isinstance(error, KeyboardInterrupt)
        notebook.record["error"] = "stopped by its user" if stopped else str(error) or type(error).__name__
        raise
    finally:
        notebook.record["seconds"] = round(clock.stopwatch() - notebook.began, 3)
        notebook.record["peak_memory_megabytes"] = round(peak_memory_megabytes(), 1)
        project.state.execute(
            "UPDATE runs SET status = ?, record = ?, finished = ? WHERE id = ?",
            (status, _text(notebook), clock.now().isoformat(), notebook.id),
        )


def every(project: Project) -> list[Run]:
    """Every run, from first to latest."""
    rows = project.state.rows("SELECT id, kind, status, record, started FROM runs ORDER BY rowid")
    return [Run(str(r[0]), str(r[1]), str(r[2]), json.loads(str(r[3])), str(r[4])) for r in rows]


def find(project: Project, name: str) -> Run:
    """The run whose id is, or begins with, `name`.

    Raises:
        RegistryError: none has it, or several have.
    """
    found = [run for run in every(project) if name and run.id.startswith(name)]
    if len(found) != 1:
        raise RegistryError(
            f"{'Several runs begin with' if found else 'There is no run'} {name!r}.", "List them with `openslate runs`."
        )
    return found[0]


@dataclass(frozen=True)
class Difference:
    """One value in which two runs differ.

    Attributes:
        name: dotted path in the record.
        first: the value in the first run, None where it has none.
        second: the value in the second run.
    """

    name: str
    first: Any
    second: Any


def compare(first: Run, second: Run) -> list[Difference]:
    """Everything in which two runs differ, by dotted name.

    Example:
        >>> a = Run("a", "train", "done", {"seed": 1, "metrics": {"ndcg@10": 0.1}}, "")
        >>> b = Run("b", "train", "done", {"seed": 1, "metrics": {"ndcg@10": 0.2}}, "")
        >>> compare(a, b)
        [Difference(name='metrics.ndcg@10', first=0.1, second=0.2)]
    """
    left, right = dict(_flat(first.record)), dict(_flat(second.record))
    return [
        Difference(name, left.get(name), right.get(name))
        for name in sorted(left.keys() | right.keys())
        if left.get(name) != right.get(name)
    ]


def _close_killed(project: Project) -> None:
    """Mark runs whose process is gone: they could not say themselves that they ended."""
    for run in every(project):
        if run.status == "running" and not is_alive(run.record["process"]):
            record = json.dumps({**run.record, "error": "its process was killed"}, sort_keys=True)
            project.state.execute("UPDATE runs SET status = 'failed', record = ? WHERE id = ?", (record, run.id))


def _flat(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _text(notebook: Notebook) -> str:
    return json.dumps(notebook.record, sort_keys=True)
