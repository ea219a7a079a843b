"""What code ran on which machine: the part of a run record that explains a difference nothing else explains."""

import hashlib
import os
import platform
import resource
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("numpy", "scipy", "duckdb", "safetensors")


@cache
def code_version() -> str:
    """The release, and a hash over every source file, so that an edited checkout has a version of its own."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{version('openslate')}+{digest.hexdigest()[:12]}"


def machine() -> dict[str, str]:
    """Python, libraries, system and processors, as plain text."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": str(os.cpu_count()),
        **{library: version(library) for library in LIBRARIES},
    }


def peak_memory_megabytes() -> float:
    """The most memory this process has held so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
