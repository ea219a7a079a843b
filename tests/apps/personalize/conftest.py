"""Fixtures of the application's tests: the simulated service to look at, and copies of it to change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from openslate.apps.personalize.recommender import Recommender
from openslate.project import Project
from tests.simulated import copied, one_thread, trained, untrained


@pytest.fixture(autouse=True, scope="session")
def quiet_blas() -> Iterator[None]:
    with one_thread():
        yield


@pytest.fixture(scope="session")
def recommender(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    """The model that serves, in a project that tests may ask and not change."""
    return Recommender.open(copied(trained(tmp_path_factory), tmp_path_factory.mktemp("service") / "svc"))


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Project:
    """A trained project of the test's own."""
    return copied(trained(tmp_path_factory), tmp_path / "service")


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Project:
    """A project of the test's own that holds data and no model."""
    return copied(untrained(tmp_path_factory), tmp_path / "fresh")
