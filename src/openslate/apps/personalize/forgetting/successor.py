"""The model in the place of one that must forget: the same settings and weights, every part fitted without the member.

It is, bit for bit, what training would store that found the same on validation. What validation found, though, it found
with the member's help: the weights between the parts, the second stage and the settled settings still know them, and
are said to be waiting.
"""

from typing import Any

from openslate.apps.personalize.counting import Summed
from openslate.apps.personalize.fitted import BLEND, CLASSES, RANKER
from openslate.apps.personalize.forgetting.kept_sums import name_of
from openslate.apps.personalize.forgetting.quick import Quick
from openslate.apps.personalize.inverses import Keeping
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_file import recipe_from
from openslate.apps.personalize.second_stage import ranker_record
from openslate.apps.personalize.sums import ALL_EVENTS, KeptSums
from openslate.apps.personalize.train import ROLE, fit_as_found
from openslate.data.datasets import Viewing
from openslate.errors import RegistryError
from openslate.models.weights import WeightSettings
from openslate.progress import Progress, silent
from openslate.project import Project
from openslate.registry import artifacts
from openslate.registry.artifacts import Artifact
from openslate.registry.environment import code_version
from openslate.rights.unlearning import Accumulator, Forgotten, Method
from openslate.storage.engine import Engine

SETTLED = "settled settings"
DOWNDATED = "downdated"
"""What the manifest of a model says of parts that somebody was taken out of and that are not solved yet."""


def successor_of(
    project: Project,
    old: Artifact,
    data: Viewing,
    systems: Quick | Keeping | None = None,
    subject: str = "",
    progress: Progress = silent,
) -> Artifact:
    """Store the model without the member.

    Args:
        project: where.
        old: the model that learned from them; whole.
        data: what is retained.
        systems: those that they were taken out of, or where what solving leaves behind is kept; None to solve alone.
        subject: the commitment that stands for the member, named in a model of which not all was solved.
        progress: told what is done.

    Raises:
        FitError: too little is retained.
        RegistryError: the old model is damaged or of another version.
    """
    making = {
        "data": data.hash,
        "recipe": old.manifest["recipe"],
        "code": code_version(),
        "held": {"from": old.id, "parts": list(held_parts(old))},
    }
    kept = KeptSums(project, ALL_EVENTS, data)
    parts, manifest = fit_as_found(project, data, making, found_of(old), kept, Engine(), 1, progress, systems)
    taken = systems.parts_of(parts) if isinstance(systems, Quick) else {}
    if taken:
        manifest[DOWNDATED] = {
            "subjects": [subject],
            "parts": {
                name: {"tolerance": one.tolerance, "accumulator": one.accumulator.document()}
                for name, one in taken.items()
            },
        }
    return artifacts.save(project, ROLE, parts, manifest)


def found_of(old: Artifact) -> dict[str, Any]:
    """What validation had found for a stored model, as plain values."""
    if "settled" not in old.manifest:
        raise RegistryError(f"Model {old.id[:12]} does not say what its recipe had settled on.", "Train again.")
    parts = artifacts.load(old, CLASSES)
    weights = parts[BLEND]
    return {
        "settled": old.manifest["settled"],
        "validation": old.manifest["validation"],
        "second_stage": old.manifest["second_stage"],
        "ranker": ranker_record(parts.get(RANKER)),
        # The transformer of validation has seen the member: the new one is trained from its beginning.
        "begun": None,
        "weights": {
            "components": list(weights.components),
            "weights": weights.weights.tolist(),
            "log_likelihood": weights.log_likelihood,
            "members": weights.members,
        },
    }


def held_parts(old: Artifact) -> tuple[str, ...]:
    """What a successor takes over as it was, and so still knows the member."""
    return (BLEND, *((RANKER,) if RANKER in old.manifest["parts"] else ()), SETTLED)


def how_parts_forgot(
    model: Artifact, sums: dict[str, Accumulator], held: tuple[str, ...], deadline: str
) -> tuple[Forgotten, ...]:
    """The method of every part of a successor.

    Args:
        model: the successor.
        sums: the accumulators that are kept, by name; what is solved of others is fitted again from the events.
        held: parts that were taken over.
        deadline: until when those may serve, ISO 8601.
    """
    recipe = recipe_from(model.manifest["settled"])
    taken = taken_parts(model)
    found = [Forgotten(part, Method.PENDING, deadline=deadline) for part in held]
    for part in model.manifest["parts"]:
        if part in held:
            continue
        if part in taken:
            tolerance, of = taken[part]
            found.append(Forgotten(part, Method.EXACT_DOWNDATE, _name_in(sums, of), tolerance))
            continue
        settings = _summed(part, recipe)
        name = "" if settings is None else name_of(ALL_EVENTS, settings)
        exact = name in sums
        found.append(Forgotten(part, Method.EXACT_GRAM if exact else Method.RETRAIN, sums=name if exact else ""))
    return tuple(found)


def taken_parts(model: Artifact) -> dict[str, tuple[str, Accumulator]]:
    """Parts of a model that are not solved yet: by name their tolerance, and the whole numbers to solve them from."""
    plain = model.manifest.get(DOWNDATED, {"parts": {}})["parts"]
    return {name: (str(one["tolerance"]), Accumulator(**one["accumulator"])) for name, one in plain.items()}


def accumulators_of(model: Artifact, sums: dict[str, Accumulator]) -> dict[str, Accumulator]:
    """The whole numbers that parts of a model would be solved of, by name, as far as they are none of those kept."""
    own = [one for _, one in taken_parts(model).values()]
    return {one.name: one for one in own if _name_in(sums, one) == one.name}


def _name_in(sums: dict[str, Accumulator], wanted: Accumulator) -> str:
    """The name of equal accumulators among those kept: where no data came since the training, they are the same."""
    same = (one.name for one in sums.values() if (one.settings, one.new) == (wanted.settings, wanted.new))
    return next(same, wanted.name)


def waiting_parts(model: Artifact) -> list[str]:
    """What of a successor has to forget for good until its deadline, in the words of those who wait for it."""
    held = model.manifest.get("held", {"parts": []})["parts"]
    return [*held, *(f"{part} (not solved yet)" for part in taken_parts(model))]


def _summed(part: str, recipe: Recipe) -> Summed | None:
    """What is summed for a part that is a function of such sums, and of play counts at most; None for others."""
    sequential: dict[str, Summed | None] = {
        "taste": recipe.taste.training,
        **dict.fromkeys(("recent", "latest", "similar"), recipe.recent.training),
        **dict.fromkeys(("sequential", "following"), recipe.sequential),
        "sequential_wide": recipe.sequential_wide,
        "sequential_next": recipe.sequential_next,
        "temporal": recipe.temporal,
        "between": recipe.between,
    }
    if part == "starters":
        return WeightSettings()
    return sequential.get(part.removeprefix(f"{BLEND}."))
