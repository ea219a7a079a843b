"""Openslate: a machine-learning platform for film and TV streaming services and studios.

The public names load when they are first used, so that `import openslate` costs nothing.

Example:
    >>> import tempfile
    >>> from openslate import Project
    >>> Project.init(tempfile.mkdtemp() + "/svc").lake.snapshot().shards
    ()
"""

import importlib
from typing import Any

_HOMES = {
    "Basis": "openslate.rights.consent",
    "Histories": "openslate.models.histories",
    "OpenslateError": "openslate.errors",
    "Project": "openslate.project",
    "Viewing": "openslate.data.datasets",
    "personalize": "openslate.apps.personalize",
    "simulate": "openslate.data.simulate",
    "viewing": "openslate.data.datasets",
}
__all__ = [
    "Basis",
    "Histories",
    "OpenslateError",
    "Project",
    "Viewing",
    "personalize",
    "simulate",
    "viewing",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'openslate' has no attribute {name!r}; it has {', '.join(__all__)}")
    home = importlib.import_module(_HOMES[name])
    return getattr(home, name, home)


def __dir__() -> list[str]:
    return list(__all__)
