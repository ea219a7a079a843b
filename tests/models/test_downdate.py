"""Members out of a solved EASE: the whole numbers exactly, the weights within the bound that is stated."""

from dataclasses import replace

import numpy as np
import pytest

from openslate.errors import FitError
from openslate.models.downdate import Downdated, cut_from, downdated
from openslate.models.ease import EaseSettings, ease_from_gram
from openslate.models.gram import GRAM_STEPS, add_gram, gram_of_part
from openslate.models.histories import Histories
from openslate.models.kept_inverse import KeptInverse, keep_inverse, measured_off
from openslate.models.packed import titles_of_half
from openslate.models.truncation import cut_ease
from openslate.models.weights import WeightSettings
from tests.models.drawn import many

PER_ROW = 40
PLAIN = EaseSettings(l2=20.0, training=WeightSettings())
SETTINGS = [PLAIN, EaseSettings(l2=5.0), EaseSettings(l2=20.0, dropout=0.5)]
named = pytest.mark.parametrize("settings", SETTINGS, ids=["counts", "engagement", "dropout"])


def exact_inverse(gram: np.ndarray, settings: EaseSettings) -> np.ndarray:
    size = titles_of_half(len(gram))
    square = np.zeros((size, size))
    square[np.tril_indices(size)] = gram / GRAM_STEPS
    square += np.tril(square, -1).T
    ridge = settings.l2 + settings.dropout / (1 - settings.dropout) * np.diag(square)
    return np.linalg.inv(square + np.diag(ridge))


def exact_weights(gram: np.ndarray, settings: EaseSettings) -> np.ndarray:
    inverse = exact_inverse(gram, settings)
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights


def without(histories: Histories, members: list[int]) -> Histories:
    return histories.take(np.delete(np.arange(histories.n_members), members))


def taken_out(histories: Histories, members: list[int], settings: EaseSettings) -> tuple[Downdated, np.ndarray]:
    gram = gram_of_part(histories, settings.training)
    kept = keep_inverse(gram, settings)
    model = cut_from(kept, PER_ROW)
    leaving = histories.take(np.array(members))
    add_gram(gram, leaving, settings.training, sign=-1)
    return downdated(kept, gram, leaving, PER_ROW, model), gram


def require_within(found: Downdated, gram: np.ndarray, settings: EaseSettings) -> None:
    dense, exact = found.model.weights.matrix().toarray(), exact_weights(gram, settings)
    kept = dense != 0
    assert np.abs(dense - exact)[kept].max(initial=0.0) <= found.bound
    # What was left out is no larger than what was kept, but for twice the bound.
    border = np.where(kept, np.abs(dense), np.inf).min(axis=1)
    full = kept.sum(axis=1) == PER_ROW
    left_out = np.where(kept, 0, np.abs(exact)).max(axis=1)
    assert (left_out[full] <= border[full] + 2 * found.bound).all()


@named
def test_a_kept_inverse_gives_the_very_model_that_is_solved(settings: EaseSettings) -> None:
    gram = gram_of_part(many(1), settings.training)
    found, solved = cut_from(keep_inverse(gram, settings), PER_ROW), cut_ease(ease_from_gram(gram, settings), PER_ROW)
    for name in ("values", "columns", "row_offsets"):
        np.testing.assert_array_equal(getattr(found.weights, name), getattr(solved.weights, name))


@named
def test_no_entry_of_a_kept_inverse_is_farther_off_than_it_says(settings: EaseSettings) -> None:
    gram = gram_of_part(many(2), settings.training)
    kept, exact = keep_inverse(gram, settings), exact_inverse(gram, settings)
    off = np.abs(kept.inverse - exact[np.ix_(kept.titles, kept.titles)]) / kept.inverse.diagonal()
    assert (off.max(axis=1) <= kept.off).all()
    assert kept.off.max() < 1e-4


@named
@pytest.mark.parametrize("members", [[7], [3, 4, 77], list(range(0, 200, 5))], ids=["one", "three", "forty"])
def test_the_sums_are_those_of_the_others_and_the_weights_within_the_bound(
    settings: EaseSettings, members: list[int]
) -> None:
    histories = many(3)
    found, gram = taken_out(histories, members, settings)
    np.testing.assert_array_equal(gram, gram_of_part(without(histories, members), settings.training))
    require_within(found, gram, settings)
    assert found.bound < 1e-3


def test_the_model_is_what_a_plain_reading_of_the_updated_inverse_gives() -> None:
    found, _ = taken_out(many(4), [5, 6], PLAIN)
    inverse = found.kept.inverse
    assert (inverse == inverse.T).all()
    weights = inverse * -(np.float32(1) / inverse.diagonal())
    np.fill_diagonal(weights, 0)
    from openslate.models.truncation import cut

    plain = cut(weights, PER_ROW)
    np.testing.assert_array_equal(found.model.weights.values, plain.values)
    np.testing.assert_array_equal(found.model.weights.columns, plain.columns)


@named
def test_members_who_come_and_go_in_any_order_leave_the_sums_of_those_who_stay(settings: EaseSettings) -> None:
    histories, rng = many(5), np.random.default_rng(0)
    here = rng.random(histories.n_members) < 0.5
    gram = gram_of_part(histories.take(np.flatnonzero(here)), settings.training)
    for member in rng.integers(0, histories.n_members, 300):
        add_gram(gram, histories.part(member, member + 1), settings.training, sign=-1 if here[member] else 1)
        here[member] = not here[member]
    np.testing.assert_array_equal(gram, gram_of_part(histories.take(np.flatnonzero(here)), settings.training))


