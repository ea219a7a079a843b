import pytest

from openslate.models.talent.invented import invented
from openslate.models.talent.solving import solve


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """The search is compiled before a test is timed."""
    solve(invented(6, 4, seed=0))
