"""Columns as Parquet files, for whatever leaves the project: the same columns give the same bytes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from numpy.typing import NDArray

from openslate.storage.lake import quoted


def write_columns(path: Path, columns: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> None:
    """Write columns of equal length as one Parquet file.

    Args:
        path: the file.
        columns: by name; text as arrays of objects, in which None is no value.
        metadata: goes into the file's footer, under its own names.

    Example:
        >>> import tempfile
        >>> import numpy as np
        >>> path = Path(tempfile.mkdtemp()) / "list.parquet"
        >>> write_columns(path, {"rank": np.array([1, 2], dtype=np.int32)}, {"model": "3f2a"})
        >>> duckdb.sql(f"SELECT sum(rank) FROM '{path}'").fetchall()
        [(3,)]
    """
    told = ", ".join(f'"{name}": {quoted(value)}' for name, value in metadata.items())
    # Said outright, because a column without any value would have no type.
    chosen = ", ".join(
        f'"{name}"::VARCHAR AS "{name}"' if values.dtype == object else f'"{name}"' for name, values in columns.items()
    )
    # One thread, so that neither rows nor dictionaries depend on which of several was first.
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.register("given", dict(columns))
        connection.execute(
            f"COPY (SELECT {chosen} FROM given) TO {quoted(path)} "
            f"(FORMAT parquet, COMPRESSION snappy, KV_METADATA {{{told}}})"
        )
