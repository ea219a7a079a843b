from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.accounts.success_bonus import SAG_AFTRA, WGA, success_bonus, views_per_subscriber
from openslate.errors import UsageError


@pytest.mark.parametrize(("hours", "qualifies"), [(18_999, False), (19_000, True), (19_001, True)])
def test_the_threshold_is_a_cliff(hours: int, qualifies: bool) -> None:
    reached = views_per_subscriber(hours, Fraction(95, 60), 60_000)
    assert success_bonus(Decimal("1000.00"), reached, "USD").qualifies is qualifies


def test_where_floats_would_deny_a_bonus_that_is_owed() -> None:
    # 0.6 hours of a title of 0.1 hours are exactly 6 views: for 30 subscribers exactly one fifth.
    assert not 0.6 / 0.1 / 30 >= 0.2
    assert views_per_subscriber(Decimal("0.6"), Decimal("0.1"), 30) == Fraction(1, 5)
    assert success_bonus(Decimal("1.00"), Fraction(1, 5), "USD").qualifies


def test_where_floats_would_pay_a_bonus_that_is_not_owed() -> None:
    missing = Fraction(1, 5) - Fraction(1, 10**18)
    assert float(missing) >= 0.2
    assert not success_bonus(Decimal("1.00"), missing, "USD").qualifies


@given(st.integers(1, 10**6), st.integers(1, 400), st.integers(1, 10**6))
def test_the_comparison_is_that_of_whole_numbers(hours: int, minutes: int, subscribers: int) -> None:
    reached = views_per_subscriber(hours, Fraction(minutes, 60), subscribers)
    expected = 5 * hours * 60 >= minutes * subscribers
    assert success_bonus(Decimal("1.00"), reached, "USD").qualifies is expected


def test_performers_share_with_the_fund_and_writers_get_half() -> None:
    performer = success_bonus(Decimal("1000.00"), Fraction(1, 5), "USD", SAG_AFTRA)
    assert (performer.performer, performer.fund) == (Decimal("750.00"), Decimal("250.00"))
    writer = success_bonus(Decimal("1000.01"), Fraction(1, 5), "USD", WGA)
    assert (writer.performer, writer.fund) == (Decimal("500.01"), Decimal("0.00"))
    missed = success_bonus(Decimal("1000.00"), Fraction(1, 6), "USD", SAG_AFTRA)
    assert (missed.performer, missed.fund) == (0, 0)


@given(st.integers(0, 10**9), st.sampled_from([SAG_AFTRA, WGA]))
def test_the_split_pays_out_the_whole_bonus(cents: int, terms: object) -> None:
    residual = Decimal(cents) / 100
    bonus = success_bonus(residual, Fraction(1), "USD", terms)  # type: ignore[arg-type]
    paid = Fraction(bonus.performer + bonus.fund)
    exact = Fraction(residual) * terms.of_residual  # type: ignore[attr-defined]
    assert exact <= paid < exact + Fraction(1, 100)


@pytest.mark.parametrize(
    "given_",
    [(0.6, 1, 1), (1, 0.1, 1), (1, 1, 1.0), (1, 0, 1), (1, 1, 0), (-1, 1, 1), (Decimal("NaN"), 1, 1), (True, 1, 1)],
)
def test_what_is_not_exact_or_not_there_is_refused(given_: tuple[object, object, object]) -> None:
    with pytest.raises(UsageError):
        views_per_subscriber(*given_)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        success_bonus(Decimal(1), 0.2, "USD")  # type: ignore[arg-type]
