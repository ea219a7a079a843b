"""ODRL as a second opinion: a small evaluator, written from the standard alone, agrees with what the rules cover."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.rights.decide import decide
from openslate.rights.records.odrl import to_odrl
from openslate.rights.records.reading import read_records
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.request import Request
from openslate.rights.vocabulary import Use
from tests.rights.people import DUB, GENERATE, NOW, PERFORMER, VIEWER, WORDS, standing

EXAMPLE = Path(__file__).parents[3] / "examples" / "rights" / "performers.toml"
HASH = "a" * 64


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def permits(policy: dict[str, Any], request: Request, at: datetime, used: int) -> bool:
    """Whether a permission of the policy covers a request, and no prohibition without constraints does."""
    facts = {
        "purpose": f"urn:openslate:sha256:{request.pinned}",
        "product": f"urn:openslate:project:{quote(request.project, safe='')}",
        "spatial": request.territory,
        "media": request.medium,
        "language": request.language,
        "openslate:scene": request.scene,
    }

    def holds(constraint: dict[str, Any]) -> bool:
        operand, operator = constraint["leftOperand"], constraint["operator"]
        right = constraint["rightOperand"]
        if operand == "dateTime":
            limit = datetime.fromisoformat(right["@value"])
            return at >= limit if operator == "gteq" else at < limit
        if operand == "count":
            return used + request.count <= int(right["@value"])
        if operator == "eq":
            return bool(facts[operand] == right)
        # A country's name stands for all of it (ISO 3166-2).
        return any(facts[operand] == one or str(facts[operand]).startswith(f"{one}-") for one in right)

    def applies(rule: dict[str, Any]) -> bool:
        targets = as_list(rule["target"])
        named = (f"urn:openslate:asset:{request.asset}", f"urn:openslate:assets:{request.asset_kind}")
        return (
            rule["action"] == f"urn:openslate:action:{request.use}"
            and rule["assigner"] == f"urn:openslate:party:{quote(request.subject, safe='')}"
            and any(target in named for target in targets)
            and all(holds(one) for one in rule["constraint"])
        )

    return any(applies(rule) for rule in policy.get("permission", []))


USES: tuple[Use, ...] = ("generate", "scan", "dub", "alter")


def mostly(usual: str, *others: str) -> st.SearchStrategy[str]:
    """What is agreed to, most of the time, so that whole requests are covered often enough."""
    return st.sampled_from([*(usual for _ in range(8)), *others])


@settings(max_examples=300)
@given(
    use=st.sampled_from(USES),
    asset=mostly("scan-1", "scan-2"),
    project=mostly("p-low-tide", "p-other"),
    territory=mostly("US-CA", "US", "GB", "FR"),
    medium=mostly("streaming", "cinema"),
    language=mostly("en", "fr", "de"),
    scene=mostly("12", "13"),
    description=mostly(WORDS, "Another description that nobody agreed to"),
    days=st.sampled_from([-100, -86, -85, 0, 1, 2, 279, 280]),
    used=st.integers(0, 4),
    status=mostly("active", "suspended", "draft", "withdrawn"),
)
def test_odrl_and_the_rules_agree_on_what_a_record_covers(
    use: Use, days: int, used: int, status: str, **asked: str
) -> None:
    uses = tuple(PermittedUse(one, WORDS, ("12",), 3) for one in ("generate", "alter"))
    withdrawn = NOW if status == "withdrawn" else None
    record = replace(PERFORMER, uses=(*uses, PermittedUse("dub", WORDS)), status=status, withdrawn_at=withdrawn)  # type: ignore[arg-type]
    request = replace(GENERATE, **{**asked, "use": use, "alteration": "other"})  # type: ignore[arg-type]
    at = NOW + timedelta(days=days)
    verdict = decide(request, at, standing(record, used={("rec-performer", use): used}))
    codes = {finding.code for finding in verdict.findings}
    covered = codes.isdisjoint({"R01", "R02", "R03", "R10", "R20"})
    assert permits(to_odrl(record, HASH), request, at, used) == covered, codes


def test_a_policy_says_who_what_and_for_how_much() -> None:
    policy: dict[str, Any] = to_odrl(PERFORMER, HASH)
    assert (policy["@type"], policy["conflict"]) == ("Agreement", "prohibit")
    assert policy["uid"] == "urn:openslate:record:rec-performer:1"
    (duty,) = policy["permission"][0]["duty"]
    refinements = duty["action"][0]["refinement"]
    assert [(one["operator"], one["rightOperand"]["@value"]) for one in refinements] == [
        ("eq", "1500"),
        ("gteq", "1283"),
    ]
    assert refinements[0]["unit"] == "urn:iso:std:iso:4217:USD"
    assert len(policy["permission"]) == len(PERFORMER.uses)
    (prohibited,) = policy["prohibition"]
    assert prohibited["constraint"][0]["rightOperand"].endswith("sexual-content")


@pytest.mark.parametrize("status", ["draft", "suspended", "withdrawn", "expired", "superseded"])
def test_a_record_that_does_not_stand_permits_nothing(status: str) -> None:
    policy: dict[str, Any] = to_odrl(replace(PERFORMER, status=status), HASH)  # type: ignore[arg-type]
    assert "permission" not in policy
    assert len(policy["prohibition"]) == len(PERFORMER.uses) + 1
    assert "duty" not in policy["prohibition"][0]


def test_viewers_and_sources_have_policies_too() -> None:
    policy: dict[str, Any] = to_odrl(VIEWER, HASH)
    (permission,) = policy["permission"]
    assert permission["target"] == "urn:openslate:assets:viewing_data"
    assert "duty" not in permission and "prohibition" not in policy and "assignee" not in permission


def test_every_example_has_one_and_ids_become_iris() -> None:
    for entry in read_records(EXAMPLE):
        if isinstance(entry.value, ConsentRecord):
            policy = to_odrl(entry.value, HASH)
            assert policy["permission"]
    eidr = replace(PERFORMER, asset_ids=("10.5240/7791-8534-2C23-9030-8610-5", "a b/c"), sexual_content_allowed=True)
    policy = to_odrl(eidr, HASH)
    assert policy["permission"][0]["target"] == [  # type: ignore[index,call-overload]
        "urn:eidr:10.5240:7791-8534-2C23-9030-8610-5",
        "urn:openslate:asset:a%20b%2Fc",
    ]
    assert "prohibition" not in policy


def test_a_use_of_a_dub_needs_its_language() -> None:
    record = replace(PERFORMER, uses=(PermittedUse("dub", WORDS),))
    at = datetime(2026, 11, 25, tzinfo=UTC)
    assert permits(to_odrl(record, HASH), DUB, at, 0)
    assert not permits(to_odrl(record, HASH), replace(DUB, language="de"), at, 0)
