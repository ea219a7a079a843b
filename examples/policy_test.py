"""A page policy tested before anybody sees it: on simulated members, and then from logs alone.

First, three policies fill a page for the same members of a simulated service, and the members answer. Then the same
question is asked as it must be asked in life: what would another policy have earned, when only the logs of the present
one are there? The propensities answer it, and the simulator knows whether they are right. It makes a folder
`policy-service`:

    python examples/policy_test.py
"""

import numpy as np
from numpy.typing import NDArray

from openslate import Project, personalize, viewing
from openslate.data.simulate import Oracle, Service, SimulatorSettings, respond_all
from openslate.data.sources.simulated import import_simulation
from openslate.serving.exploration import Exploration, draw

SETTINGS = SimulatorSettings(members=1_000, titles=120, days=30, plays_per_member=12, seed=1)
TONIGHT = int(np.datetime64("2026-01-30T20:00", "us").astype(np.int64))
EVENINGS = 10


def best(scores: NDArray[np.float32], service: Service) -> NDArray[np.int64]:
    """Each member's page: the best titles in reading order, as many as the simulated page has places."""
    return np.argsort(-scores, axis=1, kind="stable")[:, : service.settings.places]


def earned(service: Service, members: NDArray[np.int64], pages: NDArray[np.int64]) -> float:
    """How much of a title is watched on average, over some evenings."""
    return float(
        np.mean([respond_all(service, members, pages, TONIGHT, seed).completion.mean() for seed in range(EVENINGS)])
    )


def on_simulated_members(project: Project, service: Service) -> None:
    """Show the pages of three policies to everybody who agreed to be chosen for."""
    data = viewing(project, ("personalize",), reader="policy test")
    members = np.array([int(member.removeprefix("m")) for member in data.members])
    recommender = personalize.Recommender.open(project)
    plays = np.bincount(data.histories.titles, minlength=len(data.catalogue)).astype(np.float32)
    policies = {
        "most watched": np.tile(plays, (len(members), 1)),
        "our model": recommender.scores(data.histories),
        "the truth": Oracle(service).enjoyment(members, TONIGHT),
    }
    unreleased = service.catalogue.release_days >= SETTINGS.days
    print(f"{len(members)} members, one page of {SETTINGS.places} titles, share of a title watched:")
    for name, scores in policies.items():
        print(f"  {name:14} {earned(service, members, best(np.where(unreleased, -np.inf, scores), service)):.3f}")


def from_logs_alone(service: Service) -> None:
    """Estimate what always showing the third of five titles would earn, from logs that prefer the first."""
    members, odds, rng = np.arange(SETTINGS.members), Exploration(epsilon=0.5, reach=5), np.random.default_rng(1)
    five = np.flatnonzero(service.catalogue.release_days <= 0)[:5]
    preference = np.arange(5.0, 0.0, -1.0)
    weights, outcomes = [], []
    for evening in range(EVENINGS):
        drawn = [draw(preference, odds, rng) for _ in members]
        shown, propensity = np.array([place for place, _ in drawn]), np.array([chance for _, chance in drawn])
        answers = respond_all(service, members, five[shown][:, None], TONIGHT, seed=1_000 + evening)
        weights.append((shown == 2) / propensity)
        outcomes.append(answers.completion)
    w, r = np.concatenate(weights), np.concatenate(outcomes)
    truth = earned(service, members, np.full((len(members), 1), five[2]))
    error = float(np.std(w * r) / np.sqrt(len(w)))
    print(f"Another policy, from {len(w)} logged places (effective size {w.sum() ** 2 / (w @ w):.0f}):")
    print(f"  IPS   {np.mean(w * r):.3f} with standard error {error:.3f}")
    print(f"  SNIPS {w @ r / w.sum():.3f}")
    print(f"  truth {truth:.3f}")


def main() -> None:
    """Make the service, train, and test."""
    project = Project.init("policy-service")
    import_simulation(project, SETTINGS)
    personalize.train(project)
    service = Service.open(SETTINGS)
    on_simulated_members(project, service)
    from_logs_alone(service)


if __name__ == "__main__":
    main()
