"""Patterns of gaps: what they take away, and by which one an incomplete pitch is calibrated."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.greenlight.imputing import FACTS
from openslate.apps.greenlight.patterns import PATTERNS, nearest_pattern, said
from openslate.apps.greenlight.works import Work

WHOLE = Work(
    "a",
    "Ash: Season 2",
    "series",
    date(2030, 1, 1),
    series="Ash",
    season=2,
    limited=False,
    worldwide=True,
    genres=("Drama",),
    language="en",
    countries=("US",),
    companies=("C",),
    people=("P",),
    runtime_minutes=400,
    budget=5e6,
    currency="USD",
    maturity="16",
    text="A season.",
)
SOME_FACTS = st.integers(0, 2 ** len(FACTS) - 1).map(
    lambda drawn: frozenset(fact for place, fact in enumerate(FACTS) if drawn >> place & 1)
)
PLACES = st.integers(0, 2 ** len(PATTERNS) - 1).map(
    lambda drawn: [place for place in range(1, len(PATTERNS) + 1) if drawn >> (place - 1) & 1]
)


def test_a_pattern_takes_what_it_names_and_nothing_else() -> None:
    for pattern in PATTERNS:
        left = pattern.left_out_of(WHOLE)
        gone = {name for name in vars(WHOLE) if getattr(left, name) != getattr(WHOLE, name)}
        assert gone - {"currency"} == set(pattern.lacks)
        assert not any(said(left, fact) for fact in pattern.lacks)
        assert (left.kind, left.released, left.name, left.season, left.text) == (
            WHOLE.kind,
            WHOLE.released,
            WHOLE.name,
            2,
            WHOLE.text,
        )


@given(SOME_FACTS, SOME_FACTS, PLACES)
def test_the_nearest_pattern_lacks_at_least_as_much_where_one_does(
    lacking: frozenset[str], used: frozenset[str], calibrated: list[int]
) -> None:
    lacking &= used
    found = nearest_pattern(sorted(lacking), used, calibrated)
    if not lacking or not calibrated:
        assert found == 0
        return
    gone = {place: used.intersection(PATTERNS[place - 1].lacks) for place in calibrated}
    enough = [place for place in calibrated if lacking <= gone[place]]
    assert found in (enough or calibrated)
    assert all(len(gone[found]) <= len(gone[place]) for place in enough)


def test_the_last_pattern_lacks_most() -> None:
    assert all(set(one.lacks) <= set(PATTERNS[-1].lacks) for one in PATTERNS)
