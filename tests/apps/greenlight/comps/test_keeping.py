import json

import numpy as np
from hypothesis import given, settings

from openslate.apps.greenlight.comps.keeping import keep_profiles, keep_theme, kept_profiles, kept_theme
from openslate.apps.greenlight.comps.theme import fit_theme
from openslate.apps.greenlight.works import Work
from tests.apps.greenlight.comps.made import CATALOGUE, PITCH, drawn_works


@given(drawn_works())
@settings(max_examples=40, deadline=None)
def test_what_is_kept_compares_as_before(works: list[Work]) -> None:
    learned = [*CATALOGUE[:3], *works]
    theme = fit_theme(learned)
    arrays, document = keep_theme(theme)
    assert all(array.dtype.kind in "fi" for array in arrays.values())
    again = kept_theme(arrays, json.loads(json.dumps(document)))
    seen = theme.profiles(learned)
    arrays, document = keep_profiles(seen)
    assert all(array.dtype.kind in "fi" for array in arrays.values())
    placed = kept_profiles(arrays, json.loads(json.dumps(document)))
    before, after = theme.similarity([PITCH], seen), again.similarity([PITCH], placed)
    assert np.array_equal(before.parts, after.parts, equal_nan=True) and (before.total == after.total).all()
    assert (again.total(placed, placed) == theme.total(seen, seen)).all()
