"""Texts that were learned from and may not be learned from any more: withdrawn, reserved, or gone."""

from collections import Counter
from collections.abc import Collection, Mapping

from openslate import clock
from openslate.data.written.asking import NOT_PERMITTED, RESERVED, WITHDRAWN, reason_of, requests_of
from openslate.data.written.texts import SALT, WrittenText, texts
from openslate.project import Project
from openslate.rights.asked_about import standing_for
from openslate.rights.commitments import known_commitment
from openslate.rights.decide import decide

GONE = "erased or replaced"
TAKEN_BACK = (WITHDRAWN, RESERVED, NOT_PERMITTED)
"""Reasons that speak against what was learned, too. A record that ended or is used up speaks against new uses alone."""


def taken_back(project: Project, commitments: Collection[str]) -> Mapping[str, int]:
    """How many of some texts may not be learned from any more, by the reason.

    Args:
        project: where.
        commitments: to the texts, as lineage names them.

    Raises:
        RightsError: a record or the ledger is not what it was.
    """
    if not commitments:
        return {}
    there = {known_commitment(project, SALT, one.text): one for one in texts(project)}
    found: Counter[str] = Counter()
    for one in commitments:
        reason = _reason(project, there[one]) if one in there else GONE
        if reason:
            found[reason] += 1
    return dict(sorted(found.items()))


def _reason(project: Project, written: WrittenText) -> str:
    for request in requests_of(written):
        reason = reason_of(decide(request, clock.now(), standing_for(project, request)))
        if reason in TAKEN_BACK:
            return reason
    return ""
