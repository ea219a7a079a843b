"""One member's standing: what they said themselves and what their sources permit, put beside the records for `decide`.

Members speak by records or in a word (`consent.record_member`), sources by records or by a basis
(`consent.grant_source`). Whichever way it was said, every decision counts it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from openslate.project import Project
from openslate.rights import erased, ledger
from openslate.rights.canonical import canonical
from openslate.rights.consent import CONSENT_COLUMNS, source_grants
from openslate.rights.decide import decide
from openslate.rights.gathering import RESERVATION, reservations
from openslate.rights.packs.loading import packs_of
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.records.versions import latest_of
from openslate.rights.request import Request
from openslate.rights.standing import Held, Standing
from openslate.rights.vocabulary import SubjectKind, Use
from openslate.rights.words import ALWAYS, VIEWING, viewing_request

SAID = "What the member said."


def with_words(project: Project, standing: Standing, request: Request, at: datetime) -> Standing:
    """How everything stands, with what was said of a viewer's request in another way than by a record.

    Args:
        project: whose.
        standing: the records.
        request: what is asked for; all but a viewer's leave the standing as it is.
        at: the moment of the decision.
    """
    if request.subject_kind != "viewer":
        return standing
    held = (
        *_left(project, request.subject),
        *_words(project, request.subject, at),
        *_granted(project, [request.source]),
    )
    return replace(standing, held=(*standing.held, *(Held(one, "") for one in held)))


class SourceBases:
    """What the sources permit of members who said nothing, at one moment.

    Attributes:
        permitted: pairs of a source and a purpose.
        reserved: the same, where the source is reserved, so that no member's word helps.
        packs: names of the packs that governed, as 'id@version'.
    """

    def __init__(self, project: Project, sources: Iterable[str], purposes: Iterable[str], at: datetime) -> None:
        asked = sorted(set(sources))
        papers = {one: tuple(_papers(project, one)) for one in asked}
        held = tuple(
            Held(one, "") for one in (*_granted(project, asked), *(one for some in papers.values() for one in some))
        )
        signals = reservations(one.entry for one in ledger.search(project, RESERVATION))
        standing = Standing(held=held, packs=packs_of(project), reservations=signals)
        self.permitted: set[tuple[str, str]] = set()
        self.reserved: set[tuple[str, str]] = set()
        self.packs: set[str] = set()
        for source in asked:
            for purpose in VIEWING:
                if purpose in purposes:
                    self._judge(viewing_request("", purpose, source), at, standing, papers[source])

    def _judge(self, request: Request, at: datetime, standing: Standing, papers: tuple[ConsentRecord, ...]) -> None:
        """Ask with each paper of the source as the licence against a reservation; one that holds is enough."""
        verdicts = [
            decide(replace(request, licence=licence), at, standing)
            for licence in ("", *(one.record_id for one in papers))
        ]
        for verdict in verdicts:
            self.packs |= set(verdict.packs)
        key = (request.source, request.use)
        if any(one.allowed for one in verdicts):
            self.permitted.add(key)
        if all(any(finding.code == "R18" for finding in one.findings) for one in verdicts):
            self.reserved.add(key)


def next_paper(project: Project, sources: Iterable[str], at: datetime) -> datetime | None:
    """The first later moment at which a record of one of the sources begins or ends."""
    moments = (
        moment
        for source in set(sources)
        for one in _papers(project, source)
        for moment in (one.effective_from, one.expires_at)
        if moment is not None and moment > at
    )
    return min(moments, default=None)


def _papers(project: Project, source: str) -> Iterator[ConsentRecord]:
    """The records of a source as they stand."""
    values = (one.value for one in latest_of(project, [source]))
    return (one for one in values if isinstance(one, ConsentRecord) and one.subject_kind == "source")


def _words(project: Project, member: str, at: datetime) -> Iterator[ConsentRecord]:
    """The last word of a member on each purpose, as a record."""
    consents = project.lake.relation(project.lake.snapshot("consents"), "consents", CONSENT_COLUMNS)
    with project.lake.reading() as connection:
        rows = connection.execute(
            f"SELECT purpose, last(granted ORDER BY recorded, shard, NOT granted), max(recorded) FROM {consents} "
            "WHERE member = ? AND recorded <= ? GROUP BY purpose ORDER BY purpose",
            (member, at.astimezone(UTC).replace(tzinfo=None)),
        ).fetchall()
    for purpose, granted, recorded in rows:
        said = recorded.replace(tzinfo=UTC)
        record = _unwritten(f"word-{purpose}", member, "viewer", (purpose,), SAID, said)
        yield (
            record if granted else replace(record, status="withdrawn", withdrawn_at=said, withdrawal_effect="stop_new")
        )


def _left(project: Project, member: str) -> Iterator[ConsentRecord]:
    """That a member was erased, as a refusal of everything since: no source's basis speaks for them any more."""
    since = erased.erased_since(project, member) if erased.is_anybody(project) else None
    if since is not None:
        record = _unwritten("word-erased", member, "viewer", VIEWING, SAID, since)
        yield replace(record, status="withdrawn", withdrawn_at=since, withdrawal_effect="stop_new")


def _granted(project: Project, sources: Iterable[str]) -> Iterator[ConsentRecord]:
    """The bases in force of some sources, as records."""
    wanted = set(sources)
    for (source, purpose), basis in sorted(source_grants(project).items()):
        if source in wanted:
            digest = hashlib.sha256(canonical([source, purpose])).hexdigest()[:32]
            yield _unwritten(f"basis-{digest}", source, "source", (cast(Use, purpose),), basis, ALWAYS)


def _unwritten(
    name: str, subject: str, kind: SubjectKind, purposes: tuple[Use, ...], basis: str, at: datetime
) -> ConsentRecord:
    return ConsentRecord(
        record_id=name,
        version=1,
        prev_hash=None,
        subject_id=subject,
        subject_kind=kind,
        asset_kind="viewing_data",
        uses=tuple(PermittedUse(purpose, basis) for purpose in purposes),
        effective_from=at,
        issued_at=at,
        status="active",
        basis_text=basis,
    )
