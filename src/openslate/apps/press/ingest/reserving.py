"""What the owner of an item says about learning from it, by every channel that is read: one reservation is enough."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from openslate.apps.press.fetching.robots import Robots
from openslate.rights.reservation import Reservation
from openslate.rights.reservations import aipref, tdmrep
from openslate.rights.reservations.files import CRAWLERS
from openslate.rights.reservations.robots import from_robots, usage_in_robots

NO_LEARNING = frozenset(("noai", "noimageai", "noml", "notrain"))
"""Words that pages put among their directives for crawlers."""


def from_host(url: str, robots: Robots | None, tdmrep_file: bytes) -> tuple[Reservation, ...]:
    """What a host's own files say about an address.

    Args:
        url: of the item.
        robots: what robots.txt says; None where it was not read.
        tdmrep_file: content of /.well-known/tdmrep.json; empty where there is none.
    """
    found: list[Reservation | None] = []
    if robots is not None and not robots.may_be_asked:
        found.append(Reservation("robots", True, "it cannot be read", "robots.txt"))
    elif robots is not None and robots.status == 200:
        found += [from_robots(robots.content, CRAWLERS, url), usage_in_robots(robots.content, CRAWLERS, url)]
    if tdmrep_file:
        found.append(tdmrep.from_file(tdmrep_file, url))
    return tuple(one for one in found if one is not None)


def from_answer(headers: Mapping[str, str], metas: Sequence[tuple[str, str]]) -> tuple[Reservation, ...]:
    """What the headers and the meta elements of a page say.

    Args:
        headers: by name in small letters.
        metas: names in small letters, and contents.

    Example:
        >>> from_answer({}, [("robots", "noindex, noai")])[0].said
        'robots: noai'
    """
    found = [tdmrep.from_headers(headers), *_directives("X-Robots-Tag", [headers.get("x-robots-tag", "")])]
    if "content-usage" in headers:
        found.append(aipref.from_header(headers["content-usage"]))
    said = {name: value for name, value in metas if name in (tdmrep.RESERVATION, tdmrep.POLICY)}
    reserved = [value for name, value in metas if name == tdmrep.RESERVATION and value.strip() != "0"]
    if said:
        said[tdmrep.RESERVATION] = (reserved or [said.get(tdmrep.RESERVATION, "1")])[0]
        found.append(tdmrep.from_headers(said, "meta elements"))
    found += _directives("robots", [value for name, value in metas if name == "robots"])
    return tuple(one for one in found if one is not None)


def may_learn(allowed: bool, signals: Iterable[Reservation]) -> bool:
    """Whether models may learn from an item: its source's owner allows it, and no signal reserves it.

    Args:
        allowed: by the list of sources.
        signals: that were found.
    """
    return allowed and not any(one.reserved for one in signals)


def in_words(signals: Iterable[Reservation]) -> str:
    """What was found, in words; empty for nothing that reserves.

    Args:
        signals: that were found.
    """
    said = dict.fromkeys(f"{one.channel}: {one.said} ({one.where})" for one in signals if one.reserved)
    return "; ".join(said)[:1_000]


def _directives(where: str, values: Iterable[str]) -> Iterator[Reservation]:
    for value in values:
        words = {word.strip().lower().rpartition(":")[2].strip() for word in value.split(",")}
        for word in sorted(words & NO_LEARNING):
            yield Reservation("stated", True, f"{where}: {word}", where)
