"""Receipts of models: what a method proves is said by the method, and no document can say more."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import RightsError
from openslate.rights.canonical import canonical, parsed
from openslate.rights.unlearning import PROVES, Accumulator, Forgotten, Method, ModelReceipt, receipt_of

SUMS = Accumulator("all events/1", {"kind": "WeightSettings", "half_life": None}, "a" * 64, "b" * 64)
DEADLINE = "2026-12-01T00:00:00+00:00"
PARTS = (
    Forgotten("taste", Method.EXACT_GRAM, sums=SUMS.name),
    Forgotten("recent", Method.EXACT_DOWNDATE, sums=SUMS.name, tolerance="0.00001"),
    Forgotten("popular", Method.RETRAIN),
    Forgotten("factors", Method.APPROXIMATE, tolerance="0.1"),
    Forgotten("blend", Method.PENDING, deadline=DEADLINE),
)


def receipt(**changed: Any) -> ModelReceipt:
    plain: dict[str, Any] = {
        "subject": "c" * 64,
        "requested_at": "2026-11-25T12:00:00+00:00",
        "old_model": "1" * 64,
        "new_model": "2" * 64,
        "old_dataset": "s",
        "new_dataset": "t",
        "parts": PARTS,
        "accumulators": (SUMS,),
    }
    return ModelReceipt(**{**plain, **changed})


def test_a_receipt_is_read_as_it_was_written_through_canonical_json() -> None:
    assert receipt_of(parsed(canonical(receipt().document()))) == receipt()


def test_only_what_is_exact_is_called_exact() -> None:
    assert {part.method for part in PARTS if part.exact} == {Method.EXACT_GRAM, Method.RETRAIN}
    assert set(PROVES) == set(Method)
    assert PROVES[Method.APPROXIMATE] == "not proof"
    assert [part.part for part in receipt().pending] == ["blend"]


@pytest.mark.parametrize("place", range(len(PARTS)))
@pytest.mark.parametrize(
    ("field", "value"),
    [("exact", True), ("exact", False), ("proves", PROVES[Method.EXACT_GRAM]), ("proves", PROVES[Method.APPROXIMATE])],
)
def test_a_document_that_says_otherwise_than_its_method_is_refused(place: int, field: str, value: object) -> None:
    document = receipt().document()
    forged = copy.deepcopy(document)
    forged["parts"][place][field] = value
    if forged == document:
        assert receipt_of(forged) == receipt()
    else:
        with pytest.raises(RightsError, match="says otherwise"):
            receipt_of(forged)


@given(st.sampled_from(list(Method)), st.booleans(), st.booleans(), st.booleans())
def test_no_method_can_be_had_with_what_belongs_to_another(
    method: Method, with_sums: bool, with_tolerance: bool, with_deadline: bool
) -> None:
    def make() -> Forgotten:
        return Forgotten(
            "part",
            method,
            "s" if with_sums else "",
            "0.5" if with_tolerance else "0",
            DEADLINE if with_deadline else "",
        )

    wanted = (
        method in {Method.EXACT_GRAM, Method.EXACT_DOWNDATE},
        method in {Method.EXACT_DOWNDATE, Method.APPROXIMATE},
        method is Method.PENDING,
    )
    if (with_sums, with_tolerance, with_deadline) == wanted:
        assert not (make().exact and with_tolerance)
    else:
        with pytest.raises(RightsError, match="refused"):
            make()


@pytest.mark.parametrize("tolerance", ["", "-1", "NaN", "Infinity", "a little"])
def test_a_tolerance_is_a_number(tolerance: str) -> None:
    with pytest.raises(RightsError, match="tolerance"):
        Forgotten("factors", Method.APPROXIMATE, tolerance=tolerance)


@pytest.mark.parametrize("deadline", ["soon", "2026-12-01T00:00:00"])
def test_a_deadline_is_a_moment_with_its_zone(deadline: str) -> None:
    with pytest.raises(RightsError, match="moment"):
        Forgotten("blend", Method.PENDING, deadline=deadline)


@pytest.mark.parametrize(
    "changed",
    [
        {"accumulators": ()},
        {"accumulators": (SUMS, SUMS)},
        {"new_model": ""},
        {"new_model": "1" * 64},
        {"requested_at": "yesterday"},
    ],
)
def test_a_receipt_that_cannot_be_true_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(RightsError, match="refused"):
        receipt(**changed)


@pytest.mark.parametrize("digest", ["", "b" * 63, "B" * 64])
def test_digests_are_those_of_sha_256(digest: str) -> None:
    with pytest.raises(RightsError, match="SHA-256"):
        Accumulator("sums", {}, "", digest)


@pytest.mark.parametrize("name", sorted(receipt().document()))
def test_a_document_without_a_field_is_refused(name: str) -> None:
    document = receipt().document()
    del document[name]
    with pytest.raises(RightsError, match="refused"):
        receipt_of(document)


def test_an_unknown_method_and_an_unknown_field_are_refused() -> None:
    document = json.loads(json.dumps(receipt().document()))
    document["parts"][0]["method"] = "perfect"
    with pytest.raises(RightsError, match="no receipt"):
        receipt_of(document)
    with pytest.raises(RightsError, match="says otherwise"):
        receipt_of({**receipt().document(), "exact": True})
