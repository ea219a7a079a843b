from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from openslate.errors import RightsError
from openslate.rights.canonical import canonical, parsed
from openslate.rights.use_entry import UseEntry
from tests.used import USE, pooled


@pytest.mark.parametrize("use", [USE, pooled("r", 3), replace(USE, model="m1", residuals=True)])
def test_a_use_comes_back_from_the_ledger_as_it_was(use: UseEntry) -> None:
    entry = parsed(canonical(use.to_entry()))
    assert UseEntry.of_entry({**entry, "previous": "0" * 64}) == use


@pytest.mark.parametrize("field", [name for name in USE.to_entry() if name != "decision"])
def test_an_entry_with_a_field_missing_is_refused(field: str) -> None:
    entry = USE.to_entry()
    del entry[field]
    with pytest.raises(RightsError):
        UseEntry.of_entry(entry)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("record", ""), ("version", 0), ("version", True), ("payee", "Ada Lovelace"), ("subject", "ada"),
        ("request", "x"), ("unit", "view"), ("basis", "pro_rata"), ("currency", "XXX"), ("pool", "p"),
        ("amount", None), ("rate", None), ("amount", Decimal(-1)), ("units", Decimal(-1)),
        ("at", USE.at.replace(tzinfo=None)),
    ],
)  # fmt: skip
def test_what_could_not_be_paid_is_refused(field: str, value: Any) -> None:
    with pytest.raises(RightsError):
        replace(USE, **{field: value})


def test_a_denied_use_and_other_decisions_are_no_allowed_use() -> None:
    for change in ({"outcome": "deny"}, {"decision": "read"}, {"amount": "2566"}, {"amount": 2566.0}, {"units": 2}):
        with pytest.raises(RightsError):
            UseEntry.of_entry({**USE.to_entry(), **change})


def test_a_pool_takes_something_and_nobody_is_named() -> None:
    with pytest.raises(RightsError, match="shares in no pool"):
        pooled("r", 0)
    assert "ada" not in str(USE.to_entry())
