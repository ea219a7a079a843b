"""Each member of the closed-form family on MovieLens 1M, leave last out, on validation: alone, added, and at what cost.

Validation, because these are the figures by which defaults are chosen; the test split is never looked at. `adds` holds
the default blend's first stage with the member against the same blend without it, both weighed anew on the same
candidates of the same validation members, in pairs. One that is a default part is taken out for it, and another put in.
Two that say the same stand in for one another, so variants of a default add little though they may be as good.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.machine import describe
from benchmarks.movielens import movielens_1m
from openslate.apps.personalize.baselines import some_members
from openslate.apps.personalize.components import fit_components
from openslate.apps.personalize.parts import look
from openslate.apps.personalize.protocols import PROTOCOLS
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.weighing import tuned, weigh
from openslate.clock import stopwatch
from openslate.evaluation.bootstrap import Interval, estimate
from openslate.evaluation.split import Split
from openslate.models.blend import Scorer
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.factors import FactorSettings, fit_factors
from openslate.models.following import FollowingSettings, following_from_sums
from openslate.models.member_neighbours import MemberNeighbourSettings, fit_member_neighbours
from openslate.models.neighbours import NeighbourSettings, fit_neighbours
from openslate.models.sequential import SequentialSettings, fit_sequential, pair_sums_of_part
from openslate.models.temporal import TemporalSettings, fit_temporal
from openslate.models.transitions import TransitionSettings, fit_transitions
from openslate.models.weights import WeightSettings

JUDGES = 3_000
"""Times a validation member is asked what came next, evenly spread."""
K, SEED = 10, 1
ALL_ALIKE = EaseSettings(training=WeightSettings(), fold_in=WeightSettings())


@dataclass(frozen=True)
class Found:
    """What one member of the family came to.

    Attributes:
        name: of the member.
        default: whether the default blend holds it.
        alone: nDCG@10 by itself.
        adds: nDCG@10 of the default blend with it minus that without it, paired.
        seconds: to fit it.
    """

    name: str
    default: bool
    alone: Interval
    adds: Interval
    seconds: float


def main() -> None:
    """Fit everything once, look once, print a row for each, those that add most first."""
    protocol, recipe = PROTOCOLS["leave-last-out"], replace(Recipe(), ranker=None)
    validation = protocol.validation(protocol.test(movielens_1m().histories).train)
    judges = some_members(validation, JUDGES)
    print(
        f"{describe()}\n{validation.rule}\nvalidation {validation.hash}, asked {len(judges.members)} times; seed {SEED}"
    )
    seconds: dict[str, float] = {}
    recipe = tuned(recipe, validation)
    models = fit_components(validation.train, validation.as_of, recipe, took=seconds.__setitem__)
    kept = set(weigh(models, validation, recipe, K).blend.fitted.components)
    for name, fit in variants(validation).items():
        began = stopwatch()
        models[name] = fit()
        seconds[name] = stopwatch() - began
        print(f"  fitted {name} in {seconds[name]:.1f} s", flush=True)
    found = measured(models, kept, judges, seconds)
    print(f"{'member of the family':<42} {'':<8} {'alone':>7} {'adds':>8}  95% interval          {'fit s':>6}")
    for one in sorted(found, key=lambda one: -one.adds.mean):
        word = "default" if one.default else ""
        said = f"{one.adds.low:+.4f} to {one.adds.high:+.4f}{'' if one.adds.low > 0 else ' ?'}"
        print(f"{one.name:<42} {word:<8} {one.alone.mean:>7.4f} {one.adds.mean:>+8.4f}  {said:<21} {one.seconds:>6.1f}")
    print("?: the interval does not lie above zero. Seconds of parts that share a count are told of the first of them.")


def measured(models: dict[str, Scorer], kept: set[str], judges: Split, seconds: dict[str, float]) -> list[Found]:
    """Every model alone, and what it adds to those that are kept.

    Args:
        models: by name, fitted on `judges.train`.
        kept: names of those the default blend holds.
        judges: who is asked what.
        seconds: to fit each.
    """
    looked = look(models, judges, Recipe().blend, K, nominating=kept)
    whole = looked.ndcg(kept)
    found = []
    for name in models:
        adds = whole - looked.ndcg(kept - {name}) if name in kept else looked.ndcg(kept | {name}) - whole
        own, more = (estimate(judges.by_member(one), SEED) for one in (looked.alone[name], adds))
        found.append(Found(name, name in kept, own, more, seconds[name]))
    return found


def variants(validation: Split) -> dict[str, Callable[[], Scorer]]:
    """The members of the family that no default recipe fits, by name, each with what fits it."""
    train, as_of = validation.train, validation.as_of
    plays = np.bincount(train.titles, minlength=train.n_titles)

    def ease(**changes: Any) -> Callable[[], Scorer]:
        return lambda: fit_ease(train, replace(ALL_ALIKE, **changes))

    def sequential(**changes: Any) -> Callable[[], Scorer]:
        return lambda: fit_sequential(train, replace(SequentialSettings(), **changes))

    def temporal(**changes: Any) -> Callable[[], Scorer]:
        return lambda: fit_temporal(train, as_of, replace(TemporalSettings(), **changes))

    def following(**changes: Any) -> Callable[[], Scorer]:
        sums = SequentialSettings()
        chosen = replace(FollowingSettings(), **changes)
        return lambda: following_from_sums(pair_sums_of_part(train, sums), plays, chosen)

    return {
        "EASE, all alike": ease(l2=300.0),
        "EDLAE, dropout 0.5": ease(l2=100.0, dropout=0.5),
        "RLAE, bound 0.3": ease(l2=300.0, diagonal_bound=0.3),
        "RLAE, bound 0.8": ease(l2=300.0, diagonal_bound=0.8),
        "RDLAE, dropout 0.5, bound 0.3": ease(l2=100.0, dropout=0.5, diagonal_bound=0.3),
        **{
            f"EASE, fold-in halved after {half:g} events": ease(l2=300.0, fold_in=WeightSettings(half_life=half))
            for half in (2.0, 6.0, 20.0, 60.0)
        },
        "sequential, past weights all alike": sequential(past_power=0.0),
        "sequential, one target": sequential(future=1),
        "sequential, ten sources": sequential(past=10),
        "sequential, past decays by 0.8": sequential(past_decay=0.8),
        **{f"temporal, halved after {days:g} days": temporal(half_life_days=days) for days in (0.005, 0.02, 1.0, 30.0)},
        "temporal, with trends": temporal(trend_power=0.5),
        "following, all six alike": following(latest_power=0.0),
        "following, shrinkage 60": following(shrinkage=60.0),
        "transitions, three lags": lambda: fit_transitions(train, replace(TransitionSettings(), lags=3)),
        "similar, all alike": lambda: fit_neighbours(train, NeighbourSettings(neighbours=200)),
        "neighbours, similarity in proportion": lambda: fit_member_neighbours(
            train, replace(MemberNeighbourSettings(), similarity_power=1.0)
        ),
        "factors, width 32": lambda: fit_factors(train, replace(FactorSettings(), width=32)),
    }


if __name__ == "__main__":
    main()
