"""The codes of a day-out-of-days are those of the trade, and hold and drop exactly where the pay does."""

import random
from datetime import date

import pytest

from openslate.apps.production.board.pay import pay_of
from openslate.apps.production.pages.codes import MEANINGS, codes_of, tally_of
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import Contract, Span

MARCH = Calendar(date(2027, 3, 1), date(2027, 3, 31), holidays=(Span(date(2027, 3, 10), date(2027, 3, 10)),))


def written(contract: Contract, *days: int) -> str:
    codes = codes_of(contract, [date(2027, 3, day) for day in days], MARCH)
    return " ".join(f"{day.day}{code}" for day, code in codes.items())


@pytest.mark.parametrize(
    ("contract", "days", "codes"),
    [
        (Contract(), (), ""),
        (Contract(), (3,), "3SWF"),
        (Contract(), (3, 4), "3SW 4WF"),
        (Contract(), (3, 4, 5), "3SW 4W 5WF"),
        (Contract(), (4, 9), "4SW 5H 8H 9WF"),
        (Contract("worked"), (4, 9), "4SW 5I 8I 9WF"),
        (Contract("weekly"), (4, 9), "4SW 5H 8H 9WF"),
        (Contract(), (9, 11), "9SW 10/ 11WF"),
        (Contract("day", drops=1, drop_days=10), (1, 2, 15), "1SW 2WD 15PWF"),
        (Contract("day", drops=1, drop_days=10), (1, 15, 16), "1SWD 15PW 16WF"),
        (Contract("day", drops=2, drop_days=5), (1, 11, 22), "1SWD 11PWD 22PWF"),
        (Contract("day", drops=1, drop_days=5), (1, 11, 23), "1SW 2H 3H 4H 5H 8H 9H 10/ 11WD 23PWF"),
        (Contract("day", drops=1, drop_days=15), (1, 9), "1SW 2H 3H 4H 5H 8H 9WF"),
        (Contract("weekly", drops=1, drop_days=2), (1, 4), "1SW 2H 3H 4WF"),
    ],
)
def test_codes(contract: Contract, days: tuple[int, ...], codes: str) -> None:
    assert written(contract, *days) == codes


def test_hold_work_and_drops_are_those_of_the_pay() -> None:
    draw = random.Random(7)
    there = list(MARCH.working_days())
    for _ in range(300):
        days = sorted(draw.sample(there, draw.randint(1, 9)))
        contract = Contract(draw.choice(("day", "weekly")), 100, draw.randint(0, 3), draw.randint(2, 12))
        codes, paid = codes_of(contract, days, MARCH), pay_of(contract, days, MARCH)
        tally = tally_of(codes)
        assert (tally.work, tally.hold, tally.idle) == (paid.worked, paid.held, 0)
        assert [day for day, code in codes.items() if code.endswith("D")] == [one for one, _ in paid.dropped]
        assert [day for day, code in codes.items() if code.startswith("P")] == [other for _, other in paid.dropped]
        assert all(not one < day < other for one, other in paid.dropped for day in codes)


def test_every_code_is_explained() -> None:
    assert set(MEANINGS) >= {
        code
        for day in ((1,), (1, 4, 11))
        for code in codes_of(Contract(), [date(2027, 3, one) for one in day], MARCH).values()
    }


def test_a_tally_counts_each_kind() -> None:
    tally = tally_of(codes_of(Contract("worked"), [date(2027, 3, 8), date(2027, 3, 12)], MARCH))
    assert (tally.work, tally.hold, tally.idle, tally.holidays, tally.days) == (2, 0, 2, 1, 2)
