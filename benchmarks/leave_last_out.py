"""MovieLens 1M, leave last out, full ranking, no sampled negatives: goal nDCG@10 of 0.168 in 120 s of training.

The training time is all of it: the fit for validation, the weights, and the final fit. Ties in time keep the order of
the file. Peers of the same run: a plain EASE with its ridge tuned, and popularity.
"""

from benchmarks.machine import describe
from benchmarks.movielens import movielens_1m
from openslate.apps.personalize.baselines import fit_plain_ease, fit_recent_popularity
from openslate.apps.personalize.protocols import PAPERS_ON_MOVIELENS_1M, PROTOCOLS
from openslate.apps.personalize.recipe import fit_recipe
from openslate.clock import stopwatch
from openslate.evaluation.protocol import evaluate

GOAL, SECONDS, SEED = 0.168, 120.0, 1


def main() -> None:
    """Train once, and measure beside the peers on the same members."""
    protocol = PROTOCOLS["leave-last-out"]
    split = protocol.test(movielens_1m().histories)
    print(describe())
    print(f"{split.rule}\nsplit {split.hash}; {len(split.members)} members scored; seed {SEED}")
    started = stopwatch()
    blend = fit_recipe(split.train, split.as_of, protocol.validation)
    seconds = stopwatch() - started
    found = evaluate(
        split,
        {
            "popularity, 7 days": lambda train: fit_recent_popularity(train, split.as_of),
            "EASE, plain": lambda train: fit_plain_ease(train, protocol.validation(train)),
            **{name: (lambda _, model=model: model) for name, model in blend.models.items()},
            "blend": lambda _: blend,
        },
        baselines=["EASE, plain", "popularity, 7 days"],
        seed=SEED,
    )
    for row in found.rows:
        ndcg, hits = row.metrics["ndcg@10"], row.metrics["hr@10"]
        print(f"{row.name}: ndcg@10 {ndcg.mean:.4f} ({ndcg.low:.4f} to {ndcg.high:.4f}), hr@10 {hits.mean:.4f}")
    for paper in PAPERS_ON_MOVIELENS_1M:
        print(f"foreign, not ranked against ours: {paper.name} {paper.metrics} ({paper.source})")
    print(f"blend trained in {seconds:.1f} s (goal {SECONDS:.0f}); goal ndcg@10 {GOAL}")


if __name__ == "__main__":
    main()
