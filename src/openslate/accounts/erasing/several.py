"""Several sorts of models that forget a member one after the other, as one step of an erasure."""

from collections.abc import Mapping

from openslate.accounts.erasing.steps import Models
from openslate.project import Project
from openslate.rights.canonical import JsonValue


def all_forget(*several: Models) -> Models:
    """What makes every one of several sorts of models forget.

    Args:
        several: in the order in which they forget.

    Example:
        >>> one = lambda project, member: {"models": [1], "pending": []}
        >>> dict(all_forget(one, one)(None, "m1"))
        {'models': [1, 1], 'pending': []}
    """

    def forget(project: Project, member: str) -> Mapping[str, JsonValue]:
        told = [one(project, member) for one in several]
        return {what: [each for one in told for each in _listed(one, what)] for what in ("models", "pending")}

    return forget


def _listed(told: Mapping[str, JsonValue], what: str) -> list[JsonValue]:
    found = told.get(what, [])
    assert isinstance(found, list)
    return found
