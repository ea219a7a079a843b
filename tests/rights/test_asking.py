"""Requests in files: what is no answer is refused, and the refusal names the field and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from openslate.errors import UsageError
from openslate.rights.asking import ANSWERS, UNKNOWN, request_of
from openslate.rights.request import Request

ASKED: dict[str, Any] = {
    "subject": "h-1", "subject_kind": "principal", "use": "generate", "asset": "scan-1", "asset_kind": "EBDR",
}  # fmt: skip


def test_the_fields_that_hold_an_answer_are_known() -> None:
    assert len(ANSWERS) == 11 and {"disclosed_to_writer", "suits_performer"} == ANSWERS - UNKNOWN


@pytest.mark.parametrize("field", sorted(ANSWERS))
@pytest.mark.parametrize("value", ["off", "no", "false", 0, 1, 0.0, [], ""])
def test_a_yes_or_no_is_true_or_false_and_nothing_like_it(field: str, value: object) -> None:
    with pytest.raises(UsageError, match=rf"r\.json: {field} = .* is neither true nor false"):
        request_of({**ASKED, field: value}, "r.json")
    assert getattr(request_of({**ASKED, field: False}, "r.json"), field) is False


@pytest.mark.parametrize("field", ["count", "units", "scan_hours"])
def test_an_answer_is_no_number(field: str) -> None:
    with pytest.raises(UsageError, match=f"{field} = true is no number"):
        request_of({**ASKED, field: True}, "r.json")


@pytest.mark.parametrize("field", list(ASKED))
def test_a_missing_field_is_named_without_the_rest(field: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        request_of({name: value for name, value in ASKED.items() if name != field}, "r.json")
    assert refused.value.what == f"r.json: the request has no {field}."


def test_what_nobody_counted_is_not_one() -> None:
    assert request_of(ASKED, "r.json").units is None
    assert str(request_of(json.loads(json.dumps({**ASKED, "units": "1.5"})), "r.json").units) == "1.5"
    assert isinstance(request_of(ASKED, "r.json"), Request)
