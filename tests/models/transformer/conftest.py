"""What the transformer's tests share: torch where it is installed, settings small enough for tests, weights by hand."""

from types import ModuleType

import numpy as np
import pytest

from openslate.models.histories import Histories
from openslate.models.transformer.beginnings import first_weights
from openslate.models.transformer.fitting import INSTALL
from openslate.models.transformer.model import SequenceTransformer
from openslate.models.transformer.settings import TransformerSettings


@pytest.fixture(scope="session")
def torch() -> ModuleType:
    """The torch module, or a skip that says what did not run."""
    found: ModuleType = pytest.importorskip("torch", reason=f"TORCH MISSING: install it with {INSTALL}")
    return found


@pytest.fixture
def small() -> TransformerSettings:
    return TransformerSettings(
        width=16,
        heads=2,
        feed_forward=24,
        context=8,
        epochs=6,
        events_per_step=128,
        negatives=10,
        warm_up=5,
        bfloat16=False,
    )


def shaken(histories: Histories, settings: TransformerSettings, seed: int = 0) -> SequenceTransformer:
    """A transformer whose every weight differs from every other, and from what it would begin with."""
    rng = np.random.default_rng(seed)
    weights = {
        name: values + np.float32(0.3) * rng.standard_normal(values.shape, dtype=np.float32)
        for name, values in first_weights(histories, settings).items()
    }
    return SequenceTransformer(**weights, settings=settings)
