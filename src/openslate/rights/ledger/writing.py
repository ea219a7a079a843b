"""Adding to the ledger: one writer, one write, one fsync, and only then is anything acknowledged.

An entry stands when `append` returns. A process that dies before may leave it whole or torn: torn lines are cut off by
the next writer, whole ones are taken as they are, because others may have read them.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from openslate.errors import ProjectError, RightsError
from openslate.project import Project
from openslate.rights.alarm import RESTORE, alarm
from openslate.rights.canonical import JsonValue
from openslate.rights.checkpoint import Checkpoint
from openslate.rights.ledger import index
from openslate.rights.ledger.beginning import begin
from openslate.rights.ledger.durable import refuse_failed, sync, write_durably
from openslate.rights.ledger.index import Head
from openslate.rights.ledger.lines import RESERVED, Line, complete, line_text, moment, read_line, walk
from openslate.rights.ledger.trust import check_outside
from openslate.rights.merkle import leaf_hash
from openslate.storage.lock import write_lock

LOCK_SECONDS = 60.0
MAKE_ROOM = "Make room or mend the permissions; until then nothing about people may be read."


TAKES_AWAY = frozenset(("refusal", "withdraw", "forget", "hold", "dispute", "clock", "look"))
"""Decisions that nobody may be kept from by a clock that is wrong: they end a use, or show people what is held of them,
and never begin a use."""


@dataclass(frozen=True)
class Position:
    """Where an entry stands.

    Attributes:
        index: its place in the Merkle tree, from 0.
        hash: its leaf hash, in hexadecimal.
    """

    index: int
    hash: str


def append(project: Project, entry: Mapping[str, JsonValue]) -> Position:
    """Add one decision to the ledger and return its place once it is on disk.

    Args:
        project: whose ledger.
        entry: what was decided, with a text `decision` that names its kind; `at` and `previous` are added.

    Raises:
        RightsError: the entry cannot be written as canonical JSON; or, with a code, nothing may take effect: the clock
            has gone backwards (R25), or the ledger cannot be written or is not what it was (R26).

    Example:
        >>> import tempfile
        >>> project = Project.init(Path(tempfile.mkdtemp()) / "svc")
        >>> append(project, {"decision": "read", "rows": 7}).index
        1
    """
    return append_all(project, [entry])[0]


def append_all(project: Project, entries: Sequence[Mapping[str, JsonValue]]) -> list[Position]:
    """Add decisions that belong together, all or none, with one write; not inside a transaction of the state.

    What has been written is checked against the index, which lies in the project, and the index against the
    checkpoint outside: whoever forges both file and index, as a whole, is found by `verify`.

    Args:
        project: whose ledger.
        entries: as for `append`.

    Raises:
        RightsError: as for `append`.
    """
    for entry in entries:
        if not isinstance(entry.get("decision"), str) or entry["decision"] in RESERVED:
            raise RightsError(
                f"The decision {entry.get('decision')!r} is none of an entry's.",
                f"Name its kind in words, other than {' and '.join(RESERVED)}.",
            )
    if not entries:
        return []
    with exclusive(project) as held:
        return write(project, held, entries)


@dataclass(frozen=True)
class Held:
    """The ledger while one writer holds it.

    Attributes:
        head: its last entry.
        outside: the last checkpoint outside the project, if there is one.
    """

    head: Head
    outside: Checkpoint | None

    def moment(self, entries: Sequence[Mapping[str, JsonValue]] = ()) -> str:
        """The present moment, which is not before any that is on record.

        Args:
            entries: what is to be written; where all of it only takes away, a clock that is behind does not matter.

        Raises:
            RightsError: the clock has gone backwards.
        """
        takes_away = bool(entries) and all(one["decision"] in TAKES_AWAY for one in entries)
        return moment(max(self.head.at, self.outside.at if self.outside else ""), yielding=takes_away)


@contextmanager
def exclusive(project: Project) -> Iterator[Held]:
    """Hold the ledger alone, its index caught up with the file and checked against the checkpoint outside.

    Raises:
        RightsError: the ledger cannot be written or is not what it was.
    """
    with _locked(project):
        head = _caught_up(project)
        yield Held(head, check_outside(project, head))


def rebuild(project: Project) -> int:
    """Make the index again from the file, and return how many entries there are.

    Raises:
        RightsError: the file was damaged, lacks the last entry that the index knows, or is not a continuation of the
            checkpoint outside; then the index is as it was.
    """
    path, state = project.ledger_path, project.state
    with _locked(project):
        remembered = index.read_head(state)
        if remembered.entries:
            check_last(project, remembered)
        with state.transaction():
            index.forget(state)
            head = Head()
            for part in index.in_parts(walk(path)):
                head = index.add(state, head, part)
            if head.entries:
                check_outside(project, head)
    return head.entries


def write(project: Project, held: Held, entries: Sequence[Mapping[str, JsonValue]]) -> list[Position]:
    """Add entries while the ledger is held alone."""
    head, at = held.head, held.moment(entries)
    lines: list[Line] = []
    texts: list[bytes] = []
    previous, end = head.hash, head.end
    for entry in entries:
        value = complete(entry, at, previous)
        text = line_text(value)
        previous = leaf_hash(text)
        lines.append(Line(head.entries + len(lines), end, end + len(text) + 1, previous, value))
        texts.append(text)
        end = lines[-1].end
    # The index is ready before the file is touched, so that only its commit can still fail once entries are durable.
    with project.state.transaction():
        index.add(project.state, head, lines)
        write_durably(project.ledger_path, head.end, b"\n".join(texts) + b"\n")
    return [Position(line.number, line.hash.hex()) for line in lines]


def _caught_up(project: Project) -> Head:
    """The head of the index, once it holds every whole line of the file; begins a ledger where there is none.

    Raises:
        RightsError: the file is not the one the index remembers, or its lines do not follow one another.
    """
    path, head = project.ledger_path, index.read_head(project.state)
    if not head.entries:
        begin(project)
    else:
        check_last(project, head)
    if path.stat().st_size == head.end:
        return head
    # What a crash left unindexed may not be on the disk yet.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        sync(descriptor, path)
    finally:
        os.close(descriptor)
    for part in index.in_parts(walk(path, head.next)):
        with project.state.transaction():
            head = index.add(project.state, head, part)
    if not head.entries:
        raise alarm(f"The ledger {path} holds no whole entry, not even its first.")
    return head


def check_last(project: Project, head: Head) -> None:
    """Refuse a file in which the last entry that the index knows is not in its place.

    Raises:
        RightsError: it is not there.
    """
    path = project.ledger_path
    try:
        last = read_line(path, head.entries - 1, head.start, head.hash)
    except RightsError as error:
        raise another(path, head) from error
    if last.end != head.end:
        raise another(path, head)


def another(path: Path, head: Head) -> RightsError:
    """The error for a file that is shorter than what the index remembers, or another one."""
    return alarm(
        f"The ledger {path} is not the one the state remembers, with {head.entries} entries up to "
        f"{head.hash.hex()[:12]}.",
        f"`openslate rights verify` says where. {RESTORE}",
    )


@contextmanager
def _locked(project: Project) -> Iterator[None]:
    """Hold the ledger's lock, and say of everything that cannot be written that nothing may take effect."""
    path = project.ledger_path
    try:
        # The ledger has a lock of its own, so that a read is never held up by a long import.
        with write_lock(project.people, LOCK_SECONDS):
            refuse_failed(path)
            yield
    except OSError as error:
        raise alarm(f"The ledger {path} cannot be written: {error.strerror}.", MAKE_ROOM) from error
    except ProjectError as error:
        raise alarm(error.what, error.way_out) from error
