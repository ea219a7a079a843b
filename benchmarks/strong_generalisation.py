"""MovieLens 1M, strong generalisation: the blend beside our own well-tuned EASE and every peer, on members none met.

Goal: nDCG@100 at least 2% above each of them, aim 3%, with 95% intervals of the paired differences.
"""

from benchmarks.comparison import compare
from openslate.apps.personalize.protocols import PROTOCOLS

AT_LEAST, AIM = 0.02, 0.03


def main() -> None:
    """Compare, and hold the smallest lead against the goal."""
    smallest = min(compare(PROTOCOLS["strong-generalisation"], "recall@20").leads, key=lambda lead: lead.share)
    verdict = "aim met" if smallest.share >= AIM else "met" if smallest.share >= AT_LEAST else "missed"
    print(
        f"smallest lead: {smallest.share:.1%} over {smallest.name} (paired 95%: {smallest.low:.1%} to "
        f"{smallest.high:.1%}); goal {AT_LEAST:.0%}, aim {AIM:.0%}: {verdict}"
    )


if __name__ == "__main__":
    main()
