import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from typer.testing import CliRunner

from openslate import clock
from openslate.accounts import book, disputes
from openslate.accounts.names import VaultNames
from openslate.accounts.payments import record_payment
from openslate.accounts.periods import close_period
from openslate.accounts.short_numbers import whole_number
from openslate.accounts.statements import statement, statement_json
from openslate.cli.main import app
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.periods import Period
from tests.used import AUGUST, CLOSING, JULY, SEPTEMBER, USE, a_hash, paid_as, put

ADA = a_hash("ada")
WORDS = "They needed me four days, says Bob Smith."


@pytest.fixture
def line(project: Project) -> str:
    put(project, USE)
    paid_as(project, "ada", ADA)
    with clock.frozen(CLOSING):
        close_period(project, JULY, "Northlight Pictures")
    return str(frozen(project)["lines"][0]["line"])


def frozen(project: Project, period: Period = JULY) -> dict[str, Any]:
    return statement(project, period, ADA)


def close(project: Project, period: Period) -> dict[str, Any]:
    with clock.frozen(period.end):
        close_period(project, period, "Northlight Pictures")
    return frozen(project, period)


def test_a_dispute_from_first_to_last(project: Project, line: str) -> None:
    with clock.frozen(CLOSING + timedelta(days=1)):
        number = disputes.dispute(project, JULY, line, WORDS, "ada")
        held = disputes.hold(project, JULY, line, Decimal("1283.00"), "disputed", number)
    august = close(project, AUGUST)
    assert [(one["hold"], one["amount"], one["reason"]) for one in august["held"]] == [(held, "1283.00", "disputed")]
    total = august["totals"]["USD"]
    assert (total["closing"], total["held"], total["payable"]) == ("2566.00", "1283.00", "1283.00")
    with clock.frozen(AUGUST.end + timedelta(days=3)):
        disputes.adjust(project, JULY, line, Decimal("1283.00"), "dispute_settled", number)
        disputes.resolve(project, number, "settled")
    september = close(project, SEPTEMBER)
    assert september["held"] == []
    (correction,) = september["adjustments"]
    assert (correction["period"], correction["line"], correction["amount"]) == (JULY.id, line, "1283.00")
    assert september["totals"]["USD"] == {
        "opening": "2566.00",
        "earned": "0.00",
        "late": "0.00",
        "adjustments": "1283.00",
        "paid": "0.00",
        "closing": "3849.00",
        "held": "0.00",
        "payable": "3849.00",
    }


def test_what_is_frozen_stays_as_it_was(project: Project, line: str) -> None:
    before = statement_json(frozen(project))
    with clock.frozen(CLOSING + timedelta(days=1)):
        disputes.adjust(project, JULY, line, Decimal("-566.00"), "units_corrected")
    close(project, AUGUST)
    assert statement_json(frozen(project)) == before
    assert frozen(project, AUGUST)["totals"]["USD"]["closing"] == "2000.00"


def test_a_correction_stands_where_it_was_made_even_before_the_close(project: Project, line: str) -> None:
    # Made in September, while August is still open.
    with clock.frozen(AUGUST.end + timedelta(days=1)):
        disputes.adjust(project, JULY, line, Decimal("1.00"), "rate_corrected")
    with clock.frozen(AUGUST.end + timedelta(days=2)):
        close_period(project, AUGUST, "Northlight Pictures")
    assert frozen(project, AUGUST)["adjustments"] == []
    assert [one["amount"] for one in close(project, SEPTEMBER)["adjustments"]] == ["1.00"]


def test_the_words_of_a_dispute_stay_off_the_ledger(project: Project, line: str) -> None:
    number = disputes.dispute(project, JULY, line, WORDS, "ada")
    assert b"Bob" not in project.ledger_path.read_bytes()
    assert VaultNames(project).dispute(number) == WORDS
    project.vault.execute("DELETE FROM papers WHERE subject = 'ada'")
    assert VaultNames(project).dispute(number) is None


def test_the_same_line_can_be_disputed_again(project: Project, line: str) -> None:
    first = disputes.dispute(project, JULY, line, WORDS, "ada")
    disputes.resolve(project, first, "rejected")
    size = len(book.read(project))
    disputes.resolve(project, first, "rejected")
    assert len(book.read(project)) == size
    with pytest.raises(RightsError, match="resolved already"):
        disputes.resolve(project, first, "upheld")
    second = disputes.dispute(project, JULY, line, WORDS, "ada")
    assert second != first
    with pytest.raises(RightsError, match="no open dispute"):
        disputes.hold(project, JULY, line, Decimal(1), "disputed", first)


