"""Press coverage in forecasts: it helps where what was written tells what came, and else is said not to."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.buzz_ablation import BuzzAblation, ablate_buzz, told
from openslate.apps.greenlight.features.buzz import buzz_columns
from openslate.apps.greenlight.known import read_known
from openslate.apps.greenlight.works import Work
from openslate.data.buzz import read_buzz
from openslate.errors import UsageError
from openslate.evaluation.forecasting.differences import Difference
from openslate.project import Project
from tests.apps.greenlight.studio import copied, studio_of
from tests.apps.greenlight.test_evaluate import ORIGIN, QUICK
from tests.lake_rows import add_rows

ASKED = Asked(origins=(date(2024, 7, 1), ORIGIN))


def with_buzz(folder: Path, into: Path, told_by_outcome: bool) -> Project:
    """The studio with stories about each title two months before its release; as many as it will be seen, or by lot."""
    project = copied(folder, into)
    labels = read_known(project, "views").labels
    drawn = np.random.default_rng(5)
    logs = labels.logs if told_by_outcome else drawn.permutation(labels.logs)
    rows: list[tuple[object, ...]] = [("title", "nobody", date(2000, 1, 1), date(2000, 1, 2), 1, 1, 1.0, 1.0)]
    for work, log in zip(labels.works, logs, strict=True):
        assert work.released is not None
        # Blocks are of six months, so that it was known at the beginning of the block.
        day = work.released - timedelta(days=190)
        stories = int(np.exp(log - logs.min()) * 5)
        rows.append(("title", work.id, day, day + timedelta(days=1), stories, stories, 10.0 * stories, stories))
    add_rows(project, "buzz", rows)
    return project


def test_coverage_that_tells_what_comes_helps(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    folder, _ = studio_of(tmp_path_factory)
    found = ablate_buzz(with_buzz(folder, tmp_path / "svc", True), ASKED, QUICK)
    assert found.with_it > found.without and found.interval_score.high < 0
    assert found.verdict == "Coverage helps the forecast." and found.covered == found.titles
    assert "R2 on ln views" in told(found)[1]


def test_coverage_by_lot_is_said_not_to_help(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    folder, _ = studio_of(tmp_path_factory)
    found = ablate_buzz(with_buzz(folder, tmp_path / "svc", False), ASKED, QUICK)
    assert found.verdict == "Coverage makes no difference that can be told from chance."


def test_without_counts_there_is_nothing_to_measure(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(UsageError, match="Nothing was counted"):
        ablate_buzz(Project.open(studio_of(tmp_path_factory)[0]), ASKED, QUICK)


@pytest.mark.parametrize(
    ("low", "high", "titles", "said"),
    [(-2, -1, 50, "helps"), (-1, 1, 50, "chance"), (1, 2, 50, "worse"), (-2, -1, 9, "Nothing")],
)
def test_the_verdict_follows_the_interval(low: float, high: float, titles: int, said: str) -> None:
    score = Difference((low + high) / 2, low, high, titles)
    assert said in BuzzAblation("views", (ORIGIN,), titles, 1, 0.3, 0.2, score, score, score).verdict


def test_a_pitch_without_a_title_is_known_by_its_people_alone(project: Project) -> None:
    when = date(2025, 6, 1)
    add_rows(
        project,
        "buzz",
        [
            ("title", "t1", when - timedelta(days=500), when - timedelta(days=499), 1, 1, 1.0, 1.0),
            ("person", "Ada Stone", when - timedelta(days=5), when - timedelta(days=4), 7, 9, 80.0, 9.0),
        ],
    )
    buzz = read_buzz(project)
    work = Work("", "Ash", people=("Ada Stone", "Ben Hill"))
    row = dict(zip((found := buzz_columns([work], [when], buzz)).names, found.values[0].tolist(), strict=True))
    assert np.isnan(row["title_stories_month"]) and row["people_stories_best"] == pytest.approx(np.log1p(7))
    known = dict(zip(found.names, buzz_columns([Work("t2", "Bay")], [when], buzz).values[0].tolist(), strict=True))
    assert known["title_stories_month"] == 0.0 and np.isnan(known["people_stories_best"])
