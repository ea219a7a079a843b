from pathlib import Path

import numpy as np
import pytest

from openslate.apps.greenlight.demonstration.bringing import import_studio
from openslate.apps.greenlight.demonstration.commissioned import StudioSettings, invent_studio
from openslate.apps.greenlight.demonstration.pitches import studio_pitches
from openslate.apps.greenlight.labels import labels
from openslate.apps.greenlight.pitch_file import read_pitch
from openslate.apps.greenlight.pitch_writing import write_pitch
from openslate.apps.greenlight.works import work_of_pitch, work_of_title
from openslate.clock import stopwatch
from openslate.data.catalogue import read_catalogue
from openslate.data.outcomes import read_outcomes, read_productions
from openslate.project import Project
from tests.apps.greenlight.studio import studio_of

SMALL = StudioSettings(titles=120, members=200, seed=5)


def test_a_studio_is_brought_in_whole_and_quickly(tmp_path: Path) -> None:
    started = stopwatch()
    project = Project.init(tmp_path / "svc")
    report = import_studio(project, StudioSettings(seed=9))
    assert stopwatch() - started < 8
    assert len(report.appeal) == 400
    assert [one.quarantine for one in project.lake.imports()] == [None]


def test_outcomes_follow_the_appeal_that_nobody_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, studio = studio_of(tmp_path_factory)
    project = Project.open(folder)
    made = read_productions(project, None)
    works = [work_of_title(title, made.get(title.title)) for title in read_catalogue(project).titles]
    views = labels(works, read_outcomes(project, None, "views"))
    appeal = dict(zip(studio.table["title"].tolist(), studio.appeal, strict=True))
    hidden = np.array([appeal[work.id] for work in views.works])
    assert len(views) > 300 and 0.5 < np.corrcoef(hidden, views.logs)[0, 1] < 0.98
    assert np.mod(np.exp(views.logs).round(), 100_000).max() == 0
    assert 0 < views.at_most.mean() < 0.1
    takings = labels(works, read_outcomes(project, None, "revenue"))
    budgets = np.log([work.budget or np.nan for work in takings.works])
    assert len(takings) > 100 and 0.5 < np.corrcoef(budgets, takings.logs)[0, 1] < 0.95
    assert (takings.published <= np.datetime64(studio.settings.until)).all()


def test_series_have_seasons_in_order(tmp_path_factory: pytest.TempPathFactory) -> None:
    studio = studio_of(tmp_path_factory)[1]
    seasons: dict[str, list[int]] = {}
    for name, season in zip(studio.series.tolist(), studio.season.tolist(), strict=True):
        if name:
            seasons.setdefault(name, []).append(season)
    assert len(seasons) > 20
    assert all(one == list(range(1, len(one) + 1)) for one in seasons.values())
    assert (studio.season[studio.table["kind"] == "film"] == 0).all()


def test_equal_settings_give_equal_titles_and_another_seed_gives_others() -> None:
    one, same, other = invent_studio(SMALL), invent_studio(SMALL), invent_studio(StudioSettings(120, 200, seed=6))
    assert one.table["name"].tolist() == same.table["name"].tolist() != other.table["name"].tolist()
    assert (one.appeal == same.appeal).all() and one.planted == same.planted


def test_pitches_fill_the_gap_go_on_with_series_and_can_be_filed(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    studio = studio_of(tmp_path_factory)[1]
    pitches = studio_pitches(studio)
    assert len({pitch.name for pitch in pitches}) == len({pitch.id for pitch in pitches}) == 12
    genre, language, kind = studio.planted
    filling = [p for p in pitches if (p.genres, p.language) == ((genre,), language)]
    assert [work_of_pitch(pitch).kind for pitch in filling[:2]] == [kind, kind]
    further = [pitch for pitch in pitches if pitch.series]
    assert len(further) == 3
    for pitch in further:
        seasons = studio.season[studio.series == pitch.series]
        assert pitch.season == seasons.max() + 1
    for pitch in pitches:
        write_pitch(pitch, tmp_path / f"{pitch.id}.json")
        assert read_pitch(tmp_path / f"{pitch.id}.json").hash == pitch.hash
    assert studio_pitches(studio) == pitches
