"""The promotion gate's judgement: what an interval must say before one model takes another's place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.evaluation.bootstrap import Interval
from openslate.registry.standing import Comparison, Standing, comparison_key, judge

CLEAR = Interval(0.1, 0.08, 0.12, 500)
UNCLEAR = Interval(0.01, -0.01, 0.03, 500)
WORSE = Interval(-0.05, -0.07, -0.03, 500)
FEW = Interval(-0.05, -0.07, -0.03, 29)
OLD = Standing(5, "old", "ndcg@10", CLEAR, Interval(2.0, 1.9, 2.1, 500))
NEW = Standing(9, "new", "ndcg@10", CLEAR, Interval(2.0, 1.9, 2.1, 500))
NO_FRESHER = replace(OLD, data="old")


def compared(difference: Interval | None) -> Comparison:
    return Comparison("old", difference, "asked as it serves")


@pytest.mark.parametrize(
    ("candidate", "incumbent", "difference", "serves", "words"),
    [
        (NEW, None, None, True, "nothing served before"),
        (replace(NEW, ahead=UNCLEAR), None, None, True, "no clear lead"),
        (replace(NEW, ahead=WORSE), None, None, False, "worse than popularity"),
        (replace(NEW, ahead=FEW), None, None, True, "no clear lead"),
        (OLD, NEW, CLEAR, False, "stale"),
        (replace(NEW, ahead=UNCLEAR), OLD, CLEAR, False, "not clearly better than popularity"),
        (replace(NEW, ahead=UNCLEAR), replace(OLD, ahead=UNCLEAR), UNCLEAR, True, "fresher"),
        (NEW, OLD, WORSE, False, "clearly worse"),
        (NEW, OLD, replace(WORSE, n_members=29), True, "cannot be told apart"),
        (NEW, OLD, UNCLEAR, True, "it is fresher"),
        (NEW, OLD, CLEAR, True, "clearly better"),
        (NO_FRESHER, OLD, UNCLEAR, False, "no fresher"),
        (NO_FRESHER, OLD, CLEAR, True, "clearly better"),
        (replace(OLD, data="without somebody who withdrew"), OLD, UNCLEAR, True, "it is fresher"),
        (NEW, OLD, None, True, "never compared"),
    ],
)
def test_the_rules(
    candidate: Standing, incumbent: Standing | None, difference: Interval | None, serves: bool, words: str
) -> None:
    found = judge(candidate, incumbent, None if difference is None else compared(difference))
    assert found.serves is serves
    assert words in found.why


@pytest.mark.parametrize(
    ("lift", "serves"),
    [
        (Interval(1.6, 1.5, 1.7, 500), False),
        (Interval(1.6, 1.2, 2.1, 500), True),
        (Interval(1.9, 1.88, 1.92, 500), True),
        (Interval(1.2, 1.1, 1.3, 29), True),
        (None, True),
    ],
)
def test_without_a_comparison_only_a_clear_gap_between_lifts_speaks_against(
    lift: Interval | None, serves: bool
) -> None:
    found = judge(replace(NEW, lift=lift), OLD, compared(None))
    assert found.serves is serves
    assert "asked as it serves" in found.why


def test_the_numbers_are_told() -> None:
    why = judge(NEW, OLD, compared(WORSE)).why
    assert "nDCG@10" in why
    assert "−0.050 (−0.070 to −0.030, 500 members)" in why


@given(
    st.integers(0, 3),
    st.floats(-0.2, 0.2),
    st.floats(0, 0.1),
    st.integers(0, 60),
)
def test_never_significantly_worse_and_never_stale(as_of: int, mean: float, half: float, members: int) -> None:
    difference = Interval(mean, mean - half, mean + half, members)
    incumbent, candidate = replace(OLD, as_of=1), replace(NEW, as_of=as_of)
    found = judge(candidate, incumbent, compared(difference))
    if as_of < 1 or (difference.excludes_zero and mean < 0):
        assert not found.serves
    elif as_of > 1:
        assert found.serves


def test_a_manifest_of_an_earlier_version_claims_nothing() -> None:
    standing = Standing.of({"as_of": 5, "validation": {"split": "s", "score": 0.05, "baseline": 0.1}})
    assert not standing.beats_popularity
    assert judge(NEW, standing, None).serves
    assert judge(standing, None).serves


def test_a_comparison_comes_back_and_its_name_follows_what_decides_the_model() -> None:
    for one in (compared(CLEAR), compared(None)):
        assert Comparison.of(one.to_dict()) == one
    manifest = {"data": "d", "recipe": {"l2": 1.0}, "code": "c", "as_of": 4}
    key = comparison_key(manifest, "old")
    assert comparison_key({**manifest, "as_of": 5}, "old") == key
    assert key not in {comparison_key({**manifest, "data": "e"}, "old"), comparison_key(manifest, "older")}
