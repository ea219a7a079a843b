"""Receipts, checked by the verifier that stands alone, as far as they carry proof."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openslate.accounts.erasing_subjects import erase_subject
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.bundle import export_bundle
from openslate.rights.note import PublicKey
from openslate.rights.records.importing import import_records
from openslate.rights.records.receipt import receipt
from openslate.rights.records.store import withdraw
from openslate.rights.verifier import openslate_verify as verifier

EXAMPLE = Path(__file__).parents[2] / "examples" / "rights" / "performers.toml"


@pytest.fixture
def key(project: Project) -> PublicKey:
    import_records(project, EXAMPLE)
    return ledger.make_key(project)


def check(capsys: pytest.CaptureFixture[str], document: object, folder: Path, *more: object) -> tuple[int, str]:
    """What the verifier says of a document that somebody was handed."""
    path = folder / "document.json"
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    code = verifier.main([str(path), *map(str, more)])
    said = capsys.readouterr()
    assert said.err == ""
    return code, said.out


FORGED: list[Callable[[dict[str, Any]], object]] = [
    lambda told: told.update(record_id="consent-0102"),
    lambda told: told.update(receipt_id="consent-0101:3"),
    lambda told: told["event"].pop(),
    lambda told: told["ledger"]["entries"].pop(),
    lambda told: told["ledger"]["entries"][0].update(version=[1]),
    lambda told: told["ledger"]["entries"][0].update(log_index=1),
    lambda told: told["ledger"]["entries"][0]["entry"].update(at="2020-01-01T00:00:00.000000+00:00"),
    lambda told: told["ledger"]["entries"][0]["entry"].update(text="\ud800"),
    lambda told: told["ledger"]["entries"][0]["inclusion"]["path"].pop(),
    lambda told: told["ledger"]["entries"][0]["inclusion"].update(size=3),
    lambda told: told["ledger"].update(checkpoint="none"),
    lambda told: told.update(ledger=[]),
    lambda told: told.clear(),
]


def test_the_receipt_of_a_consent_is_checked(
    project: Project, key: PublicKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    withdraw(project, "consent-0101", "unlearn")
    text = json.dumps(receipt(project, "consent-0101"))
    code, said = check(capsys, json.loads(text), tmp_path, "--key", key.text)
    assert code == 0
    assert "at their places: 2." in said and "Not shown: the words of the receipt" in said
    other = ledger.make_key(Project.init(tmp_path / "other"))
    assert check(capsys, json.loads(text), tmp_path, "--key", other.text)[0] == 1
    for number, forge in enumerate(FORGED):
        told = json.loads(text)
        forge(told)
        code, said = check(capsys, told, tmp_path, "--key", key.text)
        assert (code, "NOT TRUE: " in said) == (1, True), number


def test_the_receipt_of_an_erasure_is_looked_for_in_a_bundle(
    project: Project, key: PublicKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = export_bundle(project, tmp_path / "before").folder
    told = json.loads(erase_subject(project, "house:lead-101", "asked by letter").receipt.to_bytes())
    bundle = export_bundle(project, tmp_path / "after").folder
    code, said = check(capsys, told, tmp_path, "--key", key.text, "--bundle", bundle)
    assert (code, "word for word" in said) == (0, True)
    code, said = check(capsys, told, tmp_path, "--key", key.text)
    assert (code, "name a bundle" in said) == (2, True)
    assert check(capsys, told, tmp_path, "--key", key.text, "--bundle", before)[0] == 1
    for field, value in (("reason", "nobody asked"), ("intent", "0" * 64), ("removed", {})):
        code, said = check(capsys, {**told, field: value}, tmp_path, "--key", key.text, "--bundle", bundle)
        assert (code, "No entry of the bundle vouches" in said) == (1, True), field
    (bundle / "checkpoint.txt").unlink()
    assert check(capsys, told, tmp_path, "--key", key.text, "--bundle", bundle)[0] == 1


@pytest.mark.parametrize("text", [b"", b"[]", b"3", b"{}", b"\xff", b'{"format":3}', b'{"a":1.5}', b"[" * 9000])
def test_what_is_no_document_is_refused_in_a_sentence(
    project: Project, key: PublicKey, text: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "noise.json").write_bytes(text)
    assert verifier.main([str(tmp_path / "noise.json"), "--key", key.text]) == 1
    assert "NOT TRUE: " in capsys.readouterr().out


def test_a_bundle_in_a_bundle_and_witnesses_of_a_document_make_no_sense(
    project: Project, key: PublicKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = export_bundle(project, tmp_path / "bundle").folder
    assert verifier.main([str(bundle), "--key", key.text, "--bundle", str(bundle)]) == 2
    assert check(capsys, {}, tmp_path, "--key", key.text, "--bundle", tmp_path / "nowhere")[0] == 2
    assert check(capsys, {}, tmp_path, "--key", key.text, "--checkpoint", bundle / "checkpoint.txt")[0] == 2
    assert verifier.main([str(tmp_path / "nowhere.json"), "--key", key.text]) == 2
