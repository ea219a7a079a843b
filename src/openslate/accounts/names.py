"""Who a commitment stands for, asked of the vault when something is printed; after an erasure nobody knows."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from openslate.accounts.subjects import refuse_erased
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.canonical import canonical, parsed
from openslate.rights.commitments import commitment
from openslate.rights.compensation import PayeeKind
from openslate.rights.estimates import author_of

PAYEE, USE, DISPUTE = "payee", "use", "dispute"
"""Kinds of papers in the vault: who is paid, what a use was for, what a dispute says."""


class Names(Protocol):
    """What people call the things that a statement names by number; None where it is erased or was never said."""

    def payee(self, commitment: str) -> Mapping[str, Any] | None:
        """The payee's `name`, and its `kind`: subject, estate, agent or fund."""

    def title(self, production: str) -> str | None:
        """The title of a production."""

    def description(self, request: str) -> str | None:
        """What a use was for, as the request described it."""

    def dispute(self, number: str) -> str | None:
        """What the payee said is wrong."""

    def author(self, known_as: str) -> str | None:
        """Who estimated days, by what the ledger holds for them: a commitment, or a name in an entry from before."""


class VaultNames:
    """Names from a project's vault.

    Args:
        project: whose vault.
        titles: of productions, by their id; they are about no person and come from the catalogue.
    """

    def __init__(self, project: Project, titles: Mapping[str, str] | None = None) -> None:
        self._project = project
        self._titles = titles or {}

    def payee(self, commitment: str) -> Mapping[str, Any] | None:
        """See `Names`."""
        return self._paper(PAYEE, commitment)

    def title(self, production: str) -> str | None:
        """See `Names`."""
        return self._titles.get(production)

    def description(self, request: str) -> str | None:
        """See `Names`."""
        return _text(self._paper(USE, request))

    def dispute(self, number: str) -> str | None:
        """See `Names`."""
        return _text(self._paper(DISPUTE, number))

    def author(self, known_as: str) -> str | None:
        """See `Names`."""
        return author_of(self._project, known_as) if re.fullmatch("[0-9a-f]{64}", known_as) else known_as

    def _paper(self, kind: str, name: str) -> Mapping[str, Any] | None:
        rows = self._project.vault.rows("SELECT document FROM papers WHERE kind = ? AND name = ?", (kind, name))
        if not rows:
            return None
        document = rows[0][0]
        assert isinstance(document, bytes)
        found: Mapping[str, Any] = parsed(document)
        return found


def register_payee(project: Project, payee: str, name: str, kind: PayeeKind = "subject") -> str:
    """Keep a payee's name in the vault, and return the commitment that the ledger shall hold instead.

    Args:
        project: whose vault.
        payee: id of the payee there; erasing that id erases the name.
        name: as a statement shall show it.
        kind: what the payee is to the person whose consent is paid for.

    Raises:
        UsageError: the payee was erased, and has not consented anew.
        RightsError: the id or name is empty, or the vault cannot be used.
    """
    refuse_erased(project, payee)
    if not (payee.strip() and name.strip()):
        raise RightsError(f"The payee {payee!r} has no name.", "Say who is paid, as a statement shall show it.")
    known_as = commitment(project, PAYEE, payee)
    _keep(project, PAYEE, known_as, payee, {"kind": kind, "name": name})
    return known_as


def describe_use(project: Project, request: str, subject: str, text: str) -> None:
    """Keep what a use was for in the vault, so that statements can say it in words.

    Args:
        project: whose vault.
        request: hash of the request.
        subject: id of the person; erasing it erases the words.
        text: the description that was asked and allowed.

    Raises:
        RightsError: the person's id is empty, or the vault cannot be used.
    """
    if not subject.strip():
        raise RightsError("The description belongs to nobody.", "Give the id of the person that it is about.")
    _keep(project, USE, request, subject, {"text": text})


def _keep(project: Project, kind: str, name: str, subject: str, document: Mapping[str, str]) -> None:
    project.vault.execute(
        "INSERT OR REPLACE INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
        (kind, name, subject, canonical(dict(document))),
    )


def _text(paper: Mapping[str, Any] | None) -> str | None:
    return None if paper is None else str(paper["text"])
