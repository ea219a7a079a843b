import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from openslate import clock
from openslate.accounts import book, disputes
from openslate.accounts.names import VaultNames, describe_use, register_payee
from openslate.accounts.payments import record_payment
from openslate.accounts.periods import close_period
from openslate.accounts.shared_out import PoolMoney
from openslate.accounts.statement_csv import COLUMNS, harmless, statement_csv
from openslate.accounts.statement_page import write_statement_page
from openslate.accounts.statements import statement, statement_json
from openslate.errors import ProjectError, RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import parsed
from openslate.rights.commitments import forget_salt, known_commitment
from tests.used import AUGUST, CLOSING, JULY, USE, a_hash, pooled, put

NASTY = "<script>alert('x')</script>\u202e"
TITLES = {USE.project: "The Long Night"}


class OneProof:
    """Stands in for the ledger's proofs."""

    def prove(self, indices: Sequence[int], size: int) -> Mapping[str, Any]:
        return {"checkpoint": f"svc\n{size}\n", "inclusion": {str(index): [a_hash(str(index))] for index in indices}}


def page(project: Project, document: Mapping[str, Any], path: Path) -> str:
    write_statement_page(document, VaultNames(project, TITLES), path)
    return path.read_text(encoding="utf-8")


def shown(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("</style>")[1]).split())


@pytest.fixture
def ada(project: Project) -> str:
    """Ada, with a priced line and a share of a pool in July, closed."""
    payee = register_payee(project, "ada", "Ada Quill", "estate")
    describe_use(project, USE.request, "ada", "crowd shot on the bridge")
    own = replace(USE, payee=payee, pension_and_health=True, residuals=True)
    put(project, own, replace(own, at=USE.at + timedelta(days=2)), pooled("record-9", 3, payee=payee), pooled("x", 1))
    uses = {"v1": {("record-9", USE.project): Decimal(3)}, "v2": {("x", USE.project): Decimal(1)}}
    pool = PoolMoney("July", "USD", Decimal("8.00"), "pro_rata", {"v1": Decimal(4), "v2": Decimal(4)}, uses)
    with clock.frozen(CLOSING):
        close_period(project, JULY, "Northlight Pictures", [pool])
    return payee


def test_a_statement_replays_to_the_same_bytes_after_all_that_follows(project: Project, ada: str) -> None:
    before = statement_json(statement(project, JULY, ada))
    assert parsed(before[:-1])["format"] == "openslate.statement/1"
    line = json.loads(before)["lines"][0]["line"]
    with clock.frozen(CLOSING + timedelta(days=1)):
        number = disputes.dispute(project, JULY, line, "It was four days.", "ada")
        disputes.hold(project, JULY, line, Decimal("10.00"), "disputed", number)
        record_payment(project, ada, Decimal("1.00"), "USD", "wire 1")
    with clock.frozen(AUGUST.end):
        close_period(project, AUGUST, "Northlight Pictures")
        for table in ("papers", "records", "salts"):
            project.vault.execute(f"DELETE FROM {table}")
        project.vault.compact()
    assert statement_json(statement(Project.open(project.folder), JULY, ada)) == before
    assert b"Ada" not in before


def test_what_happened_since_is_shown_up_to_a_place_on_the_ledger(project: Project, ada: str) -> None:
    closed = len(book.read(project))
    line = statement(project, JULY, ada)["lines"][0]["line"]
    with clock.frozen(CLOSING + timedelta(days=1)):
        number = disputes.dispute(project, JULY, line, "It was four days.", "ada")
        disputes.resolve(project, number, "upheld")
    assert statement(project, JULY, ada)["since"] is None
    since = [statement(project, JULY, ada, upto=upto)["since"]["events"] for upto in (closed, closed + 1, closed + 2)]
    assert [[one.get("action") for one in events] for events in since] == [[], ["open"], ["open", "resolve"]]
    for wrong in (closed - 1, closed + 3):
        with pytest.raises(RightsError, match=f"Name a number from {closed}"):
            statement(project, JULY, ada, upto=wrong)
    before = statement_json(statement(project, JULY, ada, upto=closed + 1))
    ledger.append(project, {"decision": "read"})
    assert statement_json(statement(project, JULY, ada, upto=closed + 1)) == before


