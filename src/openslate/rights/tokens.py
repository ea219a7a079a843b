"""Tokens: what an allowed use is begun with, once, for the one request that was allowed, before it expires.

A token is 32 random bytes as text. The vault keeps its hash alone, so that whoever reads the vault can spend none.
Spending is one transaction that is on disk before the ledger's entry is returned: of two processes with the same token
one goes ahead. A backup of the vault that is restored does not know what was spent after it; keep tokens short-lived.
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from openslate import clock
from openslate.errors import RightsError, UsageError
from openslate.project import Project

TOKEN_BYTES = 32
UNKNOWN = "TOKEN_UNKNOWN"
REVOKED = "TOKEN_REVOKED"
USED = "TOKEN_USED"
OTHER_REQUEST = "TOKEN_OTHER_REQUEST"
EXPIRED = "TOKEN_EXPIRED"
ASK_AGAIN = "Ask for the use again; if it is still allowed, there is a new token."
REFUSALS = {
    UNKNOWN: "The token was never issued by this project.",
    REVOKED: "The token was revoked, because a consent was withdrawn after it was issued.",
    USED: "The token was used already.",
    OTHER_REQUEST: "The token was issued for another request.",
    EXPIRED: "The token has expired.",
}
"""What each code says. A forged token is one that was never issued."""
_HASH = re.compile(r"[0-9a-f]{64}")


def issue(
    project: Project, request_hash: str, entry_index: int, expires: datetime, subjects: Sequence[str] = ()
) -> str:
    """A new token, durable when it is returned; its text is shown this once and kept nowhere.

    Args:
        project: whose vault keeps its hash.
        request_hash: of the request that was allowed (`Request.hash`).
        entry_index: where the decision stands on the ledger.
        expires: from this moment on it is refused.
        subjects: commitments, as on that entry, to the people it is about; `revoke_for` finds it by them.

    Raises:
        UsageError: the request's hash is none, the place is none, or it would have expired already.
        RightsError: the vault cannot be written.

    Example:
        >>> import tempfile
        >>> from datetime import timedelta
        >>> project = Project.init(tempfile.mkdtemp() + "/svc")
        >>> token = issue(project, "a" * 64, 7, clock.now() + timedelta(minutes=5))
        >>> spend(project, token, "a" * 64)
        7
    """
    with project.vault.transaction():
        return issue_within(project, request_hash, entry_index, expires, subjects)


def issue_within(
    project: Project, request_hash: str, entry_index: int, expires: datetime, subjects: Sequence[str] = ()
) -> str:
    """As `issue`, inside a transaction of the vault that the caller holds; durable when that ends.

    So a decision and its token can be one step, between which no withdrawal comes.
    """
    if not _HASH.fullmatch(request_hash):
        raise UsageError(f"{request_hash!r} is no hash of a request.", "Give the hash of the request that was allowed.")
    if entry_index < 0:
        raise UsageError(f"The ledger has no entry {entry_index}.", "Give the place of the decision, from 0.")
    if expires.tzinfo is None:
        raise UsageError(f"The moment {expires} has no time zone.", "Give one, such as UTC.")
    now = _latest(project)
    if _text(expires) <= now:
        raise UsageError(
            f"A token that expires at {_text(expires)} could never be used, for it is {now}.",
            "Give a later moment; if that one is still to come, the clock was ahead before: set it right.",
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    hashed = _hashed(token)
    project.vault.execute(
        "INSERT INTO tokens (token, request, entry, expires, spent) VALUES (?, ?, ?, ?, NULL)",
        (hashed, request_hash, entry_index, _text(expires)),
    )
    for subject in sorted(set(subjects)):
        project.vault.execute("INSERT INTO token_subjects (token, subject) VALUES (?, ?)", (hashed, subject))
    return token


def spend(project: Project, token: str, request_hash: str) -> int:
    """Use a token up, and return where the decision stands on the ledger that allowed the use.

    It is spent on disk before this returns. A refusal spends nothing.

    Args:
        project: that issued it.
        token: its text.
        request_hash: of what is to be done now, which must be what was allowed.

    Raises:
        RightsError: with a code: it is unknown or forged, was revoked or used, is of another request, or has expired;
            or the vault cannot be written, and then it is not spent.
    """
    hashed = _hashed(token)
    # Left before anything is refused, because that the clock was here must outlast a refusal.
    with project.vault.transaction():
        now = _latest(project)
        entry, refusal = _judge(project, hashed, request_hash, now)
        if refusal is None:
            project.vault.execute("UPDATE tokens SET spent = ? WHERE token = ?", (now, hashed))
    if refusal is not None:
        raise RightsError(REFUSALS[refusal], ASK_AGAIN, refusal)
    return entry


def revoke_for(project: Project, *, entry: int | None = None, subject: str | None = None) -> int:
    """Make every unused token of a decision, or about a subject, worthless, and return how many there were.

    A withdrawal calls it after its record stands, so that no use begins between a check and a spending.

    Args:
        project: that issued them.
        entry: place of the decision on the ledger.
        subject: commitment to the person, as it was given to `issue`.

    Raises:
        UsageError: neither is named.
        RightsError: the vault cannot be written.
    """
    if entry is None and subject is None:
        raise UsageError("Nothing says which tokens to revoke.", "Name a decision or a subject.")
    with project.vault.transaction():
        return project.vault.execute(
            "INSERT OR IGNORE INTO revoked_tokens (token, since) SELECT token, ? FROM tokens WHERE spent IS NULL "
            "AND (entry = ? OR token IN (SELECT token FROM token_subjects WHERE subject = ?))",
            (_latest(project), entry, subject),
        )


def _judge(project: Project, hashed: str, request_hash: str, now: str) -> tuple[int, str | None]:
    """The decision's place, and the code of the refusal, if it is one."""
    rows = project.vault.rows(
        "SELECT request, entry, expires, spent, since FROM tokens LEFT JOIN revoked_tokens USING (token) "
        "WHERE token = ?",
        (hashed,),
    )
    if not rows:
        return -1, UNKNOWN
    request, entry, expires, spent, revoked = rows[0]
    assert isinstance(entry, int) and isinstance(expires, str)
    for holds, code in (
        (spent is not None, USED),
        (revoked is not None, REVOKED),
        (request != request_hash, OTHER_REQUEST),
        (expires <= now, EXPIRED),
    ):
        if holds:
            return entry, code
    return entry, None


def _latest(project: Project) -> str:
    """The latest moment ever seen, which is now unless the clock was set back; inside a transaction."""
    project.vault.execute(
        "INSERT INTO tokens_clock (one, latest) VALUES (1, ?) "
        "ON CONFLICT (one) DO UPDATE SET latest = max(latest, excluded.latest)",
        (_text(clock.now()),),
    )
    return str(project.vault.rows("SELECT latest FROM tokens_clock")[0][0])


def _hashed(token: str) -> str:
    # Half of a surrogate pair has no UTF-8; a token that holds one was never issued all the same.
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _text(moment: datetime) -> str:
    """UTC in a form whose order is that of time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
