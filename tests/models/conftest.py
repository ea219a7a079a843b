import pytest

from openslate.models.kernels.warming import warm_up


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """Loops are compiled before Hypothesis times the first example."""
    warm_up()
