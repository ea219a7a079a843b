"""Who watched both is counted of members who allow it, up to a day, and never of so few that somebody shows."""

from datetime import date, datetime

import numpy as np
import pytest

from openslate.apps.greenlight.comps.kept_audience import keep_audience, kept_audience
from openslate.apps.greenlight.comps.watched_together import count_watched_together
from openslate.errors import NothingAllowed
from openslate.models.comparing.neighbours import Neighbours
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.consent import Basis, grant_source, record_member
from tests.lake_rows import add_rows

DAY, LATER = date(2024, 3, 1), date(2024, 3, 9)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2024, 3, day, hour)


def a_service(project: Project, members: int = 30) -> None:
    add_rows(project, "titles", [(f"t{one}", f"Title {one}", "film", "2023-01-01") for one in range(4)])
    plays = [(f"m{one:02}", title, at(1, 23), 60, 1.0) for one in range(members) for title in ("t0", "t1")]
    later = [(f"m{one:02}", "t2", at(2, 0), 60, 1.0) for one in range(members)]
    add_rows(project, "plays", plays + later)
    grant_source(project, "test", Basis("Terms of membership."))


def test_members_who_watched_both_are_counted_up_to_a_day(project: Project) -> None:
    a_service(project)
    add_rows(project, "plays", [(f"x{one:02}", "t0", at(1, 22), 3600, 0.9) for one in range(10)])
    found, decision = count_watched_together(project, LATER)
    assert (found.titles, found.members) == (("t0", "t1", "t2"), 40)
    assert found.viewers.tolist() == [40, 30, 30]
    assert found.counts("t0", "t1") == (30, 30.0)
    assert found.counts("t1", "t2") == (30, 22.5)
    assert decision.members_denied == 0
    assert count_watched_together(project, DAY)[0].titles == ("t0", "t1")


def test_looking_in_for_a_minute_is_not_watching(project: Project) -> None:
    a_service(project)
    add_rows(project, "plays", [(f"m{one:02}", "t3", at(2), 60, 0.02) for one in range(30)])
    assert "t3" not in count_watched_together(project, LATER)[0].titles


def test_members_who_refuse_either_purpose_are_not_counted_and_few_are_not_told(project: Project) -> None:
    a_service(project)
    for one in range(5):
        record_member(project, f"m{one:02}", ["evaluate"], granted=False)
    assert count_watched_together(project, LATER)[0].viewers.tolist() == [25, 25, 25]
    for one in range(5, 11):
        record_member(project, f"m{one:02}", ["train"], granted=False)
    found, _ = count_watched_together(project, LATER)
    assert (found.members, found.titles) == (19, ())  # nineteen in common are too few
    *_, entry = ledger.entries(project.ledger_path)
    assert (entry["reader"], entry["purposes"]) == ("greenlight audience map", ["evaluate", "train"])


def test_without_plays_or_permission_there_is_no_map(project: Project) -> None:
    with pytest.raises(NothingAllowed, match="no plays"):
        count_watched_together(project, LATER)
    add_rows(project, "titles", [("t0", "Title", "film", "2023-01-01")])
    add_rows(project, "plays", [("a", "t0", at(1), 600, 1.0)])
    with pytest.raises(NothingAllowed, match="basis"):
        count_watched_together(project, LATER)
    grant_source(project, "test", Basis("Terms of membership."))
    assert count_watched_together(project, LATER)[0].titles == ()


def test_what_is_kept_is_the_same_when_opened(project: Project) -> None:
    a_service(project)
    found, _ = count_watched_together(project, LATER)
    kept = keep_audience(found)
    again = kept_audience(kept)
    assert (again.titles, again.members) == (found.titles, found.members)
    assert (again.both.toarray() == found.both.toarray()).all()
    assert kept.both.min() >= 20
    similarity = again.map.similarity(["t0"], ["t1", "nobody's"])[0]
    assert similarity[0] == pytest.approx((30 - 30**0.5) / 30)
    assert np.isnan(similarity[1])


def test_a_prediction_is_the_trusted_mean_of_its_neighbours(project: Project) -> None:
    a_service(project)
    found = count_watched_together(project, LATER)[0].map
    near = Neighbours(np.array([[0, 1, -1], [3, -1, -1]]), np.array([[0.6, 0.2, 0.0], [0.5, 0, 0]]), np.zeros(2))
    ids = ["t0", "t3", "t1", "t2"]
    told = found.predicted(near, ["t0", "t1", "t2", "t3"], ids)
    cosine = found.similarity(["t0"], ["t1"])[0, 0]
    assert told[0] == pytest.approx(
        [(0.6 + 0.2 * cosine) / 0.8, np.nan, (0.6 * cosine + 0.2) / 0.8, cosine], nan_ok=True
    )
    assert np.isnan(told[1]).all()
