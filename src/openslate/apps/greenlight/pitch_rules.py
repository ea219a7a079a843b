"""What the page of a pitch knows of its fields: the limits and sentences of the reader of files, as plain values."""

from typing import Any

from openslate.apps.greenlight.languages import LANGUAGES
from openslate.apps.greenlight.memo_words import missing_in_words
from openslate.apps.greenlight.pitch import FACTS, KINDS, MATERIAL_KINDS, WITH_EPISODES
from openslate.apps.greenlight.pitch_fields import LONGEST_MATERIAL, LONGEST_SYNOPSIS, MOST_EPISODES
from openslate.apps.greenlight.pitch_file import SAME_WAY, WAYS_OUT
from openslate.rights.currencies import MINOR_DIGITS
from openslate.rights.places import COUNTRIES, UNION, why_no_place

NO_COUNTRY = "is no country of ISO 3166-1, such as US or KR"
ID = {"kind": "text", "pattern": "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}", "reason": "it is no id"}
NAME = {"kind": "text", "longest": 300}
NAMES = {"kind": "lines", "longest": 300, "most": 100}
CODES = {"kind": "codes"}
MONEY = {"kind": "money"}
DAY = {"kind": "day"}
LANGUAGE = {
    "kind": "language",
    "pattern": "|".join(sorted(LANGUAGES)),
    "reason": "it is no language as ISO 639-1 writes it, such as en or ko",
}


def pitch_rules() -> dict[str, Any]:
    """The rules of every field, in the order in which a file has them, and what they go by.

    Example:
        >>> rules = pitch_rules()
        >>> rules["fields"]["season"], rules["waysOut"]["season"]
        ({'kind': 'whole', 'least': 1, 'greatest': 200}, 'Write a whole number from 1 to 200, or leave it out.')
    """
    return {
        "fields": {
            "name": {**NAME, "required": True},
            "id": ID,
            "as_of": DAY,
            "logline": {"kind": "text", "longest": 1000},
            "synopsis": {"kind": "long", "longest": LONGEST_SYNOPSIS, "filled": True},
            "kind": _choice(KINDS),
            "series": NAME,
            "season": {"kind": "whole", "least": 1, "greatest": 200},
            "genres": NAMES,
            "language": LANGUAGE,
            "countries": CODES,
            "runtime_minutes": {"kind": "whole", "least": 1, "greatest": 6000},
            "episodes": {"kind": "whole", "least": 1, "greatest": MOST_EPISODES},
            **dict.fromkeys(("budget", "lowest_budget", "highest_budget"), MONEY),
            "currency": {"kind": "currency"},
            "companies": NAMES,
            **dict.fromkeys(("release", "earliest_release", "latest_release"), DAY),
            "regions": CODES,
            "worldwide": {"kind": "check"},
            "maturity": {"kind": "text", "longest": 40},
            "talent": {
                "kind": "rows",
                "most": 200,
                "once": True,
                "fields": {"name": {**NAME, "required": True}, "role": {**NAME, "required": True}},
            },
            "material": {
                "kind": "rows",
                "most": 20,
                "either": ["text", "file"],
                "fields": {
                    "kind": {**_choice(MATERIAL_KINDS), "required": True},
                    "record": {**ID, "required": True},
                    "text": {"kind": "long", "longest": LONGEST_MATERIAL},
                    "file": {"kind": "text", "longest": 300, "beside": True},
                },
            },
        },
        "waysOut": WAYS_OUT,
        "sameWay": SAME_WAY,
        "withEpisodes": list(WITH_EPISODES),
        "facts": [[fact, missing_in_words(fact)] for fact in FACTS],
        "currencies": MINOR_DIGITS,
        "countries": sorted(COUNTRIES),
        "slips": {"UK": why_no_place("UK"), "EL": why_no_place("EL"), UNION: NO_COUNTRY, "*": NO_COUNTRY},
        "noCountry": [str(why_no_place("QQ")).replace("QQ", "??"), why_no_place("nowhere")],
    }


def _choice(choices: tuple[str, ...]) -> dict[str, Any]:
    *others, last = (repr(one) for one in choices)
    return {"kind": "choice", "choices": list(choices), "expected": f"{', '.join(others)} or {last}"}
