"""What takes away takes effect first and is on the ledger after; what gives is on the ledger first.

So whatever dies in between errs on the side of refusal. A withdrawal without its entry stands all the same, and is put
on the ledger when it is said again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from openslate.errors import OpenslateError, ProjectError, RightsError


@contextmanager
def in_force(what: str) -> Iterator[None]:
    """Say of an entry that cannot be written that what it is about has taken effect.

    Args:
        what: has taken effect, as the beginning of a sentence.

    Raises:
        RightsError: what went wrong inside, in words that say what stands.

    Example:
        >>> try:
        ...     with in_force("The refusal"):
        ...         raise RightsError("The disk is full.", "Make room.")
        ... except RightsError as error:
        ...     print(error.what)
        The refusal is in force, but not on the ledger: The disk is full.
    """
    try:
        yield
    except (RightsError, ProjectError) as error:
        raise RightsError(
            f"{what} is in force, but not on the ledger: {error.what}",
            f"{error.way_out} Then say it again, which puts it on the ledger.",
            _code(error),
        ) from error


def _code(error: OpenslateError) -> str | None:
    return error.code if isinstance(error, RightsError) else None
