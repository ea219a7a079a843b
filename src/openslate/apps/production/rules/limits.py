"""The numbers that rules come to, the strictest where several speak of one thing: for the checker and the search alike.

Everything here is pure, and takes whole minutes and whole units of the shoot's currency.
"""

from typing import Literal

from openslate.apps.production.rules.rules import AgeHours, DaysInARow, Premium, Rest, Rules, Strength
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.shoot import Shoot

MINUTES_A_DAY = 24 * 60
NO_LIMIT = 10**9
"""Minutes, or days, that no board reaches."""
OF_AGE = 18.0
"""Years from which nobody is a minor."""
Who = Literal["crew", "cast"]


def share_of(amount: int, share: float) -> int:
    """A share of an amount, in whole units, a half going up.

    Example:
        >>> share_of(1001, 0.5)
        501
    """
    return int(amount * share + 0.5)


def longest_day(shoot: Shoot) -> int:
    """Minutes of shooting and moves that a day may have, overtime among them."""
    return shoot.day.minutes + shoot.day.overtime_minutes


def rest_between(shoot: Shoot, day_minutes: int, night: bool, next_night: bool, nights_between: int) -> int:
    """Minutes from the wrap of a day of shooting to the next call.

    Args:
        shoot: whose calls, and meal, they are.
        day_minutes: of shooting and moves on the day.
        night, next_night: whether the unit is called for the night, on the day and on the next one.
        nights_between: from the date of the day to that of the next; 1 where one follows the other.

    Returns:
        Below 0 where the next call is before the wrap.
    """
    wrap = _call(shoot, night) + day_minutes + shoot.day.meal_minutes
    return nights_between * MINUTES_A_DAY + _call(shoot, next_night) - wrap


def longest_rest(rules: Rules, who: Who, strength: Strength, member: CastMember | None = None) -> Rest | None:
    """The rule that asks for the longest rest of the crew, of the cast as a whole, or of a member of it.

    Args:
        rules: that hold.
        who: rests.
        strength: of the rules to look at.
        member: of the cast, whose contract may leave rules out.
    """
    ours = [rest for rest in _rests_for(rules, who, member) if rest.strength == strength]
    return max(ours, key=lambda rest: rest.minutes, default=None)


def hard_rest(rules: Rules, who: Who, member: CastMember | None = None) -> int:
    """Minutes of rest that are never cut short; 0 where no rule says so."""
    found = longest_rest(rules, who, "hard", member)
    return 0 if found is None else found.minutes


def paid_rest(rules: Rules, who: Who, member: CastMember | None = None) -> int:
    """Minutes of rest of which a shorter one is paid for; 0 where no rule says so."""
    found = longest_rest(rules, who, "penalty", member)
    return 0 if found is None else found.minutes


def crew_rest_cost(rules: Rules, shoot: Shoot) -> int:
    """What a rest of the crew costs that is shorter than `paid_rest`."""
    paid = [rest for rest in _rests_for(rules, "crew") if rest.strength == "penalty"]
    return max((share_of(shoot.day.cost, rest.share) for rest in paid), default=0)


def cast_rest_cost(rules: Rules, member: CastMember, calendar: Calendar) -> int:
    """What a rest of a cast member costs that is shorter than `paid_rest`: the dearest of the rules that hold."""
    paid = [rest for rest in _rests_for(rules, "cast", member) if rest.strength == "penalty"]
    return max((_rest_price(rest, member, calendar) for rest in paid), default=0)


def day_pay(member: CastMember, calendar: Calendar) -> int:
    """What a cast member is paid for a day; of those paid by the week, a working day's share of it."""
    contract = member.contract
    return share_of(contract.rate, 1 / len(calendar.week)) if contract.kind == "weekly" else contract.rate


def minor_limits(rules: Rules, age: float) -> tuple[int, int]:
    """How long a minor may work, and be on set, on one day.

    Args:
        rules: that hold.
        age: in years.

    Returns:
        Minutes of work and on set; `NO_LIMIT` for an age above every rule's, 0 for one below.
    """
    if rules.ages and age < min(one.from_age for one in rules.ages):
        return 0, 0
    ours = hours_at(rules, age)
    work = min((one.work_minutes for one in ours), default=NO_LIMIT)
    return work, min((one.on_set_minutes for one in ours), default=NO_LIMIT)


def hours_at(rules: Rules, age: float) -> tuple[AgeHours, ...]:
    """The rules on hours that hold at an age, in years."""
    return tuple(one for one in rules.ages if one.from_age <= age < one.below_age)


def minor_window(rules: Rules) -> tuple[int, int]:
    """Between which minutes after midnight minors may work; after 1440 is the next day."""
    opens = max((one.opens for one in rules.minors_windows), default=0)
    return opens, min((one.closes for one in rules.minors_windows), default=NO_LIMIT)


def days_in_a_row(rules: Rules) -> int:
    """How many days in a row may be shot at most; `NO_LIMIT` where no rule says."""
    return min((row.most for row in rules.days_in_a_row if row.strength == "hard"), default=NO_LIMIT)


def premium_at(rules: Rules, nth: int) -> Premium | None:
    """The dearest premium of the nth day in a row; each holds for all days after its own as well."""
    return max((one for one in rules.premiums if one.nth <= nth), key=lambda one: one.share, default=None)


def paid_row_at(rules: Rules, nth: int) -> DaysInARow | None:
    """The dearest rule that the nth day in a row breaks and pays for."""
    ours = [one for one in rules.days_in_a_row if one.strength == "penalty" and nth > one.most]
    return max(ours, key=lambda one: one.share, default=None)


def row_cost(rules: Rules, shoot: Shoot, nth: int) -> int:
    """What the nth day in a row costs on top: its premium, and what a day too many is paid with."""
    found = (premium_at(rules, nth), paid_row_at(rules, nth))
    return sum(share_of(shoot.day.cost, one.share) for one in found if one is not None)


def _rests_for(rules: Rules, who: Who, member: CastMember | None = None) -> list[Rest]:
    return [
        rest
        for rest in rules.rests
        if rest.who == who and (member is None or not rest.contracts or member.contract.kind in rest.contracts)
    ]


def _call(shoot: Shoot, night: bool) -> int:
    return shoot.day.night_call if night else shoot.day.day_call


def _rest_price(rest: Rest, member: CastMember, calendar: Calendar) -> int:
    price = share_of(day_pay(member, calendar), rest.share)
    return price if rest.most is None else min(price, rest.most)
