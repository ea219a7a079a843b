"""The inverse that an EASE was read from, kept so that members can be taken out of it, and how far off it may be."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.models.deviation import PROBES, probes, rows_off, times_packed, times_rows
from openslate.models.ease import Ease, EaseSettings, spread
from openslate.models.gram import GRAM_STEPS
from openslate.models.packed import diagonal, titles_of_half, unpacked
from openslate.models.solving import inverse


@dataclass(frozen=True)
class KeptInverse:
    """The inverse that an EASE was read from, with how far each row may be off.

    Attributes:
        inverse: P, float32 [m, m], exactly symmetric; a file mapped for writing will do.
        titles: int64 [m], ascending: the titles that somebody watched.
        n_titles: size of the catalogue.
        settings: what it was solved with.
        off: float64 [m], o above: no entry (i, j) is farther from the exact inverse's than off_i P_jj.
    """

    inverse: NDArray[np.float32]
    titles: NDArray[np.int64]
    n_titles: int
    settings: EaseSettings
    off: NDArray[np.float64]


def keep_inverse(gram: NDArray[np.int64], settings: EaseSettings) -> KeptInverse:
    """Solve a Gram matrix and keep the inverse, with a bound on its error.

    Args:
        gram: int64 [n_titles (n_titles + 1) / 2], counted with `settings.training`; left as it is.
        settings: ridge, dropout and weights.

    Raises:
        FitError: the system cannot be solved in single precision, or the settings are of a kind that is only solved.

    Example:
        >>> from openslate.models.gram import gram_of_part
        >>> from openslate.models.truncation import cut_ease
        >>> from openslate.models.ease import ease_from_gram
        >>> from openslate.models.histories import Histories
        >>> watched = Histories.from_lists([[0, 1], [0, 1, 2], [2]], n_titles=3)
        >>> settings = EaseSettings(l2=1.0)
        >>> gram = gram_of_part(watched, settings.training)
        >>> from openslate.models.downdate import cut_from
        >>> found = cut_from(keep_inverse(gram, settings), per_row=2)
        >>> bool((found.weights.values == cut_ease(ease_from_gram(gram, settings), 2).weights.values).all())
        True
    """
    if settings.diagonal_bound > 0:
        raise FitError(
            f"An EASE with a diagonal bound of {settings.diagonal_bound} is not taken members out of.", "Solve it anew."
        )
    titles = np.flatnonzero(diagonal(gram))
    system = unpacked(gram, titles, 1 / GRAM_STEPS)
    ridged = np.einsum("ii->i", system)
    # In the very operations of `ease_from_gram`, so that both find the same bits.
    ridge = np.float32(settings.l2) + np.float32(settings.dropout / (1.0 - settings.dropout)) * ridged
    ridged += ridge
    kept = KeptInverse(inverse(system), titles, titles_of_half(len(gram)), settings, np.zeros(len(titles)))
    return replace(kept, off=measured_off(kept, gram))


def ease_of(kept: KeptInverse) -> Ease:
    """The whole EASE of a kept inverse, bit for bit the one that `ease_from_gram` solves for."""
    return Ease(
        spread(kept.inverse, np.float32(1) / kept.inverse.diagonal(), kept.titles, kept.n_titles), kept.settings
    )


def measured_off(kept: KeptInverse, gram: NDArray[np.int64]) -> NDArray[np.float64]:
    """How far each row of a kept inverse may be off, float64 [m], see `KeptInverse.off`.

    Args:
        kept: the inverse.
        gram: the Gram matrix of now, int64 [n_titles (n_titles + 1) / 2].
    """
    own, settings = kept.inverse.diagonal().astype(np.float64), kept.settings
    ridge = settings.l2 + settings.dropout / (1.0 - settings.dropout) * diagonal(gram) / GRAM_STEPS
    scaled = probes(len(own)) / own[:, None]

    def times(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
        wide = np.zeros((kept.n_titles, PROBES))
        wide[kept.titles] = vectors
        return times_packed(gram, 1 / GRAM_STEPS, ridge, wide)[kept.titles]

    def about(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
        return times_rows(kept.inverse, vectors)

    return rows_off(about(scaled), scaled, times, about, settings.l2)
