"""What members said by records, as bulk reads need it: from which moment on they may be used for a purpose, or not.

`decide` judges one member at a time; a bulk read asks about millions. So whenever a member's record changes, all that
`decide` will answer from then on is written down beside it in the vault, in the same transaction: one line for each
moment at which the answer changes, the end of a record included. The tests hold the one against the other.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from openslate.project import Project
from openslate.rights.decide import decide, last_said, said_at
from openslate.rights.packs.loading import packs_of
from openslate.rights.packs.pack import Pack
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import latest_of
from openslate.rights.request import Request
from openslate.rights.standing import Held, Standing
from openslate.rights.vocabulary import EVERYWHERE, Use
from openslate.storage.lake import quoted

ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
"""Before any record."""
VIEWING: tuple[Use, ...] = ("train", "evaluate", "personalize")
COLUMNS = '{"member": "VARCHAR", "granted": "BOOLEAN", "refused": "BOOLEAN", "said": "TIMESTAMP"}'


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


def words_of(records: Sequence[ConsentRecord], packs: dict[str, Pack]) -> list[Word]:
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


def rewrite_words(project: Project, members: Iterable[str]) -> None:
    """Write down what bulk reads need of some members; inside the transaction of the vault that changed records."""
    for member in sorted(set(members)):
        project.vault.execute("DELETE FROM words WHERE member = ?", (member,))
        values = [one.value for one in latest_of(project, [member])]
        records = [one for one in values if isinstance(one, ConsentRecord) and one.subject_kind == "viewer"]
        for word in words_of(records, packs_of(project)):
            project.vault.execute(
                "INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    *(member, word.purpose, _text(word.since), _text(word.said)),
                    *(int(word.granted), int(word.refused), " ".join(word.packs)),
                ),
            )


def words_at(project: Project, purpose: str, moment: datetime, member: str | None = None) -> str | None:
    """SQL of what members said about a purpose by records, as of a moment; None where nobody did.

    Args:
        project: whose vault.
        purpose: which.
        moment: now.
        member: of whom alone; of everybody when left out.
    """
    rows = project.vault.rows(
        "SELECT member, granted, refused, said FROM words AS one WHERE purpose = ? AND since = (SELECT max(since) "
        "FROM words WHERE member = one.member AND purpose = one.purpose AND since <= ?) "
        f"{'' if member is None else 'AND member = ? '}ORDER BY member",
        (purpose, _text(moment), *(() if member is None else (member,))),
    )
    if not rows:
        return None
    # One text instead of a list of values, which takes long to parse.
    told = [{"member": one[0], "granted": bool(one[1]), "refused": bool(one[2]), "said": one[3]} for one in rows]
    return f"(SELECT unnest(from_json({quoted(json.dumps(told))}, '[{COLUMNS}]'), recursive := true))"


def packs_at(project: Project, purposes: Sequence[str], moment: datetime) -> set[str]:
    """Names of the packs that govern what members said by records about some purposes, as of a moment."""
    rows = project.vault.rows(
        "SELECT DISTINCT purpose, packs FROM words AS one WHERE since = (SELECT max(since) FROM words "
        "WHERE member = one.member AND purpose = one.purpose AND since <= ?)",
        (_text(moment),),
    )
    return {name for purpose, packs in rows if purpose in purposes for name in str(packs).split()}


def next_word(project: Project, moment: datetime) -> datetime | None:
    """The first later moment at which something said by a record changes."""
    found = project.vault.rows("SELECT min(since) FROM words WHERE since > ?", (_text(moment),))[0][0]
    return None if found is None else datetime.fromisoformat(str(found)).replace(tzinfo=UTC)


def _moments(records: Sequence[ConsentRecord], packs: Iterable[Pack]) -> list[datetime]:
    """Every moment at which an answer may change: records begin and end, and so do the packs that govern them."""
    found = {ALWAYS}
    for one in records:
        found |= {moment for moment in (one.effective_from, one.expires_at, one.withdrawn_at) if moment is not None}
    if any(one.packs or one.jurisdictions for one in records):
        for pack in packs:
            ends = None if pack.in_force_to is None else pack.in_force_to + timedelta(days=1)
            found |= {_midnight(day) for day in (pack.in_force_from, ends) if day is not None}
    return sorted(found)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _text(moment: datetime) -> str:
    """UTC in a form whose order is that of time, and which SQL reads."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
