"""Reading what the owner of a source says from the files that they publish, in whichever form it is."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from openslate.errors import UsageError
from openslate.rights.reservation import Reservation
from openslate.rights.reservations import aipref, cawg, robots, rsl, tdmrep

Form: TypeAlias = Literal["robots", "tdmrep", "page", "headers", "rsl", "cawg"]
FORMS: tuple[Form, ...] = get_args(Form)
CRAWLERS = ("*", "GPTBot", "CCBot", "Google-Extended", "ClaudeBot")
"""Crawlers that learn, or stand for all: what is disallowed for one of them is reserved."""
BY_NAME: dict[str, Form] = {"robots.txt": "robots", "tdmrep.json": "tdmrep"}
BY_ENDING: dict[str, Form] = {".xml": "rsl", ".rsl": "rsl", ".html": "page", ".htm": "page", ".headers": "headers"}
LARGEST = 16 << 20


def read_signals(
    path: Path, address: str, form: str | None = None, agents: Sequence[str] = CRAWLERS
) -> tuple[Reservation, ...]:
    """Every signal of a file about an address; what cannot be read reserves, and what says nothing gives none.

    Args:
        path: the file.
        address: of the text that would be learned from, or its path.
        form: one of `FORMS`; None to tell it by the file's name.
        agents: product tokens of crawlers, for robots.txt.

    Raises:
        UsageError: the file cannot be opened or is too large, or its form is unknown.
    """
    chosen = form or BY_NAME.get(path.name.lower()) or BY_ENDING.get(path.suffix.lower())
    if chosen not in FORMS:
        raise UsageError(f"The form of {path} is unknown.", f"Say which it is: {', '.join(FORMS)}.")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Name a file that can be.") from None
    if len(content) > LARGEST:
        raise UsageError(f"{path} is larger than {LARGEST >> 20} MB.", "Name the file that holds the signal alone.")
    found = _read(chosen, content, address, tuple(agents), path.name)
    return tuple(one for one in found if one is not None)


def _read(
    form: str, content: bytes, address: str, agents: tuple[str, ...], where: str
) -> tuple[Reservation | None, ...]:
    if form == "robots":
        said = robots.from_robots(content, agents, address, where)
        return said, robots.usage_in_robots(content, agents, address, where)
    if form == "tdmrep":
        return (tdmrep.from_file(content, address, where),)
    if form == "page":
        return (tdmrep.from_page(content, where),)
    if form == "rsl":
        return (rsl.from_document(content, address, where),)
    if form == "cawg":
        return (cawg.from_assertion(content, where),)
    return _headers(content, where)


def _headers(content: bytes, where: str) -> tuple[Reservation | None, ...]:
    """Signals of a response's headers, one a line; several of one name are joined by a comma."""
    headers: dict[str, str] = {}
    for line in content.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        key = name.strip().lower()
        if colon:
            headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    usage = headers.get("content-usage")
    return tdmrep.from_headers(headers, where), None if usage is None else aipref.from_header(usage, where)
