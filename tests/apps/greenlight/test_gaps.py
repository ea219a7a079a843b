import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from openslate import clock
from openslate.apps.greenlight.demonstration.commissioned import Studio
from openslate.apps.greenlight.gap_types import MOST_FALSE, Gaps, Segment, reach
from openslate.apps.greenlight.gaps import FEWEST_MEMBERS, find_gaps
from openslate.apps.greenlight.gaps_page import gaps_document, gaps_verdict
from openslate.apps.greenlight.works import Work
from openslate.errors import FitError, NothingAllowed, UsageError
from openslate.models.slate_problem import Breadth
from openslate.project import Project
from openslate.rights.consent import Basis, grant_source, record_member
from tests.apps.greenlight.studio import UNTIL, copied, studio_of
from tests.lake_rows import add_rows

DAY = date(2024, 6, 30)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return studio_of(tmp_path_factory)[1]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Gaps:
    return find_gaps(Project.open(studio_of(tmp_path_factory)[0]), UNTIL)


def small(project: Project) -> None:
    """Forty members watch each of two Korean crime series; one English drama of six finds five."""
    titles = [(f"k{n}", f"K{n}", "series", "2023-01-01", ["Crime"], "ko") for n in range(2)]
    titles += [(f"e{n}", f"E{n}", "film", "2023-01-01", ["Drama", "Crime"], "en") for n in range(6)]
    add_rows(project, "titles", [*titles, ("u", "U", "film", "2023-01-01"), ("soon", "S", "film", "2025-01-01")])
    moment = datetime(2024, 5, 1, 20)
    plays = [(f"m{n}", f"k{one}", moment + timedelta(hours=n), 1800, 0.9) for n in range(40) for one in range(2)]
    plays += [(f"m{n}", f"e{n % 6}", moment + timedelta(days=40, hours=n), 3600, 0.9) for n in range(30)]
    plays += [("m0", "u", moment, 3600, 0.9), ("m39", "k0", datetime(2024, 6, 29), 60, 0.01)]
    add_rows(project, "plays", plays)
    grant_source(project, "test", Basis("Terms of membership."))


def test_the_segment_with_more_taste_than_titles_comes_first(found: Gaps, studio: Studio) -> None:
    first = found.segments[0]
    assert (first.segment.theme, first.segment.language, first.segment.kind) == studio.planted
    assert first.is_gap
    assert first.titles == studio.in_planted.sum()
    assert first.exhausted is not None and first.exhausted > 300
    # Segments that share no title with it are seldom taken for gaps.
    assert len(found.found) <= 6
    lows = [gap.low for gap in found.segments]
    assert lows == sorted(lows, reverse=True)
    assert all(gap.members >= FEWEST_MEMBERS for gap in found.segments)
    assert all(gap.low < gap.ratio < gap.high for gap in found.segments)
    assert found.left_out[f"segments with fewer than {FEWEST_MEMBERS} members"] > 0


def test_counts_are_those_of_a_loop(project: Project) -> None:
    small(project)
    found = find_gaps(project, DAY)
    told = {gap.segment: gap for gap in found.segments}
    assert set(told) == {
        Segment("Crime", "ko", "series"),
        Segment("Crime", "en", "film"),
        Segment("Drama", "en", "film"),
    }
    korean, drama = told[Segment("Crime", "ko", "series")], told[Segment("Drama", "en", "film")]
    assert (korean.titles, korean.members, korean.audience, korean.hours) == (2, 40, 80, pytest.approx(40 + 60 / 3600))
    assert (drama.titles, drama.members, drama.audience, drama.hours) == (6, 30, 30, 30.0)
    assert found.audience == 80 + 30 + 1
    assert korean.expected == pytest.approx(2 * 111 / 9) and drama.expected == pytest.approx(6 * 111 / 9)
    assert (found.titles, found.members) == (9, 40)
    assert found.left_out["titles without a genre or theme, a language or a kind"] == 1
    assert found.segments[0] is korean
    # Two titles cannot be exhausted, and none of those who watched a drama watched four of six.
    assert korean.exhausted is None and drama.exhausted is None
    row, column = (found.segments.index(one) for one in (korean, drama))
    assert (found.overlap[row, column], found.overlap[column, row], found.overlap[row, row]) == (0.75, 1.0, 1.0)


