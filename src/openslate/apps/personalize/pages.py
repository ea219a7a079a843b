"""Where pages are kept: with everything else about people, named by content, linked to the model that filled them."""

import hashlib
import json
import shutil
from datetime import datetime

from openslate.errors import AdmitError
from openslate.project import Project
from openslate.registry.lineage import link
from openslate.rights.erased import is_erased
from openslate.serving.page_folders import page_folder
from openslate.serving.page_types import Page
from openslate.storage.files import OWNER_ONLY, make_folder, write_atomically


def keep(project: Project, page: Page, permitted: bool) -> str:
    """Link a page to its model and, where the member has agreed to personalisation, store it.

    Args:
        project: where.
        page: the page as it is shown.
        permitted: whether anything may be kept about this member. Where not, the pages kept so far are deleted; the
            link names the page by its hash alone.

    Returns:
        The page's id, the SHA-256 of its JSON.
    """
    text = _text(page)
    identity = _hash(text)
    link(project, identity, page.model, "filled by")
    folder = page_folder(project, page.member)
    if permitted:
        for private in (folder.parent, folder):
            make_folder(private, OWNER_ONLY)
        write_atomically(folder / f"{page.made.replace(':', '-')}-{identity[:12]}.json", text)
    # Asked after the page lies there: whoever erases the member marks them first and then looks for their pages, so
    # that one of the two sees it.
    if (not permitted or (page.member and is_erased(project, page.member))) and folder.exists():
        shutil.rmtree(folder)
    return identity


def page_id(page: Page) -> str:
    """The SHA-256 of the page's JSON, by which its lineage is found."""
    return _hash(_text(page))


def last_page(project: Project, member: str, before: datetime) -> Page | None:
    """The page a member had on the latest earlier day, or None."""
    folder = page_folder(project, member)
    earlier = sorted(path for path in folder.glob("*.json") if path.name[:10] < before.date().isoformat())
    try:
        return Page.from_dict(json.loads(earlier[-1].read_bytes())) if earlier else None
    except (AdmitError, OSError, TypeError, ValueError):
        # Damaged, or as another release wrote it; rows are kept in their places from the next page on.
        return None


def _hash(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _text(page: Page) -> bytes:
    return json.dumps(page.to_dict(), ensure_ascii=False, sort_keys=True, indent=1).encode()
