"""A plan in sentences and in plain values: what it costs, what changes, and who must be called."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from openslate.apps.production.board.conditions import Condition, condition_words, is_locked
from openslate.apps.production.board.words import WEEKDAYS, listed, member_words, share_words
from openslate.apps.production.replanning.changes import CallChange, Changes, MovedScene
from openslate.apps.production.replanning.lost_days import saving_words
from openslate.apps.production.replanning.plans import Plan, Replanned
from openslate.apps.production.shoot.shoot import Shoot
from openslate.drawing.page_words import day_in_words

BONEYARD = "the boneyard"


def short_day(day: date | None) -> str:
    """A day in a list of many; the boneyard where there is none.

    Example:
        >>> short_day(date(2027, 3, 1)), short_day(None)
        ('Mon 1 March 2027', 'the boneyard')
    """
    return BONEYARD if day is None else f"{WEEKDAYS[day.weekday()][:3]} {day_in_words(day)}"


def differently(amount: int) -> str:
    """A difference with its sign.

    Example:
        >>> differently(1200), differently(-5), differently(0)
        ('+1,200', '-5', '0')
    """
    return f"{amount:+,}" if amount else "0"


def many(count: int, one: str, more: str = "") -> str:
    """So many of something.

    Example:
        >>> many(1, "scene"), many(2, "person", "people")
        ('1 scene', '2 people')
    """
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def plan_words(found: Replanned, plan: Plan) -> str:
    """What a plan is the best of, and what it comes to."""
    return f"{listed(plan.names).capitalize()}: {sum_words(found, plan)}"


def sum_words(found: Replanned, plan: Plan) -> str:
    """What a plan comes to, in a sentence that may go on after others."""
    currency, more = found.shoot.currency, plan.cost - found.cost_before
    what = "as much as before" if not more else f"{abs(more):,} {'more' if more > 0 else 'less'} than before"
    said = f"{plan.cost:,} {currency}, {what}"
    if not plan.changes.scenes:
        return f"{said}; nothing changes."
    scenes, people = many(len(plan.changes.scenes), "scene"), many(len(plan.changes.cast), "person", "people")
    changing = "changes" if len(plan.changes.scenes) == 1 else "change"
    return f"{said}; {scenes} {changing} {'its' if changing == 'changes' else 'their'} day, {people} to call."


def proof_words(found: Replanned, plan: Plan) -> str:
    """What is proved of a plan; of one that breaks rules a gap would say nothing."""
    if plan.broken:
        return "It breaks hard rules."
    if plan.cost <= found.bound:
        return f"No plan with {kept_words(found)} costs less, which is proved."
    left = share_words(found.gap(plan))
    return (
        f"With {kept_words(found)} none costs less than {found.bound:,}; of what is ahead, {left} is not proved to be"
        " needed."
    )


def kept_words(found: Replanned) -> str:
    """What all plans have in common, of which the bound is."""
    locked = bool(found.stays) or is_locked(found.fewest.board)
    return f"these shot days{' and these locks' if locked else ''}"


def none_words(found: Replanned) -> str:
    """What is known where every plan that was found breaks hard rules, and nothing is shown to clash; else nothing."""
    if found.why or not found.fewest.broken:
        return ""
    if found.none_keeps:
        return "Every way to plan what is ahead was looked at, and each breaks a hard rule: those above, or others."
    return (
        f"In {found.seconds:.1f} s no plan that keeps every hard rule was found; whether there is one is not known. Try"
        " another --seed."
    )


def move_words(one: MovedScene) -> str:
    """A scene that changes its day."""
    return f"Scene {one.number}: {short_day(one.before)} → {short_day(one.after)}"


def call_words(shoot: Shoot, one: CallChange) -> str:
    """Somebody who must be called, and what to tell them."""
    who = member_words(shoot.member_of[one.name])
    return f"{who}: {'; '.join(_days(one))}; pay {differently(one.cost_after - one.cost_before)}"


def booking_words(one: CallChange) -> str:
    """A location to be booked anew or given back."""
    return f"{one.name}: {'; '.join(_days(one))}; fees {differently(one.cost_after - one.cost_before)}"


def change_sentences(changes: Changes, shoot: Shoot) -> Iterator[str]:
    """What changes between two boards, whom to call, and the difference of each kind of cost."""
    yield from map(move_words, changes.scenes)
    yield from (call_words(shoot, one) for one in changes.cast)
    yield from map(booking_words, changes.locations)
    for one in changes.kinds:
        if one.before != one.after:
            yield f"{one.name.capitalize()}: {differently(one.after - one.before)} {shoot.currency}"
    if any(one.before != one.after for one in changes.kinds):
        more = differently(changes.cost_after - changes.cost_before)
        yield f"All together: {changes.cost_after:,} {shoot.currency}, {more}"


def _days(one: CallChange) -> Iterator[str]:
    if one.added:
        yield f"now on {listed([short_day(day) for day in one.added])}"
    if one.dropped:
        yield f"no longer on {listed([short_day(day) for day in one.dropped])}"


def replanned_values(found: Replanned) -> dict[str, Any]:
    """All of it as values that JSON has."""
    return {
        "shoot": found.shoot.name,
        "currency": found.shoot.currency,
        "facts": list(found.facts),
        "from": found.begins.isoformat(),
        "cost_before": found.cost_before,
        "shot": found.shot,
        "bound": None if found.fewest.broken else found.bound,
        "bound_is_of": None if found.fewest.broken else _among(found),
        "closed": found.closed,
        "change_cost": found.change_cost,
        "plans": [_plan_values(found, plan) for plan in found.plans],
        "why_impossible": list(found.why),
        "none_keeps_every_rule": found.none_keeps,
        "notices": list(found.notices),
        "waited": [{"who": one.who, "amount": one.amount} for one in found.waited],
    }


def _among(found: Replanned) -> str:
    return f"board{condition_words(found.fewest.board, Condition(found.begins, found.stays))}"


def _plan_values(found: Replanned, plan: Plan) -> dict[str, Any]:
    return {
        "names": list(plan.names),
        "cost": plan.cost,
        "gap": None if plan.broken else found.gap(plan),
        "saving": saving_words(found, plan),
        "days": [{"date": day.date.isoformat(), "night": day.night, "scenes": list(day.scenes)} for day in plan.board],
        "boneyard": list(plan.board.boneyard),
        "broken": [clash.words for clash in plan.broken],
        "penalties": [{"words": clash.words, "cost": clash.cost} for clash in plan.clashes if clash.cost],
        **changes_values(plan.changes),
    }


def changes_values(changes: Changes) -> dict[str, Any]:
    """What changes between two boards as values that JSON has."""
    return {
        "scenes": [
            {
                "scene": one.number,
                "before": one.before and one.before.isoformat(),
                "after": one.after and one.after.isoformat(),
            }
            for one in changes.scenes
        ],
        "cast": [_call_values(one) for one in changes.cast],
        "locations": [_call_values(one) for one in changes.locations],
        "kinds": {one.name: {"before": one.before, "after": one.after} for one in changes.kinds},
    }


def _call_values(one: CallChange) -> dict[str, Any]:
    return {
        "name": one.name,
        "added": [day.isoformat() for day in one.added],
        "dropped": [day.isoformat() for day in one.dropped],
        "cost_before": one.cost_before,
        "cost_after": one.cost_after,
    }
