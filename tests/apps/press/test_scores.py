"""Quality, heat and published follow the format's rules, and every point of them is named."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.records.reading import parse_record, read_record
from openslate.apps.press.records.record import Image, Provider
from openslate.apps.press.records.writing import record_text
from openslate.apps.press.scores.heat import standing_of
from openslate.apps.press.scores.quality import quality_of, related_quality, tier_of
from openslate.apps.press.scores.scoring import scored, write_scored
from openslate.apps.press.scores.taxonomy import Rule, Taxonomy, Topic
from openslate.apps.press.scores.taxonomy_file import film_and_tv, read_taxonomy
from openslate.errors import AdmitError
from tests.apps.press.records import FULL

AI = Topic("AI", ("ai", "artificial intelligence", "machine learning"))
TAXONOMY = Taxonomy({"AI": AI}, {"engadget.example": 30}, rule=Rule("heat", 70))
PLAIN = replace(parse_record(FULL).record, topics=("AI",), images=(), amp_url="", cdn_amp_url="", related=())
IMAGE = (Image("https://a.example/1.jpg", 10, 10, True),)


@pytest.mark.parametrize(
    ("title", "more", "quality"),
    [
        ("x" * 60 + " ai", {}, 17),
        ("x" * 67 + " ai", {"provider": Provider("E", "engadget.example")}, 47),
        ("x" * 87 + " ai", {"images": IMAGE, "amp_url": "https://a.example/amp"}, 47),
        ("x" * 60 + " ai", {"images": IMAGE, "amp_url": "https://a.example/amp", "topics": ("AI", "Hollywood")}, 59),
        ("x" * 70 + "y", {}, 2),
        ("x" * 71 + "y", {}, 1),
        ("x" * 500, {}, 0),
        ("Britain raises a claim", {}, 17),
        ("A frame", {"featured_content": "<iframe></iframe>"}, 52),
        ("A film", {"type": "video", "featured_content": "<iframe></iframe>"}, 52),
    ],
)
def test_quality_is_the_sum_of_its_terms(title: str, more: dict[str, object], quality: int) -> None:
    found = quality_of(replace(PLAIN, title=title, **more), TAXONOMY)  # type: ignore[arg-type]
    assert found.value == quality == max(sum(term.points for term in found.terms), 0)


def test_entries_count_as_often_as_they_stand_there_and_unknown_topics_by_their_name() -> None:
    twice = Taxonomy({"M": Topic("M", ("model-driven apps", "model-driven apps"))})
    assert quality_of(replace(PLAIN, topics=("M",), title="Model-driven apps"), twice).value == 32
    assert quality_of(replace(PLAIN, topics=("Harbour",), title="A harbour"), Taxonomy()).value == 17
    words = replace(TAXONOMY, matching="word")
    assert quality_of(replace(PLAIN, title="Britain raises a claim"), words).value == 2
    assert quality_of(replace(PLAIN, title="AI, raised"), words).value == 17


def test_tiers_go_by_domain_and_where_asked_by_host() -> None:
    taxonomy = Taxonomy(
        {}, {"own.example": 20, "news.own.example": 50, "b.example": 40}, by_host=frozenset({"own.example"})
    )
    own = Provider("Own", "own.example")
    assert tier_of(own, "https://news.own.example/1", taxonomy) == ("news.own.example", 50)
    assert tier_of(own, "https://docs.own.example/1", taxonomy) == ("docs.own.example", 0)
    assert tier_of(own, "https://video.example/1", taxonomy) == ("own.example", 20)
    assert tier_of(Provider("B", "b.example"), "https://x.b.example/1", taxonomy) == ("b.example", 40)


def test_related_items_are_scored_by_the_same_rule() -> None:
    item = parse_record(FULL).record.related[0]
    assert related_quality(item, ("AI",), TAXONOMY).value == 2 + 15 + 20  # 'ai' lies in 'rain'


@given(st.integers(0, 300), st.lists(st.integers(0, 300), max_size=15))
def test_heat_and_published(quality: int, related: list[int]) -> None:
    found = standing_of(quality, related)
    if any(one > quality for one in related):
        assert (found.heat, found.published) == (-1, False)
        assert found.outranked == sum(one > quality for one in related)
    else:
        assert found.heat == quality + 10 * len(related)
        assert found.published == (found.heat >= 70)
        assert standing_of(quality, related, Rule("quality")).published == (quality >= 70)
    assert found.words.startswith("Published" if found.published else "Not published")


def test_a_record_is_written_with_its_scores_and_nothing_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    path.write_bytes(FULL.encode())
    found = scored(read_record(path).record, film_and_tv())
    write_scored(path, found)
    lines = zip(FULL.splitlines(), path.read_text(encoding="utf-8").splitlines(), strict=True)
    assert {old.split(":")[0] for old, new in lines if old != new} <= {"quality", "heat", "published"}
    before = path.stat().st_mtime_ns
    again = scored(read_record(path).record, film_and_tv())
    write_scored(path, again)
    assert not again.changed and path.stat().st_mtime_ns == before
    assert record_text(again.record) == path.read_text(encoding="utf-8")


def test_taxonomies_are_read_and_wrong_ones_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text('[[topic]]\nname = "AI"\nkeywords = ["ai"]\n[[source]]\ndomain = "a.example"\npoints = 30\n')
    found = read_taxonomy(path)
    assert found.topic("AI").keywords == ("ai",) and found.tiers == {"a.example": 30} and found.rule == Rule()
    for text, told in (
        ('[[topic]]\nname = "AI"\nkeywords = ["AI"]\n', "line 3: topic 1 keywords 1 = 'AI' is refused"),
        ('[[topic]]\nname = "AI"\nkeywords = []\nparent = "Films"\n', "line 4: topic 1 parent = 'Films' is refused"),
        ('[[topic]]\nname = "A"\nkeywords = []\n[[topic]]\nname = "A"\nkeywords = []\n', "line 5: topic 2 name"),
        ("matching = 'regex'\n", "matching = 'regex' is refused"),
        ('[[topic]]\nname = "AI"\nkeyword = ["ai"]\n', "'keywords' may be meant"),
    ):
        path.write_text(text)
        with pytest.raises(AdmitError) as caught:
            read_taxonomy(path)
        assert told in str(caught.value)
    assert len(film_and_tv().topics) >= 5
