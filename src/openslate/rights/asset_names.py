"""Ids of assets stand on the ledger as they are, so they must not say whose they are."""

import re

from openslate.errors import UsageError

LONG = 6
"""From this length on, an id stands inside another by no chance."""


def names_subject(asset: str, subject: str) -> bool:
    """Whether an asset's id is the subject's, or holds it: whole between other signs, or anywhere where it is long.

    Example:
        >>> names_subject("scan-of-h-1", "h-1"), names_subject("sha256:8f4234", "42"), names_subject("scan-1", "h-1")
        (True, False, False)
    """
    asset, subject = asset.casefold(), subject.casefold()
    if not subject or subject not in asset:
        return False
    return len(subject) >= LONG or re.search(rf"(?<![^\W_]){re.escape(subject)}(?![^\W_])", asset) is not None


def check_asset(asset: str, subject: str, subject_kind: str) -> None:
    """Refuse an asset's id that says whose it is.

    Raises:
        UsageError: it holds the subject's id.
    """
    if subject_kind != "source" and names_subject(asset, subject):
        raise UsageError(
            "The asset's id holds the subject's id, and asset ids stand on the ledger, where nobody can be erased.",
            "Give the asset an id that names nobody, such as sha256: and its hash, in the record and in the request.",
        )