def test_who_exhausts_a_segment_is_told_with_what_they_do(project: Project) -> None:
    small(project)
    add_rows(project, "titles", [("k2", "K2", "series", "2023-01-01", ["Crime"], "ko")])
    found = find_gaps(project, DAY)
    korean = next(gap for gap in found.segments if gap.segment.language == "ko")
    # All 40 watched two of three; nobody watched less, and the difference of the counts would tell of all of them.
    assert (korean.titles, korean.members, korean.exhausted, korean.exhausted_quiet) == (3, 40, None, None)
    plays = [(f"n{n}", "k2", datetime(2024, 4, 1), 1800, 0.9) for n in range(20)]
    add_rows(project, "plays", plays)
    korean = next(gap for gap in find_gaps(project, DAY).segments if gap.segment.language == "ko")
    assert (korean.exhausted, korean.others_quiet) == (40, 1.0)
    # Of the 40, 30 watched on after 2 June, and one looked at something on the last day.
    assert korean.exhausted_quiet == pytest.approx(9 / 40)


@pytest.mark.parametrize(("others", "told"), [(9, None), (10, 40)])
def test_no_difference_of_two_counts_tells_of_a_few(project: Project, others: int, told: int | None) -> None:
    small(project)
    add_rows(project, "titles", [("k2", "K2", "series", "2023-01-01", ["Crime"], "ko")])
    add_rows(project, "plays", [(f"n{n}", "k2", datetime(2024, 4, 1), 1800, 0.9) for n in range(others)])
    korean = next(gap for gap in find_gaps(project, DAY).segments if gap.segment.language == "ko")
    assert (korean.members, korean.exhausted) == (40 + others, told)


def test_who_exhausted_a_segment_before_the_period_is_none_of_its_members(project: Project) -> None:
    small(project)
    add_rows(project, "titles", [("k2", "K2", "series", "2023-01-01", ["Crime"], "ko")])
    earlier = [(f"x{n}", f"k{one}", datetime(2023, 2, 1), 1800, 0.9) for n in range(30) for one in range(3)]
    add_rows(project, "plays", [*earlier, *((f"n{n}", "k2", datetime(2024, 4, 1), 1800, 0.9) for n in range(20))])
    korean = next(gap for gap in find_gaps(project, DAY).segments if gap.segment.language == "ko")
    assert (korean.members, korean.exhausted, korean.others_quiet) == (60, 40, 1.0)


def test_members_who_refuse_are_left_out_and_counted(project: Project) -> None:
    small(project)
    for number in range(5):
        record_member(project, f"m{number}", ["evaluate"], granted=False)
    found = find_gaps(project, DAY)
    korean = next(gap for gap in found.segments if gap.segment.language == "ko")
    assert (korean.members, found.members, found.decision.members_denied) == (35, 35, 5)
    for number in range(5, 25):
        record_member(project, f"m{number}", ["train"], granted=False)
    with pytest.raises(FitError, match="No segment was watched by 20 members"):
        find_gaps(project, DAY)


def test_themes_stand_in_the_place_of_genres(project: Project) -> None:
    small(project)
    found = find_gaps(project, DAY, themes={"k0": ["trains"], "k1": ["trains", "night"], "e0": ["trains"]})
    assert {gap.segment.theme for gap in found.segments} == {"trains", "night"}
    assert found.by == "theme"
    with pytest.raises(UsageError, match="by theme"):
        reach(found, [Work("a", "A", genres=("trains",))])
    assert reach(found, [Work("a", "A", language="ko")], [["Night"]]).max() == 1.0


def test_a_pitch_reaches_the_members_of_its_segments_and_who_watches_both(project: Project) -> None:
    small(project)
    found = find_gaps(project, DAY)
    names = [gap.segment.name for gap in found.segments]
    works = [
        Work("a", "A", "series", genres=("crime",), language="ko"),
        Work("b", "B", None, genres=("CRIME", "Music")),
        Work("c", "C", "film", genres=("Music",), language="ko"),
    ]
    served = reach(found, works)
    korean, drama = names.index("Crime, ko, series"), names.index("Drama, en, films")
    assert served.shape == (3, 3)
    assert served[0, korean] == served[1, korean] == served[1, names.index("Crime, en, films")] == 1.0
    assert served[0, drama] == 1.0  # all who watch the dramas watch the crime
    assert not served[2].any()
    breadth = Breadth(served, found.weights)
    assert breadth.worth([0, 1]) >= breadth.worth([0]) > 0 == breadth.worth([2])
    assert found.weights[korean] == pytest.approx(40 * (found.segments[korean].low - 1))


