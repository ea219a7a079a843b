"""Members out of a solved sequential model, held against the model that is solved without them."""

from dataclasses import replace

import numpy as np
import pytest

from openslate.errors import FitError
from openslate.models.downdate_sequential import (
    SequentialDowndated,
    cut_solution,
    keep_solution,
    measured_off,
    sequential_downdated,
    unpacked_exactly,
)
from openslate.models.histories import Histories
from openslate.models.sequential import (
    SUM_STEPS,
    SequentialSettings,
    add_pair_sums,
    halves_of_sums,
    pair_sums_of_part,
    sequential_from_sums,
)
from openslate.models.truncation import cut_sequential
from tests.models.drawn import many

PER_ROW = 40
SETTINGS = SequentialSettings(past=5, future=3, l2=2.0)


def exact_weights(sums: np.ndarray, settings: SequentialSettings = SETTINGS) -> np.ndarray:
    half, full = halves_of_sums(sums)
    system = unpacked_exactly(half, len(full)) / SUM_STEPS + settings.l2 * np.eye(len(full))
    return np.linalg.solve(system, full / SUM_STEPS)


def taken_out(histories: Histories, groups: list[list[int]]) -> tuple[SequentialDowndated, np.ndarray]:
    sums = pair_sums_of_part(histories, SETTINGS)
    kept = keep_solution(sums, SETTINGS)
    model = cut_solution(kept, PER_ROW)
    for members in groups:
        leaving = histories.take(np.array(members))
        add_pair_sums(sums, leaving, SETTINGS, sign=-1)
        found = sequential_downdated(kept, sums, leaving, PER_ROW, model)
        kept, model = found.kept, found.model
    return found, sums


def require_within(found: SequentialDowndated, sums: np.ndarray) -> None:
    dense = found.model.weights.matrix().toarray()
    assert np.abs(dense - exact_weights(sums))[dense != 0].max(initial=0.0) <= found.bound


def test_a_kept_solution_gives_the_very_model_that_is_solved() -> None:
    sums = pair_sums_of_part(many(1), SETTINGS)
    found, solved = cut_solution(keep_solution(sums, SETTINGS), PER_ROW), sequential_from_sums(sums, SETTINGS)
    for name in ("values", "columns", "row_offsets"):
        expected = getattr(cut_sequential(solved, PER_ROW).weights, name)
        np.testing.assert_array_equal(getattr(found.weights, name), expected)


def test_no_row_of_weights_is_farther_off_than_it_says() -> None:
    sums = pair_sums_of_part(many(2), SETTINGS)
    kept = keep_solution(sums, SETTINGS)
    off = np.linalg.norm(kept.weights - exact_weights(sums)[kept.sources], axis=1)
    assert (off <= measured_off(kept, sums)).all()
    assert measured_off(kept, sums).max() < 1e-4


@pytest.mark.parametrize(
    "groups",
    [[[7]], [[3, 4, 77]], [[1], [2, 5], [100]], [list(range(0, 200, 5))]],
    ids=["one", "three", "in turn", "forty"],
)
def test_the_sums_are_those_of_the_others_and_the_weights_within_the_bound(groups: list[list[int]]) -> None:
    histories = many(3)
    found, sums = taken_out(histories, groups)
    gone = [member for members in groups for member in members]
    rest = histories.take(np.delete(np.arange(histories.n_members), gone))
    np.testing.assert_array_equal(sums, pair_sums_of_part(rest, SETTINGS))
    require_within(found, sums)
    assert found.bound < 1e-4


def test_matrix_products_and_the_loop_agree_within_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    one, sums = taken_out(many(4), [[3, 4, 9]])
    monkeypatch.setattr("openslate.models.downdate_sequential.IN_THE_KERNEL", 0)
    other, _ = taken_out(many(4), [[3, 4, 9]])
    require_within(other, sums)
    np.testing.assert_allclose(one.kept.weights, other.kept.weights, atol=one.bound + other.bound)


def test_titles_that_nobody_else_watched_are_as_if_nobody_ever_had() -> None:
    histories = many(5, n_titles=20)
    whole = Histories.stacked([replace(histories, n_titles=22), Histories.from_lists([[0, 20, 21]], n_titles=22)])
    found, sums = taken_out(whole, [[histories.n_members]])
    weights = found.model.weights.matrix().toarray()
    assert not weights[20:].any()
    assert np.abs(weights[:, 20:]).max() <= found.bound
    require_within(found, sums)


def test_of_twins_the_one_who_leaves_leaves_the_other() -> None:
    histories = many(6)
    found, sums = taken_out(Histories.stacked([histories, histories.part(9, 10)]), [[9]])
    np.testing.assert_array_equal(sums, pair_sums_of_part(histories, SETTINGS))
    require_within(found, sums)


def test_when_all_leave_nothing_is_left() -> None:
    found, sums = taken_out(many(7, members=10, n_titles=6), [list(range(10))])
    assert not sums.any()
    assert not found.model.weights.values.any()


def test_a_small_ridge_is_solved_anew() -> None:
    histories, settings = many(8, members=12, n_titles=8), replace(SETTINGS, l2=1e-7)
    sums = pair_sums_of_part(histories, settings)
    try:
        kept = keep_solution(sums, settings)
    except FitError:
        return
    leaving = histories.part(0, 11)
    add_pair_sums(sums, leaving, settings, sign=-1)
    with pytest.raises(FitError, match="Solve the system anew"):
        sequential_downdated(kept, sums, leaving, PER_ROW)


def test_members_who_were_never_counted_are_told_apart() -> None:
    histories = replace(many(9, n_titles=20), n_titles=22)
    sums = pair_sums_of_part(histories, SETTINGS)
    with pytest.raises(FitError, match="not among those"):
        sequential_downdated(
            keep_solution(sums, SETTINGS), sums, Histories.from_lists([[0, 21, 3]], n_titles=22), PER_ROW
        )
