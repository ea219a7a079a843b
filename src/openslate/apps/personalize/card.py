"""The model card: what a model is, for whom, from what, how good and where it ends, after M. Mitchell et al. 2019.

Source: "Model Cards for Model Reporting", FAT* 2019, doi:10.1145/3287560.3287596. Everything is read from the
manifest, the runs and the lineage; what was never measured is said to be so, and people appear as counts alone.
"""

from dataclasses import dataclass
from typing import Any

from openslate import clock
from openslate.apps.personalize.card_rights import rights_of
from openslate.apps.personalize.drift.measure import KIND as DRIFT
from openslate.apps.personalize.fitted import BLEND
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_file import leaves, plain_values
from openslate.models.member_neighbours import MemberNeighbourSettings
from openslate.project import Project
from openslate.registry import runs
from openslate.registry.artifacts import Artifact, every, find
from openslate.registry.lineage import ancestors
from openslate.registry.promotion import serving
from openslate.registry.runs import Run

NOT_MEASURED = "not measured"
REMEMBERING = frozenset(name for name in Recipe().parts if isinstance(getattr(Recipe(), name), MemberNeighbourSettings))
"""Parts that hold members' histories as they are: a model with one of them is data about people."""
FOR = (
    "Ranking the titles of this service for its members: home pages, lists and the reasons shown beside them.",
    "Members who agreed to personalisation; others get a page that uses nothing of theirs.",
)
NOT_FOR = (
    "Deciding anything about a person: prices, access, moderation, credit, or inference of traits.",
    "Another service's members or catalogue: it knows this one's titles alone.",
    "Forecasting how many will watch a title: a score orders titles for one member and is no probability.",
)
LIMITS = (
    "Validation and evaluation replay the past under the pages members had then: a title never shown could not be "
    "watched, so a good surprise counts as a miss.",
    "An interval covers chance in who was scored; it covers no other month, no other service, and no choice among "
    "many settings.",
    "Titles nobody had watched when it was trained are ranked by their metadata alone, which evaluation does not "
    "measure.",
    "What is popular is easier to recommend; reports show popularity shift, coverage and Gini.",
)
REFERENCE = "Mitchell et al. 2019, Model Cards for Model Reporting, doi:10.1145/3287560.3287596"


@dataclass(frozen=True)
class Card:
    """What is known of a model, as plain values; a part that is None was not measured.

    Attributes:
        model: details: id, kind, code, when and by which run it was made, whether it serves and why.
        data: snapshot, last event, counts of members and events.
        rights: consents by class, packs, place on the ledger, what was forgotten and what waits.
        recipe: as given and as settled on validation, and what in it is not the default.
        components: the weight of each part of the blend, and its score alone where an evaluation recorded it.
        validation: figures at training, with intervals.
        evaluations: figures by protocol of evaluation runs on the same data and recipe.
        drift: the latest drift report on the model, or None.
        reproduce: what to do to get the same model again.
    """

    model: dict[str, Any]
    data: dict[str, Any]
    rights: dict[str, Any]
    recipe: dict[str, Any]
    components: dict[str, Any]
    validation: dict[str, Any]
    evaluations: dict[str, Any]
    drift: dict[str, Any] | None
    reproduce: list[str]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, the fixed texts included."""
        return {
            **vars(self),
            "intended_use": list(FOR),
            "not_for": list(NOT_FOR),
            "limits": list(LIMITS),
            "factors": NOT_MEASURED,
            "reference": REFERENCE,
        }


def model_card(project: Project, name: str) -> Card:
    """Everything the registry knows of a model.

    Args:
        project: where.
        name: the model's id, or its beginning.

    Raises:
        RegistryError: no model has it, or several have.
        RightsError: the ledger, a checkpoint or a receipt is not what it was.
    """
    artifact = find(project, name)
    known = runs.every(project)
    made_by = _made_by(project, artifact, known)
    evaluations = _evaluations(project, artifact, known)
    decided = None if made_by is None else made_by.record.get("data", {}).get("entry")
    rights = rights_of(project, artifact, decided)
    return Card(
        model=_details(project, artifact, made_by),
        data=_data(artifact, rights["consent"]),
        rights=rights,
        recipe=_recipe(artifact),
        components=_components(artifact, evaluations),
        validation=dict(artifact.manifest["validation"]),
        evaluations=evaluations,
        drift=_drift(artifact, known),
        reproduce=_reproduce(artifact),
    )


def _made_by(project: Project, artifact: Artifact, known: list[Run]) -> Run | None:
    """The first run that made the model; it may be made again any number of times."""
    makers = {one.id for one in ancestors(project, artifact.id) if one.relation == "made by run" and one.depth == 1}
    return next((run for run in known if run.id in makers), None)


def _details(project: Project, artifact: Artifact, made_by: Run | None) -> dict[str, Any]:
    now = serving(project, artifact.kind)
    promotions = project.state.rows(
        "SELECT recorded, reason, forced FROM promotions WHERE artifact = ? ORDER BY ordinal", (artifact.id,)
    )
    return {
        "id": artifact.id,
        "kind": artifact.kind,
        "version": [one.id for one in every(project) if one.kind == artifact.kind].index(artifact.id) + 1,
        "service": project.folder.name,
        "code": artifact.manifest.get("code"),
        "made": None if made_by is None else made_by.started,
        "made_by_run": None if made_by is None else made_by.id,
        "machine": None if made_by is None else made_by.record["machine"],
        "seconds": None if made_by is None else made_by.record.get("seconds"),
        "peak_memory_megabytes": None if made_by is None else made_by.record.get("peak_memory_megabytes"),
        "serves": now is not None and now.id == artifact.id,
        "promotions": [
            {"recorded": recorded, "reason": reason, "forced": bool(forced)} for recorded, reason, forced in promotions
        ],
    }


def _data(artifact: Artifact, consent: dict[str, Any] | None) -> dict[str, Any]:
    manifest, held_back = artifact.manifest, consent or {}
    return {
        "snapshot": manifest.get("snapshot"),
        "hash": manifest.get("data"),
        "learned_up_to": clock.from_microseconds(manifest["as_of"]).isoformat(),
        "members": manifest.get("members"),
        "events": manifest.get("events"),
        "holds_histories_in": [name for name in manifest.get("components", {}) if name in REMEMBERING],
        "members_left_out": held_back.get("members_denied"),
        "events_left_out": held_back.get("rows_denied"),
    }


def _recipe(artifact: Artifact) -> dict[str, Any]:
    defaults = dict(leaves(plain_values(Recipe())))
    given = dict(leaves(artifact.manifest.get("recipe", {})))
    settled = dict(leaves(artifact.manifest.get("settled", {})))
    return {
        "given": artifact.manifest.get("recipe"),
        "settled": artifact.manifest.get("settled"),
        "not_default": _apart(given, defaults),
        "chosen_on_validation": _apart(settled, given),
    }


def _apart(settings: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    """Settings that are not the same elsewhere, or not there: a part that is left out is none of the others' leaves."""
    return {name: value for name, value in settings.items() if name not in others or others[name] != value}


