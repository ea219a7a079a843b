"""What the checker that stands alone counts from: the retained histories, for the owner's eyes only.

The folder holds what people watched. It is made where the data lies, through the gate like any other read, and is
deleted once it has been checked; a receipt goes to the auditor, this does not.
"""

import json
from pathlib import Path

import numpy as np

from openslate.apps.personalize.forgetting.kept_sums import kept_settings, name_of, plain_settings
from openslate.data.datasets import viewing
from openslate.errors import UsageError
from openslate.project import Project
from openslate.storage.files import OWNER_ONLY, make_folder, write_atomically

READER = "rights export-sums"


def export_sums(project: Project, folder: Path) -> list[str]:
    """Write the retained histories, and which sums are kept over them, for `rights/verifier/openslate_check_sums.py`.

    Args:
        project: where.
        folder: a new or an empty folder.

    Returns:
        The names of the sums.

    Raises:
        UsageError: the folder holds something.
        RightsError: nothing may be used for training.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.", "Name a new folder for the export.")
    data = viewing(project, ("train",), READER)
    make_folder(folder, OWNER_ONLY)
    histories = data.histories
    with (folder / "histories.npz").open("wb") as file:
        np.savez(
            file,
            offsets=histories.offsets,
            titles=histories.titles,
            times=histories.times,
            engagement=histories.engagement,
            n_titles=np.int64(histories.n_titles),
        )
    sums = [
        {"name": name_of(part, settings), "settings": plain_settings(settings), "before": before}
        for part, settings, before in kept_settings(project)
    ]
    write_atomically(folder / "members.json", json.dumps(data.members).encode())
    write_atomically(folder / "sums.json", json.dumps(sums, indent=1).encode())
    return [str(one["name"]) for one in sums]
