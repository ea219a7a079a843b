"""The rights part of a demonstration, from the consents to the page that leads to everything."""

import os
from collections.abc import Sequence
from pathlib import Path

from openslate.apps.personalize.demonstration.index_page import write_index
from openslate.apps.personalize.demonstration.members import forgetting, withdrawal
from openslate.apps.personalize.demonstration.papers import audit, closing, pages
from openslate.apps.personalize.demonstration.story import Paper, Step, Story
from openslate.apps.personalize.demonstration.uses import use_story
from openslate.apps.personalize.recommender import Recommender
from openslate.progress import Progress, silent, within
from openslate.project import Project
from openslate.rights import ledger
from openslate.storage.files import OWNER_ONLY, make_folder


def show_rights(
    project: Project, report: Path, recommender: Recommender, members: Sequence[str], progress: Progress = silent
) -> Path:
    """Tell the story of rights on a simulated service, and write the page that leads to everything.

    Args:
        project: a finished simulated service with a model that serves.
        report: the evaluation, in the project's folder of reports.
        recommender: the model that serves.
        members: whose minds change: the first withdraws, the second is forgotten; either may be missing.
        progress: told what is done.

    Returns:
        The page.

    Raises:
        RightsError: the ledger, the vault or the signing key cannot be written.
    """
    folder = project.folder / "reports" / "rights"
    make_folder(folder, OWNER_ONLY)
    ledger.make_key(project)
    progress("Asking performers and writers", 0.0)
    steps: list[Step] = list(use_story(project))
    steps += [withdrawal(project, recommender, member) for member in members[:1]]
    steps += [forgetting(project, member, within(progress, 0.05, 0.8)) for member in members[1:2]]
    progress("Closing the accounts", 0.8)
    closed, statement = closing(project, folder)
    papers = (statement, *pages(project, folder))
    progress("Checking the ledger as an auditor would", 0.9)
    audited, key, verified = audit(project, folder)
    story = Story((*steps, closed, audited), papers, key, verified)
    page = project.folder / "reports" / "index.html"
    first = Paper("Evaluation", "how good the model is, beside every baseline, and two members' home pages", "")
    listed = [Paper(one.name, one.about, f"rights/{one.file}") for one in papers]
    write_index(
        project.folder.name,
        story,
        [Paper(first.name, first.about, os.path.relpath(report, page.parent)), *listed],
        page,
    )
    return page
