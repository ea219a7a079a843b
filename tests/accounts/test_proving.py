import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from openslate import clock
from openslate.accounts import disputes
from openslate.accounts.names import VaultNames
from openslate.accounts.payments import record_payment
from openslate.accounts.periods import close_period
from openslate.accounts.proving import LedgerProver
from openslate.accounts.statement_page import write_statement_page
from openslate.accounts.statements import entry_of, statement, statement_json
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.checkpoint import read_checkpoint
from openslate.rights.keys import outside
from openslate.rights.merkle import leaf_hash as hash_leaf
from openslate.rights.merkle import root_by_inclusion
from openslate.rights.verifier import openslate_verify as verifier
from openslate.rights.witness import make_witness, witness
from tests.used import AUGUST, CLOSING, JULY, USE, a_hash, put

ADA = a_hash("ada")


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    with clock.frozen(AUGUST.end):
        yield


@pytest.fixture
def signed(project: Project) -> Project:
    """July and August of Ada, closed, with a correction, a hold and a payment; on a ledger with a key."""
    put(project, USE, replace(USE, at=USE.at + timedelta(days=1)), replace(USE, territory="GB"))
    with clock.frozen(CLOSING):
        ledger.make_key(project)
        close_period(project, JULY, "Northlight Pictures")
    line = statement(project, JULY, ADA)["lines"][0]["line"]
    with clock.frozen(CLOSING + timedelta(days=1)):
        disputes.adjust(project, JULY, line, Decimal("-2.00"), "units_corrected")
        disputes.hold(project, JULY, line, Decimal("5.00"), "legal_hold")
        record_payment(project, ADA, Decimal("7.00"), "USD", "wire 1")
    put(project, replace(USE, at=CLOSING + timedelta(days=2)))
    close_period(project, AUGUST, "Northlight Pictures")
    return project


def proved(project: Project, period: Any = JULY, **more: Any) -> dict[str, Any]:
    """A statement as whoever is paid gets it: read from its bytes."""
    found: dict[str, Any] = json.loads(
        statement_json(statement(project, period, ADA, prover=LedgerProver(project), **more))
    )
    return found


def named(document: Mapping[str, Any]) -> dict[int, str]:
    """Every entry that a statement names, with the hash that it says."""
    since = [] if document["since"] is None else document["since"]["events"]
    behind = [one for line in document["lines"] for one in line["decisions"]]
    changes = [one for name in ("adjustments", "held", "payments") for one in document[name]]
    return {one["index"]: one["id"] for one in (document["position"], *behind, *changes, *since)}


