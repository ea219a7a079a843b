"""Consent epochs: serving holds one authorisation for each purpose, until anybody's word or any basis changes.

Answers are given a thousand times a second, and their members' words change now and then. So the ledger gets one entry
for the whole stretch of time in which nothing changed; each answer still asks what its own member said. Whatever
changes what may be used (a consent, a refusal, a basis, an import of any, an edited pack, or a word recorded for a
moment that has come) makes another epoch, and the very next answer needs its entry.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from openslate import clock
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.consent import CONSENT_COLUMNS, check_purposes
from openslate.rights.kept_words import next_word
from openslate.rights.ledger.index import read_head
from openslate.rights.ledger.lines import moment
from openslate.rights.packs.loading import known_packs
from openslate.rights.viewers import next_paper


@dataclass(frozen=True)
class Epoch:
    """One stretch of time in which nothing changed that decides on a purpose.

    Attributes:
        purpose: one of `PURPOSES`.
        id: hash of all that decides.
        entry: hash of the ledger entry that authorises serving in it.
    """

    purpose: str
    id: str
    entry: str


def epoch_id(project: Project) -> str:
    """Hash of all that decides what viewing data may be used for now, but for the time of day.

    Raises:
        RightsError: a pack of the project is none.
    """
    # Not what is in force but all that was ever said: a basis that ended and came again does not bring its epoch back.
    (said,) = project.state.rows("SELECT coalesce(max(ordinal), 0) FROM grants")
    (recorded,) = project.vault.rows("SELECT coalesce(max(rowid), 0) FROM records")
    # An erasure takes rows away and may number the others anew.
    (erased,) = project.vault.rows("SELECT count(*) FROM erased")
    deciding = {
        "consents": project.lake.snapshot("consents").id,
        "grants": said[0],
        "records": recorded[0],
        "erased": erased[0],
        "packs": known_packs(project).hash,
    }
    return hashlib.sha256(json.dumps(deciding).encode()).hexdigest()


def authorised(project: Project, purpose: str, reader: str) -> Epoch:
    """The epoch of now, with its entry on the ledger.

    Args:
        project: where.
        purpose: one of `PURPOSES`.
        reader: which step asks, for the ledger.

    Raises:
        UsageError: the purpose is unknown.
        RightsError: the ledger cannot be written, or the clock is behind it; then nothing may be served.
    """
    check_purposes((purpose,))
    identity, now = epoch_id(project), clock.now()
    # An epoch that is open already needs no entry, which would have found this out.
    moment(read_head(project.state).at)
    found = project.state.rows(
        "SELECT entry FROM epochs WHERE purpose = ? AND epoch = ? AND opened <= ? AND (until IS NULL OR until > ?) "
        "ORDER BY opened DESC LIMIT 1",
        (purpose, identity, _text(now), _text(now)),
    )
    if found:
        return Epoch(purpose, identity, str(found[0][0]))
    until = _next_word(project, now)
    entry = ledger.append(
        project, {"decision": "epoch", "purposes": [purpose], "reader": reader, "epoch": identity, "until": until}
    ).hash
    project.state.execute(
        "INSERT OR REPLACE INTO epochs (purpose, epoch, opened, until, entry) VALUES (?, ?, ?, ?, ?)",
        (purpose, identity, _text(now), until, entry),
    )
    return Epoch(purpose, identity, entry)


def _next_word(project: Project, now: datetime) -> str | None:
    """The first later moment at which a word takes effect that is recorded already."""
    consents = project.lake.relation(project.lake.snapshot("consents"), "consents", CONSENT_COLUMNS)
    with project.lake.reading() as connection:
        (first,) = connection.execute(
            f"SELECT min(recorded) FROM {consents} WHERE recorded > ?", (now.replace(tzinfo=None),)
        ).fetchall()[0]
    moments = (
        None if first is None else first.replace(tzinfo=UTC),
        next_word(project, now),
        next_paper(project, {shard.source for shard in project.lake.snapshot().shards}, now),
    )
    following = min((one for one in moments if one is not None), default=None)
    return None if following is None else _text(following)


def _text(moment: datetime) -> str:
    """UTC in a form whose order is that of time."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")
