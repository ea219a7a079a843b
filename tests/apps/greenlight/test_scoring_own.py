"""Filed forecasts of own plays are scored by plays once their window has closed, and the first count stands."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from openslate.apps.greenlight import filing
from openslate.apps.greenlight.decisions import file_forecast
from openslate.apps.greenlight.forecast_types import Target
from openslate.apps.greenlight.scoring_filed import score_filed
from openslate.clock import frozen
from openslate.project import Project
from openslate.rights.consent import Basis, grant_source, record_member
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL
from tests.lake_rows import add_rows

OUT = FULL.as_of + timedelta(days=30)


def on(days: int) -> datetime:
    return datetime(OUT.year, OUT.month, OUT.day, 20) + timedelta(days=days)


def watching(days: int, count: int = 30, start: int = 0) -> list[tuple[object, ...]]:
    return [(f"m{start + one:03d}", FULL.id, on(days), 3600, 0.8) for one in range(count)]


@pytest.fixture
def service(project: Project) -> Project:
    """Plays from before the release on, and members of two age bands."""
    add_rows(project, "titles", [("old", "Old", "film", "2020-01-01"), (FULL.id, FULL.name, "series", OUT.isoformat())])
    add_rows(project, "plays", [("z", "old", on(-9), 3600, 1.0), *watching(1)])
    add_rows(project, "members", [(f"m{one:03d}", None, "FR", "18-24" if one < 12 else "65+") for one in range(30)])
    grant_source(project, "test", Basis("Terms of membership."))
    return project


@pytest.fixture
def later(service: Project) -> Iterator[None]:
    """The day on which windows have long closed."""
    with frozen(datetime(OUT.year + 1, 1, 1, tzinfo=UTC)):
        yield


def file(project: Project, **changes: object) -> str:
    target = Target(**{"measure": "members", "unit": "members", "region": "*", "window": "first 28 days", "plays": 28,
                       **changes})  # type: ignore[arg-type]  # fmt: skip
    return file_forecast(project, FULL, forecast_of(FULL, target=target))


def test_it_waits_for_its_window_and_is_then_scored_once(service: Project, later: None) -> None:
    file(service)
    assert score_filed(service)[0].waits == "No outcome of it is known yet."
    add_rows(service, "plays", [("z", "old", on(40), 3600, 1.0), *watching(20, 10, 40), *watching(29, 10, 60)])
    [found] = score_filed(service)
    assert found.outcome is not None
    assert (found.outcome.value, found.new) == (40.0, True)
    assert found.outcome.published == OUT + timedelta(days=28)
    before = filing.read(service)
    record_member(service, "m000", ["train"], granted=False)
    [again] = score_filed(service)
    assert (again.outcome, again.score, again.new, again.waits) == (found.outcome, found.score, False, "")
    assert filing.read(service) == before


def test_a_segment_is_scored_by_its_own_members(service: Project, later: None) -> None:
    add_rows(service, "plays", [("z", "old", on(40), 3600, 1.0)])
    file(service, age_band="18-24")
    file(service, age_band="25-34")
    first, second = score_filed(service)
    assert first.outcome is not None
    assert first.outcome.value == 12.0
    assert second.waits == "No member whose plays may be counted has the age band '25-34'."


def test_who_may_not_be_counted_scores_nothing(project: Project) -> None:
    add_rows(project, "titles", [(FULL.id, FULL.name, "series", OUT.isoformat())])
    file(project)
    assert "holds no plays" in score_filed(project)[0].waits
