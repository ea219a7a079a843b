"""Openslate: a machine-learning platform for film and TV streaming services and studios.

The public names load when they are first used, so that `import openslate` costs nothing.

Example:
    >>> import tempfile
    >>> from openslate import Project
    >>> Project.init(tempfile.mkdtemp() + "/svc").lake.snapshot().shards
    ()
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openslate.apps import personalize
    from openslate.data.datasets import Viewing, viewing
    from openslate.data.simulate import SimulatorSettings
    from openslate.data.sources.arrays import import_arrays
    from openslate.data.sources.csv import import_csv
    from openslate.data.sources.frames import import_frame
    from openslate.data.sources.jsonl import import_jsonl
    from openslate.data.sources.movielens import import_movielens
    from openslate.data.sources.parquet import import_parquet
    from openslate.data.sources.simulated import import_simulation
    from openslate.errors import OpenslateError
    from openslate.models.histories import Histories
    from openslate.project import Project
    from openslate.rights.consent import Basis
    from openslate.serving.page_value import PageSettings

_HOMES = {
    "Basis": "openslate.rights.consent",
    "Histories": "openslate.models.histories",
    "OpenslateError": "openslate.errors",
    "PageSettings": "openslate.serving.page_value",
    "Project": "openslate.project",
    "SimulatorSettings": "openslate.data.simulate",
    "Viewing": "openslate.data.datasets",
    "import_arrays": "openslate.data.sources.arrays",
    "import_csv": "openslate.data.sources.csv",
    "import_frame": "openslate.data.sources.frames",
    "import_jsonl": "openslate.data.sources.jsonl",
    "import_movielens": "openslate.data.sources.movielens",
    "import_parquet": "openslate.data.sources.parquet",
    "import_simulation": "openslate.data.sources.simulated",
    "personalize": "openslate.apps.personalize",
    "viewing": "openslate.data.datasets",
}
__all__ = [
    "Basis",
    "Histories",
    "OpenslateError",
    "PageSettings",
    "Project",
    "SimulatorSettings",
    "Viewing",
    "import_arrays",
    "import_csv",
    "import_frame",
    "import_jsonl",
    "import_movielens",
    "import_parquet",
    "import_simulation",
    "personalize",
    "viewing",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'openslate' has no attribute {name!r}; it has {', '.join(__all__)}")
    home = importlib.import_module(_HOMES[name])
    return getattr(home, name, home)


def __dir__() -> list[str]:
    return list(__all__)
