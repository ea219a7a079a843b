from pathlib import Path
from typing import Any

import pytest

from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.checkpoint import read_checkpoint
from openslate.rights.merkle import root_by_inclusion
from openslate.rights.records.importing import import_records
from openslate.rights.records.receipt import as_receipt, receipt
from openslate.rights.records.store import withdraw
from openslate.rights.records.versions import versions

EXAMPLE = Path(__file__).parents[3] / "examples" / "rights" / "performers.toml"


def test_a_receipt_proves_each_version_under_a_signed_checkpoint(project: Project) -> None:
    import_records(project, EXAMPLE)
    with pytest.raises(RightsError, match="key"):
        receipt(project, "consent-0101")
    key = ledger.make_key(project)
    withdraw(project, "consent-0101", "unlearn")
    found: dict[str, Any] = receipt(project, "consent-0101")
    checkpoint = read_checkpoint(found["ledger"]["checkpoint"], key)
    assert [one["version"] for one in found["ledger"]["entries"]] == [1, 2]
    for place in found["ledger"]["entries"]:
        proof = place["inclusion"]
        path = [bytes.fromhex(one) for one in proof["path"]]
        root = root_by_inclusion(bytes.fromhex(place["hash"]), place["log_index"], checkpoint.size, path)
        assert root == checkpoint.root
        assert place["entry"]["record"] == "consent-0101"
    assert [one["event_state"] for one in found["event"]] == ["ConsentGiven", "ConsentWithdrawn"]
    assert found["event"][1]["withdrawal_effect"] == "unlearn"
    assert found["event"][1]["event_time"] == versions(project, "consent-0101")[-1].value.withdrawn_at.isoformat()  # type: ignore[union-attr]


def test_a_receipt_says_what_was_agreed_to_and_with_whom(project: Project) -> None:
    import_records(project, EXAMPLE)
    found: dict[str, Any] = as_receipt(versions(project, "consent-0104"))
    assert found["pii_principal_id"] == "house:late-200"
    (processing,) = found["pii_processing"]
    assert (processing["purpose_type"], processing["max_count"]) == ("generate", 1)
    assert processing["lawful_basis"] == "ExplicitlyExpressedConsent"
    assert processing["geographic_restrictions"] == ["*"]
    roles = {party["party_role"]: party["party_id"] for party in found["party_identification"]}
    assert roles["estate"] == "mandate-0002" and roles["pii_controller"] == "Harbour Pictures"
    assert found["event"][0]["entity_id"] == "mandate-0002"
    assert as_receipt(versions(project, "consent-0106"))["pii_processing"][0]["lawful_basis"] == "Consent"  # type: ignore[index,call-overload]
    assert as_receipt(versions(project, "consent-0107"))["pii_processing"][0]["lawful_basis"] == "Licence"  # type: ignore[index,call-overload]
    assert as_receipt(versions(project, "consent-0104")) == found


@pytest.mark.parametrize("unknown", ["nothing", "mandate-0001"])
def test_there_is_no_receipt_of_what_is_no_record(project: Project, unknown: str) -> None:
    import_records(project, EXAMPLE)
    ledger.make_key(project)
    with pytest.raises(UsageError, match="There is no record"):
        receipt(project, unknown)
