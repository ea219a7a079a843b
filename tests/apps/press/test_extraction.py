"""Texts of pages are found without what stands beside them, and no sentence goes with it."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.press.extraction.callouts import Line, is_callout, lines_of, without_callouts
from openslate.apps.press.extraction.extracting import Article, extracted
from openslate.apps.press.extraction.overrides import Override, read_overrides
from openslate.errors import AdmitError

URL = "https://www.slate.example/harbour"
SENTENCES = [
    "The crew of Harbour Lights went home on Friday after sixty-one days on the coast.",
    "The lighthouse stays where it is, and so does the keeper, who had the smallest part of all.",
    "“Nobody slept,” said the director, “and the sea did not care about our schedule at all.”",
    "Two of the days were lost to weather, which the insurers had thought rather likely.",
]
CALLOUTS = [
    "You may also like: Ten lighthouses to see before they fall",
    "Read more",
    "Sign up for our newsletter and get the news delivered to your inbox",
    "Follow us on every network that there is",
    "The keeper at home. Image by Shutterstock.",
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "https://www.slate.example/harbour?share=1",
]


def page(body: str, title: str = "Harbour Lights wraps") -> bytes:
    return (
        f"<!doctype html><html><head><title>{title} | The Slate</title>"
        '<meta property="article:published_time" content="2024-05-14T19:06:00Z"></head>'
        f"<body><nav><a href='/'>Home</a> <a href='/film'>Film</a></nav><article><h1>{title}</h1>{body}</article>"
        "<footer>Imprint</footer></body></html>"
    ).encode()


def test_an_article_is_found_with_its_title_and_day() -> None:
    body = "".join(f"<p>{one}</p>" for one in SENTENCES)
    related = "<p><a href='/1'>Night Ferry wins the Golden Gull at Ostend</a></p><p>Leave a Reply</p>"
    found = extracted(page(body + related), URL)
    assert found == Article("\n".join(SENTENCES), "Harbour Lights wraps", "2024-05-14", "page")


@pytest.mark.parametrize("callout", CALLOUTS)
def test_callouts_go_and_sentences_stay(callout: str) -> None:
    lines = [Line(one) for one in (*SENTENCES[:2], callout, *SENTENCES[2:])]
    assert is_callout(Line(callout))
    assert without_callouts(lines) == tuple(SENTENCES)


def test_titles_below_more_from_go_until_a_sentence_comes() -> None:
    titles = ["Bitcoin in the lighthouse", "Eurostar adopts a keeper", "Another sea goes public, millions wet"]
    lines = [Line(one) for one in (SENTENCES[0], "More from The Slate:", *titles, SENTENCES[1], "A heading that stays")]
    assert without_callouts(lines) == (SENTENCES[0], SENTENCES[1], "A heading that stays")


def test_what_is_mostly_a_link_leads_elsewhere() -> None:
    text = (
        "[Ten lighthouses to see](https://a.example/1)\n\n"
        "The [lighthouse](https://a.example/2) was lit again, as [we reported](https://a.example/(3)), on Friday.\n"
        "[A whole sentence that is a link.](https://a.example/4)"
    )
    assert [round(line.linked, 1) for line in lines_of(text)] == [1.0, 0.5, 1.0]
    assert without_callouts(lines_of(text)) == (
        "The lighthouse was lit again, as we reported, on Friday.",
        "A whole sentence that is a link.",
    )


def test_a_title_above_the_text_is_no_part_of_it() -> None:
    lines = [Line("Harbour Lights wraps"), Line("Harbour Lights wraps after sixty-one days"), Line(SENTENCES[0])]
    assert without_callouts(lines, ["Harbour Lights wraps", "Harbour Lights wraps after sixty-one days | X"]) == (
        SENTENCES[0],
    )
    below = [*(Line(one) for one in SENTENCES), lines[0]]
    assert without_callouts(below, ["Harbour Lights wraps"])[-1] == "Harbour Lights wraps"


@settings(max_examples=100)
@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_no_sentence_is_lost_among_callouts(draw: random.Random, sentences: list[str]) -> None:
    lines = list(sentences)
    for callout in draw.sample(CALLOUTS, draw.randint(0, len(CALLOUTS))):
        lines.insert(draw.randint(0, len(lines)), callout)
    assert without_callouts([Line(one) for one in lines]) == tuple(sentences)


def test_the_feeds_text_is_taken_where_the_page_gives_too_little() -> None:
    thin, feed = page("<p>Please switch on scripts.</p>"), "\n".join([*SENTENCES, "Leave a Reply"])
    assert extracted(thin, URL, feed).source == "feed" and extracted(thin, URL, feed).text == "\n".join(SENTENCES)
    whole = page("".join(f"<p>{one}</p>" for one in SENTENCES))
    assert extracted(whole, URL, feed).source == "page"
    assert extracted(b"", URL) == Article("", "", "", "nothing")


@pytest.mark.parametrize(
    "hostile",
    [b"\x00" * 1_000, b"<" * 50_000, b"<div>" * 20_000, b"\xff\xfe<\x00p\x00", b"<p>&" + b"a" * 9_000 + b";", b"{}"],
    ids=["zeros", "brackets", "depth", "encoding", "entity", "json"],
)
def test_hostile_pages_give_nothing_or_a_text_and_no_traceback(hostile: bytes) -> None:
    assert extracted(hostile, URL).source in ("nothing", "page")


def test_overrides_say_where_an_article_stands_and_what_goes(tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    path.write_text(
        '[[site]]\nhost = "www.slate.example"\nbody = "//div[@id=\'story\']"\ndrop = ["//*[@class=\'box\']"]\n'
    )
    overrides = read_overrides(path)
    assert overrides == {"www.slate.example": Override("//div[@id='story']", ("//*[@class='box']",))}
    text = "".join(f"<p>{one}</p>" for one in SENTENCES)
    box = "<p class='box'>A box of eleven words that looks just like a sentence does.</p>"
    aside = "<p>An aside that is as long as any sentence of the story is, and longer than most.</p>" * 9
    found = extracted(page(f"<div>{aside}</div><div id='story'>{text}{box}</div>"), URL, overrides=overrides)
    assert found.text == "\n".join(SENTENCES)
    for wrong, told in (
        (
            '[[site]]\nhost = "a.example"\nbody = "//div["\n',
            "line 3: site 1 body = '//div[' is refused",
        ),
        ('[[site]]\nhost = "A"\n', "line 2: site 1 host = 'A' is refused"),
        ('[[site]]\nhost = "a.example"\n[[site]]\nhost = "a.example"\n', "line 4: site 2 host"),
    ):
        path.write_text(wrong)
        with pytest.raises(AdmitError) as caught:
            read_overrides(path)
        assert told in str(caught.value)


@pytest.mark.realdata
def test_no_callout_is_left_in_raw_texts_and_no_sentence_is_lost(real_data: Path) -> None:
    gone = {}
    for path in sorted((real_data / "press" / "seeds").glob("raw-*.txt")):
        lines = lines_of(path.read_text(encoding="utf-8"))
        kept = without_callouts(lines)
        gone[path.name] = [line.text for line in lines if line.text not in kept]
        for marker in ("You may also like", "More from", "Leave a Reply", "email address will not", "Image by"):
            assert not any(marker in line for line in kept)
    assert [len(one) for one in gone.values()] == [0, 8, 2]
    assert all(len(text) < 100 for texts in gone.values() for text in texts)


def test_a_page_of_more_elements_than_any_article_is_not_looked_through() -> None:
    page = f"<html><title>Ash</title><body>{'<h2>a</h2>' * 21_000}<p>{'Word ' * 90}</p></body></html>"
    found = extracted(page.encode(), "https://a.example/1", feed_text="The crew is at sea.")
    assert (found.title, found.text, found.source) == ("Ash", "The crew is at sea.", "feed")
