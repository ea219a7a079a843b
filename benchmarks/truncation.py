"""MovieLens 1M: what cutting item weights costs the whole blend, step by step; at most 0.5% of nDCG@10 may go.

The step is chosen on validation, by models that have not seen its targets; the same step is then judged on the test
targets, which had no say in it.
"""

import numpy as np

from benchmarks.machine import describe
from benchmarks.movielens import movielens_1m
from openslate.apps.personalize.baselines import score_on
from openslate.apps.personalize.protocols import PROTOCOLS
from openslate.apps.personalize.recipe import Recipe, fit_components, tuned, weigh_components
from openslate.clock import stopwatch
from openslate.models.blend import Blend
from openslate.models.truncation import MOST_LOST, cut_blend, smallest_per_row


def main() -> None:
    """Choose on validation, judge on test, for both protocols."""
    histories = movielens_1m().histories
    print(describe())
    for name in ("leave-last-out", "global-time"):
        test = PROTOCOLS[name].test(histories)
        validation = PROTOCOLS[name].validation(test.train)
        recipe = tuned(Recipe(), validation)
        models = fit_components(validation.train, validation.as_of, recipe)
        first = Blend(weigh_components(models, validation, recipe), models)
        watched = len(np.unique(validation.train.titles))
        print(f"\n{name}: validation {validation.hash}, {len(validation.members)} members, {watched} titles watched")
        started = stopwatch()
        found = smallest_per_row(first, lambda blend, split=validation: score_on(split, blend))
        print(f"whole blend nDCG@10 {score_on(validation, first):.4f}")
        for per_row, lost in found.losses:
            print(f"  {per_row:5} weights a row: {lost:+.2%} lost")
        print(f"chosen in {stopwatch() - started:.0f} s: {found.per_row} (at most {MOST_LOST:.1%} may be lost)")
        if found.per_row is not None:
            final = Blend(first.fitted, fit_components(test.train, test.as_of, recipe))
            whole, kept = (score_on(test, blend) for blend in (final, cut_blend(final, found.per_row)))
            print(f"on test: whole {whole:.4f}, cut {kept:.4f}: {1 - kept / whole:+.2%} lost")


if __name__ == "__main__":
    main()
