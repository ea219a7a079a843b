"""Numbers of lines, disputes and holds, of which the first characters are enough where they name only one."""

from collections.abc import Iterable

from openslate.errors import RightsError

LEAST = 4
"""Fewer characters than this are more likely a slip than a number."""


def whole_number(what: str, said: str, known: Iterable[str]) -> str | None:
    """The whole number that somebody wrote in full or in its first characters; None where there is none such.

    Args:
        what: it is the number of, for the error.
        said: at least `LEAST` characters of it.
        known: all there are.

    Raises:
        RightsError: more than one begins so.

    Example:
        >>> whole_number("dispute", "6a01", ["6a01ffee", "77aa0011"])
        '6a01ffee'
    """
    numbers = set(known)
    if said in numbers:
        return said
    found = sorted(one for one in numbers if one.startswith(said)) if len(said) >= LEAST else []
    if len(found) > 1:
        shown = ", ".join(found[:5])
        raise RightsError(
            f"{said!r} begins the number of more than one {what}: {shown}.", "Write more of it, or all of it."
        )
    return found[0] if found else None
