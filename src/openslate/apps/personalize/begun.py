"""The transformer that validation trained, as text: kept with what validation found, for the training that goes on."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from safetensors.numpy import load, save

from openslate.models.blend import Scorer
from openslate.models.transformer.model import SequenceTransformer
from openslate.models.transformer.settings import TransformerSettings


def transformer_of(models: Mapping[str, Scorer]) -> SequenceTransformer | None:
    """The sequence transformer among the models of a blend, or None."""
    found = models.get("transformer")
    return found if isinstance(found, SequenceTransformer) else None


def begun_record(model: SequenceTransformer | None) -> dict[str, Any] | None:
    """A transformer as plain values: its settings, and its arrays as safetensors in base 64.

    Four bytes a number, and a third more: some 14 MB at 20,000 titles of the default width.
    """
    if model is None:
        return None
    return {"settings": asdict(model.settings), "weights": b64encode(save(model.weights)).decode()}


def begun_of(record: Mapping[str, Any] | None) -> SequenceTransformer | None:
    """The transformer that `begun_record` described."""
    if record is None:
        return None
    return SequenceTransformer(**load(b64decode(record["weights"])), settings=TransformerSettings(**record["settings"]))
