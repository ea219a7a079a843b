"""Asking whoever holds a script, treatment or outline before anything is learned from it: the answer is no by default.

Everybody whose permission a text needs is asked, by the records they gave. A permission that is used is a use, on the
ledger with its price; what is left out is counted by the reason. Words are read only after all of that is on the disk.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from openslate import clock
from openslate.data.matching.groups import same_titles
from openslate.data.written.texts import SALT, WrittenText, texts, words_of
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.asked_about import standing_for
from openslate.rights.asking import request_of
from openslate.rights.authorising import authorise
from openslate.rights.canonical import JsonValue
from openslate.rights.commitments import commitments
from openslate.rights.decide import Verdict, decide
from openslate.rights.request import Request

DECISION = "texts"
"""The kind of the ledger's entries that say which texts were let through."""
DESCRIPTION = (
    "A forecaster learns which words of this text go with how large an audience the title had; the text is shown to "
    "nobody and nothing is written with it."
)
"""What is done with a text, where its row says nothing else: a record permits it in the same words."""
LIFETIME = timedelta(days=1)
"""How long a training may take from its permission to its model."""
NO_RECORD = "no permission on record"
NOT_PERMITTED = "no permission to train (R15)"
RESERVED = "reserved (R18)"
WITHDRAWN = "withdrawn (R20)"
NOT_LEARNED = "of a title that was not learned from"


@dataclass(frozen=True)
class Use:
    """A permitted use that is still to be made.

    Attributes:
        request: what was asked for.
        token: leave to make it once.
    """

    request: Request
    token: str


@dataclass(frozen=True)
class Answered:
    """What became of the texts of some titles.

    Attributes:
        words: of the permitted texts, by the id of the work they are of.
        used: how many were permitted, by kind.
        left_out: how many were not, by kind and reason.
        uses: to be made by `rights.authorising.spend` before anything that was learned is kept.
        unmade: tokens of uses that are not made after all, to be voided.
        commitments: to the permitted texts, for lineage.
        entry: hash of the ledger's entry that says all this; empty where there are no texts.
    """

    words: Mapping[str, tuple[str, ...]]
    used: Mapping[str, int]
    left_out: Mapping[str, Mapping[str, int]]
    uses: tuple[Use, ...] = ()
    unmade: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    entry: str = ""


def texts_for_learning(project: Project, works: Collection[str], reader: str) -> Answered:
    """The texts of some works that may be learned from now, and why others may not.

    Permission is asked as of now, whatever day is learned as of: who withdrew is not read for the past either.

    Args:
        project: where.
        works: ids of the works that are learned from; texts of others are not asked for, and cost nothing.
        reader: which step asks, for the ledger.

    Raises:
        RightsError: a record, a text or the ledger is not what it was, or nothing can be put on the ledger.
    """
    there = texts(project)
    if not there:
        return Answered({}, {}, {})
    same = same_titles(project)
    permitted: list[WrittenText] = []
    left_out: dict[str, Counter[str]] = {}
    uses: list[Use] = []
    unmade: list[str] = []
    for one in there:
        reason, made = (NOT_LEARNED, []) if same.canonical(one.title) not in works else _asked(project, one)
        if reason:
            left_out.setdefault(one.kind, Counter())[reason] += 1
            unmade += [use.token for use in made]
        else:
            permitted.append(one)
            uses += made
    used: Counter[str] = Counter(one.kind for one in permitted)
    reasons = {kind: dict(sorted(found.items())) for kind, found in left_out.items()}
    told: dict[str, JsonValue] = {"used": {**used}, "left_out": {**reasons}}
    entry = ledger.append(project, {"decision": DECISION, "reader": reader, **told}).hash
    words: dict[str, tuple[str, ...]] = {}
    for one in permitted:
        work = same.canonical(one.title)
        words[work] = (*words.get(work, ()), words_of(project, one.text))
    named = commitments(project, SALT, [one.text for one in permitted])
    return Answered(words, used, reasons, tuple(uses), tuple(unmade), tuple(named), entry)


def requests_of(written: WrittenText) -> tuple[Request, ...]:
    """What is asked of each who holds a text: to train on it.

    Args:
        written: the text.
    """
    said = {"subject_kind": "writer", "description": DESCRIPTION, "source": written.source, **written.asked}
    fixed = {"use": "train", "asset_kind": "literary_material", "output": False}
    return tuple(request_of({**said, **fixed, "subject": one}, f"The {written.kind}") for one in written.holders)


def reason_of(verdict: Verdict) -> str:
    """Why a text is left out, in words that a card counts by; empty where it is not.

    Args:
        verdict: on one of its requests.
    """
    codes = {one.code for one in verdict.findings}
    if not codes:
        return ""
    if "R20" in codes:
        return WITHDRAWN
    if verdict.held is None:
        return NO_RECORD
    if "R18" in codes:
        return RESERVED
    return NOT_PERMITTED if "R15" in codes else f"refused by its terms ({verdict.code})"


def _asked(project: Project, written: WrittenText) -> tuple[str, list[Use]]:
    """Why a text is left out, or nothing, and the uses that stand on the ledger."""
    requests = requests_of(written)
    for request in requests:
        # A first look costs nobody anything: no use is paid while another of its holders says no.
        verdict = decide(request, clock.now(), standing_for(project, request))
        if not verdict.allowed:
            if verdict.held is not None:
                # Whoever gave a record is told of what it refused.
                authorise(project, request)
            return reason_of(verdict), []
    made: list[Use] = []
    for request in requests:
        given = authorise(project, request, LIFETIME)
        if given.token is None:
            return reason_of(given.verdict), made
        made.append(Use(request, given.token))
    return "", made
