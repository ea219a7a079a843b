"""The briefing: every story of the day once, in three forms that nobody's title can break."""

import email
import email.policy
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import html

from openslate.apps.press.briefing.day import MOST_OF_TOPIC, Briefing, briefing_of
from openslate.apps.press.briefing.documents import document_of, write_briefing
from openslate.apps.press.publishing.edition import edition_of
from openslate.apps.press.scores.taxonomy_file import film_and_tv
from openslate.errors import ProjectError, UsageError
from tests.apps.press.publishing.newsroom import EVENING, HARBOUR, group, item, newsroom

ADDRESS = "https://press.slate.example"
DAY = EVENING.date()


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[date, Briefing]:
    desk = newsroom(tmp_path_factory.mktemp("press") / "svc")
    for n in range(30):
        group(desk, f"film{n:04d}", [item(400 + n, f"Oscar *night* [{n}](x)", -n / 10)])
    edition = edition_of(desk, film_and_tv(), EVENING)
    return {day: briefing_of(edition, day) for day in (DAY, DAY - timedelta(days=1), DAY - timedelta(days=9))}


def test_a_story_stands_once_under_its_narrowest_topic(days: dict[date, Briefing]) -> None:
    found = days[DAY]
    assert (found.stories, found.articles, found.sources) == (31, 34, 4)
    shown = [one.story.id for topic in found.topics for one in topic.stories]
    assert len(shown) == len(set(shown)) and shown[0] == "strike01"
    assert [(topic.name, len(topic.stories), topic.more) for topic in found.topics] == [
        ("Labour", 1, 0),
        ("Awards and festivals", MOST_OF_TOPIC, 30 - MOST_OF_TOPIC),
    ]
    assert dict(found.names) == {"Ada Lane": 1}


def test_a_day_has_what_was_published_on_it(days: dict[date, Briefing]) -> None:
    before = days[DAY - timedelta(days=1)]
    assert [one.story.id for topic in before.topics for one in topic.stories] == ["harbour1"]
    assert dict(before.names) == {"Harbour <Lights>": 1}
    assert days[DAY - timedelta(days=9)].summary == "Nothing was published on this day."


def test_a_page_is_read_in_order_and_loads_nothing(days: dict[date, Briefing]) -> None:
    text = document_of(days[DAY - timedelta(days=1)], ".html", ADDRESS).decode()
    page = html.document_fromstring(text)
    assert not page.xpath("//script | //img | //link")
    assert [one.tag for one in page.xpath("//h1 | //h2 | //h3")] == ["h1", "h2", "h3", "h2"]
    assert page.xpath("//h3/a/@href") == [HARBOUR[0].address]
    assert f"{ADDRESS}/stories/harbour1.html" in page.xpath("//a/@href")
    assert '<script>alert("1")</script>' in page.xpath("string(//h3)")
    assert "It came first." in page.text_content() and "1 article of the day" not in page.text_content()


def test_markdown_has_no_marks_but_its_own(days: dict[date, Briefing]) -> None:
    text = document_of(days[DAY], ".md").decode()
    assert re.search(r"\[Oscar \\\*night\\\* \\\[\d+\\\]\(x\)\]\(<https://slate\.example/\d+>\)", text)
    assert "# Press briefing, 14 May 2027" in text and "and 25 more" in text
    assert "<script" not in document_of(days[DAY - timedelta(days=1)], ".md").decode().replace("\\<", "")


def test_a_mail_has_both_forms_and_equal_bytes(days: dict[date, Briefing]) -> None:
    mail = document_of(days[DAY], ".eml", ADDRESS)
    assert mail == document_of(days[DAY], ".eml", ADDRESS)
    read = email.message_from_bytes(mail, policy=email.policy.default)
    assert read["Subject"] == "Press briefing, 14 May 2027"
    plain, page = read.iter_parts()
    assert f"{ADDRESS}/stories/strike01.html" in plain.get_content() and "<h1>" in page.get_content()


def test_a_briefing_replaces_a_briefing_and_nothing_else(days: dict[date, Briefing], tmp_path: Path) -> None:
    for ending in (".html", ".md", ".eml"):
        for day in (DAY, DAY - timedelta(days=1)):
            write_briefing(tmp_path / f"b{ending}", days[day])
    (tmp_path / "notes.md").write_text("# Mine")
    with pytest.raises(ProjectError, match="is no briefing"):
        write_briefing(tmp_path / "notes.md", days[DAY])
    with pytest.raises(UsageError, match=r"no \.pdf"):
        write_briefing(tmp_path / "b.pdf", days[DAY])
    with pytest.raises(ProjectError, match="cannot be written"):
        write_briefing(tmp_path / "nowhere" / "b.md", days[DAY])
    with pytest.raises(UsageError, match="no address of a site"):
        write_briefing(tmp_path / "b.md", days[DAY], "javascript:alert(1)")
