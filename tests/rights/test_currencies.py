from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import RightsError
from openslate.rights.currencies import MINOR_DIGITS, money, money_text, number_text, quantity


@given(st.sampled_from(sorted(MINOR_DIGITS)), st.integers(-(10**15) + 1, 10**15 - 1))
def test_an_amount_has_one_text_and_comes_back_from_it(currency: str, coins: int) -> None:
    amount = Decimal(coins).scaleb(-MINOR_DIGITS[currency])
    text = money_text(amount, currency)
    assert money(text, currency) == amount
    assert money_text(amount.normalize(), currency) == text


@pytest.mark.parametrize("text", ["1", "1.0", "1.000", "01.00", "+1.00", "1e2", " 1.00", "1.00\n", "-0.00", "", "١.00"])
def test_any_other_text_is_no_amount(text: str) -> None:
    with pytest.raises(RightsError, match="is no amount in USD"):
        money(text, "USD")


def test_parts_of_a_coin_and_unknown_currencies_are_refused() -> None:
    with pytest.raises(RightsError, match="part of a coin"):
        money_text(Decimal("0.5"), "JPY")
    with pytest.raises(RightsError, match="unknown"):
        money_text(Decimal(1), "XXX")
    with pytest.raises(RightsError, match="no amount"):
        money_text(Decimal("Infinity"), "USD")


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=6))
def test_a_quantity_has_one_text(number: Decimal) -> None:
    assert quantity(number_text(number)) == number


@pytest.mark.parametrize("text", ["1.50", "1.", ".5", "1E2", "00", "-0", "NaN"])
def test_any_other_text_is_no_quantity(text: str) -> None:
    with pytest.raises(RightsError, match="is no quantity"):
        quantity(text)
