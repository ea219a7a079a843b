"""Two real lists of films, judged by their money, which the rule never sees."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.labelled_titles import Labelled, by_money, the_numbers, tmdb
from openslate.clock import stopwatch
from openslate.data.matching.pairing import match_titles


@pytest.mark.realdata
def test_films_with_the_same_money_are_one_and_others_are_not(real_data: Path) -> None:
    left, money = tmdb(real_data)
    right, more = the_numbers(real_data)
    known = Labelled("money", left, right, money | more, by_money)
    started = stopwatch()
    links = match_titles(left, right)
    assert stopwatch() - started < 20
    pairs = [
        (one, other) if one.startswith("t") else (other, one) for one, other in ((k.first, k.second) for k in links)
    ]
    labels, sureness = known.labels(pairs), np.array([link.sureness for link in links])
    sure = sureness >= 0.95
    right_ones = (labels[sure] == 1).sum()
    assert right_ones > 1250
    assert right_ones / (labels[sure] >= 0).sum() > 0.99
    assert abs(sureness[labels >= 0].mean() - labels[labels >= 0].mean()) < 0.03
