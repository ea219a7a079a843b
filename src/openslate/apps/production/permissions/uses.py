"""Every replica and scan that a board asks for, with the day on which it would be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import member_words, weekday_words
from openslate.apps.production.shoot.scenes import Replica, Scene
from openslate.apps.production.shoot.shoot import Shoot

DONE = {
    "replica": "a replica of {who}",
    "scan": "a scan of {who}",
    "background": "a background replica of {who}",
}


@dataclass(frozen=True)
class ReplicaUse:
    """A replica or scan on a board.

    Attributes:
        scene: that has it.
        replica: what is done, and of whom.
        day: on which the scene is shot; None while it is in the boneyard.
    """

    scene: Scene
    replica: Replica
    day: date | None = None

    def words(self, shoot: Shoot) -> str:
        """What is asked for, such as 'a scan of MIRA (1) in scene 4 on Monday 1 March 2027'."""
        member = shoot.member_of.get(self.replica.person)
        who = self.replica.person if member is None else member_words(member)
        when = "" if self.day is None else f" on {weekday_words(self.day)}"
        return f"{DONE[self.replica.use].format(who=who)} in scene {self.scene.number}{when}"


def uses_of(board: Board) -> Iterator[ReplicaUse]:
    """The replicas and scans of a board, by day, those of the boneyard last."""
    scenes = board.shoot.scene_of
    for day in board:
        for number in day.scenes:
            yield from (ReplicaUse(scenes[number], one, day.date) for one in scenes[number].replicas)
    for number in board.boneyard:
        yield from (ReplicaUse(scenes[number], one) for one in scenes[number].replicas)
