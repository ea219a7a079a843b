"""Caps on bytes, on time and on redirects hold against servers that mean harm, and manners are kept."""

import gzip
import socket
import ssl
import time
import tracemalloc
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.fetching.answers import Asked, FetchLimits, seconds_asked_for
from openslate.apps.press.fetching.bodies import capped, gunzipped
from openslate.apps.press.fetching.fetching import Fetcher
from openslate.apps.press.fetching.networks import Reach
from openslate.apps.press.fetching.refusals import Refused
from openslate.clock import frozen
from tests.apps.press.ingest.serving import QUICK, Reply, raw, site

BOMB = gzip.compress(bytes(50_000_000), mtime=0)


def refusal(fetcher: Fetcher, url: str) -> Refused:
    with pytest.raises(Refused) as refused:
        fetcher.fetch(Asked(url))
    assert refused.value.what.endswith(".")
    assert refused.value.way_out.endswith(".")
    return refused.value


def of_port(port: int, limits: FetchLimits = QUICK) -> Fetcher:
    return Fetcher(limits, reach=Reach(frozenset((port,)), (ip_network("127.0.0.1/32"),)))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw"])
def test_packed_answers_are_unpacked(coding: str) -> None:
    text = b"Harbour Lights wraps. " * 100
    raw_packer = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(text[:500], mtime=0) + gzip.compress(text[500:], mtime=0),
        "deflate": zlib.compress(text),
        "raw": raw_packer.compress(text) + raw_packer.flush(),
    }[coding]
    headers = {"Content-Encoding": "deflate" if coding == "raw" else coding}
    with site({"/": Reply(packed, headers=headers)}) as served:
        answer = served.fetcher().fetch(Asked(served.url("/")))
        assert answer.body == text
        assert answer.media_type == "text/html"


def test_a_bomb_stops_at_the_cap_and_takes_no_memory() -> None:
    with site({"/": Reply(BOMB, headers={"Content-Encoding": "gzip"})}) as served:
        tracemalloc.start()
        assert refusal(served.fetcher(), served.url("/")).kind == "size"
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 5_000_000


