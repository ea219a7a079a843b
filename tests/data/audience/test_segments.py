from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate.data.audience.plays import permitted_plays
from openslate.data.audience.segments import AGES, SegmentCounts, count_segments
from openslate.project import Project
from openslate.rights.consent import Basis, grant_source
from tests.lake_rows import add_rows

FIRST = date(2024, 1, 1)
TITLES = ("a", "b", "c", "d")
OUT = (date(2022, 5, 1), FIRST + timedelta(days=10), FIRST + timedelta(days=30), None)
STANDING = (np.array([0, 1, 1, 2, 3]), np.array([0, 0, 1, 1, 1]))
PLAY = st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 79), st.booleans())


def counted(project: Project, as_of: date, days: int) -> SegmentCounts:
    released = np.array(OUT, dtype="datetime64[D]")
    with permitted_plays(project, as_of, "a test") as plays:
        return count_segments(plays, TITLES, released, STANDING, 2, as_of, days)


@given(plays=st.lists(PLAY, max_size=80), days=st.integers(1, 100), end=st.integers(20, 100))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_engine_counts_as_a_loop_does(
    tmp_path_factory: pytest.TempPathFactory, plays: list[tuple[int, int, int, bool]], days: int, end: int
) -> None:
    project = Project.init(tmp_path_factory.mktemp("segments") / "svc")
    # Nobody watches before release; somebody watches the old title on the first day and the last.
    plays = [(0, 0, 0, True), *plays, (0, 0, 80, True)]
    plays = [one for one in plays if OUT[one[1]] is None or FIRST + timedelta(days=one[2]) >= OUT[one[1]]]
    add_rows(project, "titles", [(name, name, "film", out) for name, out in zip(TITLES, OUT, strict=True)])
    moment = datetime(2024, 1, 1)
    rows = [
        (f"m{who}", TITLES[what], moment + timedelta(days=day, seconds=place), 600 if whole else 60, 0.01)
        for place, (who, what, day, whole) in enumerate(plays)
    ]
    add_rows(project, "plays", list(rows))
    grant_source(project, "test", Basis("Terms of membership."))
    last = min(end, 80 if end >= 80 else max(day for _, _, day, _ in plays if day <= end))
    since = max(0, last - days + 1)
    firsts: dict[tuple[int, int], int] = {}
    for who, what, day, whole in plays:
        if whole and day <= end:
            firsts[who, what] = min(day, firsts.get((who, what), day))
    watched, at_age = np.zeros((4, len(AGES) + 1)), np.zeros((4, len(AGES) + 1))

    def bin_at(what: int, day: int) -> int:
        out = OUT[what]
        return len(AGES) if out is None else int(np.searchsorted(AGES, (FIRST - out).days + day, side="right"))

    for (_, what), day in firsts.items():
        if day >= since:
            watched[what, bin_at(what, day)] += 1
    for what, out in enumerate(OUT):
        for day in range(since, last + 1):
            if out is None or (FIRST - out).days + day >= 0:
                at_age[what, bin_at(what, day)] += 1
    found = counted(project, FIRST + timedelta(days=end), days)
    assert found.since == FIRST + timedelta(days=since)
    assert (found.watched == watched).all()
    there = found.on_service
    assert (found.days[there] == at_age[there]).all() and not found.days[~there].any()
    assert found.totals.sum() == watched.sum()
    in_segment = [watched[[0, 1]].sum(), watched[[1, 2, 3]].sum()]
    assert found.pairs.sum(axis=0).tolist() == in_segment
    assert found.group_members.sum() == len({who for who, _, day, _ in plays if day <= end})
    assert (np.diag(found.both) == found.members).all()
    assert (found.both == found.both.T).all()


def test_many_pairs_are_joined_for_a_part_of_the_members(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    add_rows(project, "titles", [(name, name, "film", out) for name, out in zip(TITLES, OUT, strict=True)])
    moment = datetime(2024, 1, 1)
    add_rows(project, "plays", [(f"m{who}", one, moment, 600, 0.5) for who in range(300) for one in "ac"])
    grant_source(project, "test", Basis("Terms of membership."))
    whole = counted(project, FIRST, 30)
    assert whole.both.tolist() == [[300, 300], [300, 300]]
    monkeypatch.setattr("openslate.data.audience.segments.MOST_PAIRS", 300)
    part = counted(project, FIRST, 30)
    assert part.both.tolist() == [[200, 200], [200, 200]]
    assert part.members.tolist() == [300, 300]
