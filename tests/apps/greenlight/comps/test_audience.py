from datetime import date, datetime

import numpy as np
import pytest

from openslate.apps.greenlight.comps.audience import audience_map
from openslate.errors import NothingAllowed
from openslate.models.comparing.neighbours import Neighbours
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.consent import Basis, grant_source, record_member
from tests.lake_rows import add_rows

DAY = date(2024, 3, 1)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2024, 3, day, hour)


def a_service(project: Project, members: int = 30) -> None:
    add_rows(project, "titles", [(f"t{one}", f"Title {one}", "film", "2023-01-01") for one in range(4)])
    plays = [(f"m{one:02}", title, at(1, 23), 60, 1.0) for one in range(members) for title in ("t0", "t1")]
    later = [(f"m{one:02}", "t2", at(2, 0), 60, 1.0) for one in range(members)]
    add_rows(project, "plays", plays + later)
    grant_source(project, "test", Basis("Terms of membership."))


def test_members_who_watched_both_make_two_titles_alike(project: Project) -> None:
    a_service(project)
    found = audience_map(project)
    assert (found.members, found.as_of) == (30, None)
    similarity = found.similarity(["t0", "t3", "nobody's"], ["t0", "t1", "t2", "t3"])
    assert similarity[0].round(2).tolist()[:3] == [1, 0.82, 0.82]
    assert np.isnan(similarity[0, 3]) and np.isnan(similarity[1:]).all()


def test_plays_after_the_day_are_not_seen(project: Project) -> None:
    a_service(project)
    found = audience_map(project, DAY)
    similarity = found.similarity(["t0"], ["t1", "t2"])[0]
    assert similarity[0] > 0.8 and np.isnan(similarity[1])


def test_members_who_refuse_are_not_counted(project: Project) -> None:
    a_service(project)
    for one in range(11):
        record_member(project, f"m{one:02}", ["train"], granted=False)
    found = audience_map(project)
    assert found.members == 19
    assert np.isnan(found.similarity(["t0"], ["t1"])).all()  # nineteen in common are too few


def test_without_plays_or_permission_there_is_no_map(project: Project) -> None:
    with pytest.raises(NothingAllowed, match="no plays"):
        audience_map(project)
    add_rows(project, "titles", [("t0", "Title", "film", "2023-01-01")])
    add_rows(project, "plays", [("a", "t0", at(1), 60, 1.0)])
    with pytest.raises(NothingAllowed, match="basis"):
        audience_map(project)


def test_the_read_stands_in_the_ledger(project: Project) -> None:
    a_service(project)
    audience_map(project)
    *_, entry = ledger.entries(project.ledger_path)
    assert (entry["reader"], entry["purposes"]) == ("greenlight comparables", ["train"])


def test_a_prediction_is_the_trusted_mean_of_its_neighbours(project: Project) -> None:
    a_service(project)
    found = audience_map(project)
    near = Neighbours(np.array([[0, 1, -1], [3, -1, -1]]), np.array([[0.6, 0.2, 0.0], [0.5, 0, 0]]), np.zeros(2))
    ids = ["t0", "t3", "t1", "t2"]
    told = found.predicted(near, ["t0", "t1", "t2", "t3"], ids)
    cosine = found.similarity(["t0"], ["t1"])[0, 0]
    assert told[0] == pytest.approx(
        [(0.6 + 0.2 * cosine) / 0.8, np.nan, (0.6 * cosine + 0.2) / 0.8, cosine], nan_ok=True
    )
    assert np.isnan(told[1]).all()
