"""Kept inverses: what solving leaves behind, kept beside a model so that members can be taken out of it in little time.

They are kept where training is asked to, because they are large: 4 bytes for every pair of titles that an EASE knows,
and 8 for a sequential model's, 6.4 GB for the three systems of 20,000 titles. They lie beside people's data, for the
owner's eyes only, in a folder named after their model, and are gone when that model is.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.counting import Sums
from openslate.models.downdate import cut_from
from openslate.models.downdate_sequential import KeptSolution, cut_solution, keep_solution, sequential_of
from openslate.models.ease import Ease, EaseSettings
from openslate.models.kept_inverse import KeptInverse, ease_of, keep_inverse
from openslate.models.sequential import Sequential, SequentialSettings
from openslate.models.truncation import CutEase, CutSequential
from openslate.models.weights import WeightSettings
from openslate.project import Project
from openslate.storage.files import (
    OWNER_ONLY,
    confined,
    content_hash,
    make_folder,
    sweep,
    sync_folder,
    temporary_path,
    write_atomically,
)

DESCRIPTION = "kept.json"
ARRAYS = {"ease": ("inverse", "titles", "off"), "sequential": ("factor", "weights", "sources", "taken", "wanted")}
System = KeptInverse | KeptSolution


@dataclass(frozen=True)
class Keeping:
    """Solves systems and writes down what solving leaves behind; the models are those of solving without.

    Attributes:
        folder: where it is written until the model is stored.
        systems: by part of the recipe, what is known of it so far.
    """

    folder: Path
    systems: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def begun(cls, project: Project) -> "Keeping":
        """In a new folder, once what killed trainings left is cleared away."""
        folder = inverses_folder(project)
        make_folder(folder, OWNER_ONLY)
        sweep(folder)
        half = temporary_path(folder, "")
        make_folder(half, OWNER_ONLY)
        return cls(half)

    def ease(self, part: str, gram: Sums, settings: EaseSettings, per_row: int | None) -> Ease | CutEase | None:
        """The EASE of a part, its inverse written down; None where a diagonal bound rules that out."""
        if settings.diagonal_bound > 0:
            return None
        kept = keep_inverse(gram, settings)
        self._write(part, "ease", kept)
        return ease_of(kept) if per_row is None else cut_from(kept, per_row)

    def sequential(
        self, part: str, pairs: Sums, settings: SequentialSettings, per_row: int | None
    ) -> Sequential | CutSequential:
        """The sequential model of a part, its factor and weights written down."""
        kept = keep_solution(pairs, settings)
        self._write(part, "sequential", kept)
        return sequential_of(kept) if per_row is None else cut_solution(kept, per_row)

    def finished(self, project: Project, model: str, prepared: str) -> int:
        """Give the folder the name of its model, and remove those of all others.

        Args:
            project: where.
            model: its id.
            prepared: name of the prepared histories that were counted.

        Returns:
            The bytes it takes.
        """
        plain = {"model": model, "origin": {"prepared": prepared}, "systems": self.systems}
        write_atomically(self.folder / DESCRIPTION, json.dumps(plain, indent=1).encode())
        keep_only(project, None)
        self.folder.rename(inverses_folder(project) / model)
        sync_folder(inverses_folder(project))
        return bytes_kept(project, model)

    def given_up(self) -> None:
        """Remove what was written: its model does not serve."""
        shutil.rmtree(self.folder)

    def _write(self, part: str, kind: str, kept: System) -> None:
        hashes = {}
        for name in ARRAYS[kind]:
            path = self.folder / f"{part}.{name}.npy"
            np.save(path, getattr(kept, name), allow_pickle=False)
            hashes[path.name] = content_hash(path)
        size = kept.n_titles if isinstance(kept, KeptInverse) else kept.weights.shape[1]
        self.systems[part] = {"kind": kind, "settings": asdict(kept.settings), "n_titles": size, "files": hashes}


def inverses_folder(project: Project) -> Path:
    """Where kept inverses lie, each model's in a folder of its own."""
    return project.people / "inverses"


def description_of(project: Project, model: str) -> Mapping[str, Any] | None:
    """What is kept beside a model: `origin` and, by part, `systems`; None where nothing is."""
    path = confined(inverses_folder(project), model) / DESCRIPTION
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found


def bytes_kept(project: Project, model: str) -> int:
    """How much room what is kept beside a model takes."""
    return sum(path.stat().st_size for path in (inverses_folder(project) / model).glob("*"))


def read_system(project: Project, model: str, part: str) -> System | None:
    """What solving a part of a model left behind, or None where it was not kept, or is not what was written.

    Args:
        project: where.
        model: its id.
        part: of the recipe, such as 'taste'.
    """
    description = description_of(project, model)
    known = None if description is None else description["systems"].get(part)
    if known is None:
        return None
    folder = inverses_folder(project) / model
    try:
        if any(content_hash(folder / name) != digest for name, digest in known["files"].items()):
            return None
        arrays: dict[str, NDArray[Any]] = {
            name: np.load(folder / f"{part}.{name}.npy", allow_pickle=False) for name in ARRAYS[known["kind"]]
        }
    except OSError:
        return None
    plain = known["settings"]
    if known["kind"] == "sequential":
        return KeptSolution(settings=SequentialSettings(**plain), **arrays)
    weights = {name: WeightSettings(**plain[name]) for name in ("training", "fold_in")}
    return KeptInverse(settings=EaseSettings(**{**plain, **weights}), n_titles=known["n_titles"], **arrays)


def keep_only(project: Project, model: str | None) -> None:
    """Remove what is kept beside all models but one, or beside all; half-written ones are another training's."""
    folder = inverses_folder(project)
    gone = [path for path in folder.glob("[!.]*/") if path.name != model]
    for path in gone:
        # First, so that what a kill leaves behind is nothing to anybody.
        (path / DESCRIPTION).unlink(missing_ok=True)
        shutil.rmtree(path)
    if gone:
        sync_folder(folder)
