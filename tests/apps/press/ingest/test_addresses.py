"""Nothing asks an address that is not public, however it is spelled, and whatever a resolver says later."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.fetching.addresses import checked, resolved, web_address
from openslate.apps.press.fetching.answers import Asked
from openslate.apps.press.fetching.fetching import Fetcher
from openslate.apps.press.fetching.networks import Reach, trouble_with
from openslate.apps.press.fetching.refusals import Refused
from tests.apps.press.ingest.serving import Reply, site

UNSAFE = [
    *("http://127.0.0.1/", "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/"),
    *("http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:a00:1]/", "http://0/"),
    *("http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://172.31.255.255/", "http://192.168.1.1/"),
    *("http://100.64.0.1/", "http://100.100.100.200/", "http://168.63.129.16/", "http://[fd00:ec2::254]/"),
    *(
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[ff02::1]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25lo]/",
    ),
    *("http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/", "http://[2001:0:1::1]/"),
    *("http://１２７.0.0.1/", "http://127.0.0.1./", "http://127。0。0。1/", "http://0x7f.0.0.1/", "http://0x/"),
    *("ftp://www.slate.example/", "file:///etc/passwd", "gopher://a.example/", "javascript:alert(1)", "//a.example/"),
    *("http://name:word@a.example/", "http://name@a.example/", "http://a.example:22/", "http://a.example:8080/"),
    *("http://a.example\\@127.0.0.1/", "http:///", "http://", "", "http://[/", "http://a..example/", "http://a b/"),
    *("http://a.example:99999/", f"http://{'a.' * 200}example/", f"http://a.example/{'a' * 5_000}"),
]


@pytest.mark.parametrize("url", UNSAFE, ids=range(len(UNSAFE)))
def test_what_is_not_public_is_never_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *ignored: pytest.fail("it connected"))
    with pytest.raises(Refused) as refused:
        Fetcher().fetch(Asked(url))
    assert refused.value.kind == "address"


@given(st.integers(0, 2**32 - 1))
def test_of_ipv4_python_knows_no_private_address_that_is_let_through(number: int) -> None:
    address = IPv4Address(number)
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert trouble_with(address) is not None


@given(st.integers(0, 2**128 - 1))
def test_of_ipv6_only_global_unicast_is_let_through(number: int) -> None:
    address = IPv6Address(number)
    if trouble_with(address) is None:
        assert address in ip_network("2000::/3") or address in ip_network("64:ff9b::/96")
        assert address.ipv4_mapped is None
        assert address.sixtofour is None


@given(st.integers(0, 2**32 - 1))
def test_a_translated_address_is_as_good_as_what_it_stands_for(number: int) -> None:
    translated = IPv6Address((0x64FF9B << 96) | number)
    assert trouble_with(translated) == trouble_with(IPv4Address(number))


def test_one_private_answer_refuses_a_host() -> None:
    with pytest.raises(Refused, match=r"10\.0\.0\.1, which is private"):
        checked("mixed.example", ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(Refused, match="no address"):
        checked("none.example", [])
    with pytest.raises(Refused, match="fe80::1%eth0"):
        checked("odd.example", ["fe80::1%eth0"])


def test_public_addresses_are_let_through_once_each() -> None:
    assert [str(one) for one in checked("a.example", ["1.1.1.1", "1.1.1.1", "2606:4700::1111"])] == [
        "1.1.1.1",
        "2606:4700::1111",
    ]


def test_a_host_whose_answer_changes_is_connected_to_where_it_was_checked() -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    with site({"/": Reply(b"here")}) as served:
        fetcher = Fetcher(reach=served.reach, resolver=rebinding)
        assert fetcher.fetch(Asked(served.url("/"))).body == b"here"
        # One look a request: nothing asks again between the check and the connection.
        assert asked == ["www.slate.example"]
        with pytest.raises(Refused, match="private"):
            fetcher.fetch(Asked(served.url("/")))


def test_a_host_that_turns_private_behind_a_redirect_is_refused() -> None:
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    with site({"/": Reply(status=302, headers={"Location": "/again"})}) as served:
        fetcher = Fetcher(reach=served.reach, resolver=lambda host, port: next(answers))
        with pytest.raises(Refused, match="link-local"):
            fetcher.fetch(Asked(served.url("/")))
        assert served.paths() == ["/"]


@pytest.mark.parametrize(
    "target",
    [
        *(
            "http://127.0.0.1:{own}/",
            "http://169.254.169.254/",
            "http://[::1]/",
            "http://0x7f000001/",
            "file:///etc/passwd",
        ),
        *(
            "//10.0.0.1/",
            "http://a:b@www.slate.example/",
            "http://www.slate.example:6379/",
            "http://[",
            "\\\\10.0.0.1\\",
        ),
    ],
)
def test_redirects_into_the_own_network_are_refused(target: str) -> None:
    with site() as served:
        served.pages["/"] = Reply(status=302, headers={"Location": "/second"})
        served.pages["/second"] = Reply(status=307, headers={"Location": target.format(own=served.port)})
        # The test's server may be asked by its name alone here, so that its number is as private as anywhere.
        reach = Reach(served.reach.ports, served.reach.networks)
        fetcher = Fetcher(
            reach=reach, resolver=lambda host, port: ["127.0.0.1"] if host == "www.slate.example" else ["127.0.0.2"]
        )
        with pytest.raises(Refused) as refused:
            fetcher.fetch(Asked(served.url("/")))
        assert refused.value.kind in ("address", "status")
        assert served.paths()[:2] == ["/", "/second"]


def test_the_system_resolver_is_held_to_the_same() -> None:
    with pytest.raises(Refused, match="loopback"):
        checked("localhost", resolved("localhost", 80, 5.0))


def test_a_resolver_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    waiting = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *ignored, **more: waiting.wait(5) and [])
    with pytest.raises(Refused, match="no answer in"):
        resolved("slow.example", 80, 0.05)
    waiting.set()


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://a.example/{text}"):
        try:
            found = web_address(url)
        except Refused:
            continue
        assert found.scheme in ("http", "https")
        assert found.port in (80, 443)
        assert web_address(found.url) == found
