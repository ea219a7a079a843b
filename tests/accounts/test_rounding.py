from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.accounts.rounding import apportion
from openslate.errors import RightsError
from openslate.rights.currencies import MINOR_DIGITS

WEIGHTS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=4), st.fractions(0, 1000, max_denominator=997), min_size=1, max_size=20
)
CURRENCY = st.sampled_from(["USD", "JPY", "KWD"])


@given(WEIGHTS, st.integers(0, 10**9), CURRENCY)
def test_parts_add_up_to_the_coin_and_stay_within_one_of_their_share(
    weights: dict[str, Fraction], coins: int, currency: str
) -> None:
    total = Decimal(coins).scaleb(-MINOR_DIGITS[currency])
    whole = sum(weights.values())
    if whole == 0 and coins:
        with pytest.raises(RightsError, match="among nobody"):
            apportion(total, weights, currency)
        return
    parts = apportion(total, weights, currency)
    assert sum(parts.values()) == total
    coin = Fraction(1, 10 ** MINOR_DIGITS[currency])
    for name, part in parts.items():
        assert part >= 0
        if whole:
            assert abs(Fraction(part) - Fraction(total) * weights[name] / whole) < coin


@given(WEIGHTS, st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_changes_nothing(weights: dict[str, Fraction], coins: int, random: object) -> None:
    if not sum(weights.values()):
        return
    shuffled = list(weights.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    total = Decimal(coins) / 100
    parts = apportion(total, weights, "USD")
    assert list(parts.items()) == list(apportion(total, dict(shuffled), "USD").items())


@given(WEIGHTS, st.integers(0, 10**6), st.fractions(Fraction(1, 50), 50))
def test_weights_count_by_their_ratio_alone(weights: dict[str, Fraction], coins: int, factor: Fraction) -> None:
    if sum(weights.values()):
        scaled = {name: weight * factor for name, weight in weights.items()}
        total = Decimal(coins) / 100
        assert apportion(total, scaled, "USD") == apportion(total, weights, "USD")


def test_a_known_example_by_hand() -> None:
    # 100 coins by 1 : 2 : 4 are 14.29, 28.57 and 57.14: the one coin left goes to the largest remainder.
    parts = apportion(Decimal("1.00"), {"a": Fraction(1), "b": Fraction(2), "c": Fraction(4)}, "USD")
    assert [str(part) for part in parts.values()] == ["0.14", "0.29", "0.57"]


@pytest.mark.parametrize("weights", [{"a": Fraction(-1), "b": Fraction(2)}, {}])
def test_what_cannot_be_shared_out_is_refused(weights: dict[str, Fraction]) -> None:
    with pytest.raises(RightsError):
        apportion(Decimal("1.00"), weights, "USD")


@pytest.mark.parametrize(("total", "currency"), [("-1", "USD"), ("0.001", "USD"), ("0.5", "JPY"), ("1", "XXX")])
def test_a_total_of_no_whole_coins_is_refused(total: str, currency: str) -> None:
    with pytest.raises(RightsError):
        apportion(Decimal(total), {"a": Fraction(1)}, currency)
