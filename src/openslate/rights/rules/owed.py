"""Rules on what is owed and said afterwards: a price, dues paid, marks, and packs that are known. R21 to R23."""

from openslate.rights.pricing import Unpriced
from openslate.rights.rules.case import Case
from openslate.rights.vocabulary import SHOWN


def unpriced(case: Case) -> str | None:
    """R21: the use has no price, or earlier dues are overdue."""
    if isinstance(case.price, Unpriced):
        return case.price.what
    if case.record is not None and case.record.record_id in case.standing.overdue:
        return "Earlier dues of this record are overdue."
    return None


def unmarked(case: Case) -> str | None:
    """R22: what comes out lacks a manifest, a digital source type or a disclosure that is due."""
    request = case.request
    if request.use not in SHOWN:
        return None
    if request.output is False:
        # Otherwise a word of whoever asks would be the way around every mark.
        return f"The request says that nothing comes out, and something always comes out of the use {request.use!r}."
    needed = {"c2pa": "a manifest", "digital_source_type": "a digital source type"}
    if "always" in case.governing.disclosures or (
        request.advertising is not False and "advertising" in case.governing.disclosures
    ):
        needed["disclosure"] = "a disclosure"
    missing = [words for mark, words in needed.items() if mark not in request.marks]
    return f"What comes out will lack {' and '.join(missing)}." if missing else None


def pack_unknown(case: Case) -> str | None:
    """R23: a pack that is named is not known here, or not in force."""
    return f"The pack {case.governing.unknown[0]}." if case.governing.unknown else None
