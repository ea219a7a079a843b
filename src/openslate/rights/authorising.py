"""Authorising: a decision, durably on the ledger with its price, and a token to act on it, in this order.

A crash on the way may cost a use that is paid and not made, and never gives one that is made and not paid. Records
cannot change between the decision and its entry, because both happen while the vault is held; and what was withdrawn
between the entry and the act is found when the token is spent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from openslate import clock
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger, tokens
from openslate.rights.asked_about import standing_for
from openslate.rights.asset_names import check_asset
from openslate.rights.canonical import canonical
from openslate.rights.decide import Verdict, decide
from openslate.rights.known_as import entry_of, names_for, names_now, request_name
from openslate.rights.request import Request
from openslate.rights.standing import Standing
from openslate.rights.voids import is_spent, void_of

USE_PAPER = "use"
Deadlines = Mapping[str, datetime]


@dataclass(frozen=True)
class Authorisation:
    """What became of a request.

    Attributes:
        verdict: what was decided.
        entry: where the decision stands on the ledger.
        token: leave to make the use once; None where it was denied.
        expires: when the token ends.
    """

    verdict: Verdict
    entry: ledger.Position
    token: str | None
    expires: datetime | None


def authorise(
    project: Project, request: Request, lifetime: timedelta = tokens.LIFETIME, forgetting: Deadlines | None = None
) -> Authorisation:
    """Decide on a use, put the decision on the ledger, and give a token where it is allowed.

    Args:
        project: whose records and ledger.
        request: what is asked for.
        lifetime: how long the token may be spent.
        forgetting: from the id of a model that learned from somebody who withdrew, to when it must have forgotten.

    Raises:
        UsageError: the asset's id names the subject, and would stand on the ledger.
        RightsError: the decision could not be put on the ledger: then nothing was allowed. Its `code` is R25 or R26.
    """
    if request.trouble is None:
        check_asset(request.asset, request.subject, request.subject_kind)
    standing = standing_for(project, request, forgetting)
    names = names_for(project, request, decide(request, clock.now(), standing), standing)
    with project.vault.transaction():
        at = clock.now()
        verdict = decide(request, at, standing_for(project, request, forgetting))
        if verdict.code in ("R25", "R26"):
            raise RightsError(verdict.findings[0].why, "Set the clock right, or mend the ledger.", verdict.code)
        names = names_now(project, request, verdict, names)
        entry = ledger.append(project, entry_of(request, verdict, at, names))
        if not verdict.allowed:
            return Authorisation(verdict, entry, None, None)
        token, expires = tokens.issue(project, names.request, entry.index, lifetime)
        paper = canonical({"text": request.description})
        project.vault.execute(
            "INSERT OR REPLACE INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
            (USE_PAPER, names.request, request.subject, paper),
        )
    return Authorisation(verdict, entry, token, expires)


def spend(project: Project, token: str, request: Request, forgetting: Deadlines | None = None) -> int:
    """Act on an allowed use: spend its token, if everything still stands as it did.

    Args:
        project: whose.
        token: from `authorise`.
        request: the very request that it was given for.
        forgetting: as for `authorise`.

    Returns:
        The place of the decision on the ledger.

    Raises:
        RightsError: the token is unknown, spent, expired or bound to another request, or the use would be denied now,
            or allowed by another version of the record than it was.
    """
    # In a transaction of its own, because what it writes must stand when the token is refused.
    tokens.end_expired(project)
    with project.vault.transaction():
        # Somebody without a salt was allowed nothing, or was erased since.
        named = request_name(project, request) or ""
        entry = tokens.check(project, token, named)
        if void_of(project, entry) is not None:
            # A crash may have come between the entry that voids a use and the end of its token.
            raise RightsError("The use was voided.", tokens.ASK_AGAIN)
        if is_spent(project, entry):
            # Whoever spent it died before the vault knew: the use may have been made, so it is not made again.
            raise RightsError("The token was spent, as the ledger says.", tokens.ASK_AGAIN)
        allowed = ledger.entry(project, entry)
        verdict = decide(request, clock.now(), _but_for(standing_for(project, request, forgetting), allowed))
        if not verdict.allowed:
            first = verdict.findings[0]
            raise RightsError(
                f"The use was allowed, and is not any more: {first.why}",
                f"Settle {first.code} {first.name}, then request it again.",
                first.code,
            )
        _require_same_terms(allowed, verdict)
        tokens.spend(project, token, named)
        # Last: if it fails, the transaction gives the token back, and nothing was done with it.
        ledger.append(project, {"decision": "spend", "use": entry, "request": named})
    return entry


def _require_same_terms(allowed: ledger.Recorded, verdict: Verdict) -> None:
    """Refuse to act under terms that no longer stand: what is on the ledger is what was agreed to, and paid, then.

    Raises:
        RightsError: another record, or another version of it, would decide now.
    """
    decided, held = allowed.entry, verdict.held
    now = (None, None) if held is None else (held.record.record_id, held.record.version)
    if (decided.get("record"), decided.get("version")) != now:
        raise RightsError("The record changed since the use was allowed.", tokens.ASK_AGAIN)


def _but_for(standing: Standing, allowed: ledger.Recorded) -> Standing:
    """How everything stands, without the one use that was allowed and counted already."""
    key = (allowed.entry.get("record"), allowed.entry["use"])
    used = {one: count - (one == key) for one, count in standing.used.items()}
    return replace(standing, used=used)
