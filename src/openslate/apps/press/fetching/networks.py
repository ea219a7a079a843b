"""Which addresses of the Internet are public: everything else is somebody's own network, or no place at all."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import TypeAlias

Ip: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

# Written out, because what Python's own `is_global` covers changes with its version.
_SPECIAL = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by a carrier's customers",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "a cloud's metadata service",
    "169.254.0.0/16": "link-local, where clouds keep their metadata",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "for documentation",
    "192.88.99.0/24": "reserved",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "for measurements",
    "198.51.100.0/24": "for documentation",
    "203.0.113.0/24": "for documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::ffff:0:0/96": "an IPv4 address in disguise",
    "64:ff9b:1::/48": "a local translation",
    "2001::/23": "reserved",
    "2001:db8::/32": "for documentation",
    "2002::/16": "an IPv4 address in disguise",
    "3fff::/20": "for documentation",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "fec0::/10": "private",
    "ff00::/8": "multicast",
}
SPECIAL: tuple[tuple[Network, str], ...] = tuple((ip_network(one), what) for one, what in _SPECIAL.items())
GLOBAL_UNICAST = IPv6Network("2000::/3")
TRANSLATED = IPv6Network("64:ff9b::/96")
"""By which a network without IPv4 reaches it: the last 32 bits are the IPv4 address."""


@dataclass(frozen=True)
class Reach:
    """Where requests may go besides public addresses on the web's own ports.

    No command and no file sets it: a test that serves pages itself passes one, and nobody gets one by accident.

    Attributes:
        ports: that are asked.
        networks: that are asked though they are not public.
    """

    ports: frozenset[int] = frozenset((80, 443))
    networks: tuple[Network, ...] = ()


PUBLIC = Reach()


def trouble_with(address: Ip, reach: Reach = PUBLIC) -> str | None:
    """What an address is, if it is not a public one; None where it may be asked.

    Args:
        address: that a name stands for.
        reach: what else may be asked.

    Source: IANA's registries of special-purpose addresses (RFC 6890 and its updates), RFC 6052 for translated ones.

    Example:
        >>> trouble_with(IPv4Address("169.254.169.254")), trouble_with(IPv4Address("1.1.1.1"))
        ('link-local, where clouds keep their metadata', None)
        >>> trouble_with(IPv6Address("64:ff9b::10.0.0.1")), trouble_with(IPv6Address("::ffff:1.1.1.1"))
        ('private', 'an IPv4 address in disguise')
    """
    if any(address.version == one.version and address in one for one in reach.networks):
        return None
    if isinstance(address, IPv6Address) and address in TRANSLATED:
        return trouble_with(IPv4Address(int(address) & 0xFFFF_FFFF), reach)
    for network, what in SPECIAL:
        if address.version == network.version and address in network:
            return what
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return "reserved"
    return None if address.is_global else "reserved"