def test_no_more_is_held_than_is_owed(project: Project, line: str) -> None:
    held = disputes.hold(project, JULY, line, Decimal("2000.00"), "details_missing")
    with pytest.raises(RightsError, match=r"566\.00 USD of it are free"):
        disputes.hold(project, JULY, line, Decimal("566.01"), "details_missing")
    with pytest.raises(RightsError, match="cannot be corrected"):
        disputes.adjust(project, JULY, line, Decimal("-566.01"), "units_corrected")
    other = disputes.hold(project, JULY, line, Decimal("566.00"), "legal_hold")
    assert other != held
    disputes.release(project, held)
    size = len(book.read(project))
    disputes.release(project, held)
    assert len(book.read(project)) == size
    disputes.adjust(project, JULY, line, Decimal("-2000.00"), "units_corrected")
    with pytest.raises(RightsError, match="no hold"):
        disputes.release(project, "nothing")


@pytest.mark.parametrize("amount", ["-2566.01", "0", "0.001", "NaN"])
def test_a_line_never_falls_below_nothing(project: Project, line: str, amount: str) -> None:
    with pytest.raises(RightsError):
        disputes.adjust(project, JULY, line, Decimal(amount), "units_corrected")
    assert book.read(project)[-1].entry["decision"] == "period"


def test_what_is_not_known_is_refused(project: Project, line: str) -> None:
    size = len(book.read(project))
    for wrong in (
        lambda: disputes.dispute(project, JULY, "no such line", WORDS, "ada"),
        lambda: disputes.dispute(project, AUGUST, line, WORDS, "ada"),
        lambda: disputes.dispute(project, JULY, line, "  ", "ada"),
        lambda: disputes.dispute(project, JULY, line, WORDS, " "),
        lambda: disputes.hold(project, JULY, line, Decimal(1), "disputed"),
        lambda: disputes.hold(project, JULY, line, Decimal(1), "because"),
        lambda: disputes.hold(project, JULY, line, Decimal(0), "legal_hold"),
        lambda: disputes.adjust(project, JULY, line, Decimal(1), "because"),
        lambda: disputes.adjust(project, JULY, line, Decimal(1), "dispute_settled"),
        lambda: disputes.adjust(project, JULY, line, Decimal(1), "dispute_settled", "nothing"),
        lambda: disputes.resolve(project, "nothing", "upheld"),
        lambda: disputes.resolve(project, "nothing", "shouted at"),
    ):
        with pytest.raises(RightsError):
            wrong()  # type: ignore[no-untyped-call]
    assert len(book.read(project)) == size


def test_what_was_overpaid_is_set_against_what_comes(project: Project, line: str) -> None:
    with clock.frozen(CLOSING + timedelta(days=1)):
        record_payment(project, ADA, Decimal("2566.00"), "USD", "wire 1")
        disputes.adjust(project, JULY, line, Decimal("-66.00"), "units_corrected")
    total = close(project, AUGUST)["totals"]["USD"]
    assert (total["closing"], total["payable"]) == ("-66.00", "0.00")
    assert close(project, SEPTEMBER)["totals"]["USD"]["opening"] == "-66.00"


def test_the_first_characters_of_a_number_are_enough_where_they_name_one(project: Project, line: str) -> None:
    with clock.frozen(CLOSING + timedelta(days=1)):
        numbers = [disputes.dispute(project, JULY, line[:6], WORDS, "ada") for _ in range(3)]
        number = numbers[0]
        held = disputes.hold(project, JULY, line[:4], Decimal("1.00"), "disputed", number[:5])
        disputes.adjust(project, JULY, line[:4], Decimal("-1.00"), "dispute_settled", number[:5])
        assert disputes.release(project, held[:4]) == held == disputes.release(project, held[:4])
        assert disputes.resolve(project, number[:4], "settled") == number
        assert disputes.resolve(project, numbers[1], "settled") == numbers[1]
        for unknown in ("", number[:3], "zzzz", f"{number}0"):
            with pytest.raises(RightsError, match="There is no dispute"):
                disputes.resolve(project, unknown, "settled")
    entries = [one.entry for one in book.read(project) if one.entry["decision"] in ("hold", "adjustment")]
    assert {one["line"] for one in entries} == {line}
    assert [one["dispute"] for one in entries if "dispute" in one] == [number, number]


