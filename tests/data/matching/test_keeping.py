"""What is kept of a match: the rule's links, people's words above them, and the groups that other rooms join by."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate import clock
from openslate.data.matching.groups import SameTitles, grouped, same_titles
from openslate.data.matching.links import links
from openslate.data.matching.matching import match_sources
from openslate.data.matching.pairing import Link
from openslate.data.matching.standing import standing
from openslate.data.matching.words import Word, confirm, history, part, words
from openslate.errors import UsageError
from openslate.project import Project
from openslate.storage.rewriting import replace_texts
from tests.lake_rows import add_rows

DAY = date(2011, 5, 17)
Row = tuple[object, ...]


def row(identity: str, name: str, day: date | None = DAY) -> Row:
    return (identity, name, "film", day)


@pytest.fixture
def three(project: Project) -> Project:
    """Three sources that list a film each under another name, and one of them a remake."""
    add_rows(project, "titles", [row("a", "The Long Way Home"), row("a2", "Ash", DAY)], "films")
    add_rows(project, "titles", [row("b", "Long Way Home, The", DAY + timedelta(days=2))], "takings")
    add_rows(project, "titles", [row("c", "The Long Way Home"), row("c2", "Ash", DAY + timedelta(days=500))], "report")
    return project


def test_sources_are_matched_and_groups_know_one_id(three: Project) -> None:
    found = match_sources(three)
    assert [(one.sources, len(one.sure), len(one.doubtful)) for one in found] == [
        (("films", "report"), 1, 1),
        (("films", "takings"), 1, 0),
        (("report", "takings"), 1, 0),
    ]
    same = same_titles(three)
    assert same.groups == (("a", "b", "c"),)
    assert [same.canonical(title) for title in ("a", "b", "c", "a2", "c2")] == ["a", "a", "a", "a2", "c2"]


def test_two_chosen_sources_leave_the_others_as_they_were(three: Project) -> None:
    (one,) = match_sources(three, "takings", "films")
    assert one.sources == ("films", "takings")
    assert same_titles(three).groups == (("a", "b"),)
    assert len(match_sources(three, "report")) == 2
    assert same_titles(three).groups == (("a", "b", "c"),)


def test_matching_twice_changes_nothing(three: Project) -> None:
    match_sources(three)
    before = links(three)
    assert match_sources(three) == match_sources(three)
    assert links(three) == before


def test_a_word_stands_above_the_rule_and_outlives_imports_and_matches(three: Project) -> None:
    match_sources(three)
    with clock.frozen(datetime(2026, 1, 2, tzinfo=UTC)):
        part(three, "b", "a", "Ada Ortiz", "a remake")
        confirm(three, "a2", "c2", "Bo")
    # Of equally sure links that of the first ids is joined first; what would bring `a` and `b` together is left out.
    assert same_titles(three).groups == (("a", "c"), ("a2", "c2"))
    add_rows(three, "titles", [row("b", "The Long Way Home")], "takings")
    found = match_sources(three)
    groups = same_titles(three)
    assert "b" not in groups.group("a")
    assert groups.group("a2") == ("a2", "c2")
    assert [one.settled for one in found] == [1, 1, 0]
    assert found[0].doubtful == ()
    beside = next(one for one in standing(three, "b").beside if one.title == "a")
    assert not beside.is_same
    assert beside.sureness is not None
    assert [word.told for word in beside.words] == ["parted by Ada Ortiz on 2026-01-02: a remake"]


def test_the_latest_word_on_a_pair_counts_and_all_are_kept(three: Project) -> None:
    part(three, "a", "b", "Ada")
    confirm(three, "b", "a", "Bo", "seen both")
    assert [(word.same, word.by) for word in words(three)] == [(True, "Bo")]
    assert [(word.same, word.by) for word in history(three)] == [(False, "Ada"), (True, "Bo")]
    assert same_titles(three).groups == (("a", "b"),)


def test_words_that_contradict_are_refused_with_what_stands(three: Project) -> None:
    confirm(three, "a", "b", "Ada")
    confirm(three, "b", "c", "Bo")
    with pytest.raises(UsageError, match=r"a and b were confirmed by Ada on .*; b and c were confirmed by Bo"):
        part(three, "a", "c", "Cy")
    part(three, "b", "c", "Cy")
    part(three, "a", "c", "Cy")
    with pytest.raises(UsageError, match="a and c were parted by Cy"):
        confirm(three, "b", "c", "Bo")
    assert same_titles(three).groups == (("a", "b"),)


@pytest.mark.parametrize(
    ("one", "other", "by", "what"),
    [
        ("a", "a", "Ada", "Title a is named twice"),
        ("a", "nobody", "Ada", "There is no title 'nobody'"),
        ("a", "b", " ", "Nobody is named"),
        ("a", "b", "A" * 2000, "longer than"),
    ],
)
def test_words_that_make_no_sense_are_refused(three: Project, one: str, other: str, by: str, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        confirm(three, one, other, by)
    assert history(three) == ()


@pytest.mark.parametrize(
    ("source", "other", "what"),
    [("films", "films", "named twice"), ("none", None, "No title comes from a source 'none'")],
)
def test_sources_that_are_not_there_are_refused(three: Project, source: str, other: str | None, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        match_sources(three, source, other)


def test_one_source_is_nothing_to_match(project: Project) -> None:
    with pytest.raises(UsageError, match="no source"):
        match_sources(project)
    add_rows(project, "titles", [row("a", "Ash")], "films")
    with pytest.raises(UsageError, match="one source"):
        match_sources(project)


def test_titles_that_moved_to_another_source_are_matched_anew(three: Project) -> None:
    match_sources(three)
    add_rows(three, "titles", [row("b", "Something Else Altogether")], "others")
    match_sources(three)
    assert same_titles(three).groups == (("a", "c"),)
    assert [link for link in links(three) if "b" in (link.first, link.second)] == []


def test_a_name_is_taken_out_of_what_people_said(three: Project) -> None:
    match_sources(three)
    confirm(three, "a", "b", "ada-ortiz-1987", "ada-ortiz-1987 saw both")
    assert replace_texts(three.state, lambda text: text.replace("ada-ortiz-1987", "gone"), ()) == 2
    assert [(word.by, word.note) for word in words(three)] == [("gone", "gone saw both")]
    assert same_titles(three).groups == (("a", "b", "c"),)


TITLES = [f"{source}{number}" for source in "abc" for number in range(3)]
PAIRS = st.tuples(st.sampled_from(TITLES), st.sampled_from(TITLES)).filter(lambda pair: pair[0] < pair[1])
LINKS = st.dictionaries(PAIRS.filter(lambda pair: pair[0][0] != pair[1][0]), st.sampled_from((0.6, 0.96, 0.99)))
WORDS = st.dictionaries(PAIRS, st.booleans(), max_size=5)


@given(LINKS, WORDS, st.randoms(use_true_random=False))
def test_groups_keep_to_peoples_words_and_to_no_order(
    found: dict[tuple[str, str], float], said: dict[tuple[str, str], bool], chance: random.Random
) -> None:
    rule = [Link(*pair, sureness, ()) for pair, sureness in found.items()]
    spoken = [Word(*pair, same, "Ada", "", datetime(2026, 1, 1, tzinfo=UTC)) for pair, same in said.items()]
    sources = {title: title[0] for title in TITLES}
    groups = SameTitles(tuple(grouped(tuple(rule), tuple(spoken), sources)))
    chance.shuffle(rule)
    chance.shuffle(spoken)
    assert SameTitles(tuple(grouped(tuple(rule), tuple(spoken), sources))) == groups
    for word in spoken:
        if not word.same:
            assert word.second not in groups.group(word.first)
    confirmed = [word for word in spoken if word.same]
    if all(word.same for word in spoken):
        assert all(word.second in groups.group(word.first) for word in confirmed)
        if not confirmed:
            assert all(len({sources[title] for title in group}) == len(group) for group in groups.groups)
