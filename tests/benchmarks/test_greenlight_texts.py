"""What the benchmark of texts shows of a film's words at each step, and that nothing else differs."""

from dataclasses import fields
from datetime import date

import numpy as np

from benchmarks.greenlight_texts import ARMS, NONE, told_by
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.works import Work
from tests.apps.greenlight.comps.labelled import labels_of

FIRST, REST = "A crew hunts a whale.", "The captain is mad. Nobody comes back."
OUT = date(2015, 3, 1)


def test_arms_differ_by_their_words_alone() -> None:
    works = [
        Work("a", "Ash", "film", OUT, budget=5e6, text=f"{FIRST} {REST}"),
        Work("b", "Bay", "film", OUT, text=FIRST),
    ]
    past = Past(tuple(works), labels_of(works, {"a": 1e6, "b": 2e6}), None, None, None)
    words = {name: [(one.text, one.written) for one in told_by(past, arm).labels.works] for name, arm in ARMS.items()}
    assert list(words.values()) == [
        [("", ""), ("", "")],
        [(FIRST, ""), (FIRST, "")],
        [(FIRST, REST), (FIRST, "")],
        [(f"{FIRST} {REST}", ""), (FIRST, "")],
    ]
    bare = told_by(past, ARMS[NONE])
    for field in fields(Work):
        if field.name not in ("text", "written"):
            assert [getattr(one, field.name) for one in bare.works] == [getattr(one, field.name) for one in works]
    assert np.array_equal(bare.labels.logs, past.labels.logs)
