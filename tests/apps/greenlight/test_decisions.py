import math
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from openslate import clock
from openslate.apps.greenlight import decisions, filing, scoring
from openslate.apps.greenlight.decision_types import Decision, Outcome
from openslate.apps.greenlight.decisions import (
    decide,
    file_forecast,
    filed_forecasts,
    record_outcome,
    running_calibration,
)
from openslate.apps.greenlight.forecast_types import LEVELS, Distribution, plain
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.scoring import EXPECTED, calibration, score
from openslate.errors import FitError, ProjectError, UsageError
from openslate.project import Project
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAID = Decision("Ines Falk", "head of series", "commission", "The first season found its members.", True)
LATER = date(2027, 12, 1)


@pytest.fixture(autouse=True)
def in_2028() -> Iterator[None]:
    """But for filing, it is 2028, when everything here is known."""
    with clock.frozen(datetime(2028, 1, 1, tzinfo=UTC)):
        yield


def _filed(project: Project, pitch: Pitch = FULL) -> str:
    with clock.frozen(NOW):
        return file_forecast(project, pitch, forecast_of(pitch))


def test_a_forecast_is_filed_decided_on_and_scored(project: Project) -> None:
    number = _filed(project)
    with clock.frozen(NOW + timedelta(days=1)):
        decide(project, number[:6], SAID)
        decide(project, number, replace(SAID, verdict="wait", reason="Until the budget is known.", departs=False))
    found_score = record_outcome(project, number, Outcome(12e6, LATER, "engagement report"))
    [found] = filed_forecasts(Project.open(project.folder))
    assert (found.number, found.name, found.filed) == (number, "Night Train", NOW.isoformat())
    assert [one.verdict for one in found.decisions] == ["commission", "wait"]
    assert found.decisions[0] == replace(SAID, at="2026-03-03T09:00:00+00:00")
    assert found.score == found_score
    assert found.forecast == plain(forecast_of(FULL))
    assert running_calibration([found]) == calibration([found_score])


def test_filing_again_changes_nothing_and_a_correction_takes_its_place(project: Project) -> None:
    number = _filed(project)
    assert _filed(project) == number
    for value in (12e6, 12e6, 13e6):
        record_outcome(project, number, Outcome(value, LATER, "report"))
    assert [one.kind for one in filing.read(project)] == ["forecast", "outcome", "outcome"]
    [found] = filed_forecasts(project)
    assert found.outcome == Outcome(13e6, LATER, "report")
    assert found.decisions == ()


def test_a_forecast_of_another_pitch_is_not_filed(project: Project) -> None:
    with pytest.raises(UsageError, match="is of pitch"):
        file_forecast(project, replace(FULL, name="Day Train"), forecast_of(FULL))
    assert filing.read(project) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"who": " "},
        {"who": "System"},
        {"who": "42"},
        {"who": "openslate"},
        {"who": "Ann\x1b[31m"},
        {"reason": "turned \u202e round"},
        {"role": ""},
        {"reason": "\n"},
        {"verdict": "yes"},
        {"at": "2020-01-01T00:00:00+00:00"},
    ],
)
def test_nothing_decides_without_a_named_person_and_a_reason(project: Project, wrong: dict[str, str]) -> None:
    number = _filed(project)
    with pytest.raises(UsageError):
        decide(project, number, replace(SAID, **wrong))  # type: ignore[arg-type]
    assert len(filing.read(project)) == 1


def test_nothing_is_decided_or_scored_before_a_forecast_is_filed(project: Project) -> None:
    for number in ("", "abc"):
        with pytest.raises(UsageError, match="no filed forecast"):
            decide(project, number, SAID)
        with pytest.raises(UsageError, match="no filed forecast"):
            record_outcome(project, number, Outcome(1e6, LATER, "report"))


def test_no_function_says_yes_or_no() -> None:
    for module in (decisions, filing, scoring):
        for name, made in vars(module).items():
            if (
                callable(made)
                and getattr(made, "__module__", "") == module.__name__
                and hasattr(made, "__annotations__")
            ):
                assert made.__annotations__.get("return") is not bool, name


@pytest.mark.parametrize(
    "outcome", [Outcome(0.0, LATER, "r"), Outcome(math.nan, LATER, "r"), Outcome(1e6, FULL.as_of, "r")]
)
def test_what_is_no_outcome(project: Project, outcome: Outcome) -> None:
    number = _filed(project)
    with pytest.raises(UsageError):
        record_outcome(project, number, outcome)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE greenlight_files SET document = CAST(replace(CAST(document AS TEXT), 'true', 'false') AS BLOB)",
        "UPDATE greenlight_files SET forecast = 'x' WHERE ordinal = 1",
        "UPDATE greenlight_files SET kind = 'outcome' WHERE ordinal = 2",
        "DELETE FROM greenlight_files WHERE ordinal = 1",
        "DELETE FROM greenlight_files WHERE ordinal = 2",
        "DELETE FROM greenlight_files WHERE ordinal = 3",
        "UPDATE greenlight_files SET ordinal = 9 WHERE ordinal = 3",
        "DELETE FROM greenlight_files",
    ],
)
def test_a_row_that_was_changed_is_found(project: Project, tampering: str) -> None:
    number = _filed(project)
    decide(project, number, SAID)
    record_outcome(project, number, Outcome(12e6, LATER, "report"))
    project.state.close()
    with sqlite3.connect(project.folder / "state.sqlite") as connection:
        connection.execute(tampering)
    connection.close()
    again = Project.open(project.folder)
    with pytest.raises(ProjectError):
        filed_forecasts(again)
    with pytest.raises(ProjectError):
        decide(again, number, SAID)


