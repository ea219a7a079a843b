"""Your own model beside ours: two functions, and no class of ours to inherit from.

Run it anywhere; it makes a folder `own-model-service` in the present one:

    python examples/bring_your_own_model.py
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate import Histories, Project, personalize
from openslate.data.simulate import SimulatorSettings
from openslate.data.sources.simulated import import_simulation


@dataclass(frozen=True)
class Audience:
    """Scores a title by how much of its audience is like the member: neighbours among members, not titles."""

    watched: NDArray[np.float32]  # [training members, n_titles], rows of unit length

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Scores of every title for every member, [members, n_titles]."""
        likeness = unit_rows(histories) @ self.watched.T
        return np.asarray(likeness**2 @ self.watched, dtype=np.float32)


def unit_rows(histories: Histories) -> NDArray[np.float32]:
    """What each member watched, as a row of length one."""
    rows = np.zeros((histories.n_members, histories.n_titles), dtype=np.float32)
    rows[histories.members_of_events(), histories.titles] = 1
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1), dtype=np.float32)


def fit_audience(train: Histories) -> Audience:
    """All that fitting means here is to remember."""
    return Audience(unit_rows(train))


def main() -> None:
    """Make a small service, and measure the model beside all others on the same members."""
    project = Project.init("own-model-service")
    import_simulation(project, SimulatorSettings(members=1_000, titles=120, days=30, plays_per_member=12, seed=1))
    found = personalize.evaluate(project, protocols=("global-time",), models={"audience": fit_audience})

    [evaluation] = found.evaluations
    print(f"nDCG@10 on {evaluation.counts.scored_members} members, with 95% intervals:")
    for row in sorted(evaluation.rows, key=lambda row: -row.metrics["ndcg@10"].mean):
        interval = row.metrics["ndcg@10"]
        print(f"  {row.name:20} {interval.mean:.3f}  ({interval.low:.3f} to {interval.high:.3f})")

    ahead = evaluation.row("audience").ahead["ndcg@10"]
    told_apart = "told apart" if ahead.excludes_zero else "not told apart"
    print(f"'audience' and {evaluation.best_baseline}, the best baseline, are {told_apart}: {ahead.mean:+.3f}")
    print(f"Report: {found.report}")


if __name__ == "__main__":
    main()
