"""The training-and-data-mining assertion of CAWG, and the older one of C2PA, as it stands in a manifest."""

import json
from typing import Any

from openslate.rights.reservation import Reservation

LABELS = ("cawg.training-mining", "c2pa.training-mining")
LEARNING = ("ai_training", "ai_generative_training", "data_mining")
"""Entries that are about learning; `ai_inference` is about what a trained model is shown."""


def from_assertion(content: bytes, where: str = LABELS[0]) -> Reservation | None:
    """What an assertion says about learning; None where it says nothing about it.

    Args:
        content: the assertion's data as JSON, with `entries` or with the entries themselves.
        where: label and file.

    Source: CAWG Training and Data Mining Assertion 1.1; c2pa.training-mining of C2PA 1.x. 'constrained' reserves here
        until there is a licence.

    Example:
        >>> found = from_assertion(b'{"entries": {"cawg.ai_training": {"use": "notAllowed"}}}')
        >>> found.reserved, found.said
        (True, 'cawg.ai_training: notAllowed')
    """
    try:
        held = json.loads(content)
        entries: dict[str, Any] = held.get("entries", held)
        ours = [(name, entry) for name, entry in entries.items() if name.rpartition(".")[2] in LEARNING]
        found = [(name, entry if isinstance(entry, str) else str(entry["use"])) for name, entry in ours]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Reservation("cawg", True, "it cannot be read", where)
    if not found:
        return None
    name, use = next((one for one in found if one[1] != "allowed"), found[0])
    information = entries[name].get("constraint_info", "") if isinstance(entries[name], dict) else ""
    policy = information if isinstance(information, str) and information.startswith("https://") else ""
    return Reservation("cawg", use != "allowed", f"{name}: {use[:40]}", where, policy)
