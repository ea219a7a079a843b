"""Payments above what is owed are asked about, and wrong ones are taken back by an entry of their own."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from openslate import clock
from openslate.accounts import book, disputes
from openslate.accounts.history import history
from openslate.accounts.kept_reasons import reason_of
from openslate.accounts.names import VaultNames
from openslate.accounts.owed import owed_now
from openslate.accounts.payments import Reason, record_payment, reverse_payment
from openslate.accounts.periods import close_period
from openslate.accounts.statement_csv import statement_csv
from openslate.accounts.statement_page import statement_sheet
from openslate.accounts.statements import statement, statement_json
from openslate.cli.main import app
from openslate.drawing.sheet import sheet_document
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.commitments import commitment
from openslate.rights.dues import outstanding
from tests.used import AUGUST, CLOSING, JULY, a_hash, flat, put

ADA = a_hash("ada")
WHY = Reason("An advance on September, agreed by Ada's agent.", "h-ada")
WRONG = Reason("The bank sent it back.", "h-ada")


@pytest.fixture
def closed(project: Project) -> Iterator[Project]:
    put(project, flat("100.00"))
    with clock.frozen(CLOSING):
        close_period(project, JULY, "Northlight")
    with clock.frozen(CLOSING + timedelta(days=1)):
        yield project


def owed(project: Project) -> Decimal:
    entries = book.read(project)
    return owed_now(entries, history(entries), ADA, "USD")


def due(project: Project) -> Decimal:
    return sum(
        (one.amount or Decimal(0) for one in outstanding((o.index, o.entry) for o in book.read(project))), Decimal(0)
    )


def test_more_than_is_owed_needs_a_reason_which_stays_in_the_vault(closed: Project) -> None:
    with pytest.raises(RightsError, match=r"100\.01 USD is more than is owed: 100\.00 USD"):
        record_payment(closed, ADA, Decimal("100.01"), "USD", "wire 1")
    with pytest.raises(RightsError, match=r"is more than is owed: 0\.00 EUR"):
        record_payment(closed, ADA, Decimal(1), "EUR", "wire 1")
    place = record_payment(closed, ADA, Decimal("100.01"), "USD", "wire 1", WHY)
    entry = ledger.entry(closed, place).entry
    assert len(entry["reason"]) == 64 and b"advance" not in closed.ledger_path.read_bytes()
    assert reason_of(closed, entry["payment"]) == WHY.text
    assert owed(closed) == Decimal("-0.01")
    assert record_payment(closed, ADA, Decimal("100.01"), "USD", "wire 1") == place


def test_what_is_owed_counts_open_uses_corrections_and_payments(closed: Project) -> None:
    line = statement(closed, JULY, ADA)["lines"][0]["line"]
    disputes.adjust(closed, JULY, line, Decimal("-30.00"), "units_corrected")
    assert owed(closed) == 70
    put(closed, flat("5.00", at=clock.now()))
    assert owed(closed) == 75
    record_payment(closed, ADA, Decimal("75.00"), "USD", "wire 1")
    assert owed(closed) == 0
    with clock.frozen(AUGUST.end + timedelta(days=1)):
        close_period(closed, AUGUST, "Northlight")
        assert owed(closed) == 0


def test_a_wrong_payment_is_taken_back_and_owed_again(closed: Project) -> None:
    first = record_payment(closed, ADA, Decimal("10.00"), "USD", "wire 1")
    assert (owed(closed), due(closed)) == (90, 90)
    place = reverse_payment(closed, ADA, "wire 1", WRONG)
    assert place > first and reverse_payment(closed, ADA, "wire 1", WRONG) == place
    assert (owed(closed), due(closed)) == (100, 100)
    entry = ledger.entry(closed, place).entry
    assert (entry["amount"], entry["reverses"]) == ("-10.00", ledger.entry(closed, first).entry["payment"])
    assert reason_of(closed, entry["payment"]) == WRONG.text and b"sent it back" not in closed.ledger_path.read_bytes()
    # The reference is free for what was truly paid, and that can be taken back in its turn.
    again = record_payment(closed, ADA, Decimal("100.00"), "USD", "wire 1")
    assert again > place and record_payment(closed, ADA, Decimal("100.00"), "USD", "wire 1") == again
    assert (owed(closed), due(closed)) == (0, 0)
    assert reverse_payment(closed, ADA, "wire 1", WRONG) > again
    assert (owed(closed), due(closed)) == (100, 100)


def test_only_a_payment_that_stands_can_be_taken_back(closed: Project) -> None:
    record_payment(closed, ADA, Decimal("10.00"), "USD", "wire 1")
    size = len(book.read(closed))
    for payee, reference, reason in ((ADA, "wire 2", WRONG), (a_hash("wen"), "wire 1", WRONG)):
        with pytest.raises(RightsError, match="There is no payment"):
            reverse_payment(closed, payee, reference, reason)
    with pytest.raises(RightsError, match="The reason says nothing"):
        reverse_payment(closed, ADA, "wire 1", Reason(" ", "h-ada"))
    assert len(book.read(closed)) == size


def test_statements_count_a_reversal_and_replay_to_the_same_bytes(closed: Project) -> None:
    july = statement_json(statement(closed, JULY, ADA))
    record_payment(closed, ADA, Decimal("60.00"), "USD", "wire 1")
    reverse_payment(closed, ADA, "wire 1", WRONG)
    record_payment(closed, ADA, Decimal("40.00"), "USD", "wire 2")
    with clock.frozen(AUGUST.end + timedelta(days=1)):
        close_period(closed, AUGUST, "Northlight")
        document = statement(closed, AUGUST, ADA)
        august = statement_json(document)
        total = document["totals"]["USD"]
        assert (total["opening"], total["paid"], total["closing"]) == ("100.00", "40.00", "60.00")
        assert (owed(closed), due(closed)) == (60, 60)
        text = statement_csv(document)
        assert '"reversal"' in text and '"-60.00"' in text and '"payment"' in text
        assert "taken back" in sheet_document(statement_sheet(document, VaultNames(closed)))
        reverse_payment(closed, ADA, "wire 2", WRONG)
        assert statement_json(statement(closed, AUGUST, ADA)) == august
        assert statement_json(statement(closed, JULY, ADA)) == july
        since = statement(closed, AUGUST, ADA, upto=len(book.read(closed)))
        assert "payment taken back USD −40.00" in sheet_document(statement_sheet(since, VaultNames(closed)))


def test_on_the_command_line(project: Project) -> None:
    payee = commitment(project, "payee", "h-ada")
    put(project, flat("100.00", payee=payee))
    with clock.frozen(CLOSING):
        close_period(project, JULY, "Northlight")

    def run(*words: str) -> str:
        with clock.frozen(CLOSING + timedelta(days=1)):
            done = CliRunner().invoke(app, ["--project", str(project.folder), "rights", "pay", "h-ada", *words])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    with pytest.raises(RightsError, match="more than is owed"):
        run("1000.00", "USD", "--reference", "7")
    run("1000.00", "USD", "--reference", "7", "--more-than-owed", "A gift.")
    assert "taken back" in run("--reverse", "7", "--reason", "A typing error.")
    for words in (["--reverse", "7"], ["10.00", "USD", "--reverse", "7", "--reason", "x"], ["10.00", "USD"], []):
        with pytest.raises(UsageError):
            run(*words)
    run("100.00", "USD", "--reference", "7")
