"""What the checker that stands alone counts from: the retained histories, for the owner's eyes only.

The folder holds what people watched. It is made where the data lies, through the gate like any other read, and is
deleted once it has been checked; a receipt goes to the auditor, this does not.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from openslate.accounts.erasing import check_receipt
from openslate.apps.personalize.forgetting.kept_sums import kept_settings, name_of, plain_settings
from openslate.data.datasets import viewing
from openslate.errors import UsageError
from openslate.project import Project
from openslate.storage.files import OWNER_FILE, OWNER_ONLY, make_folder, write_atomically

READER = "rights export-sums"
CHECKER = "openslate_check_sums.py"


@dataclass(frozen=True)
class SumsExport:
    """What was exported.

    Attributes:
        sums: names of the sums that can be counted again.
        receipts: names of the files that hold a model's receipt each.
    """

    sums: tuple[str, ...]
    receipts: tuple[str, ...]


def export_sums(project: Project, folder: Path, receipt: bytes | None = None) -> SumsExport:
    """Write the retained histories, and which sums are kept over them, beside the checker that counts them again.

    Args:
        project: where.
        folder: a new or an empty folder.
        receipt: the receipt of an erasure, as it was handed out; its models' receipts are put into the folder, too.

    Raises:
        UsageError: the folder holds something, or lies inside the project.
        RightsError: nothing may be used for training, or the receipt is not one of this project.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.", "Name a new folder for the export.")
    if folder.resolve().is_relative_to(project.folder):
        raise UsageError(f"{folder} lies inside the project.", "Name a folder outside it, for the owner's eyes only.")
    papers = () if receipt is None else check_receipt(project, receipt).models
    data = viewing(project, ("train",), READER)
    make_folder(folder, OWNER_ONLY)
    histories = data.histories
    histories_path = folder / "histories.npz"
    histories_path.touch(OWNER_FILE)
    with histories_path.open("wb") as file:
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
    write_atomically(folder / "members.json", json.dumps(data.members).encode(), OWNER_FILE)
    write_atomically(folder / "sums.json", json.dumps(sums, indent=1).encode(), OWNER_FILE)
    write_atomically(folder / CHECKER, (resources.files("openslate.rights.verifier") / CHECKER).read_bytes())
    return SumsExport(tuple(str(one["name"]) for one in sums), tuple(_written(folder, paper) for paper in papers))


def _written(folder: Path, paper: Mapping[str, Any]) -> str:
    name = f"model-{str(paper['old_model'])[:12]}.json"
    write_atomically(folder / name, json.dumps(paper, indent=1, sort_keys=True).encode(), OWNER_FILE)
    return name
