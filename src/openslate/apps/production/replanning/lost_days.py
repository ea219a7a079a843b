"""Why a lost day may make a plan cheaper: it is a day off, on which nobody who only waits is paid."""

from collections.abc import Set
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.board.words import listed, member_words
from openslate.apps.production.replanning.plans import Plan, Replanned, Waited
from openslate.apps.production.shoot.shoot import Shoot

LOST_WORDS = "What a lost day itself costs, such as the unit and people held on it, is in none of these figures."


def waited_on(before: Board, shoot: Shoot, lost: Set[date]) -> tuple[Waited, ...]:
    """Who, and which sets, would have waited on lost days, and what they were paid for it.

    Args:
        before: the board as it was.
        shoot: as the lost days have left it.
        lost: days on which nothing is shot after all.
    """
    then, now = costs_of(before), costs_of(Board(shoot, before.days, before.boneyard))
    waited = [
        Waited(member_words(one), then.cast[one.id].amount - now.cast[one.id].amount)
        for one in before.shoot.cast
        if not lost & set(before.work_days(one.id))
    ]
    waited += [
        Waited(f"the set {one.name}", then.sets[one.name] - now.sets[one.name])
        for one in before.shoot.sets
        if not any(day.date in lost and _plays(before, one.name, day.scenes) for day in before)
    ]
    return tuple(one for one in waited if one.amount > 0)


def _plays(board: Board, name: str, scenes: tuple[str, ...]) -> bool:
    return any(board.shoot.scene_of[number].set == name for number in scenes)


def lost_words(waited: tuple[Waited, ...], currency: str) -> tuple[str, ...]:
    """What a person should know of lost days.

    Args:
        waited: who would have waited on them, and what they were paid for it.
        currency: of the amounts.
    """
    if not waited:
        return (LOST_WORDS,)
    who = [one.who for one in waited[:3]]
    who += [f"{len(waited) - 3} more"] if len(waited) > 3 else []
    amount = sum(one.amount for one in waited)
    return (
        LOST_WORDS,
        f"On the board before {listed(who)} would have been paid {amount:,} {currency} to wait on what is now lost and"
        " counts as a day off; whether that is owed all the same is for their contracts to say.",
    )


def saving_words(found: Replanned, plan: Plan) -> str:
    """Why a plan costs less than the board before; nothing where it does not, or breaks rules.

    Args:
        found: all plans.
        plan: one of them.
    """
    saved = found.cost_before - plan.cost
    if saved <= 0 or plan.broken:
        return ""
    fallen = [f"{one.name} {one.after - one.before:+,}" for one in plan.changes.kinds if one.after < one.before]
    less = sum(one.amount for one in found.waited)
    if not less:
        why = "a cheaper board had been there before as well"
    elif saved <= less:
        why = "those who would have waited on what is lost are not paid for it"
    else:
        why = f"{less:,} of it is for waiting on what is lost, and a cheaper board had been there before as well"
    return f"It costs less ({listed(fallen)}), for {why}."
