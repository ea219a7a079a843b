"""`openslate press publish` and decisions by hand: sentences, JSON, exit codes, and what readers then see."""

from pathlib import Path

import pytest

from openslate.apps.press.desk.items import add_items
from tests.apps.press.publishing.newsroom import EVENING, HARBOUR, STRIKE, item, newsroom
from tests.cli.conftest import Openslate

WHO = ("--by", "Ada Lane", "--why", "Asked for.")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    desk = newsroom(tmp_path / "svc")
    add_items(desk, [item(90, "Just in", 1)])
    desk.close()
    return tmp_path / "svc"


def test_a_site_is_published(room: Path, tmp_path: Path, openslate: Openslate) -> None:
    out, at = tmp_path / "site", ("--at", "2027-05-14T20:00")
    said = openslate("--project", room, "press", "publish", out, "--title", "The Wire", *at)
    assert said.code == 0 and "3 stories of 7 articles, 1 on the front page" in said.out
    assert "1 article is in no story yet" in said.out and "name the site's --address" in said.out
    assert "<title>The Wire</title>" in (out / "index.html").read_text()
    found = openslate(
        "--project", room, "press", "publish", out, "--title", "The Wire", *at, "--days", 1, "--pictures", "--json"
    ).document
    assert (found["stories"], found["articles"], found["waiting"]) == (1, 4, 1)
    assert "stories/lone0001.html" in found["removed"] and "stories/strike01.html" in found["written"]


def test_what_cannot_be_is_refused_in_two_sentences(room: Path, tmp_path: Path, openslate: Openslate) -> None:
    for words in (("--at", "noon"), ("--address", "wire"), ("--title", " ")):
        said = openslate("--project", room, "press", "publish", tmp_path / "site", *words)
        assert said.code == 2 and len(said.err.splitlines()) == 2
    said = openslate("--project", room, "press", "publish", tmp_path)
    assert said.code == 1 and "files that are not of a site of ours" in said.err
    assert not (tmp_path / "site").exists()


def test_decisions_are_taken_shown_and_withdrawn(room: Path, tmp_path: Path, openslate: Openslate) -> None:
    press = ("--project", room, "press")
    assert openslate(*press, "decisions").out == "Nothing is decided by hand.\n"
    title = ("--field", "title", "--text", "Strike is over")
    assert "Decision 1: the title is corrected." in openslate(*press, "correct", STRIKE[0].address, *title, *WHO).out
    assert "source:herald is muted, 2 articles." in openslate(*press, "mute", "source:herald", *WHO).out
    assert "nothing on the desk is of it yet" in openslate(*press, "mute", "source:nobody", *WHO).out
    until = ("--until", "2027-05-15T00:00+02:00")
    found = openslate(*press, "embargo", "title:tt:harbour/lights", *until, *WHO, "--json").document
    assert (found["items"], found["until"]) == (1, "2027-05-14T22:00:00+00:00")
    openslate(*press, "publish", tmp_path / "site", "--at", EVENING.isoformat())
    text = (tmp_path / "site/stories/strike01.html").read_text()
    assert "Strike is over" in text and "Herald" not in text
    assert not (tmp_path / "site/stories/harbour1.html").exists()
    assert openslate(*press, "withdraw", 2, *WHO).code == 0
    listed = openslate(*press, "decisions", "--all", "--json").document["decisions"]
    assert [one["number"] for one in listed] == [1, 2, 3, 4]
    assert listed[1]["withdrawn"]["by"] == "Ada Lane" and listed[0]["withdrawn"] is None
    shown = openslate(*press, "decisions", "--all").out
    assert "Withdrawn by Ada Lane" in shown and "correct" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("correct", "nothing", "--field", "title", "--text", "x"), "The desk has no item 'nothing'."),
        (("correct", HARBOUR[0].id, "--field", "heat", "--text", "9"), "'heat' cannot be corrected."),
        (("correct", HARBOUR[0].id, "--field", "title", "--text", " "), "The title is empty."),
        (("correct", HARBOUR[0].id, "--field", "published", "--text", "noon"), "The moment 'noon' is none."),
        (("mute", "planet:mars"), "The desk has no item 'planet:mars'."),
        (("mute", "word: "), "'word: ' names no word."),
        (("mute", "story:gone"), "The desk has no story 'gone'."),
        (("embargo", "word:harbour", "--until", "soon"), "The end of the embargo 'soon' is none."),
        (("withdraw", "9"), "No decision 9 holds."),
    ],
)
def test_a_decision_about_nothing_is_refused(
    room: Path, openslate: Openslate, words: tuple[str, ...], told: str
) -> None:
    said = openslate("--project", room, "press", *words, *WHO)
    assert said.code == 2 and said.err.startswith(told) and len(said.err.splitlines()) == 2


def test_a_decision_needs_a_name_and_a_reason(room: Path, openslate: Openslate) -> None:
    said = openslate("--project", room, "press", "mute", "word:x", "--by", " ", "--why", "y")
    assert said.code == 2 and "A decision needs a name and a reason." in said.err
