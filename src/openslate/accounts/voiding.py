"""Ending an allowed use that was never made: then it is not owed, and does not count towards how often it was allowed.

What was made can never be voided. Accounts and vault are held meanwhile, so that no period is closed over it and no
token is spent beside it; whatever a crash leaves behind, the ledger's entry counts, for the token as for the money.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from openslate.accounts import book
from openslate.accounts.history import history
from openslate.accounts.kept_reasons import keep_reason
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger, tokens
from openslate.rights.canonical import canonical
from openslate.rights.periods import Period
from openslate.rights.voids import VOID, is_spent, void_of

USE_PAPER = "use"


@dataclass(frozen=True)
class Voided:
    """A use that was ended.

    Attributes:
        use: place of the decision that allowed it.
        entry: place of the entry that ended it.
        taken_by: the closed period that pays it all the same, until its line is corrected; None where it is not owed.
    """

    use: int
    entry: int
    taken_by: Period | None


def void(project: Project, token_or_entry: str, reason: str) -> Voided:
    """End an allowed use that was not made; ending it again changes nothing.

    Args:
        project: whose.
        token_or_entry: its token, or the place of its decision on the ledger.
        reason: why, in words; kept in the vault, with the subject's papers.

    Raises:
        RightsError: there is no such token or decision, it was spent, the reason is empty, or the ledger cannot be
            written; then nothing has changed.
    """
    if not reason.strip():
        raise RightsError("The reason says nothing.", "Say why the use is not made, in a sentence.")
    with book.alone(project):
        use = _use_of(project, token_or_entry)
        allowed = ledger.entry(project, use).entry
        _check(project, use, allowed)
        found = void_of(project, use)
        if found is None:
            # Words first: an entry must never point to a paper that is not there.
            kept = _keep(project, use, allowed, reason)
            with project.vault.transaction():
                # Once more, because a token can be spent until the vault is held.
                _check(project, use, allowed)
                tokens.void(project, use)
                found = ledger.append(project, _entry(use, allowed, kept)).index
        else:
            tokens.void(project, use)
        return Voided(use, found, _taken_by(project, use))


def _use_of(project: Project, token_or_entry: str) -> int:
    if re.fullmatch(r"[0-9]{1,15}", token_or_entry):
        place = int(token_or_entry)
        if place < len(book.read(project)):
            return place
        raise RightsError(f"The ledger has no entry {place}.", "Name the entry that allowed the use, or its token.")
    return tokens.entry_of(project, token_or_entry)


def _check(project: Project, use: int, allowed: dict[str, Any]) -> None:
    """Refuse what is no allowed use, or was made.

    Raises:
        RightsError: it is.
    """
    if allowed.get("decision") != "use" or allowed.get("outcome") != "allow":
        raise RightsError(f"Entry {use} of the ledger allows no use.", "Name the entry that allowed it, or its token.")
    if tokens.was_spent(project, use) or is_spent(project, use):
        raise RightsError(
            f"The use of entry {use} was made: its token was spent.",
            "What was made is owed. Dispute or correct its line once the period is closed.",
        )


def _keep(project: Project, use: int, allowed: dict[str, Any], reason: str) -> str | None:
    """The hash of the reason; None where the subject was erased, about whom no words may be kept."""
    rows = project.vault.rows(
        "SELECT subject FROM papers WHERE kind = ? AND name = ?", (USE_PAPER, str(allowed["request"]))
    )
    if not rows:
        return None
    return keep_reason(project, hashlib.sha256(canonical([VOID, use])).hexdigest(), str(rows[0][0]), reason)


def _entry(use: int, allowed: dict[str, Any], kept: str | None) -> dict[str, Any]:
    about = {name: allowed[name] for name in ("record", "payee", "request")}
    return {"decision": VOID, "use": use, **about, "reason": kept}


def _taken_by(project: Project, use: int) -> Period | None:
    for closed in history(book.read(project)).closed.values():
        for statement in closed.statements.values():
            if any(one["index"] == use for line in statement.entry["lines"] for one in line["decisions"]):
                return closed.period
    return None
