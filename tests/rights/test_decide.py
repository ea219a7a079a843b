import pytest

from openslate.rights.decide import decide
from tests.rights.decisions import ROWS, Row
from tests.rights.people import ALLOWED, EVERYBODY, NOW, standing


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.code}: {row.name}")
def test_the_decision_table(row: Row) -> None:
    verdict = decide(row.request, row.at, row.standing)
    assert [finding.code for finding in verdict.findings] == row.codes, verdict.findings


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_agreed_to_is_allowed(name: str) -> None:
    assert decide(ALLOWED[name], NOW, standing(*EVERYBODY)).findings == ()
