"""What members said by records, as bulk reads need it: from which moment on they may be used for a purpose, or not.

`decide` judges one member at a time; a bulk read asks about millions. So all that `decide` will answer of a member is
worked out beforehand: one line for each moment at which the answer changes, the end of a record included. The tests
hold the one against the other; `rights.kept_words` keeps the lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from openslate.rights.decide import decide, last_said, said_at
from openslate.rights.packs.pack import Pack
from openslate.rights.records.record import ConsentRecord
from openslate.rights.request import Request
from openslate.rights.standing import Held, Standing
from openslate.rights.vocabulary import EVERYWHERE, Use

ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
"""Before any record."""
VIEWING: tuple[Use, ...] = ("train", "evaluate", "personalize")


class Word(NamedTuple):
    """What holds from a moment on.

    Attributes:
        purpose: for what.
        since: from when.
        said: when they said it.
        granted: whether their plays may be used.
        refused: whether they refused; False where their consent only ended or is not valid.
        packs: names of the packs that governed, as 'id@version'.
    """

    purpose: Use
    since: datetime
    said: datetime
    granted: bool
    refused: bool
    packs: tuple[str, ...]


def viewing_request(member: str, purpose: Use, source: str = "") -> Request:
    """The request for all that a member watched, as a bulk read makes it."""
    return Request(member, "viewer", purpose, EVERYWHERE, "viewing_data", source=source)


def words_of(records: Sequence[ConsentRecord], packs: Mapping[str, Pack]) -> list[Word]:
    """All that `decide` will ever answer about a member from their records as they stand, first to last.

    Args:
        records: the latest version of each of the member's records.
        packs: every known pack by id.
    """
    standing = Standing(held=tuple(Held(one, "") for one in records), packs=packs)
    found: list[Word] = []
    for purpose in VIEWING:
        own = tuple(one for one in standing.held if purpose in one.record.by_use)
        before: Word | None = None
        for moment in _moments(records, packs.values()) if own else ():
            last = last_said(own, moment)
            if last is None:
                continue
            verdict = decide(viewing_request(last.record.subject_id, purpose), moment, standing)
            refused = any(one.code == "R20" for one in verdict.findings)
            word = Word(purpose, moment, said_at(last.record), verdict.allowed, refused, verdict.packs)
            if before is None or word[2:] != before[2:]:
                found.append(word)
            before = word
    return found


def _moments(records: Sequence[ConsentRecord], packs: Iterable[Pack]) -> list[datetime]:
    """Every moment at which an answer may change: records begin and end, and so do the packs that govern them."""
    found = {ALWAYS}
    for one in records:
        found |= {moment for moment in (one.effective_from, one.expires_at, one.withdrawn_at) if moment is not None}
    if any(one.packs or one.jurisdictions for one in records):
        for pack in packs:
            last = pack.in_force_to
            ends = None if last is None or last == date.max else last + timedelta(days=1)
            found |= {_midnight(day) for day in (pack.in_force_from, ends) if day is not None}
    return sorted(found)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
