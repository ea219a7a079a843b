from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.rights.compensation import PER_USE, POOLED, Compensation
from openslate.rights.currencies import MINOR_DIGITS
from openslate.rights.pricing import Price, Unpriced, price, price_scan
from openslate.rights.usage import UNITS, Estimate, Scan, Terms, Usage

DAYS = Compensation("day_equiv", Decimal("1000"), "USD", floor=Decimal("1283"), residuals=True, pension_and_health=True)
LINES = Compensation("per_line", Decimal("12.345"), "USD")
ESTIMATE = Estimate("first assistant director", "schedule of 3 March")


def amount(found: Price | Unpriced) -> Decimal | None:
    assert isinstance(found, Price), found
    return found.amount


@pytest.mark.parametrize(
    ("rate", "days", "owed"),
    [("1000", "1", "1283.00"), ("1283", "1", "1283.00"), ("1283.01", "1", "1283.01"), ("1000", "2.5", "3207.50")],
)
def test_days_pay_the_rate_or_the_minimum_whichever_is_more(rate: str, days: str, owed: str) -> None:
    found = price(replace(DAYS, rate=Decimal(rate)), Usage(Decimal(days), "day", ESTIMATE))
    assert amount(found) == Decimal(owed)
    assert isinstance(found, Price)
    assert found.residuals and found.pension_and_health


