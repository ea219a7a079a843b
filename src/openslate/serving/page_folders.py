"""Where a member's kept pages lie: with everything else about people, in a folder of their own."""

import hashlib
from pathlib import Path

from openslate.project import Project

NAME = "pages"


def page_folder(project: Project, member: str | None) -> Path:
    """The folder of one member's kept pages; None and '' are somebody unknown.

    Args:
        project: where.
        member: the member's id.
    """
    # A member's id may hold anything, and a file name may not.
    name = hashlib.sha256((member or "").encode()).hexdigest()[:32]
    return project.people / NAME / name
