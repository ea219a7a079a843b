"""A simulated service as a source: its columns go in shard by shard, and what it was made from is kept beside them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from openslate.data.admission.report import ImportReport
from openslate.data.simulate import Service, SimulatorSettings
from openslate.data.sources.arrays import Columns, import_arrays
from openslate.errors import ProjectError
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.storage.files import write_atomically

SOURCE = "simulator"
SETTINGS_FILE = "simulator.json"
NOT_IN_SCHEMA = ("countries",)


def import_simulation(project: Project, settings: SimulatorSettings, progress: Progress = silent) -> ImportReport:
    """Invent a service and bring it into a project, with every member's own consents and no basis beside them.

    Args:
        project: a project that holds no other simulation.
        settings: what the service is made from.
        progress: told how far it is.

    Raises:
        ProjectError: the project holds another simulation already, whose members would be taken for these.
    """
    earlier = simulation_in(project)
    if earlier is not None and earlier != settings:
        raise ProjectError(
            f"{project.folder} holds a simulated service with other settings already.",
            "Make a new project for this one with `openslate init`.",
        )
    service = Service.open(settings)
    progress = monotone(progress)
    inventing = within(progress, 0.0, 0.5)
    report = import_arrays(
        project,
        _chunks(service, inventing),
        source=SOURCE,
        location=f"{settings.members:,} simulated members, seed {settings.seed}",
        progress=within(progress, 0.5, 1.0),
    )
    text = json.dumps({**asdict(settings), "start": settings.start.isoformat()}, indent=1)
    write_atomically(project.folder / SETTINGS_FILE, text.encode())
    return report


def simulation_in(project: Project) -> SimulatorSettings | None:
    """What the project's simulated service was made from, or None where it holds none."""
    path: Path = project.folder / SETTINGS_FILE
    if not path.exists():
        return None
    plain = json.loads(path.read_text(encoding="utf-8"))
    plain |= {"start": date.fromisoformat(plain["start"]), "countries": tuple(plain["countries"])}
    return SimulatorSettings(**plain)


def _chunks(service: Service, progress: Progress) -> Iterator[Mapping[str, Columns]]:
    """The titles, and then the members of each shard with everything they did."""
    yield {"titles": _titles(service.titles)}
    for number in range(service.n_shards):
        progress("Living through members' evenings", number / service.n_shards)
        shard = service.shard(number)
        yield {name: columns for name, columns in vars(shard).items() if len(columns["member"])}


def _titles(columns: Mapping[str, Any]) -> Columns:
    """The titles' columns as an import takes them: lists as text."""
    kept = {name: column for name, column in columns.items() if name not in NOT_IN_SCHEMA}
    credited = [[{"name": name, "role": role} for name, role in row] for row in columns["credits"]]
    return {
        **kept,
        "released": columns["released"].astype("datetime64[us]"),
        "genres": np.array(["|".join(row) for row in columns["genres"]], dtype=object),
        "credits": np.array([json.dumps(row, ensure_ascii=False) for row in credited], dtype=object),
    }
