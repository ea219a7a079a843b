"""Whoever was erased does not come back with an old file: only what was given since may name them again.

A viewer's or subject's own new record takes them in again. A paper of somebody else that names them (a mandate, a
guardian, a payee) must be newer than the erasure, too, and takes nobody in; where the version which stands names them
already, because others rest on it, it may be followed, so that it can be withdrawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import erased
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import id_of, versions


@dataclass(frozen=True)
class Returning:
    """Those who were erased and consent anew.

    Attributes:
        subjects: performers, writers, directors.
        viewers: members.
    """

    subjects: tuple[str, ...] = ()
    viewers: tuple[str, ...] = ()


def check_returning(project: Project, values: Sequence[ConsentRecord | Mandate]) -> Returning:
    """Who was erased and consents anew by these records.

    Raises:
        UsageError: a record or mandate is of somebody who was erased or names them, and was not given since.
        RightsError: a viewer is being erased, and the erasure is not finished.
    """
    if not erased.is_anybody(project):
        return Returning()
    subjects: dict[str, None] = {}
    viewers: dict[str, None] = {}
    for value in values:
        _check_parties(project, value)
        if not isinstance(value, ConsentRecord) or value.subject_kind == "source":
            continue
        of_viewer = value.subject_kind == "viewer"
        since = (erased.erased_since if of_viewer else erased.erased_subject_since)(project, value.subject_id)
        if since is None:
            continue
        if of_viewer:
            erased.require_finished(project, value.subject_id)
        _require_later(value, since, "is of")
        if not of_viewer:
            subjects[value.subject_id] = None
        elif value.status == "active":
            # A refusal of theirs stands already.
            viewers[value.subject_id] = None
    return Returning(tuple(subjects), tuple(viewers))


def _check_parties(project: Project, value: ConsentRecord | Mandate) -> None:
    """Refuse an old paper that names somebody who was erased beside whose it is."""
    for party in dict.fromkeys(_parties(value)):
        since = erased.erased_subject_since(project, party)
        if since is not None and not _names_already(project, value, party):
            _require_later(value, since, "names")


def _parties(value: ConsentRecord | Mandate) -> Iterator[str]:
    if isinstance(value, Mandate):
        yield from (value.holder_id, *value.subjects)
    else:
        yield from (one for one in (value.guardian, value.paid_to) if one and one != value.subject_id)


def _names_already(project: Project, value: ConsentRecord | Mandate, party: str) -> bool:
    standing = versions(project, id_of(value))
    return bool(standing) and party in _parties(standing[-1].value)


def _require_later(value: ConsentRecord | Mandate, since: datetime, verb: str) -> None:
    """Refuse what was not given after an erasure.

    Raises:
        UsageError: it is older, or does not say.
    """
    kind, field = ("mandate", "effective_from") if isinstance(value, Mandate) else ("record", "issued_at")
    given = value.effective_from if isinstance(value, Mandate) else value.issued_at
    if given is None or given <= since:
        raise UsageError(
            f"The {kind} {id_of(value)} {verb} somebody who was erased on {since:%Y-%m-%d}.",
            f"Take it out of the file; a new {'mandate' if kind == 'mandate' else 'consent'} says when it was given: "
            f"{field}, after the erasure.",
        )
