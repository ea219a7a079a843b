"""Settings that make no sense, a missing torch, and the weights training begins with."""

import sys
from dataclasses import replace
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from openslate.errors import FitError, MissingExtra
from openslate.models.histories import Histories
from openslate.models.transformer.beginnings import log_lifts, title_vectors
from openslate.models.transformer.fitting import fit_transformer, knows_bfloat16
from openslate.models.transformer.settings import TransformerSettings
from tests.models.drawn import many


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"width": 0}, "width"),
        ({"width": 10, "heads": 4}, "4 heads"),
        ({"dropout": 1.0}, "dropout"),
        ({"epochs": 0.0}, "epochs"),
        ({"falling_share": 0.0}, "falling_share"),
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, float], named: str) -> None:
    with pytest.raises(FitError, match=named):
        TransformerSettings(**wrong)  # type: ignore[arg-type]  # mixed on purpose


def test_without_torch_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtra) as refused:
        fit_transformer(many())
    assert "transformer needs the Python package torch" in refused.value.what
    assert refused.value.way_out == "Install it with: pip install 'openslate[torch]'"


@pytest.mark.parametrize(
    ("device", "told", "knows"),
    [
        ("cpu", {"avx512_bf16": True, "amx_bf16": False}, True),
        ("cpu", {"amx_bf16": True}, True),
        ("cpu", {"avx512_bf16": False, "avx2": True}, False),
        ("cpu", None, False),
        ("cuda:1", {"avx512_bf16": True}, False),
    ],
)
def test_bfloat16_is_used_where_the_device_knows_it(device: str, told: dict[str, bool] | None, knows: bool) -> None:
    processor = SimpleNamespace() if told is None else SimpleNamespace(get_capabilities=lambda: told)
    cuda = SimpleNamespace(is_bf16_supported=lambda including_emulation: False)
    assert knows_bfloat16(SimpleNamespace(cpu=processor, cuda=cuda), device) is knows  # type: ignore[arg-type]


def test_a_fitted_model_says_whether_bfloat16_was_used(torch: ModuleType, small: TransformerSettings) -> None:
    model = fit_transformer(many(), replace(small, bfloat16=None), device="cpu")
    assert model.settings.bfloat16 is knows_bfloat16(torch, "cpu")


def test_lifts_are_symmetric_and_highest_between_neighbours() -> None:
    lifts = log_lifts(many()).toarray()
    assert (lifts == lifts.T).all() and (lifts >= 0).all()
    neighbours = lifts[np.arange(29), np.arange(1, 30)].mean()
    assert neighbours > 1.5 * lifts.mean()


def test_title_vectors_give_back_lifts_of_low_rank_and_the_same_ones_again() -> None:
    rng = np.random.default_rng(0)
    factors = rng.random((40, 3), dtype=np.float32)
    lifts = _sparse(factors @ factors.T)
    vectors = title_vectors(lifts, 8, np.random.default_rng(1))
    assert vectors.shape == (40, 8) and vectors.std() == pytest.approx(1, abs=1e-5)
    products = vectors @ vectors.T
    scale = products.sum() / float(lifts.sum())
    assert products == pytest.approx(scale * lifts.toarray(), abs=0.01 * float(products.max()))
    assert (vectors == title_vectors(lifts, 8, np.random.default_rng(1))).all()


def test_fewer_titles_than_numbers_and_titles_that_nobody_watched() -> None:
    lifts = log_lifts(Histories.from_lists([[0, 1], [1, 0]], n_titles=3))
    vectors = title_vectors(lifts, 8, np.random.default_rng(1))
    assert vectors.shape == (3, 8) and np.isfinite(vectors).all()
    assert vectors[2] == pytest.approx(0, abs=1e-5)


def _sparse(matrix: np.ndarray):  # type: ignore[no-untyped-def]  # SciPy has no types
    from scipy.sparse import csr_array

    return csr_array(matrix)
