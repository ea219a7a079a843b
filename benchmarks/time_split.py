"""MovieLens 1M, global time split: the blend beside popularity and every peer, on the next 28 days.

Goal: ahead of each of them, with a 95% interval of the paired difference that excludes zero.
"""

from benchmarks.comparison import compare
from openslate.apps.personalize.protocols import PROTOCOLS


def main() -> None:
    """Compare, and name whoever the blend is not told apart from."""
    close = [lead.name for lead in compare(PROTOCOLS["global-time"], "hr@10").leads if lead.low <= 0]
    print(f"goal, ahead of everybody: {'missed against ' + ', '.join(close) if close else 'met'}")


if __name__ == "__main__":
    main()
