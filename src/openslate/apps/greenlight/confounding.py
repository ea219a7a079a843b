"""What was known of titles before a choice, as confounders of a causal question."""

import numpy as np

from openslate.apps.greenlight.blocks import block_of, boundaries
from openslate.apps.greenlight.causal_types import Confounders
from openslate.apps.greenlight.features.encoder import fit_encoder
from openslate.apps.greenlight.known import Known
from openslate.apps.greenlight.past_of import past_of


def confounders_of(known: Known, months: int | None = None) -> Confounders:
    """The features of every label, each as of the first day of its block; columns that say nothing are left out.

    Args:
        known: what a project knows.
        months: of a block; None to choose.

    Raises:
        FitError: there is too little.
    """
    past = past_of(known)
    labels = known.labels
    days = boundaries(labels, months)
    rows = np.arange(len(labels))
    encoder = fit_encoder(past, rows, rows)
    as_of = [block_of(days, day) for day in labels.released.tolist()]
    found = encoder.encode(labels.works, labels.days.tolist(), as_of, past)
    telling = [
        place
        for place in range(len(found.names))
        if len(np.unique(found.values[:, place][np.isfinite(found.values[:, place])])) > 1
    ]
    return Confounders(
        found.values[:, telling],
        tuple(found.names[place] for place in telling),
        tuple(found.families[place] for place in telling),
    )
