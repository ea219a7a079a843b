"""Scans on a board that come too soon after the person was asked, or of which nobody said when they were."""

from collections.abc import Iterator
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.words import member_words, weekday_words
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.rules.scan_notices import Notice, scan_notices


def scan_clashes(board: Board, rules: Rules) -> Iterator[Clash]:
    """Too little notice of a scan is hard; where nobody said when the person was asked, the last day to ask is told."""
    for day in board:
        for number in day.scenes:
            for notice in scan_notices(board.shoot, board.shoot.scene_of[number], rules):
                found = _clash(notice, number, day.date)
                if found is not None:
                    yield found


def _clash(notice: Notice, number: str, day: date) -> Clash | None:
    member, first = notice.member, notice.first_day
    who = notice.replica.person if member is None else member_words(member)
    due = f"{notice.days} whole day{'s' if notice.days > 1 else ''} of notice {'are' if notice.days > 1 else 'is'} due"
    scanned = f"{who} is scanned in scene {number} on {weekday_words(day)}"
    people = () if member is None else (member.id,)
    if first is None:
        said = f"{scanned}, and nobody said when they were asked: {due}, so ask by "
        said += f"{weekday_words(notice.last_day_to_ask(day))}."
        return Clash("scan-notice", "penalty", said, (day,), (number,), people, source=notice.source)
    if day >= first:
        return None
    assert notice.replica.asked is not None
    said = f"{scanned}, and was asked on {weekday_words(notice.replica.asked)}: {due}."
    return Clash("scan-notice", "hard", said, (day,), (number,), people, source=notice.source)