@pytest.mark.parametrize(("words", "lines"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_a_line_begun_is_a_line(words: int, lines: int) -> None:
    found = price(LINES, Usage(Decimal(words), "word"))
    assert isinstance(found, Price)
    assert (found.units, found.unit) == (lines, "line")
    # 12.345 a line: what is left of a cent is rounded up.
    assert found.amount == Decimal(-(-12345 * lines // 10)) / 100


def test_lines_are_whole_and_a_contract_may_count_more_words() -> None:
    assert amount(price(LINES, Usage(Decimal("1.5"), "line"))) == Decimal("24.69")
    assert amount(price(LINES, Usage(Decimal(24), "word"), Terms(words_per_line=12))) == Decimal("24.69")


def test_real_time_pays_a_multiple_of_scale_and_needs_one() -> None:
    usage = Usage(Decimal(2), "line", real_time=True)
    assert amount(price(replace(LINES, floor=Decimal(10)), usage)) == Decimal("150.00")
    assert amount(price(replace(LINES, rate=Decimal(80), floor=Decimal(10)), usage)) == Decimal("160.00")
    assert isinstance(price(LINES, usage), Unpriced)


def test_a_flat_fee_and_what_was_bargained_keep_their_floor() -> None:
    assert amount(price(Compensation("flat", Decimal("500"), "EUR"), Usage(Decimal(3), "use"))) == Decimal("1500.00")
    bargained = Compensation("freely_bargained", Decimal("900"), "USD", floor=Decimal("1283"))
    assert amount(price(bargained, Usage(Decimal(1), "use"))) == Decimal("1283.00")
    assert amount(price(Compensation("flat", Decimal(0), "EUR"), Usage(Decimal(1), "use"))) == 0


@pytest.mark.parametrize(("currency", "owed"), [("JPY", "34"), ("USD", "33.34"), ("KWD", "33.334")])
def test_every_currency_has_its_own_smallest_coin(currency: str, owed: str) -> None:
    found = price(Compensation("flat", Decimal("33.3334"), currency), Usage(Decimal(1), "use"))
    assert str(amount(found)) == owed


@pytest.mark.parametrize("basis", POOLED)
def test_a_pool_gives_units_and_no_amount(basis: Any) -> None:
    found = price(Compensation(basis, None, "USD", pool="July"), Usage(Decimal(40), "view"))
    assert isinstance(found, Price)
    assert (found.amount, found.rate, found.units, found.pool) == (None, None, 40, "July")


@pytest.mark.parametrize(
    ("compensation", "usage"),
    [
        (None, Usage(Decimal(1), "use")),
        (Compensation("flat", None, "USD"), Usage(Decimal(1), "use")),
        (Compensation("flat", Decimal(-1), "USD"), Usage(Decimal(1), "use")),
        (Compensation("flat", Decimal("NaN"), "USD"), Usage(Decimal(1), "use")),
        (Compensation("flat", Decimal("1E-9"), "USD"), Usage(Decimal(1), "use")),
        (Compensation("flat", Decimal("1E+99999"), "USD"), Usage(Decimal(1), "use")),
        (Compensation("flat", Decimal("9E+14"), "USD"), Usage(Decimal(10), "use")),
        (Compensation("flat", Decimal(1), "XXX"), Usage(Decimal(1), "use")),
        (Compensation("flat", Decimal(1), "usd"), Usage(Decimal(1), "use")),
        (Compensation("flat", Decimal(1), "USD"), Usage(Decimal(0), "use")),
        (Compensation("flat", Decimal(1), "USD"), Usage(Decimal(-1), "use")),
        (Compensation("flat", Decimal(1), "USD"), Usage(Decimal("Infinity"), "use")),
        (Compensation("flat", Decimal(1), "USD"), Usage(1.0, "use")),  # type: ignore[arg-type]
        (Compensation("flat", Decimal(1), "USD"), Usage(Decimal(1), "day")),
        (Compensation("pro_rata", None, "USD"), Usage(Decimal(1), "view")),
        (Compensation("pro_rata", Decimal(1), "USD", pool="p"), Usage(Decimal(1), "view")),
        (Compensation("barter", Decimal(1), "USD"), Usage(Decimal(1), "use")),  # type: ignore[arg-type]
        (DAYS, Usage(Decimal(1), "day")),
        (DAYS, Usage(Decimal(1), "day", Estimate("", "schedule"))),
        (DAYS, Usage(Decimal(1), "day", Estimate("director", ""))),
    ],
)
def test_what_has_no_price_comes_back_as_a_reason(compensation: Compensation | None, usage: Usage) -> None:
    found = price(compensation, usage)
    assert isinstance(found, Unpriced)
    assert found.what.endswith(".") and found.way_out.endswith(".")


@pytest.mark.parametrize(
    ("scan", "owed", "units"),
    [
        (Scan("standalone", Decimal(2)), "1283.00", "1"),
        (Scan("block", Decimal(4), suits_performer=True), "641.50", "0.5"),
        (Scan("work_time", Decimal(3)), "0.00", "0"),
    ],
)
def test_a_scan_pays_a_day_half_a_day_or_is_work_time(scan: Scan, owed: str, units: str) -> None:
    found = price_scan(DAYS, scan)
    assert isinstance(found, Price)
    assert (str(found.amount), found.units) == (owed, Decimal(units))


@pytest.mark.parametrize(
    ("compensation", "scan"),
    [
        (DAYS, Scan("block", Decimal("4.000001"), suits_performer=True)),
        (DAYS, Scan("block", Decimal(4))),
        (DAYS, Scan("standalone", Decimal(25))),
        (DAYS, Scan("standalone", Decimal(0))),
        (LINES, Scan("standalone", Decimal(2))),
        (None, Scan("standalone", Decimal(2))),
    ],
)
def test_a_scan_that_fits_no_rule_has_no_price(compensation: Compensation | None, scan: Scan) -> None:
    assert isinstance(price_scan(compensation, scan), Unpriced)


@given(
    basis=st.sampled_from([*PER_USE, *POOLED]),
    rate=st.none() | st.decimals(),
    floor=st.none() | st.decimals(),
    currency=st.sampled_from([*MINOR_DIGITS, "XXX", ""]),
    units=st.decimals(),
    unit=st.sampled_from(sorted({unit for units in UNITS.values() for unit in units})),
    pool=st.none() | st.just("p"),
    real_time=st.booleans(),
)
def test_pricing_is_total_and_never_undercuts(
    basis: Any, unit: Any, units: Decimal, real_time: bool, **given_: Any
) -> None:
    compensation = Compensation(basis, given_["rate"], given_["currency"], floor=given_["floor"], pool=given_["pool"])
    found = price(compensation, Usage(units, unit, ESTIMATE, real_time))
    if isinstance(found, Unpriced):
        return
    if found.amount is None:
        assert basis in POOLED
        return
    assert given_["rate"] is not None
    exact = Fraction(given_["rate"]) * Fraction(found.units)
    coin = Fraction(1, 10 ** MINOR_DIGITS[given_["currency"]])
    assert Fraction(found.amount) >= exact
    assert Fraction(found.amount) % coin == 0
    if given_["floor"] is None:
        assert Fraction(found.amount) < exact + coin
    else:
        assert Fraction(found.amount) >= Fraction(given_["floor"]) * Fraction(found.units)