def _components(artifact: Artifact, evaluations: dict[str, Any]) -> dict[str, Any]:
    """Weights apply to standardised scores, so they can be held against one another."""
    alone = next(iter(evaluations.values()))["rows"] if evaluations else {}
    return {
        name: {"weight": weight, "alone": alone.get(name)}
        for name, weight in artifact.manifest.get("components", {}).items()
    }


def _evaluations(project: Project, artifact: Artifact, known: list[Run]) -> dict[str, Any]:
    """By split, the latest figures of runs that read the same files and measured the same recipe."""
    found: dict[str, Any] = {}
    for run in known:
        if run.kind != "personalize evaluate" or run.status != "done" or "intervals" not in run.record:
            continue
        same_recipe = run.record["settings"]["recipe"] == artifact.manifest.get("recipe")
        read = {one.id for one in ancestors(project, run.id) if one.depth == 1}
        if same_recipe and artifact.manifest.get("snapshot") in read:
            found |= {
                split: {**figures, "run": run.id, "model": BLEND} for split, figures in run.record["intervals"].items()
            }
    return found


def _drift(artifact: Artifact, known: list[Run]) -> dict[str, Any] | None:
    measured = [
        run for run in known if run.kind == DRIFT and run.status == "done" and run.record["artifact"] == artifact.id
    ]
    if not measured:
        return None
    latest = measured[-1]
    return {
        "run": latest.id,
        "measured": latest.started,
        "verdict": latest.record["outcome"],
        "findings": latest.record["findings"],
    }


def _reproduce(artifact: Artifact) -> list[str]:
    manifest = artifact.manifest
    if manifest.get("held"):
        return [
            f"It was fitted in the place of {manifest['held']['from']} when somebody was forgotten, with what "
            "validation had found for that one.",
            "Only `openslate rights forget` makes such a model; training anew gives another.",
        ]
    moment = clock.from_microseconds(manifest["as_of"]).strftime("%Y-%m-%dT%H:%M:%S.%f")
    return [
        f"Check out the code of version {manifest.get('code', NOT_MEASURED)}.",
        f"Have the files of snapshot {manifest.get('snapshot', NOT_MEASURED)} in the project, with the same consents.",
        "Save the recipe below as recipe.json; it is what the training was given.",
        f"Run: openslate personalize train --as-of {moment} --recipe recipe.json",
        f"The model's id is {artifact.id} again on the same machine; a withdrawal since then gives another, rightly.",
    ]
