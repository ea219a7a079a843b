"""What a model card says of rights: on whose word it learned, where that is on record, and whom it has forgotten since.

Members appear as numbers alone, by what let them through or held them back. Everything is read from the ledger's entry
of the read, the checkpoints that cover it, and the receipts of erasures; what they do not say is said to be so.
"""

from typing import Any

from openslate.accounts.erasing import receipts
from openslate.apps.personalize.forgetting.successor import taken_parts
from openslate.project import Project
from openslate.registry import pending
from openslate.registry.artifacts import REMOVED, Artifact
from openslate.registry.lineage import LET_THROUGH, ancestors
from openslate.rights import ledger
from openslate.rights.consent import source_grants
from openslate.rights.ledger import Recorded
from openslate.rights.unlearning import PROVES, Method

PURPOSE = "train"
COUNTED = ("members_allowed", "members_denied", "rows_allowed", "rows_denied")


def rights_of(project: Project, artifact: Artifact, entry: str | None = None) -> dict[str, Any]:
    """Consent classes, packs, place on the ledger, and the state of forgetting.

    Args:
        project: where.
        artifact: the model.
        entry: hash of the entry of its read, for a model whose lineage does not name it.

    Raises:
        RightsError: the ledger, a checkpoint or a receipt is not what it was.
    """
    read = _read(project, artifact, entry)
    return {
        "consent": None if read is None else _consent(read),
        "bases": [
            {"source": source, "basis": basis}
            for (source, purpose), basis in sorted(source_grants(project).items())
            if purpose == PURPOSE
        ],
        "packs": None if read is None else list(read.entry.get("packs", ())),
        "ledger": None if read is None else _place(project, read),
        "refused_since": None if read is None else _refused_since(project, read.index),
        "forgetting": _forgetting(project, artifact),
    }


def _read(project: Project, artifact: Artifact, entry: str | None) -> Recorded | None:
    """The entry of the read it was trained on; the first of those where it was made more than once."""
    named = [one.id for one in ancestors(project, artifact.id) if one.relation == LET_THROUGH and one.depth == 1]
    found = [ledger.find(project, one) for one in named or filter(None, [entry])]
    return min((one for one in found if one is not None), key=lambda one: one.index, default=None)


def _consent(read: Recorded) -> dict[str, Any]:
    said = read.entry
    return {
        **{name: said[name] for name in COUNTED},
        "purposes": list(said["purposes"]),
        # Entries of earlier versions do not tell the bases apart.
        "allowed_by_basis": said.get("allowed"),
        "denied_by_reason": dict(said["denied"]),
        "texts_denied": said.get("texts_denied", 0),
    }


def _place(project: Project, read: Recorded) -> dict[str, Any]:
    """Where the entry stands, and the first checkpoint that vouches for it."""
    covering = next((one for one in ledger.checkpoints(project) if one.size > read.index), None)
    checkpoint = None
    if covering is not None:
        witnesses = sorted({one.name for one in covering.signatures} - {covering.origin})
        checkpoint = {
            "origin": covering.origin,
            "size": covering.size,
            "root": covering.root.hex(),
            "at": covering.at,
            "witnesses": witnesses,
        }
    return {
        "index": read.index,
        "hash": read.hash,
        "at": read.entry["at"],
        "root": read.entry["root"],
        "reader": read.entry["reader"],
        "checkpoint": checkpoint,
    }


def _refused_since(project: Project, index: int) -> int:
    """How many members have refused training since the read; whether each was in it, only they can be told."""
    refusals = (one for one in ledger.search(project, decision="refusal") if one.index > index)
    return len({one.entry["subject"] for one in refusals if PURPOSE in one.entry["purposes"]})


def _forgetting(project: Project, artifact: Artifact) -> dict[str, Any]:
    """What receipts say of how the model came to be in another's place, and what in it still waits."""
    issued = [
        (told, model)
        for told in receipts(project)
        for model in told.models
        if model.get("kind") == "model receipt" and artifact.id in (model["new_model"], model["old_model"])
    ]
    waiting = pending.waiting(project, artifact.id)
    return {
        "deleted": artifact.manifest.get(REMOVED),
        "in_place_of": sorted({model["old_model"] for _, model in issued if model["new_model"] == artifact.id}),
        "receipts": [
            {"receipt": told.hash, "done": told.done, "old_model": model["old_model"], "new_model": model["new_model"]}
            for told, model in issued
        ],
        "parts": [
            {**part, "proves": PROVES[Method(part["method"])]}
            for _, model in issued
            if model["new_model"] == artifact.id
            for part in model["parts"]
        ],
        "pending": [
            {"part": one.part, "deadline": one.deadline.isoformat(), "overdue": one.overdue} for one in waiting
        ],
        "within_a_bound": {part: tolerance for part, (tolerance, _) in taken_parts(artifact).items()},
        "may_serve": REMOVED not in artifact.manifest and not any(one.overdue for one in waiting),
    }
