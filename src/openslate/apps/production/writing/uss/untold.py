"""What a shoot holds that the standard has no place for, so that whoever writes a file knows what is not in it."""

from collections.abc import Iterator

from openslate.apps.production.board.board import Board
from openslate.apps.production.reading.uss.notices import Notice
from openslate.apps.production.reading.uss.scenes import ONE_DROP
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.places import Location, Set
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot


def untold(board: Board) -> tuple[Notice, ...]:
    """What of a board and its shoot is not written, a sentence each."""
    return tuple(Notice("", f"{words}; the standard has no place for it.") for words in _untold(board.shoot))


def _untold(shoot: Shoot) -> Iterator[str]:
    for what, count in (
        ("contract", sum(map(_paid, shoot.cast))),
        ("performer or birth", sum(bool(one.performer or one.born or one.holder) for one in shoot.cast)),
        ("fee, permit or position", sum(one != Location(one.name) for one in shoot.locations)),
        ("building or stage", sum(one != Set(one.name, one.location) for one in shoot.sets)),
        ("order, date or replica", sum(map(_bound, shoot.scenes))),
    ):
        if count:
            yield f"{what[:1].upper()}{what[1:]} is not written, of {count}"
    if any(one.cost for one in (*shoot.moves, shoot.usual_move)):
        yield "What moves cost is not written"
    if shoot.day.cost or shoot.day.overtime_cost:
        yield "What a day costs is not written"
    if shoot.rules:
        yield "Which rules hold is not written"


def _paid(member: CastMember) -> bool:
    contract = member.contract
    return bool(contract.rate or contract.least_days or contract.kind == "weekly" or contract.drops > ONE_DROP)


def _bound(scene: Scene) -> bool:
    return bool(scene.after or scene.earliest or scene.latest or scene.replicas)
