"""What walks through the gate share: one DuckDB."""

from collections.abc import Iterator

import pytest

from tests.one_database import one_database


@pytest.fixture(autouse=True, scope="module")
def shared_database() -> Iterator[None]:
    with one_database():
        yield
