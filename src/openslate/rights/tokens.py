"""Tokens: leave to do one allowed thing once, bound to its request, for a short while.

The text is shown to whoever asked and to nobody else: the vault keeps its hash. Spending is atomic between processes,
and on the disk before it returns, and a clock that is set back revives nothing.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from openslate import clock
from openslate.errors import RightsError
from openslate.project import Project

TOKEN_BYTES = 32
LIFETIME = timedelta(minutes=15)
ASK_AGAIN = "Request the use again; a token serves once, for its own request, and for a short while."


def issue(project: Project, request: str, entry: int, lifetime: timedelta = LIFETIME) -> tuple[str, datetime]:
    """A new token and the moment at which it ends; call it once the decision is on the ledger.

    Args:
        project: whose vault.
        request: hash of the request it is bound to.
        entry: place of the decision on the ledger.
        lifetime: how long it may be spent.

    Raises:
        RightsError: the vault cannot be used.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires = clock.now() + lifetime
    project.vault.execute(
        "INSERT INTO tokens (token, request, entry, expires, spent) VALUES (?, ?, ?, ?, NULL)",
        (_hash(token), request, entry, _text(expires)),
    )
    return token, expires


def end_expired(project: Project) -> None:
    """Write down that tokens have ended whose moment has come, so that a clock set back later revives none."""
    now = _text(clock.now())
    project.vault.execute(
        "UPDATE tokens SET spent = 'over, ended at ' || expires WHERE spent IS NULL AND expires <= ?", (now,)
    )


def check(project: Project, token: str, request: str) -> int:
    """The place of the decision that a token stands for, if it may be spent on a request now.

    Raises:
        RightsError: it is unknown, spent, expired, revoked, or bound to another request.
    """
    rows = project.vault.rows("SELECT request, entry, expires, spent FROM tokens WHERE token = ?", (_hash(token),))
    if not rows:
        raise RightsError("The token is unknown.", ASK_AGAIN)
    bound, entry, expires, spent = rows[0]
    if not secrets.compare_digest(str(bound), request):
        raise RightsError("The token is bound to another request.", ASK_AGAIN)
    if spent is not None:
        raise RightsError(f"The token was {spent!s}.", ASK_AGAIN)
    if _text(clock.now()) >= str(expires):
        raise RightsError(f"The token ended at {expires!s}.", ASK_AGAIN)
    return int(str(entry))


def spend(project: Project, token: str, request: str) -> int:
    """Spend a token, and return the place of the decision that it stood for.

    Raises:
        RightsError: see `check`; or another process was quicker.
    """
    entry = check(project, token, request)
    said = f"spent at {_text(clock.now())}"
    changed = project.vault.execute(
        "UPDATE tokens SET spent = ? WHERE token = ? AND spent IS NULL", (said, _hash(token))
    )
    if not changed:
        raise RightsError("The token was spent by another process.", ASK_AGAIN)
    return entry


def revoke(project: Project, entries: set[int]) -> int:
    """Revoke the unspent tokens of some decisions; returns how many there were."""
    said = f"revoked at {_text(clock.now())}"
    return sum(
        project.vault.execute("UPDATE tokens SET spent = ? WHERE entry = ? AND spent IS NULL", (said, entry))
        for entry in sorted(entries)
    )


def entry_of(project: Project, token: str) -> int:
    """The place of the decision that a token was given for, whatever became of it.

    Raises:
        RightsError: it is unknown.
    """
    rows = project.vault.rows("SELECT entry FROM tokens WHERE token = ?", (_hash(token),))
    if not rows:
        raise RightsError("The token is unknown.", "Copy it from `request-use`, or name the entry of the ledger.")
    return int(str(rows[0][0]))


def was_spent(project: Project, entry: int) -> bool:
    """Whether a token of a decision was spent, and not ended otherwise."""
    return bool(project.vault.rows("SELECT 1 FROM tokens WHERE entry = ? AND spent LIKE 'spent %'", (entry,)))


def void(project: Project, entry: int) -> None:
    """End the tokens of a decision that shall not be acted on; one that was spent stays so."""
    project.vault.execute(
        "UPDATE tokens SET spent = ? WHERE entry = ? AND (spent IS NULL OR spent NOT LIKE 'spent %')",
        (f"voided at {_text(clock.now())}", entry),
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _text(moment: datetime) -> str:
    """UTC in a form whose order is that of time."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
