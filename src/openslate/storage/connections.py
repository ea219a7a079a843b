"""Connections to DuckDB, which always runs in memory: one DuckDB for all that a process reads, or one of one's own."""

import os
import secrets
import shutil
import threading
from pathlib import Path

import duckdb

from openslate.settings import Limits
from openslate.storage.lock import is_alive

SPILL_PREFIX = "spill-"
MEMORY_GIGABYTES = 4.0
"""What SQL may hold unless the settings say otherwise: sorts and joins are cut to need no more."""


class Connections:
    """How one project is read.

    Stability: internal.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._kept: dict[tuple[int, int | None], duckdb.DuckDBPyConnection] = {}
        self._opening = threading.Lock()

    def own(self, threads: int | None = None) -> duckdb.DuckDBPyConnection:
        """To a DuckDB of its own, within the project's limits, that spills inside the project and installs nothing.

        Args:
            threads: how many it works with; None for what the settings say.
        """
        config: dict[str, str | bool | int | float | list[str]] = {
            # A folder for each DuckDB, which it makes when it spills and removes when it is closed.
            "temp_directory": str(self._folder / f"{SPILL_PREFIX}{os.getpid()}-{secrets.token_hex(4)}"),
            "autoinstall_known_extensions": False,
            "preserve_insertion_order": True,
            # Nothing that was read is kept, so a file that was damaged or rewritten since is read as it is.
            "enable_external_file_cache": False,
            "memory_limit": f"{self._limits.memory_gigabytes or _memory_gigabytes():.3f}GB",
        }
        if threads := threads or self._limits.threads:
            config["threads"] = threads
        return _settled(duckdb.connect(":memory:", config=config))

    def shared(self, threads: int | None = None) -> duckdb.DuckDBPyConnection:
        """To the DuckDB that this process keeps open, because opening one takes longer than reading what a page needs.

        Temporary tables and variables are the connection's own, memory and threads are shared.

        Args:
            threads: as for `own`; one is kept for each such number.
        """
        with self._opening:
            # A process that was forked has none of its parent's threads, and what it spills is swept by its own number.
            kept = os.getpid(), threads
            if kept not in self._kept:
                self._kept[kept] = self.own(threads)
            return _settled(self._kept[kept].cursor())

    def sweep(self) -> None:
        """Remove what killed processes, readers among them, had spilled."""
        for folder in self._folder.glob(f"{SPILL_PREFIX}*/"):
            if not is_alive(int(folder.name.removeprefix(SPILL_PREFIX).split("-")[0])):
                shutil.rmtree(folder, ignore_errors=True)


def _settled(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """With the settings that hold for one connection alone."""
    # DuckDB 1.4 knows time zones only once it is connected.
    connection.execute("SET TimeZone = 'UTC'")
    # It would write to the terminal whatever is being printed there.
    connection.execute("SET enable_progress_bar = false")
    return connection


def _memory_gigabytes() -> float:
    """What SQL may hold on this machine: never more than 60% of it."""
    return min(MEMORY_GIGABYTES, 0.6 * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9)
