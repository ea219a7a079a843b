"""Fixtures of the application's tests: the simulated service to look at, and copies of it to change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from openslate.apps.personalize.recommender import Recommender
from openslate.project import Project
from tests.simulated import copied, lightly_trained, one_thread, trained, untrained


@pytest.fixture(autouse=True, scope="session")
def quiet_blas() -> Iterator[None]:
    with one_thread():
        yield


@pytest.fixture(scope="session")
def recommender(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    """The model of the whole recipe, serving in a project that tests may ask and not change."""
    return Recommender.open(copied(trained(tmp_path_factory), tmp_path_factory.mktemp("service") / "svc"))


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Project:
    """A trained project of the test's own; the model has the `LIGHT` parts."""
    return copied(lightly_trained(tmp_path_factory), tmp_path / "service")


@pytest.fixture
def whole_service(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Project:
    """The same with a model of the whole recipe."""
    return copied(trained(tmp_path_factory), tmp_path / "whole")


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Project:
    """A project of the test's own that holds data and no model."""
    return copied(untrained(tmp_path_factory), tmp_path / "fresh")
