"""Home pages that were kept of a member: what else is held of them beside the tables."""

import json
from datetime import datetime

from openslate.data.held import RowsHeld
from openslate.project import Project
from openslate.serving.page_folders import NAME, page_folder

MADE_HERE = "made here"


def pages_held(project: Project, member: str) -> RowsHeld | None:
    """The kept pages of a member, counted as the rows of a table are; None where none is kept.

    Args:
        project: where.
        member: the id.

    Raises:
        ProjectError: a page cannot be read.
    """
    folder = page_folder(project, member)
    made = sorted(_moment(path.read_bytes()) for path in folder.rglob("*.json")) if folder.is_dir() else []
    return RowsHeld(NAME, MADE_HERE, len(made), made[0], made[-1]) if made else None


def _moment(page: bytes) -> datetime:
    return datetime.fromisoformat(str(json.loads(page)["made"]))
