"""The leakage list's items about features, labels, encoders and results too good; `test_origins` has the splits."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import FitError
from openslate.evaluation.forecasting import leakage

STAGES: dict[str, leakage.Stage] = {
    "log_budget": "pitch",
    "company_record": "closed",
    "vote_count": "release",
    "crowd_keywords": "release",
    "number_of_crowd_keywords": "release",
    "final_runtime": "release",
}


def test_features_of_the_pitch_and_of_closed_outcomes_pass() -> None:
    leakage.require_known_at_pitch(["log_budget", "company_record"], STAGES)


@pytest.mark.parametrize("name", [name for name, stage in STAGES.items() if stage == "release"])
def test_features_known_only_after_release_are_refused(name: str) -> None:
    """Items 1, 2 and 6: votes, crowd keywords and their count, later metadata."""
    with pytest.raises(FitError, match=f"The feature '{name}' is known only after release. Leave out what came"):
        leakage.require_known_at_pitch(["log_budget", name], STAGES)


def test_a_feature_that_nobody_placed_is_refused() -> None:
    with pytest.raises(FitError, match="Nobody has said when the features 'buzz', 'mood' are known"):
        leakage.require_known_at_pitch(["buzz", "log_budget", "mood"], STAGES)
    with pytest.raises(FitError, match="Nobody has said"):
        leakage.require_known_at_pitch(["buzz"], {"buzz": "someday"})  # type: ignore[dict-item]


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=20))
def test_rows_pass_exactly_where_every_label_closed_before_the_origin(offsets: list[int]) -> None:
    """Item 5: an outcome of the very day is not known before it."""
    closes = np.datetime64("2024-07-01") + np.array(offsets)
    rows = np.arange(len(closes))
    if max(offsets) < 0:
        leakage.require_closed(closes, rows, date(2024, 7, 1))
    else:
        with pytest.raises(FitError, match="were not known before 2024-07-01"):
            leakage.require_closed(closes, rows, date(2024, 7, 1))


def test_only_the_rows_that_are_used_must_be_closed_and_one_without_a_day_is_not() -> None:
    closes = np.array(["2024-01-01", "2024-12-31", "NaT"], dtype="datetime64[D]")
    leakage.require_closed(closes, np.array([0]), date(2024, 7, 1))
    with pytest.raises(FitError, match="row 1 closed on 2024-12-31"):
        leakage.require_closed(closes, np.array([0, 1]), date(2024, 7, 1))
    with pytest.raises(FitError, match="row 2 closed on NaT"):
        leakage.require_closed(closes, np.array([0, 2]), date(2024, 7, 1))


def test_an_encoder_that_saw_other_rows_is_refused() -> None:
    """Item 4: vocabularies, scalers, target means and category codes are learned at each origin."""
    known = np.array([0, 1, 2])
    leakage.require_learned_from("The vocabulary", np.array([2, 0]), known)
    with pytest.raises(FitError, match="The vocabulary was learned from 1 rows not known at the origin, row 7 among"):
        leakage.require_learned_from("The vocabulary", np.array([2, 7]), known)


def test_a_title_on_both_sides_is_refused() -> None:
    """Item 9."""
    titles = np.array([10, 11, 10])
    leakage.require_apart(titles, np.array([0]), np.array([1]))
    with pytest.raises(FitError, match="title 10 among them"):
        leakage.require_apart(titles, np.array([0]), np.array([1, 2]))


@pytest.mark.parametrize(
    ("measure", "limit"), [("revenue", 0.62), ("domestic_revenue", 0.62), ("views", 0.45), ("hours", 0.45)]
)
def test_results_too_good_raise_an_alarm(measure: str, limit: float) -> None:
    assert leakage.too_good(measure, limit) == ""
    alarm = leakage.too_good(measure, limit + 0.01)
    assert alarm.startswith(f"R2 {limit + 0.01:.2f} on log {measure} is above {limit:.2f}: look for a leak")
    assert leakage.too_good("weekly_rank", 0.99) == ""


def test_a_leaky_feature_is_what_the_alarm_is_for() -> None:
    """A model with a feature from after release passes the limit that the clean one stays below."""
    from openslate.evaluation.forecasting.point import r_squared

    random = np.random.default_rng(1)
    known, unknown = random.normal(size=(2, 500))
    actual = 15 + known * 0.6 + unknown
    votes = actual + random.normal(scale=0.6, size=500)
    clean = np.polyval(np.polyfit(known[:250], actual[:250], 1), known[250:])
    leaky = np.polyval(np.polyfit(votes[:250], actual[:250], 1), votes[250:])
    assert leakage.too_good("views", r_squared(actual[250:], clean)) == ""
    assert leakage.too_good("views", r_squared(actual[250:], leaky))
