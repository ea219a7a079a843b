"""What was made of a member's data and kept: pages, reports that show one, prepared histories and sums over them."""

import hashlib
import json
from pathlib import Path

from openslate.accounts.erasing import journal
from openslate.accounts.erasing.journal import Begun
from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.receipt import FileChange
from openslate.data import prepared_erasing
from openslate.data.prepared import prepared_folder
from openslate.project import Project
from openslate.serving.page_folders import page_folder
from openslate.storage.files import content_hash, sync_folder
from openslate.storage.rewriting import unlink_durably


def erase_pages(project: Project, begun: Begun, name: Name) -> None:
    """Remove every page that was kept for the member, and what leads from it to other things."""
    folder = page_folder(project, name.member)
    if not folder.exists():
        return
    pages = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in pages:
        # A page is known by the hash of its bytes, which is all that its lineage names.
        project.state.execute("DELETE FROM lineage WHERE child = ?", (content_hash(path),))
    _remove(project, begun, name, pages, "kept page")
    for inner in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        inner.rmdir()
    folder.rmdir()
    sync_folder(folder.parent)


def erase_reports(project: Project, begun: Begun, name: Name) -> None:
    """Remove the reports that show the member's page or name them."""
    reports = (path for path in sorted((project.folder / "reports").rglob("*")) if path.is_file())
    _remove(project, begun, name, [path for path in reports if report_names(path, name)], "report")


def report_names(path: Path, name: Name) -> bool:
    """Whether a report names the member: by the heading of their page, or, when the id is distinctive, anywhere."""
    text = path.read_bytes().decode(errors="replace")
    return name.inside(text) or name.inside(path.name) or name.heads_a_page(text)


def erase_prepared(project: Project, begun: Begun, name: Name) -> None:
    """Remove the prepared histories that hold the member, and all sums and inverses over histories that are gone."""
    with prepared_erasing.holding(project, name.member) as folders:
        changes = [
            FileChange(_relative(project, begun, name, one), _folder_hash(one), None, 1, "prepared histories")
            for one in folders
        ]
        journal.note(project, begun, changes)
        prepared_erasing.remove(folders)
        there = {path.name for path in prepared_folder(project).glob("*/")}
        stale = [path for path in sorted((project.people / "sums").rglob("*")) if path.is_file()]
        counted = {path.with_suffix("") for path in stale if path.suffix == ".json" and _origin(path) in there}
        stale = [path for path in stale if path.with_suffix("") not in counted]
        _remove(project, begun, name, stale, "sums over histories")
        inverses = [path for path in sorted((project.people / "inverses").glob("*/")) if not _is_of(path, there)]
        for folder in inverses:
            _remove(project, begun, name, sorted(folder.iterdir()), "what solving a model left behind")
            folder.rmdir()


def close_reads(project: Project, begun: Begun, name: Name) -> None:
    """Remove what opens the roots of reads so far: with it, anybody whose id is known could be looked for in them."""
    _remove(project, begun, name, sorted((project.people / "reads").glob("*.leaves")), "what opens a read")


def _is_of(folder: Path, there: set[str]) -> bool:
    """Whether kept inverses are of histories that are there; half-written ones do not say."""
    return _origin(folder / "kept.json") in there


def _origin(path: Path) -> str | None:
    """The prepared histories that sums were counted from."""
    try:
        return str(json.loads(path.read_bytes())["origin"]["prepared"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remove(project: Project, begun: Begun, name: Name, paths: list[Path], what: str) -> None:
    changes = [FileChange(_relative(project, begun, name, path), content_hash(path), None, 1, what) for path in paths]
    journal.note(project, begun, changes)
    unlink_durably(paths)


def _relative(project: Project, begun: Begun, name: Name, path: Path) -> str:
    return name.masked(path.relative_to(project.folder).as_posix(), begun.token)


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\n{content_hash(path)}\n".encode())
    return digest.hexdigest()
