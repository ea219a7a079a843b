import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.comparing.texts import fit_texts, text_similarity

HEIST = ["a crew robs a bank in Lyon", "a crew robs a casino", "thieves rob a bank", "a bank vault and a crew"]
LOVE = ["two lovers meet in Lyon", "lovers part in winter", "a winter wedding for lovers", "a wedding in Lyon"]


def test_texts_of_one_theme_are_alike() -> None:
    rows = fit_texts(HEIST + LOVE).place(HEIST + LOVE)
    similarity = text_similarity(rows, rows)
    assert similarity[0, 1] > similarity[0, 5] and similarity[5, 6] > similarity[5, 1]
    assert similarity == pytest.approx(similarity.T)
    assert np.diag(similarity) == pytest.approx(1)


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    texts = ["ship storm", "ship storm", "ship", "ship", "ship", "ship island"]
    rows = fit_texts(texts).place(["ship storm", "storm", "ship"])
    similarity = text_similarity(rows, rows)
    assert similarity[0, 1] > similarity[0, 2] > 0


def test_words_that_most_texts_hold_say_nothing() -> None:
    texts = [f"the word{number} word{number + 1}" for number in range(200)]
    space = fit_texts(texts)
    assert "the" not in space.vocabulary and "word7" in space.vocabulary
    assert not space.place(["the", "the the", ""]).known.any()


def test_words_are_learned_from_the_texts_given_alone() -> None:
    space = fit_texts(HEIST)
    assert not space.place(["lovers wedding"]).known[0]
    alone, beside = space.place(HEIST[:1]), space.place([*LOVE, HEIST[0]])
    assert (alone.themes[0] == beside.themes[-1]).all()


@given(st.lists(st.text(alphabet="abcé 雪国", max_size=12), max_size=8))
@settings(max_examples=50, deadline=None)
def test_similarities_lie_between_0_and_1_and_themes_stand_upright(texts: list[str]) -> None:
    space = fit_texts(texts)
    rows = space.place(texts)
    similarity = text_similarity(rows, rows)
    assert similarity.shape == (len(texts), len(texts))
    assert (similarity >= 0).all() and (similarity <= 1).all()
    assert space.axes.T @ space.axes == pytest.approx(np.eye(space.axes.shape[1]), abs=1e-6)
    assert not similarity[~rows.known].any()


def test_themes_are_those_of_the_exact_decomposition() -> None:
    rng = np.random.default_rng(4)
    texts = [" ".join(f"w{one:03}" for one in rng.integers(0, 90, 8)) for _ in range(80)]
    space = fit_texts(texts)
    dense = space.place(texts).words.toarray()
    exact = np.linalg.svd(dense, full_matrices=False)[2][:5]
    assert np.abs((exact * space.axes.T[:5]).sum(axis=1)) == pytest.approx(1, abs=1e-6)
    strongest = np.abs(space.axes).argmax(axis=0)
    assert (space.axes[strongest, np.arange(space.axes.shape[1])] > 0).all()
