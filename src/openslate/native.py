"""Checks that compiled libraries load, and says what to install where a system library under one is missing."""

import importlib
import re
import sys
from types import ModuleType

from openslate.errors import MissingExtra

COMPILED = ("numpy", "scipy.linalg", "duckdb", "safetensors", "pydantic_core")
"""What every installation needs."""

_SYSTEM_PACKAGES = {
    "libgomp": "libgomp1 (Debian, Ubuntu), libgomp (Fedora) or libomp (Homebrew)",
    "libomp": "libomp (Homebrew) or libomp-dev (Debian, Ubuntu)",
    "libstdc++": "libstdc++6 (Debian, Ubuntu) or libstdc++ (Fedora)",
    "libgfortran": "libgfortran5 (Debian, Ubuntu) or libgfortran (Fedora)",
    "libGL": "libgl1 (Debian, Ubuntu) or mesa-libGL (Fedora)",
}


def load(module: str, needed_for: str, install: str) -> ModuleType:
    """Import a compiled or optional module, or say how to make it importable.

    Args:
        module: its dotted name.
        needed_for: what asked for it, as the beginning of a sentence.
        install: the command that installs it.

    Raises:
        MissingExtra: the package, or a system library under it, is absent.

    Example:
        >>> load("json", "Reading manifests", "pip install json").__name__
        'json'
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"{needed_for} needs the Python package {error.name}.", f"Install it with: {install}"
        ) from error
    except (ImportError, OSError) as error:
        raise explained(module, needed_for, str(error)) from error


def explained(module: str, needed_for: str, complaint: str) -> MissingExtra:
    """What a loader's complaint means, in two sentences.

    Example:
        >>> complaint = "libgomp.so.1: cannot open shared object file: No such file or directory"
        >>> explained("lightgbm", "Ranking", complaint).way_out
        'Install libgomp1 (Debian, Ubuntu), libgomp (Fedora) or libomp (Homebrew) and try again.'
    """
    found = re.search(r"(lib[\w+]+)[\w.+-]*\.(?:so|dylib|dll)", complaint)
    library = found.group(1) if found else None
    if library is None:
        return MissingExtra(
            f"{needed_for} cannot load {module}: {complaint}.",
            "Remove .venv and install again; if that does not help, this processor or system is not supported.",
        )
    package = _SYSTEM_PACKAGES.get(library, f"the system package that holds {library}")
    return MissingExtra(
        f"{needed_for} cannot load {module}, because the system library {library} is missing.",
        f"Install {package} and try again.",
    )


def main() -> None:
    """Load everything an installation needs, and exit with the way out where something fails."""
    for module in COMPILED:
        try:
            load(module, "Openslate", "make install")
        except MissingExtra as error:
            sys.stderr.write(f"{error.what}\n{error.way_out}\n")
            raise SystemExit(error.exit_code) from None


if __name__ == "__main__":
    main()
