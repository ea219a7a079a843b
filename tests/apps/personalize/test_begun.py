"""What is kept of a transformer between validation and training gives the same transformer back."""

import json

import pytest

from openslate.apps.personalize.begun import begun_of, begun_record, transformer_of
from openslate.models.transformer.beginnings import first_weights
from openslate.models.transformer.model import SequenceTransformer
from openslate.models.transformer.settings import TransformerSettings
from tests.models.drawn import many


@pytest.mark.parametrize("bfloat16", [None, True, False])
def test_a_transformer_survives_being_kept_as_text(bfloat16: bool | None) -> None:
    settings = TransformerSettings(width=8, heads=2, feed_forward=4, context=6, bfloat16=bfloat16)
    model = SequenceTransformer(**first_weights(many(20), settings), settings=settings)
    found = begun_of(json.loads(json.dumps(begun_record(model))))
    assert found is not None and found.settings == settings
    assert found.weights.keys() == model.weights.keys()
    assert all((found.weights[name] == array).all() for name, array in model.weights.items())


def test_without_a_transformer_nothing_is_kept() -> None:
    assert transformer_of({}) is None and begun_record(None) is None and begun_of(None) is None