@pytest.mark.parametrize(
    ("coding", "body", "kind"),
    [
        ("br", b"anything", "content"),
        ("gzip, gzip", gzip.compress(BOMB[:1_000], mtime=0), "content"),
        ("gzip", b"no gzip at all", "content"),
        ("gzip", gzip.compress(b"a" * 10_000, mtime=0)[:-20], "content"),
        ("deflate", b"\x00\x01\x02garbage", "content"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(coding: str, body: bytes, kind: str) -> None:
    with site({"/": Reply(body, headers={"Content-Encoding": coding})}) as served:
        assert refusal(served.fetcher(), served.url("/")).kind == kind


@given(st.binary(max_size=2_000), st.integers(1, 300), st.integers(0, 2_000))
def test_any_body_in_any_pieces_is_whole_or_refused(body: bytes, piece: int, most: int) -> None:
    packed = gzip.compress(body, mtime=0)
    for coding, sent in (("gzip", packed), ("deflate", zlib.compress(body)), ("", body)):
        pieces = [sent[at : at + piece] for at in range(0, len(sent), piece)]
        if len(body) > most:
            with pytest.raises(Refused, match="larger"):
                capped(pieces, coding, most, "it")
            assert capped(pieces, coding, most, "it", cut=True) == body[:most]
        else:
            assert capped(pieces, coding, most, "it") == body


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_unpack_or_are_refused(body: bytes, coding: str) -> None:
    with suppress(Refused):
        capped([body], coding, 1_000, "it")


def test_gz_files_are_unpacked_and_others_left_alone() -> None:
    assert gunzipped(gzip.compress(b"<urlset/>", mtime=0), 100, "it") == b"<urlset/>"
    assert gunzipped(b"<urlset/>", 100, "it") == b"<urlset/>"
    with pytest.raises(Refused, match="larger"):
        gunzipped(BOMB, 1_000_000, "it")


def test_one_that_says_it_is_too_large_is_not_read() -> None:
    with site({"/": Reply(b"", headers={"Content-Length": "100000000000"})}) as served:
        assert refusal(served.fetcher(), served.url("/")).kind == "size"


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(200):
        connection.sendall(b"a")
        time.sleep(0.05)


def drip_of_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(200):
        connection.sendall(b"a")
        time.sleep(0.05)


def silence(connection: socket.socket) -> None:
    time.sleep(5)


@pytest.mark.parametrize("answer", [drip, drip_of_headers, silence])
def test_whoever_answers_slowly_is_left_in_time(answer: object) -> None:
    with raw(answer) as port:  # type: ignore[arg-type]
        began = time.monotonic()
        limits = FetchLimits(bytes=100_000, connect_seconds=1, read_seconds=0.5, total_seconds=0.6)
        assert refusal(of_port(port, limits), f"http://127.0.0.1:{port}/").kind == "time"
        assert time.monotonic() - began < 2.5


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"a" * 10_000)


def endless_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"a" * 10_000 + b"\r\n")


def endless_chunks(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"2710\r\n" + b"a" * 10_000 + b"\r\n")


def shorter(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort")


def cut_chunk(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nabc")


def no_http(connection: socket.socket) -> None:
    connection.sendall(b"220 mail.slate.example ESMTP\r\n")


def nothing(connection: socket.socket) -> None:
    pass


def two_lengths(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nshort")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        *((endless, "size"), (endless_chunks, "size"), (endless_headers, "network"), (shorter, "network")),
        *((cut_chunk, "network"), (no_http, "network"), (nothing, "network"), (two_lengths, "network")),
    ],
)
def test_broken_answers_are_refused_in_words(answer: object, kind: str) -> None:
    with raw(answer) as port:  # type: ignore[arg-type]
        assert refusal(of_port(port), f"http://127.0.0.1:{port}/").kind == kind


def test_nobody_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "cannot be connected to" in refusal(of_port(port), f"http://127.0.0.1:{port}/").what


def test_without_tls_where_it_was_asked_for_is_refused() -> None:
    with site({"/": Reply(b"plain")}) as served:
        refused = refusal(served.fetcher(), f"https://www.slate.example:{served.port}/")
        assert refused.kind == "network"


def certificate(folder: Path, name: str) -> ssl.SSLContext:
    """A server's context with a certificate of its own for a name, which is written to trust.pem as well."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    (folder / "trust.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "trust.pem", folder / "key.pem")
    return context


def test_tls_verifies_the_name_and_not_the_address(tmp_path: Path) -> None:
    server = certificate(tmp_path, "www.slate.example")

    def answer(connection: socket.socket) -> None:
        with server.wrap_socket(connection, server_side=True) as secured:
            secured.recv(65_536)
            secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe")

    trust = ssl.create_default_context(cafile=str(tmp_path / "trust.pem"))
    with raw(answer, reads=False) as port:
        reach = Reach(frozenset((port,)), (ip_network("127.0.0.1/32"),))
        fetcher = Fetcher(QUICK, reach=reach, resolver=lambda host, port: ["127.0.0.1"], trust=trust)
        assert fetcher.fetch(Asked(f"https://www.slate.example:{port}/")).body == b"safe"
        assert "cannot be connected to" in refusal(fetcher, f"https://other.example:{port}/").what
        assert "cannot be connected to" in refusal(fetcher, f"https://127.0.0.1:{port}/").what
        unknown = Fetcher(QUICK, reach=reach, resolver=lambda host, port: ["127.0.0.1"])
        assert "certificate" in refusal(unknown, f"https://www.slate.example:{port}/").what


def test_redirects_are_followed_and_counted() -> None:
    with site({"/end": Reply(b"the end")}) as served:
        for step in range(9):
            target = "/end" if step == 0 else f"/{step - 1}"
            served.pages[f"/{step}"] = Reply(status=301, headers={"Location": target})
        served.pages["/loop"] = Reply(status=302, headers={"Location": "loop"})
        served.pages["/nowhere"] = Reply(status=302)
        found = served.fetcher().fetch(Asked(served.url("/4")))
        assert (found.body, found.url) == (b"the end", served.url("/end"))
        assert found.moved_to == served.url("/end")
        assert "more than 5 times" in refusal(served.fetcher(), served.url("/5")).what
        assert "more than 5 times" in refusal(served.fetcher(), served.url("/loop")).what
        assert "does not say where" in refusal(served.fetcher(), served.url("/nowhere")).what


def test_one_redirect_for_now_moves_nothing() -> None:
    with site({"/end": Reply(b"the end"), "/a": Reply(status=307, headers={"Location": "/end"})}) as served:
        assert served.fetcher().fetch(Asked(served.url("/a"))).moved_to == ""


def test_a_copy_that_is_there_is_named_and_not_sent_again() -> None:
    def page(handler: object) -> Reply:
        known = handler.headers.get("If-None-Match") == '"one"'  # type: ignore[attr-defined]
        return Reply(status=304) if known else Reply(b"new", headers={"ETag": '"one"'})

    with site({"/": page}) as served:
        assert served.fetcher().fetch(Asked(served.url("/"))).status == 200
        asked = Asked(served.url("/"), etag='"one"', modified="Fri, 14 May 2027 08:00:00 GMT")
        assert served.fetcher().fetch(asked).status == 304
        assert served.asked[-1][1]["If-Modified-Since"].startswith("Fri")
        assert served.asked[-1][1]["User-Agent"] == "Openslate/test"
        assert served.asked[-1][1]["Host"] == f"www.slate.example:{served.port}"


@pytest.mark.parametrize(
    ("status", "headers", "kind", "seconds"),
    [
        (404, {}, "status", None),
        (403, {}, "status", None),
        (500, {}, "status", None),
        (410, {}, "gone", None),
        (429, {"Retry-After": "90"}, "later", 90.0),
        (503, {}, "later", None),
        (503, {"Retry-After": "Fri, 14 May 2027 08:01:00 GMT"}, "later", 60.0),
        (503, {"Retry-After": "soon"}, "later", None),
        (503, {"Retry-After": "99999999999999999"}, "later", 604_800.0),
        (304, {}, "status", None),
    ],
)
def test_other_answers_are_said(status: int, headers: dict[str, str], kind: str, seconds: float | None) -> None:
    with site({"/": Reply(status=status, headers=headers)}) as served, frozen(datetime(2027, 5, 14, 8, tzinfo=UTC)):
        found = refusal(served.fetcher(), served.url("/"))
        assert (found.kind, found.seconds) == (kind, seconds)


@given(st.text(max_size=40))
def test_any_retry_after_is_seconds_or_nothing(text: str) -> None:
    found = seconds_asked_for(text)
    assert found is None or 0 <= found <= 604_800