def test_every_line_carries_its_consent_decision_and_proof(project: Project, ada: str) -> None:
    document = statement(project, JULY, ada, prover=OneProof())
    entries = book.read(project)
    for line in document["lines"]:
        assert line["record"] and line["version"] and line["packs"]
        for decision in line["decisions"]:
            assert entries[decision["index"]].id == decision["id"]
            assert document["proof"]["inclusion"][str(decision["index"])]
    assert document["proof"]["inclusion"][str(document["position"]["index"])]
    # As of the close, so that the proof, too, replays to the same bytes.
    assert document["proof"]["checkpoint"] == f"svc\n{len(entries)}\n"
    ledger.append(project, {"decision": "read"})
    assert statement(project, JULY, ada, prover=OneProof()) == document


def test_an_open_period_has_no_statement(project: Project) -> None:
    with pytest.raises(RightsError, match=r"is not closed\. Close it first; none is closed yet\."):
        statement(project, JULY, a_hash("ada"))


def test_the_page_says_all_of_every_line_in_plain_words(project: Project, ada: str, tmp_path: Path) -> None:
    text = shown(page(project, statement(project, JULY, ada), tmp_path / "ada.html"))
    for said in (
        "Ada Quill, an estate",
        "Northlight Pictures",
        "1 July 2026 to 31 July 2026, by the clock of UTC",
        "USD 5,138.00 to be paid by 29 November 2026.",
        "In The Long Night, the material named below was used: new material was generated from it, decided 2 times.",
        "It was asked for as “crowd shot on the bridge”.",
        "That is 4 days at USD 1,283.00 each day: USD 5,132.00.",
        "takes from the pool “July” by its share of all uses: USD 6.00.",
        "Shared viewer by viewer, from each one's own fee, it would have paid USD 4.00.",
        "record record-1, version 1",
        "entries 1, 4 of the ledger, by sag-aftra.tvth.2026@1",
        "record record-9, version 1",
        "first assistant director, from one-line schedule",
        "9 July 2026 to 11 July 2026",
        "contributions to pension and health",
        "residuals on later income",
        "If something is wrong",
        "It carries no proof",
        statement(project, JULY, ada)["position"]["id"],
    ):
        assert said in text.replace("&#39;", "'"), said


def test_a_late_use_is_said_to_be_due_earlier(project: Project, tmp_path: Path) -> None:
    put(project, replace(USE, at=JULY.start - timedelta(hours=1)))
    with clock.frozen(CLOSING):
        close_period(project, JULY, "Northlight Pictures")
    text = shown(page(project, statement(project, JULY, USE.payee), tmp_path / "ada.html"))
    assert "USD 2,566.00 is for uses of earlier periods, recorded late, and is due by the quarter of the use." in text


def test_words_that_belong_to_nobody_are_not_kept(project: Project) -> None:
    with pytest.raises(RightsError, match="belongs to nobody"):
        describe_use(project, USE.request, " ", "crowd shot on the bridge")
    assert VaultNames(project).description(USE.request) is None


def test_a_payee_is_known_by_the_projects_commitment(project: Project) -> None:
    payee = register_payee(project, "ada", "Ada Quill")
    assert payee == known_commitment(project, "payee", "ada")
    assert register_payee(project, "ada", "Ada Quill-Marsh") == payee
    assert forget_salt(project, "payee", "ada")
    assert register_payee(project, "ada", "Ada Quill") != payee


def test_after_an_erasure_the_page_says_so(project: Project, ada: str, tmp_path: Path) -> None:
    project.vault.execute("DELETE FROM papers WHERE subject = 'ada'")
    html = page(project, statement(project, JULY, ada), tmp_path / "ada.html")
    assert "Ada" not in html and "crowd shot" not in html
    assert "<bdi>erased</bdi>" in html
    assert "USD 5,132.00" in html


