"""One small simulated service, invented and trained once, and copied where a test changes it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import scipy.linalg  # noqa: F401  (its BLAS must be loaded before it can be limited)
from filelock import FileLock
from threadpoolctl import threadpool_limits

from openslate.apps.personalize.recipe import ALWAYS, Recipe
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.train import train
from openslate.data.datasets import MemberHistory
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.sources.simulated import import_simulation
from openslate.models.histories import Histories
from openslate.project import Project
from openslate.rights.keys import VARIABLE
from tests.shared import shared_folder

SETTINGS = SimulatorSettings(members=1000, titles=150, days=40, plays_per_member=15, start=date(2024, 3, 1), seed=3)

LIGHT = replace(Recipe(), ranker=None, **{name: None for name in Recipe().parts if name not in ALWAYS})  # type: ignore[arg-type]
"""The parts that every recipe has and no more: a training of a second, for tests that are not about the others."""


def simulate(folder: Path) -> Project:
    """A fresh project with the simulated service in it."""
    project = Project.init(folder)
    import_simulation(project, SETTINGS)
    return project


def untrained(factory: pytest.TempPathFactory) -> Path:
    """The folder of the service before training; copy it, never open it."""
    return _once(factory, "untrained", lambda folder: simulate(folder).state.close())


def trained(factory: pytest.TempPathFactory) -> Path:
    """The folder of the service with a model of the whole recipe that serves; copy it, never open it."""
    return _trained(factory, "trained", Recipe())


def lightly_trained(factory: pytest.TempPathFactory) -> Path:
    """The same with a model of `LIGHT`."""
    return _trained(factory, "lightly-trained", LIGHT)


def copied(source: Path, folder: Path) -> Project:
    """A project of one's own."""
    return Project.open(shutil.copytree(source, folder))


@contextmanager
def one_thread() -> Iterator[None]:
    """BLAS on one thread: on matrices this small, more only get into one another's way."""
    with threadpool_limits(1):
        yield


def personal(recommender: Recommender, count: int, fewest: int = 8) -> list[MemberHistory]:
    """The first members with a page of their own and at least so many events."""
    return _first(recommender, count, lambda history: history.histories.n_events >= fewest)


def refusing(recommender: Recommender, count: int) -> list[MemberHistory]:
    """The first members who have watched something and have not agreed to personalisation."""
    return _first(recommender, count, lambda history: history.known and not history.permitted)


def without_any(histories: Histories) -> Histories:
    """The same members before they watched anything."""
    return histories.keep(np.zeros(histories.n_events, dtype=np.bool_))


def _first(recommender: Recommender, count: int, wanted: Callable[[MemberHistory], bool]) -> list[MemberHistory]:
    found: list[MemberHistory] = []
    for number in range(SETTINGS.members):
        history = recommender.history(f"m{number:07d}", "a test")
        if wanted(history):
            found.append(history)
        if len(found) == count:
            return found
    raise AssertionError(f"only {len(found)} such members")


def _trained(factory: pytest.TempPathFactory, name: str, recipe: Recipe) -> Path:
    def make(folder: Path) -> None:
        shutil.copytree(untrained(factory), folder)
        project = Project.open(folder)
        assert train(project, recipe=recipe).serves
        project.state.close()

    return _once(factory, name, make)


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Made by the first of the processes that share the run's tests, with a key of its own; each takes the key over."""
    shared = shared_folder(factory)
    folder, keys, made = shared / name, shared / f"{name}-keys", shared / f"{name}-made"
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            keys.mkdir(mode=0o700, exist_ok=True)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv(VARIABLE, str(keys))
                make(folder)
            made.touch()
    for key in keys.iterdir():
        own = Path(os.environ[VARIABLE]) / key.name
        if not own.exists():
            shutil.copy2(key, own)
    return folder
