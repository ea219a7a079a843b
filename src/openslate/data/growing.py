"""Arrays on the disk that grow part by part, and lose what a kill left half-written."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class GrowingArrays:
    """One-dimensional `.npy` files in a folder.

    Stability: internal.

    Attributes:
        folder: where they lie.
        dtypes: of each array, by its name.

    Example:
        >>> import tempfile
        >>> arrays = GrowingArrays.at(Path(tempfile.mkdtemp()), {"times": np.dtype(np.int64)})
        >>> arrays.append({"times": np.array([3, 4])})
        >>> arrays.append({"times": np.array([5])})
        >>> arrays.cut({"times": 2})
        >>> arrays.finish()
        >>> np.load(arrays.folder / "times.npy").tolist()
        [3, 4]
    """

    folder: Path
    dtypes: Mapping[str, np.dtype[Any]]

    @classmethod
    def at(cls, folder: Path, dtypes: Mapping[str, np.dtype[Any]]) -> "GrowingArrays":
        """Arrays in a folder: empty, or as long as they were left."""
        arrays = cls(folder, dtypes)
        for name in dtypes:
            if not arrays._path(name).exists():
                arrays._path(name).write_bytes(arrays._header(name, 0))
        return arrays

    def lengths(self) -> dict[str, int]:
        """How many values each holds."""
        return {
            name: (self._path(name).stat().st_size - len(self._header(name, 0))) // dtype.itemsize
            for name, dtype in self.dtypes.items()
        }

    def cut(self, lengths: Mapping[str, int]) -> None:
        """Shorten the arrays to the lengths at which they were safe; to nothing where none is given."""
        for name, dtype in self.dtypes.items():
            os.truncate(self._path(name), len(self._header(name, 0)) + lengths.get(name, 0) * dtype.itemsize)

    def append(self, columns: Mapping[str, NDArray[Any]], durably: bool = True) -> None:
        """Add values to the end of each array.

        Args:
            columns: the values of each array, by its name.
            durably: whether they must be on the disk afterwards.
        """
        for name, dtype in self.dtypes.items():
            with self._path(name).open("ab") as file:
                file.write(np.ascontiguousarray(columns[name], dtype=dtype).data)
                if durably:
                    file.flush()
                    os.fsync(file.fileno())

    def finish(self) -> None:
        """Write the final lengths into the files, which are arrays for everybody from then on."""
        for name, length in self.lengths().items():
            with self._path(name).open("r+b") as file:
                file.write(self._header(name, length))

    def _header(self, name: str, length: int) -> bytes:
        """The beginning of the file; NumPy leaves room in it for an array to grow, so its size is always the same."""
        header = BytesIO()
        shape = {"descr": self.dtypes[name].str, "fortran_order": False, "shape": (length,)}
        np.lib.format.write_array_header_1_0(header, shape)
        return header.getvalue()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.npy"
