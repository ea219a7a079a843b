"""What the hosts of items reserve, asked only where it matters: where somebody would learn, or was asked anyway."""

from urllib.parse import urlsplit

from openslate.apps.press.fetching.addresses import web_address
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.looking import Room
from openslate.apps.press.ingest.reserving import from_host
from openslate.apps.press.ingest.source import PressSource
from openslate.rights.reservation import Reservation

MOST_HOSTS = 20
"""Hosts that are asked what they reserve, at one look at a feed."""


def feed_signals(source: PressSource, url: str, room: Room, hosts: int) -> tuple[Reservation, ...]:
    """The same of an entry whose page is not read, as long as its feed has not named too many hosts.

    Args:
        source: whose feed it is.
        url: of the entry.
        room: to work with.
        hosts: that the feed named before.
    """
    if hosts > MOST_HOSTS and source.training:
        return (Reservation("robots", True, "its host was not asked: the feed names too many", "robots.txt"),)
    return host_signals(source, url, room, always=False)


def host_signals(source: PressSource, url: str, room: Room, always: bool) -> tuple[Reservation, ...]:
    """What a host's files reserve.

    Args:
        source: whose item it is.
        url: of the item.
        room: to work with.
        always: whether the host was asked for the page itself.
    """
    own = urlsplit(url).netloc == urlsplit(source.address).netloc
    if not (always or own or source.training):
        return ()
    try:
        address = web_address(url, room.hosts.reach)
        robots = room.hosts.robots(address)
        return from_host(url, robots, room.hosts.tdmrep(address) if source.training or always else b"")
    except Refused:
        return (Reservation("robots", True, "its host cannot be asked", "robots.txt"),)
