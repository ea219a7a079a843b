"""One DuckDB for many short tests: to start one takes longer than all that such a test asks of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pytest

from openslate.storage.lake import Lake


@contextmanager
def one_database() -> Iterator[None]:
    """Have every lake read and write over connections of their own to one DuckDB; their temporary tables stay apart."""
    with duckdb.connect(":memory:", config={"threads": 1, "temp_directory": ""}) as shared:

        def connected(_: Lake) -> duckdb.DuckDBPyConnection:
            connection = shared.cursor()
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")
            return connection

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Lake, "connect", connected)
            yield
