"""A webhook: one signed request to a public address, through the checks that fetching makes, and no redirect.

The header `X-Openslate-Signature` is `sha256=` and the HMAC, in hex, of the header `X-Openslate-Timestamp`, a point and
the body, with the secret of the environment variable `OPENSLATE_PRESS_SECRET`.
"""

import hashlib
import hmac
import json
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import httpcore2

from openslate.apps.press.fetching.addresses import Resolver, WebAddress, resolved, web_address
from openslate.apps.press.fetching.connecting import CheckedBackend, Deadline
from openslate.apps.press.fetching.fetching import user_agent
from openslate.apps.press.fetching.networks import PUBLIC, Reach
from openslate.apps.press.fetching.refusals import Refused
from openslate.errors import UsageError

VARIABLE = "OPENSLATE_PRESS_SECRET"
SHORTEST = 16
"""Letters of a secret."""
SECONDS = 20.0
_LATER = "It is told again at the next `openslate press alert send`."


def secret() -> bytes:
    """What webhooks are signed with.

    Raises:
        UsageError: there is none, or it is too short to be one.
    """
    found = os.environ.get(VARIABLE, "")
    if len(found) < SHORTEST:
        what = f"has fewer than {SHORTEST} letters" if found else "is not set"
        raise UsageError(f"The secret {VARIABLE} {what}.", "Set it to what the webhook's owner checks signatures with.")
    return found.encode()


def signature(key: bytes, timestamp: str, body: bytes) -> str:
    """The signature of a request.

    Args:
        key: shared with the webhook's owner.
        timestamp: of the request, seconds since 1970.
        body: of it.

    Example:
        >>> signature(b"k", "0", b"{}")[:14]
        'sha256=c847cd2'
    """
    return f"sha256={hmac.new(key, timestamp.encode() + b'.' + body, hashlib.sha256).hexdigest()}"


@dataclass(frozen=True)
class Webhook:
    """How requests are made.

    Stability: internal.

    Attributes:
        reach: what may be asked besides public addresses.
        resolver: of names; the system's when None.
        trust: certificates of TLS; the system's when None.
    """

    reach: Reach = PUBLIC
    resolver: Resolver | None = field(default=None)
    trust: ssl.SSLContext | None = None

    def post(self, url: str, document: Mapping[str, Any], at: datetime) -> None:
        """Send a document.

        Args:
            url: of the webhook; it is in no message, since its path may be a secret.
            document: to be sent as JSON.
            at: moment of the request.

        Raises:
            UsageError: there is no secret to sign it with.
            Refused: the address is not public, or it did not answer that it took it.
        """
        key, address = secret(), _address(url, self.reach)
        body = json.dumps(document, sort_keys=True, ensure_ascii=False).encode()
        timestamp = str(int(at.timestamp()))
        headers = [
            ("Host", address.origin.partition("://")[2]),
            ("User-Agent", user_agent()),
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("X-Openslate-Timestamp", timestamp),
            ("X-Openslate-Signature", signature(key, timestamp, body)),
            ("Connection", "close"),
        ]
        status = self._status(address, headers, body)
        if not 200 <= status < 300:
            raise Refused(f"{address.origin} answered {status} to a webhook.", _LATER, "status")

    def _status(self, address: WebAddress, headers: list[tuple[str, str]], body: bytes) -> int:
        resolver = self.resolver or partial(resolved, seconds=SECONDS)
        backend = CheckedBackend(resolver, self.reach, Deadline(SECONDS))
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)
        trust = self.trust or httpcore2.default_ssl_context()
        try:
            with (
                httpcore2.ConnectionPool(trust, max_connections=1, network_backend=backend) as pool,
                pool.stream(
                    "POST", address.url, headers=headers, content=body, extensions={"timeout": timeout}
                ) as response,
            ):
                # What it says besides is not read: it may be of any length.
                return int(response.status)
        except httpcore2.TimeoutException:
            raise Refused(f"{address.origin} did not answer within {SECONDS:g} seconds.", _LATER, "time") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError):
            raise Refused(f"{address.origin} cannot be reached.", _LATER, "network") from None


def _address(url: str, reach: Reach) -> WebAddress:
    try:
        return web_address(url, reach)
    except Refused:
        raise Refused("The address of the webhook is none that may be asked.", "Add it anew.", "address") from None
