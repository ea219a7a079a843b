import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.rights.reservation import Reservation
from openslate.rights.reservations import aipref, cawg, robots, rsl, tdmrep
from openslate.rights.reservations.paths import matches, path_of

RSL = '<rsl xmlns="https://rslstandard.org/rsl">{}</rsl>'
ADDRESS = "https://example.org/films/1?part=2"


def reserved(found: Reservation | None) -> bool | None:
    return None if found is None else found.reserved


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/", "/anything", True),
        ("/fish", "/fish.html", True),
        ("/fish", "/Fish", False),
        ("/fish*", "/fishheads/yummy.html?id=1", True),
        ("/fish/", "/fish", False),
        ("/*.php", "/folder/any.php.file.html", True),
        ("/*.php$", "/folder/any.php", True),
        ("/*.php$", "/folder/any.php?x", False),
        ("/fish*.php", "/fishheads/catfish.php?x", True),
        ("/a*b*c$", "/abbc", True),
        ("/a*b*c$", "/ac", False),
        ("/ab*b$", "/ab", False),
        ("/a$", "/ab", False),
        ("", "/a", True),
        ("$", "/a", False),
        ("*", "/a", True),
        ("/é", "/%C3%A9t%C3%A9", True),
    ],
)
def test_patterns_match_as_the_robots_protocol_has_it(pattern: str, path: str, fits: bool) -> None:
    assert matches(pattern, path) is fits


def test_no_pattern_takes_long() -> None:
    started = time.monotonic()
    assert not matches("/" + "*a" * 20_000 + "b$", "/" + "a" * 40_000)
    assert time.monotonic() - started < 5


@given(st.lists(st.text("ab", max_size=3), min_size=1, max_size=4), st.booleans(), st.text("ab", max_size=8))
def test_patterns_agree_with_a_plain_definition(pieces: list[str], ends: bool, text: str) -> None:
    def plainly(pattern: str, rest: str) -> bool:
        if not pattern:
            return not ends or not rest
        if pattern[0] == "*":
            return any(plainly(pattern[1:], rest[at:]) for at in range(len(rest) + 1))
        return bool(rest) and rest[0] == pattern[0] and plainly(pattern[1:], rest[1:])

    pattern = "/" + "*".join(pieces)
    assert matches(pattern + ("$" if ends else ""), "/" + text) == plainly(pattern, "/" + text)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("", None),
        ("User-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow:", None),
        ("User-agent: Other\nDisallow: /", None),
        ("User-agent: openslate\nAllow: /films\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /films\nAllow: /films/1", False),
        ("User-agent: *\nDisallow: /films\nAllow: /films", False),
        ("User-agent: *\nAllow: /\nDisallow: /films/*?part=", True),
        ("USER-AGENT: OpenSlate # us\nDISALLOW : /films", True),
        ("User-agent: a\nUser-agent: openslate\nDisallow: /", True),
        ("User-agent: openslate\nDisallow: /x\n\nUser-agent: openslate\nDisallow: /films", True),
        ("Disallow: /", None),
        ("nonsense\nUser-agent: *\nDisallow: /films\nmore nonsense", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", True),
    ],
)
def test_robots(text: str, denied: bool | None) -> None:
    found = robots.from_robots(text.encode(), ("openslate",), ADDRESS)
    if denied is None:
        assert found is None, "silence is no signal"
    else:
        assert found is not None
        assert (found.reserved, found.channel, found.where) == (denied, "robots", "robots.txt")


def test_robots_for_several_crawlers_is_as_strict_as_for_the_strictest() -> None:
    text = b"User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /"
    opened = robots.from_robots(text, ("openslate",), ADDRESS)
    closed = robots.from_robots(text, ("openslate", "GPTBot"), ADDRESS)
    assert opened is not None and (opened.reserved, opened.said) == (False, "openslate: Allow: /")
    assert closed is not None and closed.said == "GPTBot: Disallow: /"


