"""Addresses of pages: what may be asked for at all, and at which of the Internet's addresses its host really is."""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address
from threading import Thread
from typing import TypeAlias
from urllib.parse import quote, urlsplit

from openslate.apps.press.fetching.networks import PUBLIC, Ip, Reach, trouble_with
from openslate.apps.press.fetching.refusals import Refused

LONGEST = 4_000
"""Characters of an address."""
Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
"""Called with a host and a port; the IP addresses it stands for."""

_PORTS = {"http": 80, "https": 443}
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
_KEPT = "/%:@!$&'()*+,;=~?#[]-._"


@dataclass(frozen=True)
class WebAddress:
    """An address of the web whose form is in order; whether its host is public is not known yet.

    Attributes:
        scheme: http or https.
        host: in small letters, as ASCII; an IPv6 address without brackets.
        port: that is asked.
        target: path and query.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, without the port where it is the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return self.origin + self.target


def web_address(url: str, reach: Reach = PUBLIC) -> WebAddress:
    """An address of the web, held to the form that may be asked for.

    Args:
        url: such as 'https://www.slate.example/feed.xml'.
        reach: which ports may be asked.

    Raises:
        Refused: it is no address, of another scheme, holds a name and password, names a port that is not asked, or
            spells a host as a number.

    Example:
        >>> web_address("HTTPS://www.Slate.example/a b?c=1#d").url
        'https://www.slate.example/a%20b?c=1'
    """
    shown = url if len(url) <= 120 else f"{url[:117]}..."
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise _refused(f"{shown!r} is no address of the web.") from None
    if parts.scheme.lower() not in _PORTS:
        raise _refused(f"{shown!r} is neither http nor https.")
    if len(url) > LONGEST:
        raise _refused(f"{shown!r} has more than {LONGEST} characters.")
    if parts.username is not None or parts.password is not None or "\\" in parts.netloc:
        raise _refused(f"The address of {host} holds a name or a password.")
    scheme = parts.scheme.lower()
    port = _PORTS[scheme] if port is None else port
    if port not in reach.ports:
        raise _refused(f"{shown!r} names port {port}, and only 80 and 443 are asked.")
    target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return WebAddress(scheme, _host(host, shown), port, target)


def _host(host: str, shown: str) -> str:
    if ":" in host:
        try:
            return str(IPv6Address("" if "%" in host else host))
        except AddressValueError:
            raise _refused(f"{shown!r} has no host that can be asked.") from None
    try:
        name = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        raise _refused(f"{shown!r} has no host that can be asked.") from None
    if not name or len(name) > 253 or _HOST.fullmatch(name) is None:
        raise _refused(f"{shown!r} has no host that can be asked.")
    # 2130706433, 0x7f000001, 0177.0.0.1 and 127.1 are all ways of writing 127.0.0.1, and nobody's honest address.
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        try:
            return str(IPv4Address(name))
        except AddressValueError:
            raise _refused(f"{shown!r} spells its host as a number.") from None
    return name


def resolved(host: str, port: int, seconds: float) -> Sequence[str]:
    """What the system's resolver says of a host, in time.

    Args:
        host: name or address.
        port: that will be asked.
        seconds: that it may take.

    Raises:
        Refused: it knows no such host, or says nothing in time.
    """
    found: list[Sequence[str]] = []
    wrong: list[str] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.append([str(one[4][0]) for one in answers])
        except (OSError, UnicodeError) as error:
            wrong.append(getattr(error, "strerror", None) or "its name makes no sense")

    # The system's resolver takes no time limit of its own; one that hangs is left behind.
    thread = Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if found:
        return found[0]
    why = wrong[0] if wrong else f"no answer in {seconds:g} seconds"
    raise Refused(f"{host} cannot be found: {why}.", "Mend the address, or try again later.", "network")


def checked(host: str, answers: Sequence[str], reach: Reach = PUBLIC) -> tuple[Ip, ...]:
    """The addresses of a host, all of them public.

    Args:
        host: for the message.
        answers: of a resolver. One that is not public refuses the host, whatever the others are.
        reach: what may be asked though it is not public.

    Raises:
        Refused: an answer is not public, or there is none.
    """
    found: list[Ip] = []
    for answer in answers:
        try:
            address = ip_address(answer)
        except ValueError:
            raise _refused(f"{host} stands for {answer!r}, which is no address.") from None
        trouble = trouble_with(address, reach)
        if trouble is not None:
            raise _refused(f"{host} stands for {address}, which is {trouble}: it is not asked.")
        found.append(address)
    if not found:
        raise Refused(f"{host} stands for no address.", "Mend the address, or try again later.", "network")
    return tuple(dict.fromkeys(found))


def _refused(what: str) -> Refused:
    return Refused(what, "Name an http or https address of a public host.", "address")