@named
def test_one_after_another_the_bound_is_carried_and_can_be_measured_anew(settings: EaseSettings) -> None:
    histories = many(6)
    gram = gram_of_part(histories, settings.training)
    kept = keep_inverse(gram, settings)
    model = cut_from(kept, PER_ROW)
    order = np.random.default_rng(1).permutation(histories.n_members)[:40]
    for turn, member in enumerate(order):
        leaving = histories.part(member, member + 1)
        add_gram(gram, leaving, settings.training, sign=-1)
        found = downdated(kept, gram, leaving, PER_ROW, model)
        kept, model = found.kept, found.model
        require_within(found, gram, settings)
        if turn % 15 == 14:
            anew = measured_off(kept, gram)
            assert (anew < kept.off).all()
            kept = replace(kept, off=anew)
    inverse = exact_inverse(gram, settings)[np.ix_(kept.titles, kept.titles)]
    off = np.abs(kept.inverse - inverse) / kept.inverse.diagonal()
    assert (off.max(axis=1) <= kept.off).all()


def test_of_twins_the_one_who_leaves_leaves_the_other() -> None:
    histories = many(7)
    twins = Histories.stacked([histories, histories.part(9, 10)])
    found, gram = taken_out(twins, [9], PLAIN)
    np.testing.assert_array_equal(gram, gram_of_part(histories, PLAIN.training))
    require_within(found, gram, PLAIN)
    both, none = taken_out(twins, [9, histories.n_members], PLAIN)
    np.testing.assert_array_equal(none, gram_of_part(without(histories, [9]), PLAIN.training))
    require_within(both, none, PLAIN)


def test_titles_that_nobody_else_watched_are_as_if_nobody_ever_had() -> None:
    histories = many(8, n_titles=20)
    alone = Histories.from_lists([[0, 20, 21]], n_titles=22)
    whole = Histories.stacked([replace(histories, n_titles=22), alone])
    found, gram = taken_out(whole, [histories.n_members], PLAIN)
    weights = found.model.weights.matrix().toarray()
    assert not weights[20:].any()
    assert not weights[:, 20:].any()
    require_within(found, gram, PLAIN)
    for name in ("values", "columns"):
        solved = cut_ease(ease_from_gram(gram, PLAIN), PER_ROW).weights
        assert getattr(found.model.weights, name).shape == getattr(solved, name).shape


def test_when_all_leave_nothing_is_left() -> None:
    histories = many(9, members=12, n_titles=8)
    found, gram = taken_out(histories, list(range(12)), PLAIN)
    assert not gram.any()
    assert len(found.model.weights.values) == 0
    assert found.bound < 1e-6


def test_where_nothing_useful_can_be_promised_the_memory_is_left_as_it_was() -> None:
    histories, settings = many(10, members=12, n_titles=8), EaseSettings(l2=1e-4, training=WeightSettings())
    gram = gram_of_part(histories, settings.training)
    kept = keep_inverse(gram, settings)
    before = kept.inverse.copy()
    leaving = histories.part(0, 11)
    add_gram(gram, leaving, settings.training, sign=-1)
    with pytest.raises(FitError, match="Solve the system anew"):
        downdated(kept, gram, leaving, PER_ROW)
    np.testing.assert_array_equal(kept.inverse, before)


def test_an_inverse_that_is_far_off_promises_nothing() -> None:
    histories = many(11)
    gram = gram_of_part(histories, PLAIN.training)
    kept = keep_inverse(gram, PLAIN)
    bad = replace(kept, off=np.full_like(kept.off, 0.2))
    with pytest.raises(FitError, match="Solve the system anew"):
        downdated(bad, gram, histories.part(0, 1), PER_ROW)


def test_members_who_were_never_counted_are_told_apart() -> None:
    histories = replace(many(12, n_titles=20), n_titles=22)
    gram = gram_of_part(histories, PLAIN.training)
    kept = keep_inverse(gram, PLAIN)
    with pytest.raises(FitError, match="not among those"):
        downdated(kept, gram, Histories.from_lists([[21]], n_titles=22), PER_ROW)


def test_a_member_without_events_changes_nothing() -> None:
    histories = Histories.stacked([many(13), Histories.from_lists([[]], n_titles=30)])
    before = cut_from(keep_inverse(gram_of_part(histories, PLAIN.training), PLAIN), PER_ROW)
    found, _ = taken_out(histories, [histories.n_members - 1], PLAIN)
    np.testing.assert_array_equal(found.model.weights.values, before.weights.values)


def test_an_inverse_in_a_file_is_rewritten_there(tmp_path: object) -> None:
    histories = many(14)
    gram = gram_of_part(histories, PLAIN.training)
    kept = keep_inverse(gram, PLAIN)
    path = f"{tmp_path}/inverse.npy"
    np.save(path, kept.inverse)
    mapped: KeptInverse = replace(kept, inverse=np.load(path, mmap_mode="r+"))
    leaving = histories.part(0, 2)
    add_gram(gram, leaving, PLAIN.training, sign=-1)
    found = downdated(mapped, gram, leaving, PER_ROW)
    np.testing.assert_array_equal(np.load(path), found.kept.inverse)
    require_within(found, gram, PLAIN)


def test_a_diagonal_bound_is_only_solved() -> None:
    with pytest.raises(FitError, match="diagonal bound"):
        keep_inverse(gram_of_part(many(0), PLAIN.training), replace(PLAIN, diagonal_bound=0.5))