def test_words_that_were_changed_are_found_and_erased_ones_leave_the_chain_whole(project: Project) -> None:
    number = _filed(project)
    decide(project, number, SAID)
    project.vault.execute("UPDATE papers SET document = CAST(replace(CAST(document AS TEXT), 'Ines', 'Anna') AS BLOB)")
    with pytest.raises(ProjectError, match="words"):
        filed_forecasts(project)
    project.vault.execute("DELETE FROM papers WHERE subject = ?", (SAID.who,))
    [found] = filed_forecasts(project)
    assert (found.decisions[0].who, found.decisions[0].verdict) == ("erased", "commission")


def test_the_state_names_nobody_who_decided(project: Project) -> None:
    decide(project, _filed(project), SAID)
    project.state.close()
    for path in project.folder.glob("state.sqlite*"):
        assert SAID.who.encode() not in path.read_bytes()
        assert SAID.reason.encode() not in path.read_bytes()


def test_scores_are_those_of_the_definitions() -> None:
    distribution = forecast_of(FULL).distribution
    for outcome in (0.5e6, 1.9e6, 7e6, 500e6):
        found = score(distribution, distribution, outcome)
        pinball = [
            (level - (outcome < quantile)) * (np.log(outcome) - np.log(quantile))
            for level, quantile in zip(LEVELS, distribution.quantiles, strict=True)
        ]
        assert found.pinball == pytest.approx(pinball)
        assert found.wis == pytest.approx(2 * np.mean(pinball))
        assert dict(found.inside) == {
            percent: distribution.interval(percent)[0] <= outcome <= distribution.interval(percent)[1]
            for percent in (50, 80, 90)
        }
    assert [score(distribution, distribution, one).bin for one in (1e5, 1.1e6, 9.4e6, 1e9)] == [0, 1, 4, 7]
    assert [score(distribution, distribution, one).pit for one in (1e5, 1.9e6, 9.4e6, 1e9)] == [0.025, 0.1, 0.5, 0.975]


def test_a_censored_outcome_is_scored_as_at_most() -> None:
    low = Distribution((0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7), 0.4)
    certain = score(low, low, 1.0, at_most=True)
    assert (certain.wis, certain.bin, certain.pit) == (0.0, None, None)
    assert all(held for _, held in certain.inside)
    high = Distribution((2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0), 5.0)
    assert not any(held for _, held in score(high, low, 1.0, at_most=True).inside)
    assert score(high, low, 1.0, at_most=True).wis == pytest.approx(score(high, low, 1.0).wis)


def test_the_running_calibration_finds_good_and_bad_forecasts() -> None:
    """Outcomes drawn from the forecast itself are covered as often as they should be; ones from a wider law are not."""
    logs = np.array([-1.644854, -1.281552, -0.67449, 0.0, 0.67449, 1.281552, 1.644854])
    law = Distribution(tuple(np.exp(logs)), float(np.exp(0.5)))
    poor = Distribution(tuple(np.exp(logs + 1.0)), 4.0)
    drawn = np.random.default_rng(1).normal(size=3000)
    good = calibration([score(law, poor, float(one)) for one in np.exp(drawn)])
    wide = calibration([score(law, poor, float(one)) for one in np.exp(2 * drawn)])
    assert good is not None
    assert wide is not None
    assert [share for _, share in good.coverage] == pytest.approx([0.5, 0.8, 0.9], abs=0.02)
    assert np.array(good.bins) / good.scored == pytest.approx(EXPECTED, abs=0.02)
    assert good.skill is not None
    assert good.skill > 0.2
    assert dict(wide.coverage)[80] < 0.6
    assert calibration([]) is None


def test_abstained_forecasts_are_not_in_the_calibration(project: Project) -> None:
    pitch = replace(FULL, name="Unlike Anything")
    number = file_forecast(project, pitch, forecast_of(pitch, abstains="No title compares."))
    record_outcome(project, number, Outcome(12e6, LATER, "report"))
    assert running_calibration(filed_forecasts(project)) is None


@pytest.mark.parametrize("quantiles", [(1.0,) * 6, (2.0, 1.0, 3.0, 4.0, 5.0, 6.0, 7.0), (0.0, *(1.0,) * 6)])
def test_what_is_no_distribution(quantiles: tuple[float, ...]) -> None:
    with pytest.raises(FitError):
        Distribution(quantiles, 1.0)
