"""Members taken out of a model's systems in little time, from what solving them had left behind.

What comes of it is not the solved model but within a bound of it, which is computed beside it; it serves until the
systems are solved, and until the deadline at most. A system of which no useful bound can be stated is solved.

The systems are those of the training: of what was let through then, less everybody who is not let through any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Context

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.counting import Summed, Sums, add
from openslate.apps.personalize.fitted import BLEND, CLASSES
from openslate.apps.personalize.forgetting.kept_sums import digest, name_of, plain_settings
from openslate.apps.personalize.inverses import System, description_of, read_system
from openslate.apps.personalize.recipe_file import recipe_from
from openslate.apps.personalize.sums import ALL_EVENTS, sums_of_prepared
from openslate.data.datasets import Viewing
from openslate.data.prepared import Prepared, named
from openslate.errors import FitError
from openslate.models.downdate import downdated
from openslate.models.downdate_sequential import sequential_downdated
from openslate.models.ease import Ease, EaseSettings
from openslate.models.histories import Histories
from openslate.models.kept_inverse import KeptInverse
from openslate.models.sequential import Sequential, SequentialSettings
from openslate.models.truncation import CutEase, CutSequential
from openslate.progress import Progress
from openslate.project import Project
from openslate.registry import artifacts
from openslate.registry.artifacts import Artifact
from openslate.rights.unlearning import Accumulator

MOST_MEMBERS = 100
"""Members who leave together, beyond whom the systems are solved: it takes hardly longer, and is exact."""
MOST_OF_TITLES = 0.1
"""The share of a sequential model's titles that they may have watched, likewise."""
SHARED = {"latest": "recent"}
"""Parts that have their weights of another."""


@dataclass(frozen=True)
class Taken:
    """One system without the members.

    Attributes:
        model: its weights, over the catalogue of now.
        bound: how far any of them is at most from the solved system's.
        accumulator: the whole numbers of the system that it is within the bound of.
    """

    model: CutEase | CutSequential
    bound: float
    accumulator: Accumulator

    @property
    def tolerance(self) -> str:
        """The bound as decimal text, rounded up."""
        return str(Context(prec=3, rounding=ROUND_CEILING).create_decimal_from_float(self.bound))


@dataclass(frozen=True)
class Quick:
    """The systems that members were taken out of, by part of the recipe; the others are solved."""

    systems: Mapping[str, Taken] = field(default_factory=dict)

    def ease(self, part: str, gram: Sums, settings: EaseSettings, per_row: int | None) -> Ease | CutEase | None:
        """The EASE of a part, or None where it is solved."""
        found = self.systems.get(part)
        if found is None or not isinstance(found.model, CutEase):
            return None
        return Ease(found.model.weights.matrix().toarray(), settings) if per_row is None else found.model

    def sequential(
        self, part: str, pairs: Sums, settings: SequentialSettings, per_row: int | None
    ) -> Sequential | CutSequential | None:
        """The sequential model of a part, or None where it is solved."""
        found = self.systems.get(part)
        if found is None or not isinstance(found.model, CutSequential):
            return None
        return Sequential(found.model.weights.matrix().toarray(), settings) if per_row is None else found.model

    def parts_of(self, stored: Mapping[str, object]) -> dict[str, Taken]:
        """From the stored parts of a model that are not solved to the systems they are of."""
        names = {name: name.removeprefix(f"{BLEND}.") for name in stored if name.startswith(f"{BLEND}.")}
        found = {name: self.systems.get(SHARED.get(part, part)) for name, part in names.items()}
        return {name: one for name, one in found.items() if one is not None}


def taken_out(project: Project, old: Artifact, data: Viewing, progress: Progress) -> Quick:
    """Take everybody who may not be learned from any more out of a model's kept systems.

    Args:
        project: where.
        old: the model; whole.
        data: what may be learned from now.
        progress: told what is done.
    """
    description = description_of(project, old.id)
    before = None if description is None else named(project, description["origin"]["prepared"])
    if description is None or before is None:
        return Quick()
    gone = np.array([place for place, one in enumerate(before.members) if one not in data.member_index], dtype=np.int64)
    places = _places(before, data)
    if places is None or not 1 <= len(gone) <= MOST_MEMBERS:
        return Quick()
    leaving, stored = before.histories.take(gone), artifacts.load(old, CLASSES)
    recipe, found = recipe_from(old.manifest["settled"]), {}
    per_row = recipe.large.weights_per_row if recipe.is_large(len(data.catalogue)) else len(before.titles)
    for number, part in enumerate(description["systems"]):
        progress("Taking the member out of what is solved for", number / len(description["systems"]))
        kept = read_system(project, old.id, part)
        if kept is None or _too_many(kept, leaving):
            continue
        try:
            found[part] = _taken(project, before, kept, leaving, per_row, stored.get(f"{BLEND}.{part}"), places, data)
        except FitError:
            # Nothing useful can be promised of it, so it is solved.
            continue
    return Quick(found)


def _taken(
    project: Project,
    before: Prepared,
    kept: System,
    leaving: Histories,
    per_row: int,
    stored: object,
    places: NDArray[np.int64],
    data: Viewing,
) -> Taken:
    summed: Summed = kept.settings.training if isinstance(kept, KeptInverse) else kept.settings
    sums = sums_of_prepared(project, before, summed)
    had = digest(sums)
    add(sums, leaving, summed, sign=-1)
    same = before.titles == tuple(title.title for title in data.catalogue.titles)
    model: CutEase | CutSequential
    if isinstance(kept, KeptInverse):
        hint = stored if isinstance(stored, CutEase) and same else None
        inverse = downdated(kept, sums, leaving, per_row, hint)
        bound, model = inverse.bound, inverse.model
        model = CutEase(model.weights.placed(places, len(data.catalogue)), model.settings)
    else:
        borders = stored if isinstance(stored, CutSequential) and same else None
        solution = sequential_downdated(kept, sums, leaving, per_row, borders)
        bound, model = solution.bound, solution.model
        model = CutSequential(model.weights.placed(places, len(data.catalogue)), model.settings)
    name = f"{before.folder.name[:12]} without who left/{name_of(ALL_EVENTS, summed).partition('/')[2]}"
    return Taken(model, bound, Accumulator(name, plain_settings(summed), had, digest(sums)))


def _places(before: Prepared, data: Viewing) -> NDArray[np.int64] | None:
    """Where each title of then stands now; None where one is gone or they stand in another order."""
    index = {title.title: place for place, title in enumerate(data.catalogue.titles)}
    places = np.array([index.get(title, -1) for title in before.titles], dtype=np.int64)
    return places if (places >= 0).all() and (np.diff(places) > 0).all() else None


def _too_many(kept: System, leaving: Histories) -> bool:
    """Whether solving takes less time: a sequential model's update is of as many rows as titles were watched."""
    if isinstance(kept, KeptInverse):
        return False
    return len(np.unique(leaving.titles)) > max(MOST_OF_TITLES * len(kept.sources), 1)
