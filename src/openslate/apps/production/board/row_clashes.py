"""Days in a row: too many of them, and what the nth costs."""

from collections.abc import Iterator
from datetime import date, timedelta

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.words import weekday_words
from openslate.apps.production.rules.limits import days_in_a_row, paid_row_at, premium_at, share_of
from openslate.apps.production.rules.rules import Rules


def row_clashes(board: Board, rules: Rules) -> Iterator[Clash]:
    """A clash for each day that is one too many in a row, and for each that costs a premium."""
    before, nth = date.min, 0
    for day in board:
        nth = nth + 1 if day.date - before == timedelta(days=1) else 1
        before = day.date
        yield from _too_many(board, rules, day.date, nth, day.scenes)
        premium = premium_at(rules, nth)
        if premium is not None and premium.share:
            cost = share_of(board.shoot.day.cost, premium.share)
            said = (
                f"{weekday_words(day.date)} is shooting day {nth} in a row, and costs {premium.share:g} of a day more."
            )
            yield Clash("premium", "penalty", said, (day.date,), day.scenes, (), cost, premium.source)


def _too_many(board: Board, rules: Rules, day: date, nth: int, scenes: tuple[str, ...]) -> Iterator[Clash]:
    most = days_in_a_row(rules)
    said = f"{weekday_words(day)} is shooting day {nth} in a row, and at most "
    if nth > most:
        source = next(row.source for row in rules.days_in_a_row if row.strength == "hard" and row.most == most)
        yield Clash("days-in-a-row", "hard", f"{said}{most} may be.", (day,), scenes, (), 0, source)
    paid = paid_row_at(rules, nth)
    if paid is not None:
        cost = share_of(board.shoot.day.cost, paid.share)
        told = f"{said}{paid.most} are not paid more."
        yield Clash("days-in-a-row", "penalty", told, (day,), scenes, (), cost, paid.source)
