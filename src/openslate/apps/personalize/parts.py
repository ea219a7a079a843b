"""Parts: what each part of a blend is worth on validation, from a settled recipe to a table of the report.

One look at the validation members serves for all parts: every model scores them once, and the same candidates are
weighed anew with one part more or less. Between the recipe and the report; the models themselves are left as they are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.baselines import some_members
from openslate.apps.personalize.second_stage import Choices
from openslate.apps.personalize.settling import Settled
from openslate.apps.personalize.weighing import MOST_CHOOSING
from openslate.clock import stopwatch
from openslate.evaluation.bootstrap import Interval, estimate
from openslate.evaluation.ranking import ndcg
from openslate.evaluation.split import Split
from openslate.evaluation.worth import PartWorth, Worth
from openslate.models.blend import BlendSettings, Scorer, best_candidates, seen_titles, standardise
from openslate.models.logit import conditional_logit
from openslate.progress import Progress, silent

SEED = 0
"""Of the resampling."""
MEMBERS_AT_ONCE = 512


@dataclass(frozen=True)
class Look:
    """Every model's view of the same validation members.

    Attributes:
        names: of the models.
        choices: candidates, the models' standardised scores of them as features, and what was watched.
        alone: float64 [choices] for each model, its own nDCG over the whole catalogue.
        l2: ridge of the weights.
    """

    names: tuple[str, ...]
    choices: Choices
    alone: Mapping[str, NDArray[np.float64]]
    l2: float

    def ndcg(self, parts: Collection[str]) -> NDArray[np.float64]:
        """nDCG of each choice by some of the models, weighed anew, float64 [choices]; zero by none."""
        columns = [place for place, name in enumerate(self.names) if name in parts]
        useful = np.flatnonzero(self.choices.watched.any(axis=1))
        if not columns or not len(useful):
            return np.zeros(len(self.choices.candidates))
        features = self.choices.features[:, :, columns]
        weights, _ = conditional_logit(
            features[useful], self.choices.watched[useful], self.l2, there=self.choices.there[useful]
        )
        return self.choices.ndcg(features @ weights)


def worth_of_parts(name: str, settled: Settled, k: int, progress: Progress = silent) -> Worth:
    """What each part adds to the blend, those that were left out, too, and what they cost.

    A part that is in the blend is held against the blend without it, one that is not against the blend with it; in
    both the weights are fitted anew, to the same candidates of the same members. Few weights and many members: that
    these members also fitted them makes hardly a difference.

    Args:
        name: of the split the recipe is fitted for.
        settled: the recipe on its validation split.
        k: of nDCG@k.
        progress: told what is done.
    """
    began = stopwatch()
    judges = some_members(settled.validation, MOST_CHOOSING)
    looked = look(settled.models, judges, settled.recipe.blend, k, progress)
    kept = set(settled.weighed.blend.fitted.components)
    whole = looked.ndcg(kept)

    def over_members(values: NDArray[np.float64]) -> Interval:
        return estimate(judges.by_member(values), SEED)

    parts = []
    for part in looked.names:
        sign = 1 if part in kept else -1
        adds = sign * (whole - looked.ndcg(kept ^ {part}))
        alone = over_members(looked.alone[part])
        parts.append(PartWorth(part, part in kept, alone, over_members(adds), settled.seconds[part]))
    steps = settled.weighed.steps
    return Worth(name, f"ndcg@{k}", len(judges.members), tuple(parts), steps, stopwatch() - began)


def look(
    models: Mapping[str, Scorer],
    judges: Split,
    settings: BlendSettings,
    k: int,
    progress: Progress = silent,
    nominating: Collection[str] | None = None,
) -> Look:
    """Let every model score the judges once.

    Args:
        models: by name, fitted on `judges.train`.
        judges: who is asked what.
        settings: how many candidates, and the ridge.
        k: of nDCG@k.
        progress: told what is done.
        nominating: the models whose sum of scores says who the candidates are; None for all.
    """
    blocks: list[tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.bool_]]] = []
    lists: dict[str, list[NDArray[np.int32]]] = {name: [] for name in models}
    for start in range(0, judges.fold_in.n_members, MEMBERS_AT_ONCE):
        progress("Finding out what each part adds", start / judges.fold_in.n_members)
        stop = min(start + MEMBERS_AT_ONCE, judges.fold_in.n_members)
        block = judges.fold_in.part(start, stop)
        seen = seen_titles(block)
        hidden = seen | ~judges.catalogue
        standard = {name: standardise(model.score(block), seen) for name, model in models.items()}
        for name, scores in standard.items():
            lists[name].append(best_candidates(scores, hidden, k))
        total = np.sum([standard[name] for name in nominating or models], axis=0)
        candidates = best_candidates(total, hidden, settings.candidates)
        features = np.stack([np.take_along_axis(scores, candidates, axis=1) for scores in standard.values()], axis=2)
        blocks.append((candidates, features, judges.watched(start, stop, candidates)))
    candidates, features, watched = (np.concatenate(column) for column in zip(*blocks, strict=True))
    alone = {
        name: ndcg(np.concatenate(ranked), judges.target_offsets, judges.targets) for name, ranked in lists.items()
    }
    return Look(tuple(models), Choices(candidates, features, watched, judges, k), alone, settings.l2)
