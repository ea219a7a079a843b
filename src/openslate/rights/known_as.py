"""As what the ledger knows whoever is asked about, who is paid, who answers for days, and what was asked: a decision's
entry names nobody. Nobody leaves a salt in the vault that an erasure would not find.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import erased
from openslate.rights.canonical import JsonValue
from openslate.rights.commitments import bound, commitment, forget_salt, known_commitment
from openslate.rights.decide import Verdict
from openslate.rights.estimates import author_commitment
from openslate.rights.records.record import ConsentRecord
from openslate.rights.request import Request
from openslate.rights.rules.codes import CODES
from openslate.rights.standing import Standing
from openslate.rights.usage import Estimate
from openslate.rights.use_entry import UseEntry

VIEWER, SUBJECT, PAYEE = "viewer", "subject", "payee"


@dataclass(frozen=True)
class Names:
    """Commitments in the place of names.

    Attributes:
        subject: of whoever is asked about.
        payee: of whoever is paid; None where nobody is.
        author: of whoever answers for a number of days; None where no days are counted, empty where nobody does.
        request: of what was asked.
        paid_to: id of whoever is paid, for a look whether it is still the same.
    """

    subject: str
    payee: str | None
    author: str | None
    request: str
    paid_to: str | None


def names_for(project: Project, request: Request, first: Verdict, standing: Standing) -> Names:
    """The names after a first look; drawn before the vault is held, because new salts need it themselves.

    Of somebody of whom nothing is held nothing is kept, not even that they were asked about.

    Args:
        project: whose vault keeps the salts.
        request: what is asked for.
        first: what would be decided now.
        standing: that it was decided from.
    """
    held = any(_is_of(one.record, request) for one in standing.held)
    if (first.allowed or held) and not _is_erased(project, request):
        subject = commitment(project, _kind(request), request.subject)
    else:
        # A hash of nothing has the shape of a commitment, so that the ledger does not tell the two apart.
        subject = known_commitment(project, _kind(request), request.subject) or secrets.token_hex(32)
    paid_to = _paid_to(first)
    payee = None if paid_to is None else commitment(project, PAYEE, paid_to)
    # Whoever has the ledger alone must not find out by trying what was asked, nor of whom.
    named = request_name(project, request) or secrets.token_hex(32)
    return Names(subject, payee, _author(project, request, first), named, paid_to)


def names_now(project: Project, request: Request, verdict: Verdict, names: Names) -> Names:
    """The names for a verdict, if they still are those of the first look; inside the vault's transaction.

    Raises:
        RightsError: the record changed, so that its payee or author has no commitment yet.
    """
    if _is_erased(project, request):
        names = replace(names, subject=_after_erasure(project, request))
    paid_to = _paid_to(verdict)
    changed = paid_to is not None and (
        paid_to != names.paid_to or known_commitment(project, PAYEE, paid_to) != names.payee
    )
    if verdict.allowed and (changed or (names.author is None and _is_estimated(verdict))):
        raise RightsError("The record changed while it was asked for.", "Request the use again.")
    return names


def request_name(project: Project, request: Request) -> str | None:
    """The commitment to what was asked, under its subject's salt; None where the subject has none."""
    return bound(project, _kind(request), request.subject, request.hash)


def entry_of(request: Request, verdict: Verdict, at: datetime, names: Names) -> Mapping[str, JsonValue]:
    """The decision as the ledger has it; it names nobody: subject, payee, author and request are commitments."""
    price, held = verdict.price, verdict.held
    if not verdict.allowed:
        return {
            "decision": "denial",
            "codes": [one.code for one in verdict.findings],
            "name": CODES[verdict.findings[0].code][0],
            "subject": names.subject,
            "record": None if held is None else held.record.record_id,
            "project": request.project,
            "use": request.use,
            "packs": list(verdict.packs),
            "request": names.request,
        }
    if price is None or held is None or names.payee is None:
        return {
            "decision": "allow",
            "subject": names.subject,
            "record": None if held is None else held.record.record_id,
            "version": None if held is None else held.record.version,
            "use": request.use,
            "packs": list(verdict.packs),
            "request": names.request,
        }
    return UseEntry(
        record=held.record.record_id,
        version=held.record.version,
        subject=names.subject,
        payee=names.payee,
        project=request.project,
        asset=request.asset,
        use=request.use,
        territory=request.territory,
        medium=request.medium,
        units=price.units,
        unit=price.unit,
        basis=price.basis,
        rate=price.rate,
        currency=price.currency,
        amount=price.amount,
        pool=price.pool,
        packs=verdict.packs,
        request=names.request,
        at=at,
        model=request.model or None,
        residuals=price.residuals,
        pension_and_health=price.pension_and_health,
        estimate=Estimate(names.author, request.estimate_basis) if price.unit == "day" and names.author else None,
    ).to_entry()


def _kind(request: Request) -> str:
    """Among whose ids the subject's is."""
    return VIEWER if request.subject_kind == VIEWER else SUBJECT


def _paid_to(verdict: Verdict) -> str | None:
    """Who is paid for a use; None where it is denied or has no price, as viewing has none."""
    if not verdict.allowed or verdict.price is None or verdict.held is None:
        return None
    return verdict.held.record.paid_to


def _is_estimated(verdict: Verdict) -> bool:
    """Whether days are counted that somebody answers for."""
    return verdict.price is not None and verdict.price.unit == "day"


def _author(project: Project, request: Request, first: Verdict) -> str | None:
    """Commitment to whoever answers for the days; kept before the vault is held, so that no entry outruns its paper."""
    if not (first.allowed and _is_estimated(first)):
        return None
    return author_commitment(project, request.subject, request.estimate_author) if request.estimate_author else ""


def _is_of(record: ConsentRecord, request: Request) -> bool:
    """Whether a record is of whoever is asked about, and not of a namesake."""
    namesake = (record.subject_kind == VIEWER) != (request.subject_kind == VIEWER)
    return record.subject_id == request.subject and not namesake


def _is_erased(project: Project, request: Request) -> bool:
    if not erased.is_anybody(project):
        return False
    since = erased.erased_since if request.subject_kind == VIEWER else erased.erased_subject_since
    return since(project, request.subject) is not None


def _after_erasure(project: Project, request: Request) -> str:
    """The commitment to somebody who is erased by now, whose salt may have been drawn since."""
    known = known_commitment(project, _kind(request), request.subject)
    if known is not None and erased.is_unfinished(project, request.subject, request.subject_kind == VIEWER):
        # The erasure still needs it, and takes it along.
        return known
    forget_salt(project, _kind(request), request.subject)
    return secrets.token_hex(32)
