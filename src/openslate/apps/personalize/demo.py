"""The whole of personalize on a simulated service: what `make demo` runs."""

import json
from pathlib import Path

from openslate.apps.personalize.demonstration.show import show_rights
from openslate.apps.personalize.evaluate import evaluate
from openslate.apps.personalize.home import home_from
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.train import train
from openslate.data.simulate import SimulatorSettings
from openslate.data.sources.simulated import import_simulation
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.rights.folders import release_folder
from openslate.storage.files import write_atomically

MARKER = "demo.json"
"""The file that tells a demo's folder from a project of one's own."""
SHOWN = 2
PAGES = 25
CHANGING = 2
"""Members who withdraw or are forgotten: others than those whose pages the report shows."""


def run_demo(folder: Path, members: int = 2000, seed: int = 1, progress: Progress = silent) -> Path:
    """Simulate, train, evaluate, build home pages, write the report, and hold it all to what people agreed to.

    Args:
        folder: an absent or empty folder for the project.
        members: how many members to simulate.
        seed: where randomness starts.
        progress: told what is done.

    Returns:
        The page that leads to everything, an HTML file.

    Raises:
        RightsError: the signing key cannot be kept outside the project.
        UsageError: no service can be simulated with so many members, or with that seed.
    """
    settings = SimulatorSettings(members=members, seed=seed)
    progress = monotone(progress)
    project = Project.init(folder)
    # An earlier demonstration in this folder was signed, and this is another ledger on purpose.
    release_folder(project.folder)
    import_simulation(project, settings, within(progress, 0.0, 0.05))
    train(project, progress=within(progress, 0.05, 0.25))
    recommender = Recommender.open(project)
    for number in range(PAGES):
        progress(f"Building home pages ({number + 1} of {PAGES})", 0.25 + 0.02 * number / PAGES)
        home_from(recommender, f"m{number:07d}")
    willing = _willing(recommender, members)
    found = evaluate(project, seed=seed, pages_for=willing[:SHOWN], progress=within(progress, 0.27, 0.85))
    page = show_rights(project, found.report, recommender, willing[SHOWN:], within(progress, 0.85, 1.0))
    # Last, so that only a finished demo is taken for one.
    write_atomically(project.folder / MARKER, json.dumps({"members": members, "seed": seed}).encode())
    progress("Done", 1.0)
    return page


def _willing(recommender: Recommender, members: int) -> tuple[str, ...]:
    """The first members with a page of their own."""
    found: list[str] = []
    for number in range(members):
        member = f"m{number:07d}"
        if recommender.history(member, "personalize demo").histories.n_events >= 20:
            found.append(member)
        if len(found) == SHOWN + CHANGING:
            break
    return tuple(found)
