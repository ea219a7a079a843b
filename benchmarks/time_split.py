"""MovieLens 1M, global time split: the blend beside popularity, implicit's ALS and cosine neighbours, all tuned.

Goal: ahead of each of them, with a 95% interval of the paired difference that excludes zero.
"""

from benchmarks.machine import describe
from benchmarks.movielens import movielens_1m
from benchmarks.peers import BUDGET, SEED, tuned_peers
from openslate.apps.personalize.baselines import RIDGES
from openslate.apps.personalize.protocols import PROTOCOLS
from openslate.apps.personalize.recipe import DROPOUTS, fit_recipe
from openslate.clock import stopwatch
from openslate.evaluation.protocol import evaluate


def main() -> None:
    """Tune the peers on validation, fit everything on the past, and compare on the next 28 days."""
    protocol = PROTOCOLS["global-time"]
    split = protocol.test(movielens_1m().histories)
    validation = protocol.validation(split.train)
    print(describe())
    print(
        f"{split.rule}\nsplit {split.hash}; {len(split.members)} members scored; seed {SEED}; budget {BUDGET} settings"
    )
    peers = tuned_peers(validation, split.as_of)
    print(f"  blend: taste with dropout from {DROPOUTS} and ridge from {RIDGES}, five weights by conditional logit")
    started = stopwatch()
    blend = fit_recipe(split.train, split.as_of, protocol.validation)
    print(f"  blend trained in {stopwatch() - started:.1f} s: {blend.fitted}")
    for name in peers:
        found = evaluate(split, {**peers, "blend": lambda _: blend}, baselines=[name], seed=SEED)
        row, ahead = found.row(name).metrics["ndcg@10"], found.row("blend").ahead["ndcg@10"]
        verdict = "ahead" if ahead.low > 0 else "not ahead"
        interval = f"{ahead.mean:+.4f} ({ahead.low:+.4f} to {ahead.high:+.4f})"
        print(f"{name}: ndcg@10 {row.mean:.4f}; blend {verdict} by {interval}")
    best = found.row("blend").metrics
    for metric in ("ndcg@10", "recall@10", "hr@10", "map@10"):
        print(f"blend: {metric} {best[metric].mean:.4f} ({best[metric].low:.4f} to {best[metric].high:.4f})")


if __name__ == "__main__":
    main()
