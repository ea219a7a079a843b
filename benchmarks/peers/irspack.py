"""The irspack library: EDLAE, iALS and RP3beta. Runs in irspack's own environment."""

from irspack import BaseRecommender, EDLAERecommender, IALSRecommender, RP3betaRecommender
from scipy.sparse import csr_matrix

from benchmarks.peers.exchange import SEED, Score, serve


def fit_edlae(train: csr_matrix, reg: float, dropout_p: float) -> Score:
    """EDLAE (Steck 2020)."""
    return _learnt(EDLAERecommender(train, reg=reg, dropout_p=dropout_p))


def fit_ials(train: csr_matrix, n_components: int, alpha0: float, reg: float) -> Score:
    """iALS with frequency-scaled regularisation (Rendle et al., arXiv 2110.14037), 16 epochs; it folds members in."""
    return _learnt(IALSRecommender(train, n_components=n_components, alpha0=alpha0, reg=reg, random_seed=SEED))


def fit_rp3beta(train: csr_matrix, beta: float, top_k: int) -> Score:
    """RP3beta (Paudel et al. 2017): random walks, popular titles held back; its alpha changes nothing for ones."""
    return _learnt(RP3betaRecommender(train, beta=beta, top_k=top_k))


def _learnt(model: BaseRecommender) -> Score:
    score: Score = model.learn().get_score_cold_user
    return score


if __name__ == "__main__":
    serve(("irspack", "numpy", "scipy"), {"edlae": fit_edlae, "ials": fit_ials, "rp3beta": fit_rp3beta})