def outsider_accepts(document: Mapping[str, Any], key: str) -> bool:
    """What somebody finds who has the statement, the public key and the verifier, and nothing of Openslate."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "statement.json"
        path.write_text(json.dumps(document, indent=2), encoding="utf-8")
        code = verifier.main([str(path), "--key", key])
    # The verifier rebuilds the entry by itself, and must agree with our own way of doing it.
    rebuilt = hash_leaf(entry_of(document)).hex() == document["position"]["id"]
    assert code in (0, 1) and (rebuilt or code == 1)
    return code == 0


@pytest.mark.parametrize("period", [JULY, AUGUST])
def test_every_entry_that_a_statement_names_is_proved(signed: Project, period: Any) -> None:
    document, key = proved(signed, period), ledger.public_key(signed)
    checkpoint = read_checkpoint(document["proof"]["checkpoint"], key)
    assert len(named(document)) == (4 if period == JULY else 5)
    for index, leaf in named(document).items():
        path = [bytes.fromhex(one) for one in document["proof"]["inclusion"][str(index)]]
        assert ledger.entry(signed, index).hash == leaf
        assert root_by_inclusion(bytes.fromhex(leaf), index, checkpoint.size, path) == checkpoint.root
    assert key is not None and outsider_accepts(document, key.text)


def test_what_happened_since_is_proved_too(signed: Project) -> None:
    size = len(list(ledger.entries(signed.ledger_path)))
    document, key = proved(signed, upto=size), ledger.public_key(signed)
    assert [one["decision"] for one in document["since"]["events"]] == ["adjustment", "hold", "payment"]
    assert len(named(document)) == 7
    assert key is not None and outsider_accepts(document, key.text)


@pytest.mark.parametrize(
    "forge",
    [
        lambda document: document["totals"]["USD"].update(payable="9000.00"),
        lambda document: document["lines"][0].update(units="40"),
        lambda document: document.update(payer="Somebody Else"),
        lambda document: document.update(closed="2026-08-02T09:00:00.000000+00:00"),
        lambda document: document["position"].update(previous="0" * 64),
        lambda document: document["lines"][0]["decisions"][0].update(id=a_hash("another")),
        lambda document: document["proof"]["inclusion"].popitem(),
        lambda document: document["proof"]["inclusion"].update({"0": []}),
        lambda document: next(iter(document["proof"]["inclusion"].values())).pop(),
        lambda document: document["position"].update(index=document["position"]["index"] - 1),
        lambda document: document["position"].update(index=True),
        lambda document: document.update(lines=[]),
        lambda document: document.update(lines={}),
        lambda document: document.update(at="now"),
        lambda document: document.update(format="openslate.statement/2"),
        lambda document: document["proof"].update(checkpoint=3),
        lambda document: document["proof"].update(checkpoint=document["proof"]["checkpoint"].replace("at 20", "at 30")),
    ],
)
def test_a_statement_that_was_altered_is_not_accepted(signed: Project, forge: Any) -> None:
    document, key = proved(signed), ledger.public_key(signed)
    assert key is not None and outsider_accepts(document, key.text)
    forge(document)
    assert not outsider_accepts(document, key.text)


def test_what_happened_since_cannot_be_altered(signed: Project) -> None:
    document, key = proved(signed, upto=len(list(ledger.entries(signed.ledger_path)))), ledger.public_key(signed)
    document["since"]["events"][2].update(amount="9.00")
    assert key is not None and not outsider_accepts(document, key.text)


def test_the_verifier_says_what_a_statement_shows(
    signed: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, path = ledger.public_key(signed), tmp_path / "ada.json"
    assert key is not None
    path.write_bytes(statement_json(proved(signed)))
    assert verifier.main([str(path), "--key", key.text]) == 0
    said = capsys.readouterr().out
    for words in ("is signed by the key you gave", "Every word and amount", "Not shown", "so not checked"):
        assert words in said
    path.write_bytes(statement_json(statement(signed, JULY, ADA)))
    assert verifier.main([str(path), "--key", key.text]) == 2
    assert "carries no proof" in capsys.readouterr().out


def test_another_ledgers_key_accepts_nothing(signed: Project, tmp_path: Path) -> None:
    other = ledger.make_key(Project.init(tmp_path / "other"))
    assert not outsider_accepts(proved(signed), other.text)


def test_the_proof_replays_to_the_same_bytes_however_far_the_ledger_grows(signed: Project, tmp_path: Path) -> None:
    before, key = statement_json(proved(signed)), ledger.public_key(signed)
    assert key is not None
    make_witness(tmp_path / "union", "union.example/witness")
    assert len(witness(signed, tmp_path / "union", key).signatures) == 2
    ledger.append(signed, {"decision": "read"})
    ledger.checkpoint(signed)
    assert [len(one.signatures) for one in ledger.checkpoints(signed)] == [2, 1]
    assert statement_json(proved(Project.open(signed.folder))) == before


def test_a_checkpoint_of_another_ledger_proves_nothing(signed: Project) -> None:
    size = len(list(ledger.entries(signed.ledger_path)))
    true = ledger.checkpoint(signed)
    false = replace(true, root=bytes(32), signatures=()).signed(outside(true.origin).private())
    next((signed.folder / "checkpoints").iterdir()).write_text(false.note.text, encoding="utf-8")
    with pytest.raises(RightsError, match=f"was forked: its first {size} entries"):
        proved(signed)


def test_an_earlier_checkpoint_that_covers_the_statement_is_taken(project: Project) -> None:
    put(project, USE)
    with clock.frozen(CLOSING):
        ledger.make_key(project)
        before = ledger.checkpoint(project)
        close_period(project, JULY, "Northlight Pictures")
        ledger.append(project, {"decision": "read"})
        covering = ledger.checkpoint(project)
        ledger.append(project, {"decision": "read"})
        ledger.checkpoint(project)
    assert before.size < covering.size
    assert proved(project)["proof"]["checkpoint"] == covering.note.text
    assert len(ledger.checkpoints(project)) == 3


def test_a_ledger_without_a_key_proves_nothing(project: Project) -> None:
    put(project, USE)
    with clock.frozen(CLOSING):
        close_period(project, JULY, "Northlight Pictures")
    with pytest.raises(RightsError, match="There is no key"):
        proved(project)


def test_what_is_not_on_the_ledger_is_not_proved(signed: Project) -> None:
    with pytest.raises(RightsError, match="are to be proved"):
        LedgerProver(signed).prove([1], 1000)


def test_the_page_shows_the_checkpoint(signed: Project, tmp_path: Path) -> None:
    document = proved(signed)
    write_statement_page(document, VaultNames(signed), tmp_path / "ada.html")
    html = (tmp_path / "ada.html").read_text(encoding="utf-8")
    assert document["proof"]["checkpoint"].splitlines()[0] in html
    assert "It carries no proof" not in html
