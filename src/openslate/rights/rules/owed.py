"""Rules on what is owed and said afterwards: a price, dues paid, marks, and packs that are known. R21 to R23."""

from openslate.rights.pricing import Price, Unpriced, price, price_scan
from openslate.rights.rules.case import Case
from openslate.rights.usage import Estimate, Scan, Usage

MARKED = frozenset(("generate", "alter", "dub", "promo"))


def priced(case: Case) -> Price | Unpriced | None:
    """What the use costs, or why it has no price; None for viewing data and sources, whose subjects are not paid."""
    record, request = case.record, case.request
    if record is None or not case.of_person:
        return None
    if request.use == "scan" and request.scan_kind:
        return price_scan(record.compensation, Scan(request.scan_kind, request.scan_hours, request.suits_performer))
    author, basis = request.estimate_author, request.estimate_basis
    estimate = Estimate(author, basis) if author or basis else None
    return price(record.compensation, Usage(request.units, request.unit, estimate))


def unpriced(case: Case) -> str | None:
    """R21: the use has no price, or earlier dues are overdue."""
    found = priced(case)
    if isinstance(found, Unpriced):
        return found.what
    if case.record is not None and case.record.record_id in case.standing.overdue:
        return "Earlier dues of this record are overdue."
    return None


def unmarked(case: Case) -> str | None:
    """R22: what comes out lacks a manifest, a digital source type or a disclosure that is due."""
    request = case.request
    if not request.output or request.use not in MARKED:
        return None
    needed = {"c2pa": "a manifest", "digital_source_type": "a digital source type"}
    if case.governing.says("disclosure_needed", "always") or (
        request.advertising and case.governing.says("disclosure_needed", "advertising")
    ):
        needed["disclosure"] = "a disclosure"
    missing = [words for mark, words in needed.items() if mark not in request.marks]
    return f"What comes out will lack {' and '.join(missing)}." if missing else None


def pack_unknown(case: Case) -> str | None:
    """R23: a pack that is named is not known here, or not in force."""
    return f"The pack {case.governing.unknown[0]}." if case.governing.unknown else None
