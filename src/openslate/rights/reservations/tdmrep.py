"""TDMRep: a site's file, a response's headers, or a page's meta elements that reserve text and data mining."""

import json
from collections.abc import Mapping
from html.parser import HTMLParser

from openslate.rights.reservation import Reservation
from openslate.rights.reservations.paths import matches, path_of, strength

RESERVATION, POLICY = "tdm-reservation", "tdm-policy"
WELL_KNOWN = "/.well-known/tdmrep.json"


def from_file(content: bytes, address: str, where: str = WELL_KNOWN) -> Reservation | None:
    """What a site's tdmrep.json says about an address; None where no entry matches it.

    The entry with the longest pattern decides; of two equally long ones, the one that reserves.

    Args:
        content: of the file: a list of objects with `location`, `tdm-reservation` and `tdm-policy`.
        address: of the text, or its path.
        where: the file.

    Source: TDM Reservation Protocol, final report of a W3C community group, 2024-05-10, and no Recommendation.

    Example:
        >>> held = b'[{"location": "/films/*", "tdm-reservation": 1, "tdm-policy": "https://example.org/terms.json"}]'
        >>> found = from_file(held, "https://example.org/films/1")
        >>> found.reserved, found.policy
        (True, 'https://example.org/terms.json')
    """
    path = path_of(address)
    try:
        entries = json.loads(content)
        if isinstance(entries, dict):
            entries = [entries]
        fitting = [
            (strength(str(entry["location"])), entry.get(RESERVATION) not in (0, "0"), entry)
            for entry in entries
            if matches(str(entry["location"]), path)
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _unreadable(where)
    if not fitting:
        return None
    _, _, entry = max(fitting, key=lambda one: one[:2])
    return _said(entry.get(RESERVATION), entry.get(POLICY), where)


def from_headers(headers: Mapping[str, str], where: str = "HTTP headers") -> Reservation | None:
    """What the headers of a response say; None where they say nothing.

    Example:
        >>> from_headers({"TDM-Reservation": "1"}).reserved, from_headers({"Content-Type": "text/html"})
        (True, None)
    """
    found = {name.lower(): value.strip() for name, value in headers.items()}
    return _said(found[RESERVATION], found.get(POLICY), where) if RESERVATION in found else None


def from_page(page: bytes, where: str = "meta elements") -> Reservation | None:
    """What the meta elements of a page say; None where they say nothing.

    Example:
        >>> from_page(b'<meta name="tdm-reservation" content="1">').reserved
        True
    """
    reader = _Meta()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    if not reader.reservations:
        return None
    strictest = next((one for one in reader.reservations if one != "0"), "0")
    return _said(strictest, reader.policy, where)


class _Meta(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.reservations: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            given = {name: (value or "").strip() for name, value in attrs}
            name = given.get("name", "").lower()
            if name == RESERVATION:
                self.reservations.append(given.get("content", ""))
            elif name == POLICY:
                self.policy = given.get("content", "")


def _said(reservation: object, policy: object, where: str) -> Reservation:
    # By type as well, because True equals 1 and False equals 0.
    if type(reservation) not in (int, str) or str(reservation) not in ("0", "1"):
        return Reservation("tdmrep", True, f"{RESERVATION} = {str(reservation)[:40]!r} is neither 0 nor 1", where)
    said = f"{RESERVATION} = {reservation}"
    return Reservation("tdmrep", str(reservation) == "1", said, where, policy if isinstance(policy, str) else "")


def _unreadable(where: str) -> Reservation:
    return Reservation("tdmrep", True, "it cannot be read", where)
