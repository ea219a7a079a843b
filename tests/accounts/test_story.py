"""One month of a studio: three performers, a writer, two films in a pool with viewers, and one dispute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from openslate import clock
from openslate.accounts import book, disputes
from openslate.accounts.names import VaultNames, describe_use, register_payee
from openslate.accounts.payments import record_payment
from openslate.accounts.periods import close_period
from openslate.accounts.shared_out import PoolMoney
from openslate.accounts.statement_page import write_statement_page
from openslate.accounts.statements import payees, statement, statement_json
from openslate.project import Project
from openslate.rights.commitments import forget_salt
from openslate.rights.compensation import Compensation
from openslate.rights.dues import outstanding, overdue
from openslate.rights.pricing import Price, price, price_scan
from openslate.rights.usage import Estimate, Scan, Usage
from openslate.rights.use_entry import UseEntry
from tests.used import AUGUST, CLOSING, JULY, USE, a_hash, put

TITLES = {"film-a": "The Long Night", "film-b": "Low Water"}
ESTIMATE = Estimate("first assistant director", "one-line schedule of 2 July")


def used(who: str, priced: Any, film: str, use: str, day: int) -> UseEntry:
    """What the gate will write of a priced request."""
    assert isinstance(priced, Price)
    return replace(
        USE,
        record=f"consent-of-{who}",
        subject=a_hash(f"subject {who}"),
        payee=who,
        project=film,
        asset=f"asset of {who[:6]}",
        use=use,
        units=priced.units,
        unit=priced.unit,
        basis=priced.basis,
        rate=priced.rate,
        currency=priced.currency,
        amount=priced.amount,
        pool=priced.pool,
        residuals=priced.residuals,
        pension_and_health=priced.pension_and_health,
        request=a_hash(f"{who} {film} {use} {day}"),
        at=datetime(2026, 7, day, 15, tzinfo=UTC),
        estimate=ESTIMATE if priced.basis == "day_equiv" and use != "scan" else None,
    )


def the_month(project: Project) -> dict[str, str]:
    """Everybody by name, with the uses of July on the ledger and the month closed."""
    people = {
        "Ada": register_payee(project, "ada", "Ada Quill"),
        "Ben": register_payee(project, "ben", "Estate of Ben Marsh", "estate"),
        "Cleo": register_payee(project, "cleo", "Cleo Strand"),
        "Dana": register_payee(project, "dana", "Dana Ferro"),
    }
    by_day = Compensation(
        "day_equiv", Decimal("1100"), "USD", floor=Decimal("1283"), residuals=True, pension_and_health=True
    )
    by_line = Compensation("per_line", Decimal("40"), "USD")
    flat = Compensation("flat", Decimal("750"), "EUR")
    writer = Compensation("user_centric", None, "USD", pool="Streaming July")
    block = Scan("block", Decimal(3), suits_performer=True)
    uses = [
        used(people["Ada"], price_scan(by_day, block), "film-a", "scan", 2),
        used(people["Ada"], price(by_day, Usage(Decimal("2.5"), "day", ESTIMATE)), "film-a", "generate", 9),
        used(people["Ben"], price(by_line, Usage(Decimal(147), "word")), "film-a", "generate", 10),
        used(people["Cleo"], price(flat, Usage(Decimal(1), "use")), "film-b", "promo", 14),
        used(people["Dana"], price(writer, Usage(Decimal(9), "view")), "film-a", "train", 20),
        used(people["Dana"], price(writer, Usage(Decimal(1), "view")), "film-b", "train", 20),
        used(people["Ben"], price(writer, Usage(Decimal(5), "view")), "film-b", "train", 21),
    ]
    put(project, *uses)
    describe_use(project, uses[1].request, "ada", "Mara crosses the bridge at night, seen from behind, scenes 41 to 43")
    # v1 watches nothing but film A, v2 only Ben in film B, v3 both of Dana's films; v4 watches nothing at all.
    dana = f"consent-of-{people['Dana']}"
    ben = f"consent-of-{people['Ben']}"
    seen = {
        "v1": {(dana, "film-a"): Decimal(8)},
        "v2": {(ben, "film-b"): Decimal(5)},
        "v3": {(dana, "film-a"): Decimal(1), (dana, "film-b"): Decimal(1)},
    }
    fees = dict.fromkeys(("v1", "v2", "v3", "v4"), Decimal("3.00"))
    with clock.frozen(CLOSING):
        pool = PoolMoney("Streaming July", "USD", Decimal("12.00"), "user_centric", fees, seen)
        close_period(project, JULY, "Northlight Pictures", [pool])
    return people


def amounts(document: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(line["project"], line["use"]): f"{line['currency']} {line['net']}" for line in document["lines"]}


def test_a_month_from_the_first_scan_to_the_last_payment(project: Project, tmp_path: Path) -> None:
    people = the_month(project)
    assert payees(project, JULY) == sorted(people.values())
    of = {name: statement(project, JULY, payee) for name, payee in people.items()}
    # Half a day's minimum for the scan; two and a half days at the minimum for the scenes.
    assert amounts(of["Ada"]) == {("film-a", "scan"): "USD 641.50", ("film-a", "generate"): "USD 3207.50"}
    # 147 words are 15 lines. v2's 3.00 is all Ben's, and of v4's 3.00 he has 5/15.
    assert amounts(of["Ben"]) == {("film-a", "generate"): "USD 600.00", ("film-b", "train"): "USD 4.00"}
    assert amounts(of["Cleo"]) == {("film-b", "promo"): "EUR 750.00"}
    # Film A: 3.00 + 1.50 + 9/15 of 3.00; film B: 1.50 + 1/15 of 3.00.
    assert amounts(of["Dana"]) == {("film-a", "train"): "USD 6.30", ("film-b", "train"): "USD 1.70"}
    other = {line["project"]: line["by_other_method"] for line in of["Dana"]["lines"]}
    assert other == {"film-a": "7.20", "film-b": "0.80"}

    ada = people["Ada"]
    before = {name: statement_json(document) for name, document in of.items()}
    scenes = next(line for line in of["Ada"]["lines"] if line["use"] == "generate")
    with clock.frozen(CLOSING + timedelta(days=4)):
        number = disputes.dispute(project, JULY, scenes["line"], "The scenes were planned for three days.", "ada")
        disputes.hold(project, JULY, scenes["line"], Decimal("100.00"), "disputed", number)
        record_payment(project, ada, Decimal("3749.00"), "USD", "wire 4711")
    with clock.frozen(CLOSING + timedelta(days=10)):
        disputes.adjust(project, JULY, scenes["line"], Decimal("641.50"), "dispute_settled", number)
        disputes.resolve(project, number, "settled")
    with clock.frozen(AUGUST.end + timedelta(days=1)):
        close_period(project, AUGUST, "Northlight Pictures")
        august = statement(project, AUGUST, ada)
        assert august["totals"]["USD"]["payable"] == "741.50"
        record_payment(project, ada, Decimal("741.50"), "USD", "wire 4811")

    entries = [(one.index, one.entry) for one in book.read(project)]
    late = overdue(outstanding(entries), datetime(2026, 11, 30, tzinfo=UTC))
    # Ada is paid; the others are not, and the gate may deny new use under their records.
    assert {one.payee for one in late} == {people[name] for name in ("Ben", "Cleo", "Dana")}

    project.vault.execute("DELETE FROM papers WHERE subject = 'ada'")
    assert forget_salt(project, "payee", "ada")
    for name, payee in people.items():
        assert statement_json(statement(project, JULY, payee)) == before[name]
    write_statement_page(of["Ada"], VaultNames(project, TITLES), tmp_path / "ada.html")
    assert "Ada Quill" not in (tmp_path / "ada.html").read_text()
    assert b"Quill" not in project.ledger_path.read_bytes()
