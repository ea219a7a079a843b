"""Validation: a recipe fitted on all but the latest tenth of the events, weighed and measured on what came next.

The weights are few and the members many, so the score on the members they were fitted on is hardly too good; the
report measures on later events than these.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.baselines import fit_recent_popularity, member_scores
from openslate.apps.personalize.begun import begun_record, transformer_of
from openslate.apps.personalize.components import fit_components
from openslate.apps.personalize.counting import Counting, Kept
from openslate.apps.personalize.protocols import latest_share
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_file import plain_values
from openslate.apps.personalize.second_stage import ranker_record
from openslate.apps.personalize.weighing import Weighed, tuned, weigh
from openslate.errors import FitError
from openslate.evaluation.bootstrap import Interval, estimate, ratio
from openslate.evaluation.split import Split
from openslate.models.blend import Blend, Scorer
from openslate.models.histories import Histories
from openslate.progress import Progress, within
from openslate.storage.engine import Engine

METRIC = "ndcg@10"
MOST_ASKED = 20_000
"""Members that validation asks at most: their scores settle nDCG to a few thousandths."""
SEED = 0
"""Of the resampling: the intervals are part of the model's manifest, and equal data must give an equal model."""


@dataclass(frozen=True)
class Validation:
    """One recipe on one validation split; each part is worked out when it is first asked for.

    Attributes:
        split: who is asked what.
        recipe: the settings as given.
        engine: where shards of members are counted.
        parts: how many shards to count in.
        progress: told what is done.
        kept: where sums over the training part of the split are kept between trainings; None for nowhere.
    """

    split: Split
    recipe: Recipe
    engine: Engine
    parts: int
    progress: Progress
    kept: Kept | None = None

    @cached_property
    def settled(self) -> Recipe:
        """The recipe with what validation chooses."""
        self.progress("Choosing between EASE and EDLAE on validation", 0.0)
        return tuned(self.recipe, self.split, Counting(self.split.train, self.engine, self.parts, self.kept))

    @cached_property
    def models(self) -> dict[str, Scorer]:
        """The fitted parts."""
        return self.fit(self.settled, within(self.progress, 0.2, 0.5))

    @cached_property
    def weighed(self) -> Weighed:
        """The parts with their weights, and the second stage where it won."""
        models = self.models
        self.progress("Weighing the models on validation", 0.5)
        return weigh(models, self.split, self.settled, progress=within(self.progress, 0.5, 1.0))

    @property
    def blend(self) -> Blend:
        """The blend of the parts."""
        return self.weighed.blend

    @cached_property
    def scores(self) -> NDArray[np.float64]:
        """The blend's nDCG@10 of each member."""
        return member_scores(self.split, self.blend)

    def fit(self, recipe: Recipe, progress: Progress) -> dict[str, Scorer]:
        """The parts of any settled recipe, fitted on the training part of the split."""
        return fit_components(
            self.split.train,
            self.split.as_of,
            recipe,
            self.engine,
            self.parts,
            progress,
            kept=self.kept,
            validating=True,
        )

    def found(self) -> dict[str, Any]:
        """Plain values: the blend's weights and what it chose, its score and the baseline's with their intervals."""
        popular = member_scores(self.split, fit_recent_popularity(self.split.train, self.split.as_of))
        lift = ratio(self.scores, popular, SEED)
        weights = self.blend.fitted
        return {
            "validation": {
                "split": self.split.hash,
                "cut": self.split.as_of,
                "metric": METRIC,
                "score": float(self.scores.mean()),
                "baseline": float(popular.mean()),
                "intervals": {
                    "score": asdict(estimate(self.scores, SEED)),
                    "baseline": asdict(estimate(popular, SEED)),
                    "ahead": asdict(estimate(self.scores - popular, SEED)),
                    "lift": None if lift is None else asdict(lift),
                },
            },
            "settled": plain_values(self.settled),
            "ranker": ranker_record(self.blend.ranker),
            "begun": begun_record(transformer_of(self.blend.models)),
            "second_stage": [step.as_record() for step in self.weighed.steps],
            "weights": {
                "components": list(weights.components),
                "weights": weights.weights.tolist(),
                "log_likelihood": weights.log_likelihood,
                "members": weights.members,
            },
        }

    def ahead_of(self, make_other: Callable[[], Scorer]) -> Interval:
        """The blend's score minus another model's, paired, with its interval.

        Args:
            make_other: fits or loads the other; it may let our fitted parts go, since their scores are known by then.
        """
        ours = self.scores
        return estimate(ours - member_scores(self.split, make_other()), SEED)

    def let_go(self) -> None:
        """Forget the fitted parts, which are large; the scores stay."""
        for name in ("models", "weighed"):
            self.__dict__.pop(name, None)


def validation_split(histories: Histories) -> Split:
    """The latest tenth of the events set aside, of which at most `MOST_ASKED` members are asked, evenly spread.

    Raises:
        FitError: nobody is left to be asked anything.
    """
    try:
        return latest_share(histories, most=MOST_ASKED)
    except FitError as error:
        raise FitError(
            "There is too little to train on: with the latest tenth of the events set aside to validate on, "
            "no member has both a history and a new title to predict.",
            "Import more events: plays or ratings of members over several days.",
        ) from error
