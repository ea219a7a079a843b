"""MovieLens 1M, leave last out, full ranking, no sampled negatives: goal nDCG@10 of 0.195 in 300 s of training.

The training time is all of it: the fits for validation, the weights, and the final fit. Ties in time keep the order of
the file. Beside the blend stand popularity, a plain EASE and every peer, none of which takes the order of plays, so
figures that papers print for sequence models are quoted as well.
"""

from benchmarks.comparison import compare
from openslate.apps.personalize.protocols import PAPERS_ON_MOVIELENS_1M, PROTOCOLS

GOAL, AIM, SECONDS = 0.195, 0.205, 300.0


def main() -> None:
    """Compare, quote the papers, and hold the blend against the goal."""
    blend = compare(PROTOCOLS["leave-last-out"], "hr@10").blend
    for paper in PAPERS_ON_MOVIELENS_1M:
        print(f"foreign, not ranked against ours: {paper.name} {paper.metrics} ({paper.source})")
    ndcg = blend.values["ndcg@10"].mean()
    verdict = "missed" if ndcg < GOAL or blend.seconds > SECONDS else "met" if ndcg < AIM else "aim met"
    print(f"blend: ndcg@10 {ndcg:.4f} in {blend.seconds:.1f} s; goal {GOAL} in {SECONDS:.0f} s, aim {AIM}: {verdict}")


if __name__ == "__main__":
    main()
