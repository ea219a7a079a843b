"""Places where laws hold: ISO 3166's countries, their parts, and the European Union."""

import re
from functools import lru_cache

from openslate.rights.vocabulary import EVERYWHERE, PLACE

UNION = "EU"
"""The European Union, which is no country and has a code that ISO reserves for it."""
_COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_COUNTRIES.split())
"""ISO 3166-1 alpha-2."""
_STATES = """
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR UM VI
"""
STATES = frozenset(_STATES.split())
"""Parts of the United States (ISO 3166-2:US), where the packs' laws differ from state to state."""
_MEMBERS = """
AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE AX GF GP MQ MF RE YT
"""
MEMBERS = frozenset(_MEMBERS.split())
"""Where the law of the European Union holds: its members, and their parts that have codes of their own (Article 355 of
the Treaty on the Functioning of the European Union)."""
WITHIN = {
    **dict.fromkeys(("AS", "GU", "MP", "PR", "UM", "VI"), "US"),
    **dict.fromkeys(("GF", "GP", "MQ", "MF", "RE", "YT"), "FR"),
    "AX": "FI",
}
"""Places with a code of their own where the law of a country holds as well."""
_FORM = re.compile(PLACE).fullmatch
_SLIPS = {"UK": "GB", "EL": "GR"}


@lru_cache(maxsize=4096)
def why_no_place(place: str) -> str | None:
    """Why a text names no place, as the end of a sentence; None if it names one.

    Laws hold in places by their codes, so that a place written otherwise would be a way around them. The parts of
    the United States are known one by one; of other countries' parts the form alone is looked at.

    Example:
        >>> [why_no_place(place) for place in ("*", "EU", "US-CA", "GB-SCT")]
        [None, None, None, None]
        >>> why_no_place("US-CAL")
        "is no place: the United States have no part 'CAL' (ISO 3166-2)"
        >>> why_no_place("UK")
        "is no place: ISO 3166 writes it 'GB'"
    """
    if place in (EVERYWHERE, UNION) or place in COUNTRIES:
        return None
    if _FORM(place) is None:
        return "is no place as ISO 3166 writes it, such as 'US' or 'US-CA'"
    country, _, part = place.partition("-")
    if country in _SLIPS:
        return f"is no place: ISO 3166 writes it {place.replace(country, _SLIPS[country], 1)!r}"
    if country not in COUNTRIES:
        return f"is no place: ISO 3166 has no country {country!r}"
    if country == "US" and part not in STATES:
        return f"is no place: the United States have no part {part!r} (ISO 3166-2)"
    return None


def with_what_holds_there(places: frozenset[str]) -> frozenset[str]:
    """Places, and those whose law holds in them too.

    Example:
        >>> sorted(with_what_holds_there(frozenset({"PR"})))
        ['PR', 'US-PR']
        >>> sorted(with_what_holds_there(frozenset({"DE-BE"})))
        ['DE-BE', 'EU']
    """
    wide = set(places)
    for place in places:
        country, _, part = place.partition("-")
        if country in WITHIN:
            wide.add(f"{WITHIN[country]}-{country}")
        # Whoever names a country alone leaves open which part of it is meant.
        wide |= {one for one, whole in WITHIN.items() if whole == country and part in ("", one)}
    if any(place.partition("-")[0] in MEMBERS for place in wide):
        wide.add(UNION)
    if UNION in places:
        wide |= MEMBERS
    return frozenset(wide)
