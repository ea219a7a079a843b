"""A record as a policy in ODRL 2.2, for whoever keeps rights in that language: JSON-LD, with a profile of our own.

The profile adds the uses that ODRL has no action for, each a part of `use`. Where a policy says both, what is
prohibited wins. A record that does not stand permits nothing, so its policy prohibits what it once permitted.
"""

from collections.abc import Sequence
from urllib.parse import quote

from openslate.rights.canonical import JsonValue
from openslate.rights.compensation import Compensation
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.vocabulary import EVERYWHERE

CONTEXT = "http://www.w3.org/ns/odrl.jsonld"
PROFILE = "urn:openslate:odrl:1"


def to_odrl(record: ConsentRecord, document_hash: str) -> dict[str, JsonValue]:
    """The policy that a version of a record stands for.

    Args:
        record: the version.
        document_hash: of its document, by which the policy can be traced to it.

    Source: ODRL Information Model 2.2 and Vocabulary & Expression 2.2, W3C Recommendations of 2018-02-15.
    """
    stands = record.status == "active"
    rules: list[JsonValue] = [_rule(record, one, with_duty=stands) for one in record.uses]
    prohibited: list[JsonValue] = [] if stands else list(rules)
    if record.subject_kind not in ("viewer", "source") and not record.sexual_content_allowed:
        prohibited.append(
            {**_parties(record), "action": _action("generate"), "constraint": [_constraint("purpose", "eq", _SEXUAL)]}
        )
    return {
        "@context": [CONTEXT, {"openslate": "urn:openslate:"}],
        "@type": "Agreement" if stands else "Set",
        "uid": f"urn:openslate:record:{record.record_id}:{record.version}",
        "profile": PROFILE,
        "conflict": "prohibit",
        "openslate:status": record.status,
        "openslate:document": f"urn:openslate:sha256:{document_hash}",
        **({"permission": rules} if stands else {}),
        **({"prohibition": prohibited} if prohibited else {}),
    }


_SEXUAL = "urn:openslate:purpose:sexual-content"


def _rule(record: ConsentRecord, one: PermittedUse, with_duty: bool) -> dict[str, JsonValue]:
    owed = record.compensation if with_duty else None
    return {
        **_parties(record),
        "action": _action(one.use),
        "constraint": _constraints(record, one),
        **({} if owed is None else {"duty": [_duty(owed, record)]}),
    }


def _parties(record: ConsentRecord) -> dict[str, JsonValue]:
    targets = [
        f"urn:openslate:assets:{record.asset_kind}" if asset == EVERYWHERE else _uri("asset", asset)
        for asset in record.asset_ids
    ]
    return {
        "target": targets[0] if len(targets) == 1 else list(targets),
        "assigner": _uri("party", record.subject_id),
        **({"assignee": _uri("party", record.producer)} if record.producer else {}),
    }


def _action(use: str) -> str:
    return f"urn:openslate:action:{use}"


def _constraints(record: ConsentRecord, one: PermittedUse) -> list[JsonValue]:
    found: list[JsonValue] = [_constraint("purpose", "eq", f"urn:openslate:sha256:{one.pinned}")]
    if record.project_id != EVERYWHERE:
        found.append(_constraint("product", "eq", _uri("project", record.project_id)))
    for operand, listed in (("spatial", record.territories), ("media", record.media), ("language", record.languages)):
        if EVERYWHERE not in listed:
            found.append(_constraint(operand, "isAnyOf", list(listed)))
    if one.scenes:
        found.append(_constraint("openslate:scene", "isAnyOf", list(one.scenes)))
    found.append(_constraint("dateTime", "gteq", _typed(record.effective_from.isoformat(), "xsd:dateTime")))
    if record.expires_at is not None:
        found.append(_constraint("dateTime", "lt", _typed(record.expires_at.isoformat(), "xsd:dateTime")))
    if one.max_count is not None:
        found.append(_constraint("count", "lteq", _typed(str(one.max_count), "xsd:integer")))
    return found


def _duty(owed: Compensation, record: ConsentRecord) -> dict[str, JsonValue]:
    action: dict[str, JsonValue] = {"rdf:value": {"@id": "odrl:compensate"}}
    amounts: Sequence[tuple[str, object]] = (("eq", owed.rate), ("gteq", owed.floor))
    refinements: list[JsonValue] = [
        {
            **_constraint("payAmount", operator, _typed(str(amount), "xsd:decimal")),
            "unit": f"urn:iso:std:iso:4217:{owed.currency}",
        }
        for operator, amount in amounts
        if amount is not None
    ]
    if refinements:
        action["refinement"] = refinements
    return {
        "action": [action],
        "compensatedParty": _uri("party", record.paid_to),
        "openslate:basis": owed.basis,
    }


def _constraint(operand: str, operator: str, value: JsonValue) -> dict[str, JsonValue]:
    return {"leftOperand": operand, "operator": operator, "rightOperand": value}


def _typed(value: str, kind: str) -> dict[str, JsonValue]:
    return {"@value": value, "@type": kind}


def _uri(kind: str, identifier: str) -> str:
    """An IRI of an id: its own scheme's where it has one."""
    if identifier.startswith("10.5240/"):
        return f"urn:eidr:{identifier.replace('/', ':')}"
    if identifier.startswith(("isni:", "isrc:", "sha256:")):
        return f"urn:{identifier}"
    return f"urn:openslate:{kind}:{quote(identifier, safe='')}"
