"""Fits the sequence transformer where torch is installed, and says how to install it where it is not."""

from dataclasses import replace
from types import ModuleType

import numpy as np

from openslate.errors import FitError
from openslate.models.histories import Histories
from openslate.models.transformer.model import SequenceTransformer
from openslate.models.transformer.settings import TransformerSettings
from openslate.native import load
from openslate.progress import Progress, silent

INSTALL = "pip install 'openslate[torch]'"


def fit_transformer(
    histories: Histories,
    settings: TransformerSettings = TransformerSettings(),
    *,
    device: str | None = None,
    progress: Progress = silent,
    begun: SequenceTransformer | None = None,
) -> SequenceTransformer:
    """Train a sequence transformer.

    On a processor the same histories, settings and number of torch's threads give the same bytes on one machine; a
    CUDA device adds gradients up in any order, and gives weights that differ in their last digits.

    Args:
        histories: training members.
        settings: sizes, budget and seed.
        device: as torch names it; None takes the first CUDA device where there is one, and the processor otherwise.
        progress: told the share of the budget that is spent.
        begun: a model trained with the same settings on most of these histories, from whose weights only the last
            `settings.repeated_share` of the training is repeated; None trains from nothing.

    Raises:
        MissingExtra: torch is not installed.
        FitError: no member has two events, `begun` has other settings or titles, or the training came to no finite
            weights.
    """
    torch = load("torch", "The sequence transformer", INSTALL)
    if not (histories.lengths() > 1).any():
        raise FitError(
            "No member has two events, so there is no next title to learn from.",
            "Give the transformer longer histories, or leave it out.",
        )
    from openslate.models.transformer.training import train

    chosen = device or ("cuda" if torch.cuda.is_available() else "cpu")
    if settings.bfloat16 is None:
        settings = replace(settings, bfloat16=knows_bfloat16(torch, chosen))
    if begun is not None:
        _require_alike(begun, histories, settings)
    weights = train(histories, settings, chosen, progress, None if begun is None else begun.weights)
    for name, values in weights.items():
        if not np.isfinite(values).all():
            raise FitError(
                f"The transformer's weights {name!r} are no longer finite after training.",
                "Lower TransformerSettings.learning_rate.",
            )
    return SequenceTransformer(**weights, settings=settings)


def _require_alike(begun: SequenceTransformer, histories: Histories, settings: TransformerSettings) -> None:
    """Refuse to go on from a model of other settings or titles."""
    if replace(begun.settings, bfloat16=settings.bfloat16) != settings or len(begun.titles) != histories.n_titles:
        raise FitError(
            "The transformer to go on from was trained with other settings, or over another catalogue.",
            "Give one of the same settings and titles, or none.",
        )


def knows_bfloat16(torch: ModuleType, device: str) -> bool:
    """Whether a device multiplies in bfloat16 itself, rather than by way of float32.

    Args:
        torch: the module.
        device: as torch names it.
    """
    if device.startswith("cuda"):
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    # Older releases do not say; float32 is never much slower than a bfloat16 that is not known.
    told: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return bool(told.get("avx512_bf16") or told.get("amx_bf16"))
