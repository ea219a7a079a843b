"""What the rights gate answers for every replica and scan on a board. Asking is no use: the ledger gets no entry."""

from dataclasses import dataclass
from pathlib import Path

from openslate import clock
from openslate.apps.production.board.board import Board
from openslate.apps.production.permissions.requests import request_for
from openslate.apps.production.permissions.uses import ReplicaUse, uses_of
from openslate.apps.production.shoot.shoot import Shoot
from openslate.project import Project
from openslate.registry.pending import deadlines
from openslate.rights.asked_about import standing_for
from openslate.rights.decide import Verdict, decide


@dataclass(frozen=True)
class Answer:
    """What was answered.

    Stability: provisional.

    Attributes:
        use: that was asked about.
        verdict: of the gate; None where there was no project whose gate could be asked, which allows nothing.
    """

    use: ReplicaUse
    verdict: Verdict | None = None

    @property
    def allowed(self) -> bool:
        """Whether the gate would allow it now."""
        return self.verdict is not None and self.verdict.allowed

    def words(self, shoot: Shoot) -> str:
        """The answer in a sentence or two."""
        what = self.use.words(shoot)
        what = what[:1].upper() + what[1:]
        if self.verdict is None:
            return f"{what} is not allowed: there is no project whose rights gate could be asked."
        if self.verdict.allowed:
            return f"{what} is allowed by the record {self.verdict.record}, as of today."
        why = " ".join(f"{one.code}: {one.why}" for one in self.verdict.findings)
        return f"{what} is not allowed. {why}"


def answers_for(board: Board, project: Project | None, folder: Path) -> tuple[Answer, ...]:
    """Ask the gate about every replica and scan of a board, the ones in its boneyard among them.

    Args:
        board: with scenes that have replicas.
        project: whose gate is asked; None where there is none, and then nothing is allowed.
        folder: of the shoot, in which requests lie.

    Raises:
        UsageError: a request cannot be read, lies elsewhere, is of somebody else, or asks for something else.
        RightsError: what the project keeps on consent is not what it was.
    """
    found = []
    for use in uses_of(board):
        request = request_for(use, board.shoot, folder)
        if project is None:
            found.append(Answer(use))
        else:
            standing = standing_for(project, request, deadlines(project))
            found.append(Answer(use, decide(request, clock.now(), standing)))
    return tuple(found)
