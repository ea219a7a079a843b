from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.use_entry import UseEntry
from tests.used import USE, pooled, put

ON_LEDGER = {**USE.to_entry(), "at": USE.at.isoformat()}


@pytest.mark.parametrize("use", [USE, pooled("r", 3), replace(USE, model="m1", residuals=True)])
def test_a_use_comes_back_from_the_ledger_as_it_was(project: Project, use: UseEntry) -> None:
    put(project, use)
    assert UseEntry.of_entry(ledger.entry(project, 1).entry) == use


@pytest.mark.parametrize("field", ON_LEDGER)
def test_an_entry_with_a_field_missing_is_refused(field: str) -> None:
    assert UseEntry.of_entry(ON_LEDGER) == USE
    with pytest.raises(RightsError, match=field):
        UseEntry.of_entry({name: value for name, value in ON_LEDGER.items() if name != field})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("record", ""), ("version", 0), ("version", True), ("payee", "Ada Lovelace"), ("subject", "ada"),
        ("request", "x"), ("unit", "view"), ("basis", "pro_rata"), ("currency", "XXX"), ("pool", "p"),
        ("amount", None), ("rate", None), ("amount", Decimal(-1)), ("units", Decimal(-1)),
        ("at", USE.at.replace(tzinfo=None)), ("territory", ""), ("medium", ""),
    ],
)  # fmt: skip
def test_what_could_not_be_paid_is_refused(field: str, value: Any) -> None:
    with pytest.raises(RightsError):
        replace(USE, **{field: value})


def test_a_denied_use_and_other_decisions_are_no_allowed_use() -> None:
    for change in ({"outcome": "deny"}, {"decision": "read"}, {"amount": "2566"}, {"amount": 2566.0}, {"units": 2}):
        with pytest.raises(RightsError, match="|".join((*change, "is no"))):
            UseEntry.of_entry({**ON_LEDGER, **change})


def test_a_pool_takes_something_and_nobody_is_named() -> None:
    with pytest.raises(RightsError, match="shares in no pool"):
        pooled("r", 0)
    assert "ada" not in str(USE.to_entry())
