"""robots.txt: may this crawler read a path, and what does the file say about using it?"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from openslate.rights.reservation import Reservation
from openslate.rights.reservations import aipref
from openslate.rights.reservations.paths import matches, path_of, strength

LARGEST = 500 * 1024
"""Bytes that a crawler must read at least (RFC 9309, section 2.5); what comes after them is not read."""


@dataclass
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[bool, str]] = field(default_factory=list)
    usage: list[tuple[str, str]] = field(default_factory=list)


def from_robots(content: bytes, agents: tuple[str, ...], address: str, where: str = "robots.txt") -> Reservation | None:
    """What robots.txt says to any of some crawlers about an address: disallowed for one of them is reserved.

    None where no rule is about it: silence lets a crawler in, and takes back nothing that was reserved.

    Args:
        content: of the file.
        agents: product tokens of crawlers that learn, such as 'GPTBot', or of our own; '*' stands for all others.
        address: of the text that would be learned from, or its path.
        where: the file, for the record.

    Source: RFC 9309, sections 2.2.1 to 2.2.3. That disallowing a crawler reserves against learning is our reading,
        and stricter than the protocol, which speaks of crawling.

    Example:
        >>> found = from_robots(b"User-agent: GPTBot\\nDisallow: /", ("GPTBot",), "https://example.org/film")
        >>> found.reserved, found.said
        (True, 'GPTBot: Disallow: /')
    """
    groups = list(_groups(content))
    path = path_of(address)
    said = None
    for agent in agents:
        rule = _rule(_for(groups, agent), path)
        if rule is not None:
            allowed, pattern = rule
            said = f"{agent}: {'Allow' if allowed else 'Disallow'}: {pattern}"
            if not allowed:
                return Reservation("robots", True, said, where)
    return None if said is None else Reservation("robots", False, said, where)


def usage_in_robots(
    content: bytes, agents: tuple[str, ...], address: str, where: str = "robots.txt"
) -> Reservation | None:
    """What `Content-Usage` lines of robots.txt say about an address; None where there are none for it.

    Source: draft-ietf-aipref-attach, a draft.
    """
    path = path_of(address)
    groups = list(_groups(content))
    found: list[tuple[int, str]] = []
    for agent in agents:
        for group in _for(groups, agent):
            found += [(strength(pattern), value) for pattern, value in group.usage if matches(pattern, path)]
    if not found:
        return None
    longest = max(length for length, _ in found)
    # Where the same pattern says two things, both are read together, and the stricter counts.
    values = [value for length, value in found if length == longest]
    readings = [one for one in (aipref.from_header(value, where) for value in values) if one is not None]
    return next((one for one in readings if one.reserved), readings[0] if readings else None)


def _groups(content: bytes) -> Iterator[_Group]:
    group = _Group()
    naming = True
    for line in content[:LARGEST].decode("utf-8-sig", "replace").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not naming:
                yield group
                group = _Group()
            naming = True
            group.agents.append(value.lower())
        elif key in ("allow", "disallow"):
            naming = False
            if value:
                group.rules.append((key == "allow", value))
        elif key == "content-usage":
            naming = False
            pattern, space, usage = value.partition(" ")
            has_path = bool(space) and pattern.startswith("/")
            group.usage.append((pattern, usage.strip()) if has_path else ("/", value))
    yield group


def _for(groups: list[_Group], agent: str) -> list[_Group]:
    """All groups that name a crawler; those of everybody else where none does."""
    named = [group for group in groups if agent.lower() in group.agents]
    return named or [group for group in groups if "*" in group.agents]


def _rule(groups: list[_Group], path: str) -> tuple[bool, str] | None:
    """The longest rule that matches, and of two equally long ones the one that allows."""
    fitting = [
        (strength(pattern), allowed, pattern)
        for group in groups
        for allowed, pattern in group.rules
        if matches(pattern, path)
    ]
    if not fitting:
        return None
    _, allowed, pattern = max(fitting)
    return allowed, pattern