def test_usage_stands_in_robots_too() -> None:
    text = b"User-agent: *\nContent-Usage: train-ai=y\nContent-Usage: /films train-ai=n\nAllow: /"
    found = robots.usage_in_robots(text, ("openslate",), ADDRESS)
    assert found is not None
    assert (found.reserved, found.said, found.draft, found.channel) == (True, "train-ai=n", True, "aipref")
    assert reserved(robots.usage_in_robots(text, ("openslate",), "/other")) is False
    assert robots.usage_in_robots(b"User-agent: *\nAllow: /", ("openslate",), ADDRESS) is None
    both = b"User-agent: *\nContent-Usage: train-ai=y\nContent-Usage: train-ai=n"
    assert reserved(robots.usage_in_robots(both, ("openslate",), ADDRESS)) is True


@pytest.mark.parametrize(
    ("value", "denied"),
    [
        ("train-ai=n", True),
        ("train-ai=y", False),
        ("search=n, train-ai=y", False),
        ("train-ai=y, train-ai=n", True),
        ("train-ai=n, train-ai=y", False),
        ("all=n", True),
        ("bots=n, train-ai=y", False),
        ("train-genai=n, train-ai=y", True),
        ("train-ai=maybe", None),
        ("train-ai", None),
        ("search=n", None),
        ("train-ai=n;exceptions", True),
        ('train-ai="n', True),
        ("", True),
        ("=", True),
    ],
)
def test_aipref(value: str, denied: bool | None) -> None:
    found = aipref.from_header(value)
    assert reserved(found) is denied
    assert found is None or found.draft


@pytest.mark.parametrize(
    ("held", "denied"),
    [
        ([{"location": "/", "tdm-reservation": 1}], True),
        ([{"location": "/", "tdm-reservation": 0}], False),
        ([{"location": "/", "tdm-reservation": "1"}], True),
        ([{"location": "/", "tdm-reservation": True}], True),
        ([{"location": "/", "tdm-reservation": False}], True),
        ([{"location": "/", "tdm-reservation": 2}], True),
        ([{"location": "/"}], True),
        ([{"location": "/music", "tdm-reservation": 1}], None),
        ([{"location": "/", "tdm-reservation": 1}, {"location": "/films", "tdm-reservation": 0}], False),
        ([{"location": "/films", "tdm-reservation": 0}, {"location": "/films", "tdm-reservation": 1}], True),
        ({"location": "/", "tdm-reservation": 1}, True),
        ([], None),
        ([{"tdm-reservation": 1}], True),
        (["/"], True),
        (7, True),
    ],
)
def test_tdmrep_file(held: object, denied: bool | None) -> None:
    assert reserved(tdmrep.from_file(json.dumps(held).encode(), ADDRESS)) is denied


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_cannot_be_read_is_reserved(content: bytes) -> None:
    assert reserved(tdmrep.from_file(content, ADDRESS)) is True
    assert reserved(cawg.from_assertion(content)) is True
    assert reserved(rsl.from_document(content, ADDRESS)) is True


def test_tdmrep_headers_and_page() -> None:
    found = tdmrep.from_headers({"tdm-reservation": " 1 ", "TDM-Policy": "https://example.org/p"})
    assert found is not None and (found.reserved, found.policy) == (True, "https://example.org/p")
    assert reserved(tdmrep.from_headers({"tdm-reservation": "0"})) is False
    assert reserved(tdmrep.from_headers({"tdm-reservation": "yes"})) is True
    page = (
        b"<META NAME='TDM-Reservation' content=0><meta name=tdm-policy content=/p><meta name=tdm-reservation content=1>"
    )
    found = tdmrep.from_page(page)
    assert found is not None and (found.reserved, found.policy) == (True, "/p")
    assert reserved(tdmrep.from_page(b'<meta name="tdm-reservation" content="0">')) is False
    assert tdmrep.from_page(b"<meta><p>tdm-reservation 1 <meta name") is None


@pytest.mark.parametrize(
    ("inner", "denied"),
    [
        ('<prohibits type="usage">ai-train</prohibits>', True),
        ('<prohibits type="usage">search, ai-all</prohibits>', True),
        ('<prohibits type="usage">train-ai</prohibits>', True),
        ('<prohibits type="geo">US</prohibits>', False),
        ('<permits type="usage">ai-train</permits>', False),
        ('<permits type="usage">all</permits>', False),
        ('<permits type="usage">search</permits>', True),
        ('<permits type="usage"></permits>', True),
        ('<permits type="user">commercial</permits>', False),
        ('<permits type="usage">ai-train</permits><prohibits type="usage">ai-train</prohibits>', True),
        ('<permits type="usage">ai-train</permits><payment type="purchase"/>', True),
        ('<permits type="usage">ai-train</permits><payment type="attribution"/>', False),
        ("<payment/>", False),
        ("", False),
    ],
)
def test_rsl_licences(inner: str, denied: bool) -> None:
    document = RSL.format(f'<content url="/films/*"><license>{inner}</license></content>').encode()
    assert reserved(rsl.from_document(document, ADDRESS)) is denied
    assert rsl.from_document(document, "/music") is None


