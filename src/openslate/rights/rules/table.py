"""The rule table: every deny rule that looks at a case, by code, in the order in which the first match is given.

R24, R25 and R26 are about deciding itself and stand in `decide`.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from openslate.rights.rules import consent, material, owed, person, production
from openslate.rights.rules.case import Case

Rule: TypeAlias = Callable[[Case], str | None]
"""Why a case is denied, in a sentence, or None."""

RULES: Mapping[str, Rule] = {
    "R01": consent.no_record,
    "R02": consent.not_specific,
    "R03": consent.new_project,
    "R04": consent.not_separate,
    "R05": consent.not_represented,
    "R06": production.too_little_notice,
    "R07": production.no_business_reason,
    "R08": person.minor_sexual,
    "R09": production.strike,
    "R10": production.dubbing,
    "R11": person.deceased,
    "R12": production.background_substitute,
    "R13": production.synthetic_performer,
    "R14": production.transfer,
    "R15": material.train_writer,
    "R16": material.generated_as_source,
    "R17": material.third_party_training,
    "R18": material.reserved,
    "R19": person.biometric,
    "R20": consent.withdrawn,
    "R21": owed.unpriced,
    "R22": owed.unmarked,
    "R23": owed.pack_unknown,
}
