"""Checking all of the ledger: every line, the tree, the index, and every checkpoint inside and outside the project."""

from dataclasses import dataclass

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.alarm import alarm
from openslate.rights.checkpoint import Checkpoint
from openslate.rights.folders import check_folder
from openslate.rights.keys import outside
from openslate.rights.ledger import index
from openslate.rights.ledger.durable import trust_again
from openslate.rights.ledger.index import TILE, Head
from openslate.rights.ledger.lines import KEY, RESERVED, Line, walk
from openslate.rights.ledger.missing import refuse_short, replaced, short
from openslate.rights.ledger.signing import checkpoints, public_key
from openslate.rights.ledger.trust import forked, refuse_shorter
from openslate.rights.ledger.writing import exclusive
from openslate.rights.merkle import Frontier, Growing
from openslate.rights.note import PublicKey


@dataclass(frozen=True)
class Verified:
    """What a whole ledger holds.

    Attributes:
        origin: its name; empty where there is no ledger yet.
        entries: how many there are, the first one, which names the ledger, included.
        decisions: how many of them the ledger did not write about itself.
        last: leaf hash of the last one, in hexadecimal; zeros before the first.
        root: of the tree over all of them, in hexadecimal.
        checkpoints: how many checkpoints of the project it agrees with.
        outside: size of the last checkpoint outside the project that it continues; None when there is none, and then
            nobody can say here whether the whole project was set back.
        torn: bytes after the last whole entry, which a crash left and the next writer cuts off.
    """

    origin: str
    entries: int
    decisions: int
    last: str
    root: str
    checkpoints: int
    outside: int | None
    torn: int


def verify(project: Project) -> Verified:
    """What the ledger holds, once all of it has been checked.

    Found and located to the line: bytes changed, entries dropped, reordered, repeated, cut. Found against a checkpoint
    outside: a project set back as a whole, a ledger written anew, another in its place. Not found without one: that
    the project as a whole, ledger and state and checkpoints, was set back or written anew; and never, that an entry
    was false when it was written.

    Raises:
        RightsError: the ledger is not what it was, or something that must agree with it does not.
    """
    if project.state.rows("SELECT 1 FROM earlier_ledger_head"):
        with exclusive(project):
            pass
    head = index.read_head(project.state)
    # First, because whatever else is read from a file that is cut would be said to be wrong in its place.
    refuse_short(project, head)
    found = _Walked(project, head)
    for line in walk(project.ledger_path):
        found.take(line)
    found.finish()
    check_folder(project.folder, found.origin)
    size = project.ledger_path.stat().st_size if found.last else 0
    trust_again(project.ledger_path)
    return Verified(
        found.origin,
        found.growing.size,
        found.decisions,
        found.last.hash.hex() if found.last else bytes(32).hex(),
        found.growing.frontier.root.hex(),
        len(found.kept),
        found.outside.size if found.outside else None,
        size - found.last.end if found.last else 0,
    )


class _Walked:
    """One walk over the file, beside everything that must agree with it."""

    def __init__(self, project: Project, head: Head) -> None:
        self.project, self.head = project, head
        self.growing = Growing(Frontier())
        self.origin, self.decisions = head.origin, 0
        self.last: Line | None = None
        self.kept = checkpoints(project)
        self.outside = outside(head.origin).checkpoint() if head.entries else None
        self._key: PublicKey | None = None
        self._rows = index.rows_in_parts(project.state, head.entries)
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._names = index.Bag()
        self._awaited = sorted([*self.kept, *([self.outside] if self.outside else [])], key=lambda one: one.size)

    def take(self, line: Line) -> None:
        """Compare one line with the index, and the tree with the checkpoints that end with it."""
        if line.number < self.head.entries:
            self._compare(line)
        if line.number == 0:
            self._begin(line)
        made = self.growing.add(line.hash)
        if line.number < self.head.entries:
            self._nodes.update({(level, place): node for level, place, node in made if level % TILE == 0})
        if line.value["decision"] == KEY:
            self._name_key(line)
        self.decisions += line.value["decision"] not in RESERVED
        self.last = line
        while self._awaited and self._awaited[0].size == self.growing.size:
            self._agree(self._awaited.pop(0))
        if self.growing.size == self.head.entries and self.growing.frontier != self.head.frontier:
            raise index.damaged(self.project)

    def finish(self) -> None:
        """Refuse what is missing at the end."""
        if self.growing.size < self.head.entries:
            raise short(self.project, self.head)
        for checkpoint in self._awaited:
            refuse_shorter(self.project, self.growing.size, checkpoint)
        state, end = self.project.state, self.head.entries
        if index.nodes(state) != self._nodes or index.names_before(state, end) != self._names:
            raise index.damaged(self.project)
        if self.head.entries and (self._key or public_key(self.project)) != public_key(self.project):
            raise index.damaged(self.project)
        there = outside(self.origin).public() if self.origin else None
        if there is not None and self._key is not None and there != self._key:
            raise RightsError(
                f"The ledger names the key {self._key.text}, and the one outside is {there.text}.",
                "Find out which of the two was put in place of the other.",
            )

    def _begin(self, line: Line) -> None:
        if self.head.entries and line.value["origin"] != self.head.origin:
            raise index.damaged(self.project)
        self.origin = str(line.value["origin"])
        if self.outside is None:
            self.outside = outside(self.origin).checkpoint()
            self._awaited = sorted(
                [*self._awaited, *([self.outside] if self.outside else [])], key=lambda one: one.size
            )

    def _compare(self, line: Line) -> None:
        row = next(self._rows, None)
        if row is None or row[0] != line.number:
            raise index.damaged(self.project)
        if row[2] != line.hash:
            raise replaced(self.project, self.head, line)
        if row[1] != line.start or row[3] != line.at:
            raise index.damaged(self.project)
        for key in index.keys(line.value):
            self._names.add(key, line.number)

    def _name_key(self, line: Line) -> None:
        key = PublicKey.read(str(line.value.get("key")))
        if self._key not in (None, key):
            raise alarm(f"{self.project.ledger_path}, line {line.number + 1}: the entry names another key.")
        self._key = key

    def _agree(self, checkpoint: Checkpoint) -> None:
        if (checkpoint.origin, checkpoint.root) != (self.origin, self.growing.frontier.root):
            raise forked(self.project, checkpoint)
