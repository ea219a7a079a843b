"""Weights to begin the training with: titles that are watched together begin close together, the rest is random.

The titles' vectors are a spectral embedding of their log-lifts. They stand where the transformer would need an epoch or
more to bring them, which is the dearest epoch of all on a processor.

Source: O. Levy and Y. Goldberg, "Neural word embedding as implicit matrix factorization", NeurIPS 2014.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models.histories import ENGAGEMENT_STEPS, Histories
from openslate.models.transformer.pieces import BUCKETS
from openslate.models.transformer.settings import TransformerSettings
from openslate.models.weights import events_since

LAGS = 20
LAG_POWER = 0.8
LIFT_SCALE = 5.0
SPARE = 32
ROUNDS = 4
TITLE_SPREAD = 0.05
FEATURE_SPREAD = 0.02
Floats = NDArray[np.float32]


def first_weights(histories: Histories, settings: TransformerSettings) -> dict[str, Floats]:
    """Every array of `SequenceTransformer`, by name.

    Args:
        histories: training members; a title's popularity begins at the logarithm of its events.
        settings: sizes and seed.
    """
    rng = np.random.default_rng(settings.seed)
    width, blocks, inner = settings.width, settings.blocks, settings.feed_forward
    popularity = np.log1p(np.bincount(histories.titles, minlength=histories.n_titles))

    def drawn(spread: float, *shape: int) -> Floats:
        return np.float32(spread) * rng.standard_normal(shape, dtype=np.float32)

    def constant(value: float, *shape: int) -> Floats:
        return np.full(shape, value, dtype=np.float32)

    return {
        "titles": np.float32(TITLE_SPREAD) * title_vectors(log_lifts(histories), width, rng),
        "popularity": (popularity - popularity.mean()).astype(np.float32),
        "engagement": drawn(FEATURE_SPREAD, ENGAGEMENT_STEPS + 1, width),
        "gaps": drawn(FEATURE_SPREAD, BUCKETS, width),
        "ages": drawn(FEATURE_SPREAD, BUCKETS, width),
        "distance": constant(0, blocks, settings.heads, settings.context),
        "elapsed": constant(0, blocks, settings.heads, BUCKETS),
        "attention_scale": constant(1, blocks, width),
        "attention_in": drawn(width**-0.5, blocks, width, 3 * width),
        "attention_out": drawn(width**-0.5 / 2, blocks, width, width),
        "forward_scale": constant(1, blocks, width),
        "forward_in": drawn(width**-0.5, blocks, width, inner),
        "forward_shift": constant(0, blocks, inner),
        "forward_out": drawn(inner**-0.5 / 2, blocks, inner, width),
        "final_scale": constant(1, width),
        "final_shift": constant(0, width),
    }


def log_lifts(histories: Histories) -> csr_array:
    """How much more often than by chance two titles are watched close to one another, sparse, symmetric.

    Pairs up to LAGS events apart count, weighed with lag^-LAG_POWER.

    Returns:
        Sparse float32 [n_titles, n_titles], log(1 + LIFT_SCALE * lift); nothing where two titles never met.
    """
    later, titles = events_since(histories), histories.titles
    counts = csr_array((histories.n_titles, histories.n_titles), dtype=np.float32)
    for lag in range(1, LAGS + 1):
        first = np.flatnonzero(later >= lag)
        weights = np.full(len(first), lag**-LAG_POWER, dtype=np.float32)
        counts += csr_array((weights, (titles[first], titles[first + lag])), shape=counts.shape)
    lifts = (counts + counts.T).tocsr()
    meetings = lifts.sum(axis=1)
    rows = np.repeat(np.arange(histories.n_titles), np.diff(lifts.indptr))
    chance = (meetings[rows] + 1) * (meetings[lifts.indices] + 1) / max(float(meetings.sum()), 1.0)
    lifts.data = np.log1p(LIFT_SCALE * lifts.data / chance).astype(np.float32)
    return lifts


def title_vectors(lifts: csr_array, width: int, rng: np.random.Generator) -> Floats:
    """Vectors whose inner products come close to the lifts, turned at random, with numbers of deviation one.

    Args:
        lifts: sparse, symmetric [n_titles, n_titles].
        width: of a vector.
        rng: for the search of the main directions and for the turn.
    """
    n_titles = lifts.shape[0]
    found = min(width, n_titles)
    basis = rng.standard_normal((n_titles, min(found + SPARE, n_titles)), dtype=np.float32)
    for _ in range(ROUNDS):
        basis = np.linalg.qr(lifts @ basis)[0]
    strengths, turned = np.linalg.eigh(basis.T @ (lifts @ basis))
    strongest = np.argsort(-np.abs(strengths), kind="stable")[:found]
    vectors = basis @ turned[:, strongest] * np.sqrt(np.abs(strengths[strongest]))
    turn = np.linalg.qr(rng.standard_normal((width, found)))[0].T
    result: Floats = (vectors @ turn).astype(np.float32)
    result /= result.std() or 1
    return result
