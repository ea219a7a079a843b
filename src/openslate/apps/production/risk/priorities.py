"""What a day that runs late shoots first, and what it lets go: as a first assistant director would choose.

What no later day can take goes first, for it would be left until days are added at the end. Of the rest, and among
these, those go first for whom it is dearest to wait until then: people, and standing sets, that the plan is soonest
done with. The order is the same in every run, so that more minutes of one scene never leave fewer of another.
"""

from openslate.apps.production.risk.plan import Plan
from openslate.apps.production.shoot.people import CastMember


def by_need(plan: Plan, at: int) -> tuple[str, ...]:
    """Scenes that a day shoots, its own and those left over from earlier days, the most needed first.

    Args:
        plan: of the board.
        at: place of the day among those of the board.
    """
    # What needs a day equally comes as planned: its own scenes, then those of earlier days.
    scenes = (*plan.board.days[at].scenes, *plan.carried(at))
    return tuple(sorted(scenes, key=lambda one: (_has_later_day(plan, one, at), -_waiting_cost(plan, one))))


def _has_later_day(plan: Plan, number: str, at: int) -> bool:
    return any(later > at for later in plan.homes[number])


def _waiting_cost(plan: Plan, number: str) -> float:
    """What it costs that a scene waits until the plan ends: pay of its cast, and standing of its set, until then."""
    scene, shoot = plan.shoot.scene_of[number], plan.shoot
    days = len(plan.board.days)
    pay = sum(_daily(plan, shoot.member_of[one]) * (days - plan.last_called[one]) for one in scene.cast)
    standing = shoot.set_of[scene.set].standing
    last = max(plan.day_index[one] for one in plan.order if shoot.scene_of[one].set == scene.set)
    return pay + standing * (days - last)


def _daily(plan: Plan, member: CastMember) -> float:
    """What somebody is paid for a day of waiting."""
    contract = member.contract
    if contract.kind == "worked":
        return 0.0
    return contract.rate / len(plan.shoot.calendar.week) if contract.kind == "weekly" else float(contract.rate)
