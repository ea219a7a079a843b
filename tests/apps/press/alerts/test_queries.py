"""Queries: what they mean, what is refused, and which articles they hold of."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from openslate.apps.press.alerts.matching import caught
from openslate.apps.press.alerts.query import parse_query
from openslate.apps.press.publishing.edition import edition_of
from openslate.apps.press.publishing.edition_types import Edition
from openslate.apps.press.scores.taxonomy_file import film_and_tv
from openslate.errors import UsageError
from tests.apps.press.publishing.newsroom import EVENING, STRIKE, newsroom


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition_of(newsroom(tmp_path_factory.mktemp("press") / "svc"), film_and_tv(), EVENING)


@pytest.mark.parametrize(
    ("query", "stories"),
    [
        ("strike", {"strike01"}),
        ("STRIKE", {"strike01"}),
        ("strik", set()),
        ("strike harbour", set()),
        ("strike OR harbour", {"strike01", "harbour1"}),
        ('"writers strike"', {"strike01"}),
        ('"strike writers"', set()),
        ("topic:labour", {"strike01"}),
        ('topic:"AI in film and TV"', {"strike01"}),
        ("topic:ai-in-film-and-tv", {"strike01"}),
        ("title:tt:harbour/lights", {"harbour1"}),
        ('title:"harbour <lights>"', {"harbour1"}),
        ("person:ada", {"strike01"}),
        ("person:harbour", set()),
        ("source:gazette", {"strike01", "lone0001"}),
        ("source:gazette.example -quiet", {"strike01"}),
        ('source:gazette -"quiet day" -topic:labour', set()),
        ("strike -source:slate -source:copyist", set()),
        ("says quiet", {"lone0001"}),
    ],
)
def test_what_a_query_catches(edition: Edition, query: str, stories: set[str]) -> None:
    assert {one.story.id for one in caught(parse_query(query), edition.stories)} == stories


def test_a_story_is_caught_by_its_articles_and_from_a_heat_on(edition: Edition) -> None:
    (found,) = caught(parse_query("residuals"), edition.stories)
    assert [one.id for one in found.by] == [STRIKE[3].id]
    assert caught(parse_query("residuals"), edition.stories, found.story.heat + 1) == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "names nothing that must be there"),
        ("-strike", "names nothing that must be there"),
        ("strike OR", "one is missing"),
        ("OR strike", "one is missing"),
        ("a OR OR b", "one is missing"),
        ('"writers strike', "no partner"),
        ('topic:""', "names nothing"),
        ("a" * 1_001, "1,001 letters"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(query: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        parse_query(query)


@given(some.text(alphabet='ab:"-OR topic', max_size=30))
def test_every_text_is_a_query_or_refused(text: str) -> None:
    try:
        query = parse_query(text)
    except UsageError:
        return
    assert all(group and all(term.text for term in group) for group in query.groups)