def test_rsl_contents_and_alternatives() -> None:
    free = '<license><permits type="usage">ai-train</permits></license>'
    closed = '<license><prohibits type="usage">all</prohibits></license>'
    assert reserved(rsl.from_document(RSL.format(f'<content url="/">{closed}{free}</content>').encode(), "/a")) is False
    longer = RSL.format(f'<content url="/">{free}</content><content url="/films">{closed}</content>').encode()
    assert reserved(rsl.from_document(longer, ADDRESS)) is True
    assert reserved(rsl.from_document(longer, "/a")) is False
    elsewhere = RSL.format(f'<content url="https://another.org/">{closed}</content>').encode()
    assert rsl.from_document(elsewhere, ADDRESS) is None
    asked = RSL.format(f'<content url="/" server="https://example.org/l">{free}</content>').encode()
    found = rsl.from_document(asked, ADDRESS)
    assert found is not None and (found.reserved, found.policy) == (True, "https://example.org/l")
    assert reserved(rsl.from_document(RSL.format('<content url="/"></content>').encode(), "/a")) is True


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE rsl [<!ENTITY a "b">]>' + RSL.format(""),
        '<!DOCTYPE rsl SYSTEM "file:///etc/passwd">' + RSL.format(""),
        "<rsl/>",
        "<html/>",
        RSL.format("<a>" * 60 + "</a>" * 60),
        RSL.format(" " * 1_000_001),
    ],
)
def test_hostile_xml_is_not_read(document: str) -> None:
    found = rsl.from_document(document.encode(), ADDRESS)
    assert found is not None and found.reserved and "cannot be read" in found.said


@pytest.mark.parametrize(
    ("held", "denied"),
    [
        ({"entries": {"cawg.ai_training": {"use": "notAllowed"}}}, True),
        ({"entries": {"cawg.ai_training": {"use": "allowed"}}}, False),
        ({"entries": {"cawg.ai_training": {"use": "allowed"}, "cawg.data_mining": {"use": "notAllowed"}}}, True),
        ({"entries": {"c2pa.ai_generative_training": {"use": "constrained"}}}, True),
        ({"entries": {"cawg.ai_inference": {"use": "notAllowed"}}}, None),
        ({"c2pa.ai_training": "notAllowed", "metadata": {}}, True),
        ({"entries": {}}, None),
        ({"entries": {"cawg.ai_training": {}}}, True),
        ({"entries": {"cawg.ai_training": {"use": "perhaps"}}}, True),
        ({"entries": []}, True),
        ([], True),
    ],
)
def test_cawg(held: object, denied: bool | None) -> None:
    assert reserved(cawg.from_assertion(json.dumps(held).encode())) is denied


def test_cawg_says_where_its_terms_are() -> None:
    held = {"entries": {"cawg.ai_training": {"use": "constrained", "constraint_info": "https://example.org/terms"}}}
    found = cawg.from_assertion(json.dumps(held).encode())
    assert found is not None and found.policy == "https://example.org/terms"


@given(st.binary(max_size=300))
def test_no_signal_raises(content: bytes) -> None:
    text = content.decode("latin-1")
    robots.from_robots(content, ("openslate",), text.replace("\n", ""))
    robots.usage_in_robots(b"User-agent: *\nContent-Usage: " + content, ("openslate",), "/")
    aipref.from_header(text)
    tdmrep.from_file(content, "/")
    tdmrep.from_page(content)
    tdmrep.from_headers({"tdm-reservation": text})
    rsl.from_document(content, "/")
    cawg.from_assertion(content)


def test_an_address_becomes_its_path() -> None:
    assert path_of(ADDRESS) == "/films/1?part=2"
    assert path_of("https://example.org") == "/"
