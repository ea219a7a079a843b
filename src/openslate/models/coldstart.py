"""Cold start: scores for titles hardly anybody has watched, and first picks for members nothing is known about.

New titles: a member's scores of well-known titles are carried over by what the titles have in common, a kernel
ridge regression over metadata that is solved once for all members.
New members: picks that are popular, unlike one another and telling, by greedy facility location
(G. Nemhauser et al., "An analysis of approximations for maximizing submodular set functions", 1978).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models.solving import solve

ROWS_AT_ONCE = 512


@dataclass(frozen=True)
class ColdStartSettings:
    """Which titles are cold, and how far metadata is trusted.

    Stability: provisional.

    Attributes:
        fewest_plays: titles with fewer plays in training are cold.
        l2: ridge; the higher, the nearer a cold title's scores stay to the member's average.
    """

    fewest_plays: int = 5
    l2: float = 3.0


@dataclass(frozen=True)
class ColdStart:
    """A fitted map from scores of warm titles to scores of cold ones.

    Stability: provisional.

    Attributes:
        warm: int32 [warm titles], ascending.
        cold: int32 [cold titles], ascending.
        transfer: float32 [warm titles, cold titles].
        settings: what it was fitted with.
    """

    warm: NDArray[np.int32]
    cold: NDArray[np.int32]
    transfer: NDArray[np.float32]
    settings: ColdStartSettings

    def fill(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """The scores with those of cold titles replaced by what the warm ones and the metadata say.

        Args:
            scores: float32 [members, n_titles], of any model or blend.

        Returns:
            float32 [members, n_titles], a copy; warm titles unchanged.
        """
        filled = scores.copy()
        if not len(self.cold):
            return filled
        known = scores[:, self.warm]
        average = known.mean(axis=1, keepdims=True) if len(self.warm) else np.zeros((len(scores), 1), np.float32)
        filled[:, self.cold] = average + (known - average) @ self.transfer
        return filled


def fit_cold_start(
    features: csr_array, plays: NDArray[np.int64], settings: ColdStartSettings = ColdStartSettings()
) -> ColdStart:
    """Solve (K_ww + l2 I) M = K_wc, K being the features' inner products between warm (w) and cold (c) titles.

    Args:
        features: sparse float32 [n_titles, features], rows of unit length, see `token_features`.
        plays: int64 [n_titles], events of each title in training.
        settings: what is cold, and the ridge.

    Raises:
        FitError: the ridge is too small for the system to be solved.

    Example:
        >>> features = csr_array(np.array([[1, 0], [0, 1], [1, 0]], dtype=np.float32))
        >>> model = fit_cold_start(features, np.array([9, 9, 0]), ColdStartSettings(l2=1.0))
        >>> model.fill(np.array([[3, 1, 0]], dtype=np.float32)).tolist()
        [[3.0, 1.0, 2.5]]
    """
    warm = np.flatnonzero(plays >= settings.fewest_plays).astype(np.int32)
    cold = np.flatnonzero(plays < settings.fewest_plays).astype(np.int32)
    if not len(warm) or not len(cold):
        return ColdStart(warm, cold, np.zeros((len(warm), len(cold)), np.float32), settings)
    known = features[warm]
    system = np.empty((len(warm), len(warm)), dtype=np.float32)
    for start in range(0, len(warm), ROWS_AT_ONCE):
        # Titles of one genre all have something in common: kept sparse, their products would take three times as much.
        system[start : start + ROWS_AT_ONCE] = (known[start : start + ROWS_AT_ONCE] @ known.T).toarray()
    system[np.diag_indices(len(warm))] += np.float32(settings.l2)
    right = (known @ features[cold].T).toarray().astype(np.float32)
    return ColdStart(warm, cold, solve(system, right), settings)


def onboarding_picks(similarity: NDArray[np.float32], plays: NDArray[np.int64], count: int) -> NDArray[np.int32]:
    """Titles to ask a new member about: known to many, unlike one another, each speaking for many others.

    Greedy facility location: a pick covers a title as far as the two are alike and the pick itself is known; covered
    titles count with their plays, and what one pick covers another cannot cover again.

    Args:
        similarity: float32 [n_titles, n_titles], 0 to 1, see `cosine`; the diagonal is taken as one.
        plays: int64 [n_titles].
        count: how many picks.

    Returns:
        int32 [count or n_titles], best first; of equally good picks the lower title index.

    Example:
        >>> alike = np.array([[0, 0.9, 0], [0.9, 0, 0], [0, 0, 0]], dtype=np.float32)
        >>> onboarding_picks(alike, plays=np.array([10, 9, 8]), count=2).tolist()
        [0, 2]
    """
    known = np.sqrt(plays / max(int(plays.max(initial=0)), 1)).astype(np.float32)
    share = (plays / max(int(plays.sum()), 1)).astype(np.float32)
    covers = similarity * known[:, None]
    np.fill_diagonal(covers, known)
    covered = np.zeros(len(plays), dtype=np.float32)
    picks: list[int] = []
    for _ in range(min(count, len(plays))):
        gain = np.maximum(covers - covered, 0) @ share
        gain[picks] = -1.0
        picks.append(int(gain.argmax()))
        covered = np.maximum(covered, covers[picks[-1]])
    return np.array(picks, dtype=np.int32)