def test_the_past_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, studio: Studio) -> None:
    project = copied(studio_of(tmp_path_factory)[0], tmp_path / "svc")
    day = UNTIL - timedelta(days=200)
    before = find_gaps(project, day)
    assert before.until == day and before.titles < len(studio.appeal)
    add_rows(project, "plays", [("m000001", "t00399", datetime(2025, 12, 30), 3600, 0.9)], source="studio-simulator")
    after = find_gaps(project, day)
    assert before.segments == after.segments and (before.overlap == after.overlap).all()


def test_without_plays_the_sentence_says_what_gaps_need(project: Project) -> None:
    add_rows(project, "titles", [("a", "Ash", "film", "2023-01-01", ["Crime"], "ko")])
    with pytest.raises(NothingAllowed, match="holds no plays up to 2024-06-30"):
        find_gaps(project, DAY)
    with pytest.raises(UsageError, match="0 days"):
        find_gaps(project, DAY, 0)


def test_titles_without_genres_are_said(project: Project) -> None:
    add_rows(project, "titles", [("a", "Ash", "film", "2023-01-01")])
    add_rows(project, "plays", [("m", "a", datetime(2024, 5, 1), 1800, 0.9)])
    grant_source(project, "test", Basis("Terms of membership."))
    with pytest.raises(FitError, match="No title has a genre, a language and a kind"):
        find_gaps(project, DAY)


def test_the_page_says_what_was_found_and_escapes_every_word(found: Gaps) -> None:
    page = gaps_document(found)
    assert page == gaps_document(found)
    text = unescape(re.sub(r"<[^>]+>", " ", page))
    assert gaps_verdict(found) in text and found.segments[0].segment.name in text
    assert "<script" not in page and "://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert re.search(r'role="img" aria-labelledby', page)
    assert f"{found.decision.members_denied:,}" in text
    first = replace(found.segments[0], segment=Segment("<b>Noir</b>", "ko", "film"))
    other = gaps_document(replace(found, segments=(first, *found.segments[1:])))
    assert "<b>Noir" not in other and "&lt;b&gt;Noir" in other


def test_the_page_claims_nothing_where_nothing_is_sure(found: Gaps) -> None:
    none = replace(found, segments=tuple(replace(gap, low=0.9, exhausted=None) for gap in found.segments))
    assert none.found == () and not none.weights.any()
    assert "none finds so many more" in gaps_verdict(none)
    assert "0 of " in gaps_document(none)


def test_of_many_segments_some_lie_above_by_chance_and_are_no_gaps(found: Gaps) -> None:
    """The planted segment stands out from all; one that only its own interval lifts above the catalogue does not."""
    page = unescape(gaps_document(found))
    assert "Benjamini and Hochberg" in page and f"over all {len(found.segments)} segments" in page
    assert all(gap.low > 1 and gap.false_share <= MOST_FALSE for gap in found.found)
    alone = [replace(gap, low=1.2, high=max(gap.high, 1.3), false_share=0.2) for gap in found.segments[:3]]
    crowded = replace(found, segments=(*alone, *(replace(gap, low=0.9) for gap in found.segments[3:])))
    assert crowded.found == ()
    said = unescape(gaps_document(crowded))
    assert "0 of " in said and "3 more lie above it by themselves;" in said
    assert "none finds so many more" in gaps_verdict(crowded)


def test_the_future_was_not_watched(project: Project) -> None:
    small(project)
    # A year on, because the ledger knows what the clock said before.
    day = clock.now().date() + timedelta(days=300)
    with clock.frozen(datetime(day.year, day.month, day.day, 1, tzinfo=UTC)):
        with pytest.raises(UsageError, match=f"{day + timedelta(days=1)} is in the future"):
            find_gaps(project, day + timedelta(days=1), 1000)
        find_gaps(project, day, 1000)


def test_one_country_is_one_country(tmp_path_factory: pytest.TempPathFactory, found: Gaps) -> None:
    project = Project.open(studio_of(tmp_path_factory)[0])
    few = find_gaps(project, UNTIL, country="US")
    assert few.members < found.members / 2
    assert "members in US" in gaps_document(few)
    assert np.isfinite([gap.low for gap in few.segments]).all()