def test_the_page_is_whole_html_without_a_script(project: Project, tmp_path: Path) -> None:
    payee = register_payee(project, "mallory", NASTY)
    put(project, replace(USE, payee=payee, project=NASTY, asset=NASTY, use=NASTY, territory=NASTY, record=NASTY))
    with clock.frozen(CLOSING):
        close_period(project, JULY, NASTY)
    line = statement(project, JULY, payee)["lines"][0]["line"]
    with clock.frozen(CLOSING + timedelta(hours=1)):
        number = disputes.dispute(project, JULY, line, NASTY, "mallory")
        disputes.hold(project, JULY, line, Decimal("1.00"), "disputed", number)
        disputes.adjust(project, JULY, line, Decimal("1.00"), "dispute_settled", number)
        record_payment(project, payee, Decimal("9.00"), "USD", "wire 1")
    with clock.frozen(AUGUST.end):
        close_period(project, AUGUST, NASTY)

    class Balance(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in {"meta", "link"}:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    for document in (
        statement(project, JULY, payee, upto=len(book.read(project)), prover=OneProof()),
        statement(project, AUGUST, payee),
    ):
        html = page(project, document, tmp_path / "mallory.html")
        balance = Balance()
        balance.feed(html)
        assert balance.open == []
        assert "<script" not in html and "\u202e" not in html
        assert not re.search(r"(src|href)=", html)
    text = shown(html)
    assert "the line is disputed: “&lt;script&gt;" in text
    assert "a dispute was settled" in text
    assert "USD 1.00 is held" in text
    for index in [one["index"] for name in ("adjustments", "held", "payments") for one in document[name]]:
        assert re.search(rf"\b{index}\b", text)


def test_a_page_that_cannot_be_written_says_so(project: Project, ada: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="cannot be written"):
        page(project, statement(project, JULY, ada), tmp_path / "nowhere" / "ada.html")


def test_csv_holds_every_line_and_sums_to_the_statement(project: Project, ada: str) -> None:
    document = statement(project, JULY, ada)
    rows = list(csv.DictReader(io.StringIO(statement_csv(document))))
    assert [row["kind"] for row in rows] == ["line", "line"]
    assert sum(Decimal(row["net"]) for row in rows) == Decimal(document["totals"]["USD"]["earned"])
    assert rows[0]["decisions"] == "1 4" and rows[0]["consent"] == "record-1"
    assert set(rows[0]) == set(COLUMNS)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@sum(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\u200b=1",
        "\ufeff=1",
        "＝1",
        "|cmd",
        "-",
        "--1",
        "-1e5",
    ],
)
def test_no_cell_becomes_a_formula(project: Project, cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    payee = a_hash("mallory")
    put(project, replace(USE, payee=payee, asset=cell, record=f'{cell}","=2+2'))
    with clock.frozen(CLOSING):
        close_period(project, JULY, "Northlight Pictures")
    text = statement_csv(statement(project, JULY, payee))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["asset"] == f"'{cell}"
    assert row["consent"] == f'\'{cell}","=2+2'


@pytest.mark.parametrize("cell", ["12.50", "-12.50", "0", "US", "2026-07-01T00:00:00+00:00", "a=b", ""])
def test_plain_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_corrections_holds_and_payments_are_rows_too(project: Project, ada: str) -> None:
    line = statement(project, JULY, ada)["lines"][0]["line"]
    with clock.frozen(CLOSING + timedelta(days=1)):
        disputes.adjust(project, JULY, line, Decimal("-2.00"), "units_corrected")
        disputes.hold(project, JULY, line, Decimal("5.00"), "legal_hold")
        record_payment(project, ada, Decimal("7.00"), "USD", "wire 1")
    with clock.frozen(AUGUST.end):
        close_period(project, AUGUST, "Northlight Pictures")
    rows = list(csv.DictReader(io.StringIO(statement_csv(statement(project, AUGUST, ada)))))
    assert [(row["kind"], row["net"], row["period_start"][:7]) for row in rows] == [
        ("adjustment", "-2.00", "2026-07"),
        ("held", "5.00", "2026-07"),
        ("payment", "7.00", "2026-08"),
    ]


def test_what_a_caller_does_to_a_statement_changes_no_other(project: Project) -> None:
    put(project, USE)
    with clock.frozen(CLOSING):
        close_period(project, JULY, "Northlight Pictures")
        first = statement(project, JULY, USE.payee)
        before = statement_json(first)
        first["lines"][0]["net"] = first["totals"]["USD"]["payable"] = "1.00"
        assert statement_json(statement(project, JULY, USE.payee)) == before
