"""What the rights gate is asked for a replica or scan on a board.

Whoever wants a yes writes a request beside the shoot, with everything that the rules ask for; the board says the scene
and the day. Where there is none the gate is asked with what the shoot says, and as a fact that nobody said denies, it
answers with what is missing.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from openslate.apps.production.permissions.uses import ReplicaUse
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError
from openslate.rights.asking import read_request
from openslate.rights.request import Request
from openslate.rights.vocabulary import SubjectKind, Use

USES: dict[str, tuple[Use, ...]] = {
    "scan": ("scan",),
    "replica": ("generate", "alter", "dub", "promo"),
    "background": ("scan", "generate", "alter"),
}
"""What a request may ask for by what the board says is done; the first is asked for where there is no request."""


def request_for(use: ReplicaUse, shoot: Shoot, folder: Path) -> Request:
    """The request of a replica or scan on a board.

    Args:
        use: on the board.
        shoot: that it is of.
        folder: of the shoot, in which requests lie.

    Raises:
        UsageError: the request cannot be read, lies elsewhere, is of somebody else, or asks for something else.
    """
    written = use.replica.request
    request = _written(use, shoot, folder) if written else _unwritten(use, shoot)
    request = replace(request, scene=use.scene.number)
    if request.use != "scan" or use.day is None:
        return request
    asked = use.replica.asked
    # Of days that are known as days alone, what passed between them for certain is counted.
    notice = request.notice_at or (None if asked is None else _midnight(asked) + timedelta(days=1))
    at = request.scan_at.timetz() if request.scan_at else time(tzinfo=UTC)
    return replace(request, notice_at=notice, scan_at=datetime.combine(use.day, at))


def _written(use: ReplicaUse, shoot: Shoot, folder: Path) -> Request:
    name = use.replica.request
    path = (folder / name).resolve()
    where = f"Scene {use.scene.number}: the request {name!r}"
    if not path.is_relative_to(folder.resolve()):
        raise UsageError(f"{where} lies outside the shoot's folder.", "Put it beside the shoot.")
    request = read_request(path)
    if request.use not in USES[use.replica.use]:
        raise UsageError(
            f"{where} asks for {request.use!r}, and the scene has a {use.replica.use!r}.",
            f"Write use = {USES[use.replica.use][0]!r} in it, or mend the scene.",
        )
    member = shoot.member_of.get(use.replica.person)
    if member is not None and member.holder and request.subject != member.holder:
        raise UsageError(
            f"{where} is of {request.subject!r}, and cast member {member.id} has the holder {member.holder!r}.",
            "Name the same person in both.",
        )
    return request


def _unwritten(use: ReplicaUse, shoot: Shoot) -> Request:
    member = shoot.member_of.get(use.replica.person)
    background = use.replica.use == "background"
    subject = use.replica.person if member is None else member.holder or member.performer or member.character
    kind: SubjectKind = "background" if background else "principal"
    if member is not None and member.born is not None:
        kind = "minor"
    return Request(
        subject=subject,
        subject_kind=kind,
        use=USES[use.replica.use][0],
        asset=f"scene-{use.scene.number}",
        asset_kind="BADR" if background else "EBDR",
        project=shoot.name,
        description=use.scene.description,
        photography_start=shoot.calendar.starts,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(tzinfo=UTC))
