from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.greenlight.comps.allowing import known_to
from openslate.apps.greenlight.works import Work

IDS = st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from([None, 1, 2, 3])), max_size=6)


@given(IDS, IDS)
def test_an_outcome_is_allowed_from_the_day_it_was_known_and_never_ones_own(
    queries: list[tuple[str, int | None]], seen: list[tuple[str, int | None]]
) -> None:
    def works(drawn: list[tuple[str, int | None]]) -> tuple[list[Work], np.ndarray]:
        days = [None if day is None else date(2024, 1, day) for _, day in drawn]
        return [Work(one, "W") for one, _ in drawn], np.array(days, dtype="datetime64[D]")

    (mine, on), (theirs, known) = works(queries), works(seen)
    found = known_to(mine, on, theirs, known)
    assert found.tolist() == [
        [bool(day and when and when <= day and not (one and one == other)) for other, when in seen]
        for one, day in queries
    ]
