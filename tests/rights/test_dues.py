from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from openslate import clock
from openslate.accounts import book, disputes
from openslate.accounts.payments import record_payment
from openslate.accounts.periods import close_period
from openslate.accounts.shared_out import PoolMoney
from openslate.accounts.statements import statement
from openslate.project import Project
from openslate.rights.dues import Due, outstanding, overdue
from openslate.rights.periods import PaymentTerms, Period, due_moment
from tests.used import AUGUST, CLOSING, JULY, USE, a_hash, paid_as, pooled, put

ADA = a_hash("ada")
DUE = datetime(2026, 11, 30, tzinfo=UTC)


def dues(project: Project) -> tuple[Due, ...]:
    return outstanding((one.index, one.entry) for one in book.read(project))


def close(project: Project, at: datetime = CLOSING, period: Any = JULY, **more: Any) -> None:
    with clock.frozen(at):
        close_period(project, period, "Northlight Pictures", **more)


@pytest.fixture
def after_close() -> Iterator[None]:
    with clock.frozen(CLOSING + timedelta(days=1)):
        yield


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-07-01T00:00:00+00:00", "2026-11-30"),
        ("2026-09-30T23:59:59.999999+00:00", "2026-11-30"),
        ("2026-10-01T00:00:00+00:00", "2027-03-02"),
        ("2026-10-01T00:30:00+02:00", "2026-11-30"),
        ("2027-12-31T12:00:00+00:00", "2028-03-01"),
    ],
)
def test_money_is_due_sixty_days_after_the_quarter(at: str, due: str) -> None:
    # 1 March 2028: 60 days after 1 January of a leap year.
    assert due_moment(datetime.fromisoformat(at)).date().isoformat() == due
    assert due_moment(datetime.fromisoformat(at), PaymentTerms(days=0)).day == 1


def test_dues_are_overdue_from_their_moment_on_and_by_record() -> None:
    owed = [Due("p", "USD", Decimal(1), DUE, ("r1", "r2"), 7)]
    assert overdue(owed, DUE - timedelta(microseconds=1)) == ()
    assert overdue(owed, DUE) == tuple(owed)
    assert overdue(owed, DUE, "r2") == tuple(owed)
    assert overdue(owed, DUE, "r3") == ()


def test_a_use_is_due_before_any_period_is_closed(project: Project) -> None:
    put(project, USE, pooled("r9", 3))
    priced, shared = dues(project)
    assert (priced.amount, priced.due, priced.records) == (Decimal("2566.00"), DUE, ("record-1",))
    assert shared.amount is None
    assert len(overdue(dues(project), DUE)) == 2


def test_closing_late_does_not_put_it_off(project: Project) -> None:
    put(project, USE)
    close(project, at=DUE + timedelta(days=200))
    (owed,) = dues(project)
    assert (owed.due, owed.amount, owed.statement) == (DUE, Decimal("2566.00"), 2)


def test_payments_and_corrections_settle_the_oldest_first(project: Project, after_close: None) -> None:
    put(project, USE, replace(USE, at=AUGUST.start, record="record-2"))
    close(project)
    line = statement(project, JULY, ADA)["lines"][0]["line"]
    record_payment(project, ADA, Decimal("2500.00"), "USD", "wire 1")
    first, second = sorted(dues(project), key=lambda one: one.records)
    assert (first.amount, second.amount, second.statement) == (Decimal("66.00"), Decimal("2566.00"), None)
    record_payment(project, ADA, Decimal("166.00"), "USD", "wire 2")
    disputes.adjust(project, JULY, line, Decimal("-66.00"), "units_corrected")
    close(project, AUGUST.end, AUGUST)
    # August's statement is 2566 less 66, and 100 of the second payment is left for it.
    assert [(one.amount, one.records) for one in dues(project)] == [(Decimal("2400.00"), ("record-1", "record-2"))]
    with clock.frozen(AUGUST.end):
        record_payment(project, ADA, Decimal("2400.00"), "USD", "wire 3")
    assert dues(project) == ()


def test_a_late_use_is_due_by_when_it_happened_and_paid_first(project: Project) -> None:
    # The first period takes what is older than itself: June, of the quarter before.
    june = replace(USE, at=JULY.start - timedelta(hours=1), record="record-2")
    put(project, june, USE)
    before = dues(project)
    close(project)
    assert [(one.due, one.records) for one in before] == [(one.due, one.records) for one in dues(project)]
    assert [(one.due.date().isoformat(), one.records) for one in dues(project)] == [
        ("2026-08-30", ("record-2",)),
        ("2026-11-30", ("record-1",)),
    ]
    (late,) = (one for one in statement(project, JULY, ADA)["lines"] if one["late"])
    with clock.frozen(CLOSING + timedelta(days=1)):
        disputes.hold(project, JULY, late["line"], Decimal("66.00"), "legal_hold")
        assert [one.amount for one in dues(project)] == [Decimal("2500.00"), Decimal("2566.00")]
        record_payment(project, ADA, Decimal("2000.00"), "USD", "wire 1")
    assert [one.amount for one in dues(project)] == [Decimal("500.00"), Decimal("2566.00")]


def test_a_period_over_two_quarters_puts_nothing_off(project: Project) -> None:
    june = replace(USE, at=JULY.start - timedelta(hours=1), record="record-2")
    put(project, june, USE)
    close(project, period=Period(JULY.start - timedelta(days=30), JULY.end))
    assert [(one.due.date().isoformat(), one.records) for one in dues(project)] == [
        ("2026-08-30", ("record-2",)),
        ("2026-11-30", ("record-1",)),
    ]


def test_what_is_held_is_not_overdue_and_is_again_once_released(project: Project, after_close: None) -> None:
    put(project, USE)
    close(project)
    line = statement(project, JULY, ADA)["lines"][0]["line"]
    paid_as(project, "ada", ADA)
    number = disputes.dispute(project, JULY, line, "Two days more.", "ada")
    disputes.hold(project, JULY, line, Decimal("2566.00"), "disputed", number)
    assert overdue(dues(project), DUE) == ()
    disputes.resolve(project, number, "rejected")
    held = disputes.hold(project, JULY, line, Decimal("66.00"), "legal_hold")
    assert [one.amount for one in overdue(dues(project), DUE)] == [Decimal("2500.00")]
    disputes.release(project, held)
    assert [one.amount for one in overdue(dues(project), DUE)] == [Decimal("2566.00")]


def test_a_pool_is_due_once_it_is_shared_out(project: Project) -> None:
    put(project, pooled("r9", 3))
    close(project, pools=[PoolMoney("July", "USD", Decimal("12.00"), "pro_rata")])
    assert [(one.payee, one.amount) for one in dues(project)] == [(a_hash("r9"), Decimal("12.00"))]


def test_other_decisions_are_passed_over(project: Project) -> None:
    assert outstanding([(0, {"decision": "read"}), (1, {**USE.to_entry(), "outcome": "deny"})]) == ()
