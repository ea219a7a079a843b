"""What a host answered, and what was asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime

from openslate.apps.press.fetching.refusals import Refused
from openslate.clock import now

LONGEST_WAIT = 7 * 86_400.0
"""Seconds; a host that asks for more is asked again after a week."""


@dataclass(frozen=True)
class FetchLimits:
    """How much one request may cost.

    Attributes:
        bytes: of the body, unpacked.
        connect_seconds: until there is a connection.
        read_seconds: between two pieces.
        total_seconds: of one request, whatever it is doing.
        redirects: that are followed.
        cut: whether a larger body is cut instead of refused.
    """

    bytes: int = 10_000_000
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    redirects: int = 5
    cut: bool = False


@dataclass(frozen=True)
class Asked:
    """A request.

    Attributes:
        url: to ask for.
        accept: kinds of content that are wanted, as the Accept header has them.
        etag: of the copy that is there already; empty for none.
        modified: Last-Modified of it; empty for none.
    """

    url: str
    accept: str = "*/*"
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        url: that answered, after redirects.
        status: 200, or 304 where nothing changed.
        headers: by name in small letters; several of one name are joined by a comma.
        body: unpacked.
        moved_to: the address to ask from now on, where every redirect was for good; empty otherwise.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved_to: str = ""

    @property
    def media_type(self) -> str:
        """Such as text/html; empty where the host said none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def seconds_asked_for(value: str) -> float | None:
    """What Retry-After asks for; None where it says nothing that makes sense.

    Args:
        value: seconds, or a date.

    Example:
        >>> seconds_asked_for("120"), seconds_asked_for("soon")
        (120.0, None)
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_WAIT)
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    then = then.replace(tzinfo=UTC) if then.tzinfo is None else then
    return min(max((then - now()).total_seconds(), 0.0), LONGEST_WAIT)


def refused_status(shown: str, status: int, headers: Mapping[str, str]) -> Refused:
    """The error for an answer that is no page."""
    seconds = seconds_asked_for(headers.get("retry-after", ""))
    if status in (429, 503) or seconds is not None:
        return Refused(f"{shown} answered {status}: not now.", "It is asked again later.", "later", seconds, status)
    if status == 410:
        return Refused(f"{shown} is gone for good (410).", "Take it off the list of sources.", "gone", None, status)
    if status in (401, 403, 407):
        way_out = "Ask its owner, or save the page."
        return Refused(f"{shown} does not let Openslate in ({status}).", way_out, "status", None, status)
    return Refused(f"{shown} answered {status}.", "Mend the address, or try again later.", "status", None, status)
