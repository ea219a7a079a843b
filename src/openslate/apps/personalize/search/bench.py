"""The bench of a search: who chooses, who confirms, and how one recipe is tried on a share of the members.

The test part of the protocol is set aside first and never looked at, so that `personalize evaluate` stays honest after
a search. Of the validation members, half choose between settings; the other half see the winner alone, and the default.

Recipes are tried without their second stage. It wins or loses on whatever first stage it is given, takes longer to
teach than most settings take to fit, and would have to be taught and judged by the very members who choose. So its
settings are not searched, and the figures of a search lie below those of an evaluation.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.baselines import member_scores, some_members, those_members
from openslate.apps.personalize.components import fit_components
from openslate.apps.personalize.protocols import Protocol
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.weighing import tuned, weigh_components
from openslate.errors import FitError
from openslate.evaluation.split import Split
from openslate.models.blend import Blend
from openslate.models.histories import Histories
from openslate.storage.engine import Engine

KEPT = 3
"""One in so many settings goes on to the next rung, which trains on so many times as many members (successive halving:
K. Jamieson and A. Talwalkar, AISTATS 2016)."""
RUNGS = (1 / KEPT**2, 1 / KEPT, 1.0)
FEWEST_TRAINED = 2_000
"""Rungs that would train on fewer members are left out: what is best there is not what is best on all."""
MOST_SCORED = 4_000


@dataclass(frozen=True)
class Bench:
    """What every setting is tried on.

    Attributes:
        choosing: validation members who choose between settings, with all the training events.
        confirming: the others, with the same training events.
        order: int64, a random order of the training members; a rung trains on the first of them.
        k: list length of the metric, nDCG@k.
        engine: where shards of members are counted.
        parts: how many shards to count in.
    """

    choosing: Split
    confirming: Split
    order: NDArray[np.int64]
    k: int
    engine: Engine
    parts: int

    @classmethod
    def of(cls, histories: Histories, protocol: Protocol, seed: int, engine: Engine, parts: int) -> "Bench":
        """The bench of a protocol.

        Raises:
            FitError: too few members are left to choose and to confirm.
        """
        split = some_members(protocol.validation(protocol.test(histories).train), MOST_SCORED)
        random = np.random.default_rng(seed)
        # By member: one who is asked more than once must not both choose and confirm.
        shuffled = random.permutation(np.unique(split.members))
        half = len(shuffled) // 2
        if half < 2:
            raise FitError(
                f"A search needs members to choose by and others to confirm with; {protocol.name} leaves "
                f"{len(shuffled)}.",
                "Bring in more members, or search by another protocol.",
            )
        choosing, confirming = (
            those_members(split, np.flatnonzero(np.isin(split.members, one)))
            for one in (shuffled[:half], shuffled[half:])
        )
        return cls(choosing, confirming, random.permutation(split.train.n_members), protocol.cutoffs[0], engine, parts)

    @property
    def metric(self) -> str:
        """What is measured."""
        return f"ndcg@{self.k}"

    @property
    def choosers(self) -> int:
        """How many members choose."""
        return len(np.unique(self.choosing.members))

    @property
    def confirmers(self) -> int:
        """How many members confirm."""
        return len(np.unique(self.confirming.members))

    @property
    def rungs(self) -> tuple[float, ...]:
        """The shares of members to train on, from least to all."""
        return tuple(share for share in RUNGS if share == 1 or share * len(self.order) >= FEWEST_TRAINED)

    def trained_on(self, share: float) -> int:
        """How many members a rung trains on."""
        return int(share * len(self.order))

    def settle(self, recipe: Recipe) -> Recipe:
        """The recipe with what every training chooses for itself, chosen once for the whole search."""
        return tuned(recipe, self.choosing)

    def blend(self, recipe: Recipe, share: float = 1.0) -> Blend:
        """A recipe's first stage, fitted on a share of the members and weighed on those who choose."""
        split = self._rung(share)
        models = fit_components(split.train, split.as_of, recipe, self.engine, self.parts)
        return Blend(weigh_components(models, split, recipe), models)

    def choose(self, recipe: Recipe, share: float) -> NDArray[np.float64]:
        """nDCG@k of those who choose, by a recipe fitted on a share of the members, float64 [members]."""
        return self.choosing.by_member(member_scores(self._rung(share), self.blend(recipe, share), self.k))

    def confirm(self, recipe: Recipe) -> NDArray[np.float64]:
        """nDCG@k of those who confirm, float64 [members]; they had no part in anything before."""
        return self.confirming.by_member(member_scores(self.confirming, self.blend(recipe), self.k))

    def _rung(self, share: float) -> Split:
        if share == 1:
            return self.choosing
        return replace(self.choosing, train=self.choosing.train.take(np.sort(self.order[: self.trained_on(share)])))
