"""Simulated services whose members change their ways at one moment, and services that go on as they were."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from openslate.data.simulate import Service, SimulatorSettings
from openslate.data.sources.arrays import Columns, import_arrays
from openslate.project import Project
from openslate.rights.consent import Basis
from tests.simulated import SETTINGS

MOMENT = datetime(2024, 4, 1, tzinfo=UTC)


def going_on(folder: Path, settings: SimulatorSettings = SETTINGS) -> Project:
    """A service of one world, all along."""
    return _imported(folder, _shard(settings))


def changing(folder: Path, later: SimulatorSettings = replace(SETTINGS, seed=77)) -> Project:
    """From the moment on, members of the same ids watch titles of the same ids as another world would have them do."""
    before, after = _shard(SETTINGS), _shard(later)
    plays = _joined(_where(before["plays"], before=True), _where(after["plays"], before=False))
    return _imported(folder, {**before, "plays": plays, "ratings": _where(before["ratings"], before=True)})


def losing_a_source(folder: Path) -> Project:
    """Half of the plays come from television sets, and from the moment on they do not come."""
    tables = _shard(SETTINGS)
    plays = tables["plays"]
    on_tv = np.array([int(member[-1]) % 2 == 1 for member in plays["member"]])
    early = plays["started"] < _moment()
    project = _imported(folder, {**tables, "plays": _rows(plays, ~on_tv)})
    basis = Basis("Terms of membership.", ("train", "evaluate", "personalize"))
    import_arrays(project, [{"plays": _rows(plays, on_tv & early)}], source="television", basis=basis)
    return project


def _imported(folder: Path, tables: Mapping[str, Columns]) -> Project:
    project = Project.init(folder)
    titles = Service.open(SETTINGS).titles
    named = {name: titles[name] for name in ("title", "name")}
    genres = np.array(["|".join(row) for row in titles["genres"]], dtype=object)
    basis = Basis("Terms of membership.", ("train", "evaluate", "personalize"))
    import_arrays(project, [{"titles": {**named, "genres": genres}}, tables], source="player", basis=basis)
    return project


def _shard(settings: SimulatorSettings) -> dict[str, Columns]:
    shard = Service.open(settings).shard(0)
    return {name: getattr(shard, name) for name in ("members", "plays", "ratings")}


def _where(columns: Columns, before: bool) -> Columns:
    times = columns["started"] if "started" in columns else columns["rated"]
    return _rows(columns, (times < _moment()) == before)


def _rows(columns: Columns, wanted: np.ndarray) -> Columns:
    return {name: column[wanted] for name, column in columns.items()}


def _joined(first: Columns, second: Columns) -> Columns:
    return {name: np.concatenate([first[name], second[name]]) for name in first}


def _moment() -> np.datetime64:
    return np.datetime64(MOMENT.replace(tzinfo=None), "us")
