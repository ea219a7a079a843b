"""How long before a scan a person is asked, and from which day a scene with a scan may be shot."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from openslate.apps.production.rules.rules import Rules, Source
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.scenes import Replica, Scene
from openslate.apps.production.shoot.shoot import Shoot


@dataclass(frozen=True)
class Notice:
    """The notice that is due before a scan on the board.

    Attributes:
        replica: the scan.
        member: who is scanned; None where the shoot knows nobody of that id, such as background people.
        days: that lie between asking and the scan, neither of the two among them.
        source: of the rule; None where the member's own entry says it.
    """

    replica: Replica
    member: CastMember | None
    days: int
    source: Source | None = None

    @property
    def first_day(self) -> date | None:
        """The first day on which the scan may be; None where nobody said when the person was asked."""
        return None if self.replica.asked is None else self.replica.asked + timedelta(days=self.days + 1)

    def last_day_to_ask(self, scanned: date) -> date:
        """The last day on which somebody may be asked who is scanned on a day."""
        return scanned - timedelta(days=self.days + 1)


def scan_notices(shoot: Shoot, scene: Scene, rules: Rules) -> Iterator[Notice]:
    """The notices that the scans of a scene need; none for a scan that needs no notice.

    Args:
        shoot: of the scene.
        scene: with its replicas and scans.
        rules: that hold; the longest notice counts, and a member's own entry outweighs them.
    """
    longest = max(rules.scan_notices, key=lambda one: one.days, default=None)
    for replica in scene.replicas:
        if replica.use != "scan":
            continue
        member = shoot.member_of.get(replica.person)
        if member is not None and member.scan_notice_days is not None:
            found = Notice(replica, member, member.scan_notice_days)
        elif longest is not None:
            found = Notice(replica, member, longest.days, longest.source)
        else:
            continue
        if found.days > 0:
            yield found


def first_scan_day(shoot: Shoot, scene: Scene, rules: Rules) -> date | None:
    """The first day on which every scan of a scene may be made; None where no notice says one."""
    days = [notice.first_day for notice in scan_notices(shoot, scene, rules)]
    return max((day for day in days if day is not None), default=None)
