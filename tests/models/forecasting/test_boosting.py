import numpy as np
import pytest

from openslate.models.forecasting import boosting
from openslate.models.forecasting.boosting import Grove, Growth, grow

EXTRA = Growth("regression", trees=20, leaves=7, extra=True, seeds=3)
MEDIAN = Growth("quantile", trees=20, seeds=2, level=0.5)


def _rows(many: int = 300) -> tuple[np.ndarray, np.ndarray]:
    x = np.random.default_rng(1).normal(size=(many, 4))
    x[::7, 1] = np.nan
    return x, np.abs(x[:, 0]) + 0.1 * x[:, 2]


def test_the_same_rows_give_the_same_bytes_however_many_grow_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = _rows()
    first = grow(x, y, [EXTRA, MEDIAN])
    for many in (1, 4):
        monkeypatch.setattr(boosting, "SIDE_BY_SIDE", many)
        again = grow(x, y, [EXTRA, MEDIAN])
        assert (again.text == first.text).all() and (again.ends == first.ends).all()


def test_seeds_differ_and_are_averaged() -> None:
    x, y = _rows()
    grove = grow(x, y, [EXTRA, MEDIAN])
    assert grove.seeds.tolist() == [3, 2] and len(grove.ends) == 5
    parts = np.split(grove.text, grove.ends[:-1])
    assert len({part.tobytes() for part in parts}) == 5
    alone = [Grove(part, np.array([len(part)]), np.array([1])).predict(x)[0] for part in parts]
    np.testing.assert_allclose(grove.predict(x), [np.mean(alone[:3], axis=0), np.mean(alone[3:], axis=0)], atol=1e-14)


def test_what_is_stored_is_all_there_is() -> None:
    x, y = _rows()
    grove = grow(x, y, [EXTRA])
    again = Grove(grove.text.copy(), grove.ends.copy(), grove.seeds.copy())
    assert (again.predict(x) == grove.predict(x)).all()


def test_contributions_add_up_and_name_the_feature_that_matters() -> None:
    x, y = _rows()
    grove = grow(x, y, [EXTRA, MEDIAN])
    parts = grove.contributions(x)
    assert parts.shape == (2, 300, 5)
    np.testing.assert_allclose(parts.sum(axis=2), grove.predict(x), atol=1e-10)
    # What is said of no title in particular is said of all alike.
    assert np.ptp(parts[:, :, -1], axis=1).max() < 1e-10
    assert np.abs(parts[0, :, :-1]).mean(axis=0).argmax() == 0


def test_a_row_is_forecast_the_same_alone_as_among_others() -> None:
    x, y = _rows()
    grove = grow(x, y, [EXTRA])
    assert grove.predict(x[5:6])[0, 0] == grove.predict(x)[0, 5]


def test_quantiles_and_weights_are_heeded() -> None:
    random = np.random.default_rng(3)
    x, y = random.normal(size=(800, 2)), random.normal(size=800)
    levels = [Growth("quantile", trees=60, level=level, seeds=1) for level in (0.1, 0.9)]
    low, high = grow(x, y, levels).predict(x)
    assert (y < low).mean() == pytest.approx(0.1, abs=0.05) and (y > high).mean() == pytest.approx(0.1, abs=0.05)
    heavy = np.where(y > 0, 50.0, 1.0)
    assert grow(x, y, [EXTRA], heavy).predict(x).mean() > grow(x, y, [EXTRA]).predict(x).mean() + 0.5
