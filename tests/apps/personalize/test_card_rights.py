"""What a card says of rights is what the ledger, its checkpoints and the receipts say, and nobody is named."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from openslate import clock
from openslate.accounts.erasing import erase_member
from openslate.apps.personalize.card import model_card
from openslate.apps.personalize.card_page import card_sheet, write_card
from openslate.apps.personalize.card_rights import rights_of
from openslate.apps.personalize.forgetting.erasing import models_forget
from openslate.apps.personalize.train import ROLE, train
from openslate.drawing.sheet import Facts, Points, Prose, Sheet, Table, cell
from openslate.errors import RightsError
from openslate.project import Project
from openslate.registry import artifacts
from openslate.registry.promotion import serving
from openslate.rights import ledger
from openslate.rights.consent import record_member
from openslate.rights.witness import make_witness, witness
from tests.simulated import LIGHT

MEMBER = "m0000003"


def words(sheet: Sheet, heading: str) -> str:
    """Everything that stands below a heading."""
    found: list[str] = []
    for block in next(section for section in sheet.sections if section.heading == heading).blocks:
        match block:
            case Prose(text):
                found.append(text)
            case Points(items):
                found += items
            case Facts(pairs):
                found += [f"{name}: {told}" for name, told in pairs]
            case Table(caption, _, rows):
                found += [caption, *(f"{each.text} ({each.aside})" for row in rows for each in map(cell, row))]
    return "\n".join(found)


def serves(project: Project) -> str:
    model = serving(project, ROLE)
    assert model is not None
    return model.id


def test_members_are_counted_by_what_decided_on_them(fresh: Project) -> None:
    for member in ("m0000001", "m0000002"):
        record_member(fresh, member, ["train"], granted=True)
    record_member(fresh, MEMBER, ["train"], granted=False)
    trained = train(fresh, recipe=LIGHT)
    decision = trained.decision
    rights = model_card(fresh, trained.artifact.id).rights
    consent = rights["consent"]
    assert consent["allowed_by_basis"] == dict(decision.allowed) == ledger.find(fresh, decision.entry).entry["allowed"]  # type: ignore[union-attr]
    assert (
        sum(consent["allowed_by_basis"].values()) == consent["members_allowed"] == trained.artifact.manifest["members"]
    )
    assert consent["allowed_by_basis"]["own_word"] >= 2
    assert consent["denied_by_reason"] == dict(decision.denied) and consent["denied_by_reason"]["R20"] >= 1
    assert rights["ledger"]["hash"] == decision.entry
    assert ledger.entry(fresh, rights["ledger"]["index"]).hash == decision.entry
    assert rights["refused_since"] == 0
    told = words(card_sheet(model_card(fresh, trained.artifact.id)), "Whose consent it rests on")
    assert f"\n{consent['allowed_by_basis']['own_word']:,} (" in told
    assert "held back, R20 WITHDRAWN (The consent was withdrawn.)" in told
    assert "Nobody has refused training since." in told


def test_refusals_since_the_read_are_counted_once_for_each_member(service: Project) -> None:
    record_member(service, MEMBER, ["train"], granted=False)
    record_member(service, MEMBER, ["train"], granted=False)
    record_member(service, "m0000004", ["evaluate"], granted=False)
    record_member(service, "m0000005", ["train"], granted=True)
    card = model_card(service, serves(service))
    assert card.rights["refused_since"] == 1
    assert "1 member has refused training since" in words(card_sheet(card), "Whose consent it rests on")


def test_the_first_checkpoint_that_covers_the_read_is_named_with_its_witness(
    service: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A folder of its own, since other tests' copies of the same ledger remember less.
    monkeypatch.setenv("OPENSLATE_KEYS", str(tmp_path / "keys"))
    model = serves(service)
    heading = "Where that is on record"
    assert "no checkpoint covers it yet" in words(card_sheet(model_card(service, model)), heading)
    key = ledger.make_key(service)
    first = ledger.checkpoint(service)
    assert "by no witness" in words(card_sheet(model_card(service, model)), heading)
    make_witness(tmp_path / "witness", "union.example/witness")
    witness(service, tmp_path / "witness", key)
    record_member(service, MEMBER, ["evaluate"], granted=False)
    assert ledger.checkpoint(service).size > first.size
    place = model_card(service, model).rights["ledger"]
    assert (place["checkpoint"]["size"], place["checkpoint"]["root"]) == (first.size, first.root.hex())
    assert place["index"] < first.size
    told = words(card_sheet(model_card(service, model)), heading)
    assert first.root.hex()[:12] in told and "witnessed by union.example/witness" in told
    kept = next((service.folder / "checkpoints").iterdir())
    kept.write_bytes(kept.read_bytes().replace(b"\nat 2", b"\nat 3"))
    with pytest.raises(RightsError, match="altered"):
        model_card(service, model)


def test_a_model_in_the_place_of_one_that_had_to_forget_says_how(service: Project, tmp_path: Path) -> None:
    old = serves(service)
    assert "nothing in it waits" in words(card_sheet(model_card(service, old)), "What it has forgotten")
    receipt = erase_member(service, MEMBER, "asked by letter", models=models_forget(timedelta(days=7))).receipt
    new = serves(service)
    card = model_card(service, new)
    state = card.rights["forgetting"]
    assert (state["in_place_of"], state["may_serve"], state["deleted"]) == ([old], True, None)
    assert [one["receipt"] for one in state["receipts"]] == [receipt.hash]
    methods = {part["part"]: part["method"] for part in state["parts"]}
    assert methods["blend.taste"] == "exact_gram"
    assert {part for part, method in methods.items() if method == "pending"} == {
        one["part"] for one in state["pending"]
    }
    assert card.rights["consent"]["members_allowed"] == artifacts.find(service, new).manifest["members"]
    assert card.data["members_left_out"] == card.rights["consent"]["members_denied"]
    told = words(card_sheet(card), "What it has forgotten")
    assert old[:12] in told and "exact_gram (equal to a part that never knew them)" in told and "0, to the bit" in told
    assert "still wait to forget; it may serve until" in told
    write_card(card, tmp_path / "card.html")
    assert MEMBER not in (tmp_path / "card.html").read_text() + json.dumps(card.to_dict())
    gone = model_card(service, old)
    assert words(card_sheet(gone), "What it has forgotten").startswith("It was deleted: it had learned from a member")
    assert not gone.rights["forgetting"]["may_serve"]
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert "It may not serve" in words(card_sheet(model_card(service, new)), "What it has forgotten")


def test_what_no_entry_says_is_said_to_be_unknown(service: Project) -> None:
    model = artifacts.find(service, serves(service))
    service.state.execute("DELETE FROM lineage WHERE relation = 'let through by'")
    assert rights_of(service, model)["consent"] is None
    by_run = model_card(service, model.id)
    assert by_run.rights["consent"] is not None
    unknown = {**by_run.rights, "consent": None, "packs": None, "ledger": None, "refused_since": None}
    sheet = card_sheet(type(by_run)(**{**vars(by_run), "rights": unknown}))
    assert "nothing is known of consents" in words(sheet, "Whose consent it rests on")
    assert "Nowhere" in words(sheet, "Where that is on record")
    assert rights_of(service, model, "0" * 64)["ledger"] is None


def test_an_entry_of_an_earlier_version_does_not_pretend_to_know_the_bases(service: Project) -> None:
    card = model_card(service, serves(service))
    earlier = {**card.rights, "consent": {**card.rights["consent"], "allowed_by_basis": None}}
    told = words(card_sheet(type(card)(**{**vars(card), "rights": earlier})), "Whose consent it rests on")
    assert "of an earlier version" in told and f"{card.rights['consent']['members_allowed']:,} ()" in told
