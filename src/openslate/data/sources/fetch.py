"""Fetching MovieLens from its publisher, over https and with its checksum."""

import hashlib
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from openslate.errors import AdmitError

PUBLISHER = "https://files.grouplens.org/datasets/movielens"
MD5 = {
    "ml-1m": "c4d9eecfca2ab87c1945afe126590906",
    "ml-10m": "ce571fd55effeba0271552578f2648bd",
    "ml-20m": "cd245b17a1ae2cc31bb14903e1204af3",
    "ml-25m": "6b51fb2759a8657d3bfcbfc42b592ada",
    "ml-32m": None,
    "ml-latest": None,
    "ml-latest-small": None,
}
"""The data sets that can be fetched by name; where no MD5 stands here, the one the publisher serves counts."""

LARGEST = 2 << 30
_TIMEOUT_SECONDS = 30.0
_BLOCK = 1 << 18
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to safe addresses alone."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        _check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch_movielens(name: str, target: Path, publisher: str, tell: Callable[[float], None]) -> None:
    """Fetch one of the data sets named in `MD5`.

    Args:
        name: such as 'ml-latest-small'.
        target: the zip file to write.
        publisher: the address of the folder that holds it.
        tell: takes the share that is there, 0 to 1.

    Raises:
        AdmitError: there is no network, the publisher does not answer, or the bytes are not those it published.
    """
    address = f"{publisher.rstrip('/')}/{name}.zip"
    expected = MD5[name] or _published_md5(f"{address}.md5", name)
    digest = hashlib.md5(usedforsecurity=False)
    with _opened(address, name) as answer, target.open("wb") as file:
        size, there = int(answer.headers.get("Content-Length") or 0), 0
        try:
            while block := answer.read(_BLOCK):
                file.write(block)
                digest.update(block)
                there += len(block)
                if there > LARGEST:
                    raise AdmitError(f"{address} is larger than {LARGEST:,} bytes.", "Check the address.")
                tell(min(1.0, there / size) if size else 0.0)
        except (OSError, HTTPException) as error:
            raise _unreachable(address, name, error) from None
    if there < size:
        raise AdmitError(f"{address} ended after {there} of {size} bytes.", "Try again.")
    if digest.hexdigest() != expected:
        raise AdmitError(
            f"{address} has the MD5 {digest.hexdigest()} and should have {expected}.",
            "Try again; if it stays so, the file was changed on its way or by its publisher.",
        )


def _published_md5(address: str, name: str) -> str:
    with _opened(address, name) as answer:
        try:
            text = answer.read(4096).decode("ascii", "replace")
        except (OSError, HTTPException) as error:
            raise _unreachable(address, name, error) from None
    found = re.search(r"\b[0-9a-f]{32}\b", text)
    if found is None:
        raise AdmitError(f"{address} holds no MD5.", f"Download {name}.zip yourself and name the file.")
    return found.group()


def _opened(address: str, name: str) -> HTTPResponse:
    _check_address(address)
    try:
        opener = urllib.request.build_opener(_SafeRedirects)
        answer: HTTPResponse = opener.open(address, timeout=_TIMEOUT_SECONDS)
    except (urllib.error.URLError, OSError, HTTPException) as error:
        raise _unreachable(address, name, error) from None
    return answer


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise AdmitError(f"{address} is not an https address.", "Name one that is.")


def _unreachable(address: str, name: str, error: Exception) -> AdmitError:
    reason = getattr(error, "reason", None) or error
    return AdmitError(
        f"{address} could not be fetched: {str(reason).rstrip('.') or type(error).__name__}.",
        f"Check the network, or download {name}.zip elsewhere and name the file.",
    )
