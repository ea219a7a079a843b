"""The sequence transformer on MovieLens 1M, leave last out, full ranking: how good it is alone, and what that costs.

Fitted twice: on the validation split's training part, where settings are chosen and blends are fitted, and on the test
split's. With `--output` the scores of both splits' members are stored, so that a blend with the closed forms can be
tried without training again. Run as `python -m benchmarks.transformer [--output FOLDER] [--epochs N] [--threads N]`.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from benchmarks.machine import describe
from benchmarks.movielens import movielens_1m
from openslate.apps.personalize.baselines import fit_recent_popularity
from openslate.apps.personalize.protocols import PAPERS_ON_MOVIELENS_1M, PROTOCOLS
from openslate.clock import stopwatch
from openslate.evaluation.protocol import evaluate
from openslate.evaluation.split import Split
from openslate.models.transformer.fitting import fit_transformer
from openslate.models.transformer.settings import TransformerSettings

SEED = 1


def main() -> None:
    """Train on both splits, measure, and store the scores where asked."""
    options = _options()
    torch.set_num_threads(options.threads)
    settings = TransformerSettings(epochs=options.epochs, seed=options.seed)
    print(f"{describe()}; torch {torch.__version__}, {options.threads} threads")
    print(settings)
    protocol = PROTOCOLS["leave-last-out"]
    test = protocol.test(movielens_1m().histories)
    for name, split in (("validation", protocol.validation(test.train)), ("test", test)):
        scores = _measure(name, split, settings, options.device)
        if options.output:
            options.output.mkdir(parents=True, exist_ok=True)
            np.savez(options.output / f"{name}.npz", scores=scores)
    for paper in PAPERS_ON_MOVIELENS_1M:
        print(f"foreign, not ranked against ours: {paper.name} {paper.metrics} ({paper.source})")


def _measure(name: str, split: Split, settings: TransformerSettings, device: str | None) -> np.ndarray:
    """Fit on a split, print what it reaches, and give its scores, float32 [scored, n_titles]."""
    print(f"{name}: split {split.hash}, {len(split.members)} members", flush=True)
    started = stopwatch()
    model = fit_transformer(split.train, settings, device=device)
    seconds = stopwatch() - started
    found = evaluate(
        split,
        {
            "popularity, 7 days": lambda train: fit_recent_popularity(train, split.as_of),
            "transformer": lambda _: model,
        },
        baselines=["popularity, 7 days"],
        seed=SEED,
    )
    for row in found.rows:
        ndcg, hits = row.metrics["ndcg@10"], row.metrics["hr@10"]
        print(
            f"{name}, {row.name}: ndcg@10 {ndcg.mean:.4f} ({ndcg.low:.4f} to {ndcg.high:.4f}), "
            f"hr@10 {hits.mean:.4f} ({hits.low:.4f} to {hits.high:.4f}), scored in {row.score_seconds:.1f} s"
        )
    print(f"{name}, transformer: trained in {seconds:.0f} s", flush=True)
    return model.score(split.fold_in)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, help="folder for validation.npz and test.npz")
    parser.add_argument("--epochs", type=float, default=TransformerSettings.epochs)
    parser.add_argument("--seed", type=int, default=TransformerSettings.seed)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--device", help="as torch names it; the first CUDA device, or the processor, if not given")
    return parser.parse_args()


if __name__ == "__main__":
    main()
