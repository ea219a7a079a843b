"""Whether somebody who is no member may be written about: not after an erasure, nor without any consent record."""

from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import erased
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import of_subject

NO_PERSON = ("viewer", "source")


def refuse_erased(project: Project, subject: str) -> None:
    """Refuse to bring somebody back who was erased.

    Raises:
        UsageError: they were erased, and have not consented anew.
    """
    since = erased.erased_subject_since(project, subject) if erased.is_anybody(project) else None
    if since is not None:
        raise UsageError(
            f"{subject!r} was erased on {since:%Y-%m-%d}, and nothing is kept of them since.",
            "Import a consent that they gave after that day first: openslate rights records --add FILE.",
        )


def require_known(project: Project, subject: str) -> None:
    """Require a consent record about a person, in whatever state.

    Raises:
        UsageError: there is none, or they were erased.
    """
    refuse_erased(project, subject)
    kept = [one.value for one in of_subject(project, subject)]
    if not any(isinstance(one, ConsentRecord) and one.subject_kind not in NO_PERSON for one in kept):
        raise UsageError(
            f"Nobody called {subject!r} has a consent record here.",
            "Check the id, or import their record first, a draft will do: openslate rights records --add FILE.",
        )