def test_only_those_whom_a_line_concerns_may_dispute_it(project: Project, line: str) -> None:
    paid_as(project, "bob", a_hash("bob"))
    size = len(book.read(project))
    for stranger in ("bob", "no-one-at-all", ADA, USE.record):
        with pytest.raises(RightsError, match="is not paid to"):
            disputes.dispute(project, JULY, line, WORDS, stranger)
    assert len(book.read(project)) == size
    assert project.vault.rows("SELECT count(*) FROM papers WHERE kind = 'dispute'") == [(0,)]


def test_a_correction_is_not_made_twice_by_mistake(project: Project, line: str) -> None:
    with clock.frozen(CLOSING + timedelta(days=1)):
        first = disputes.adjust(project, JULY, line, Decimal("10.00"), "units_corrected")
        with pytest.raises(RightsError, match=r"was corrected by 10\.00 USD for that reason before"):
            disputes.adjust(project, JULY, line, Decimal("10.0"), "units_corrected")
        second = disputes.adjust(project, JULY, line, Decimal("10.00"), "units_corrected", once_more=True)
        third = disputes.adjust(project, JULY, line, Decimal("10.00"), "rate_corrected")
    assert len({first, second, third}) == 3
    assert close(project, AUGUST)["totals"]["USD"]["closing"] == "2596.00"


def test_a_beginning_that_two_numbers_share_is_refused() -> None:
    assert whole_number("dispute", "abcd", ["abcd", "abcd1"]) == "abcd"
    with pytest.raises(RightsError, match="more than one dispute: abcd1, abcd2"):
        whole_number("dispute", "abcd", ["abcd1", "abcd2", "ef"])


def test_a_period_that_is_not_closed_names_those_that_are(project: Project) -> None:
    with pytest.raises(RightsError, match="none is closed yet"):
        frozen(project)
    half = Period(JULY.start, JULY.start + timedelta(days=15))
    rest = Period(half.end, JULY.end)
    put(project, USE)
    close(project, half)
    close(project, rest)
    close(project, AUGUST)
    with pytest.raises(RightsError, match="is closed: 2026-07-01/2026-07-16, 2026-07-16/2026-08-01, 2026-08"):
        frozen(project)


def test_a_line_is_held_released_and_corrected_from_the_command_line(project: Project, line: str) -> None:
    def ask(*said: str) -> tuple[int, dict[str, Any]]:
        with clock.frozen(CLOSING + timedelta(days=1)):
            done = CliRunner().invoke(app, ["--project", str(project.folder), "rights", *said, "--json"])
        return done.exit_code, json.loads(done.stdout) if done.exit_code == 0 else {}

    at = ("--period", "2026-07-01/2026-08-01", "--line", line[:5])
    number = disputes_of(ask("dispute", "--payee", "ada", *at, "--text", WORDS))
    code, held = ask("hold", *at, "--amount", "12.00", "--reason", "disputed", "--dispute", number[:6])
    assert code == 0
    assert ask("release", held["hold"][:6]) == (0, held)
    assert ask("adjust", *at, "--amount", "-2.00", "--reason", "units_corrected")[0] == 0
    assert ask("adjust", *at, "--amount", "-2.00", "--reason", "units_corrected")[0] == 1
    assert ask("adjust", *at, "--amount", "-2.00", "--reason", "units_corrected", "--once-more")[0] == 0
    assert ask("dispute", "--payee", "bob", *at, "--text", WORDS)[0] == 1
    assert ask("resolve", number[:4], "--outcome", "upheld") == (0, {"dispute": number, "outcome": "upheld"})
    assert ask("adjust", *at, "--amount", "much", "--reason", "units_corrected")[0] != 0
    assert ask("adjust", "--period", "July", *at[2:], "--amount", "1.00", "--reason", "units_corrected")[0] != 0
    with clock.frozen(AUGUST.end):
        close_period(project, AUGUST, "Northlight Pictures")
    august = frozen(project, AUGUST)
    assert ([one["amount"] for one in august["adjustments"]], august["held"]) == (["-2.00", "-2.00"], [])


def disputes_of(answer: tuple[int, dict[str, Any]]) -> str:
    assert answer[0] == 0
    return str(answer[1]["dispute"])
