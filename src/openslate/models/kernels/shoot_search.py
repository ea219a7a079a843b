"""Which scene is shot on which day: the loop that anneals a board, and what a board costs in it.

All of it stands in one file, because a loop that is kept compiled sees changes of its own file alone. A slot is a day
on which the crew works; a payee is whoever is paid by the days from the first to the last: cast, and sets that stand.
`apps/production/board/costs.py` says in plain words what the costs are, and this is tested equal to it.

In this order: what is held of a shoot and of a board; counting a board (`tally`, `_count`, `_own`, `_pay`); what it
comes to (`assess`, `_stages`, `assess_parts`, `_days`, `_rest`); and changing it (`anneal`, `_propose`, `_apply`,
`_undo`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled

Numbers = NDArray[np.int64]
MOST_PLACES = 3
"""Places of one day whose order is worked out."""
FAR = 1 << 40
(
    DAY_MINUTES,
    OVERTIME_MINUTES,
    OVERTIME_COST,
    DAY_COST,
    PLACES_A_DAY,
    MEAL,
    DAY_CALL,
    NIGHT_CALL,
    CREW_REST,
    PAID_CREW_REST,
    CREW_REST_COST,
    CAST_REST,
    PAID_CAST_REST,
    LONGEST_REST,
    DAYS_IN_A_ROW,
    CHANGE_COST,
    CALL_COST,
) = range(17)
"""Places of the terms of a day. Rests are in minutes: the first of each pair is never cut short, the second is paid."""
KIND, RATE, DROPS, DROP_DAYS, LEAST, WORK_LIMIT, NO_NIGHT, REST_COST, STAGE, BUILD, STRIKE = range(11)
"""Columns of the payees."""
SPANNED, WEEKLY, WORKED = range(3)
"""Kinds of contract."""
OWN_COST, OWN_BREAKS, PLACES, PLACE = range(4)
"""Columns of a day by itself: what it costs without its minutes and moves, rules it breaks, how many places it has, and
these places from the fourth column on."""
COST, BROKEN, ENERGY = range(3)
"""What a board comes to: money, hard rules broken (by how far), and both together."""


class Terms(NamedTuple):
    """A shoot in arrays; see `models.shooting.problem.Problem` for what each holds."""

    minutes: Numbers
    place: Numbers
    shift: Numbers
    allowed: NDArray[np.bool_]
    dates: Numbers
    needs_from: Numbers
    needs: Numbers
    payees: Numbers
    fee: Numbers
    way_minutes: Numbers
    way_cost: Numbers
    after: Numbers
    premiums: Numbers
    preferred: Numbers
    usual: NDArray[np.bool_]
    day: Numbers


class Tally(NamedTuple):
    """What is kept of a board while it changes.

    `slot` [scenes]; scenes of every payee on every slot, and their minutes [payees, slots]; of every slot its scenes,
    minutes, those for the day and for the night, and scenes at each place [slots, places]; cost and breaks of payees,
    and slots on which they work otherwise than usual; every day by itself [slots, 6].
    """

    slot: Numbers
    scenes_of: Numbers
    minutes_of: Numbers
    scenes: Numbers
    minutes: Numbers
    by_day: Numbers
    by_night: Numbers
    at_place: Numbers
    pay: Numbers
    breaks: Numbers
    changes: Numbers
    own: Numbers


@compiled
def tally(terms: Terms, slot: Numbers) -> Tally:
    """Count a board.

    Args:
        terms: of the shoot.
        slot: (scenes,) of each scene.
    """
    n_slots, n_payees = len(terms.dates), len(terms.payees)
    found = Tally(
        slot.copy(),
        np.zeros((n_payees, n_slots), np.int64),
        np.zeros((n_payees, n_slots), np.int64),
        np.zeros(n_slots, np.int64),
        np.zeros(n_slots, np.int64),
        np.zeros(n_slots, np.int64),
        np.zeros(n_slots, np.int64),
        np.zeros((n_slots, len(terms.fee)), np.int64),
        np.zeros(n_payees, np.int64),
        np.zeros(n_payees, np.int64),
        np.zeros(n_payees, np.int64),
        np.zeros((n_slots, PLACE + MOST_PLACES), np.int64),
    )
    scenes = np.arange(len(slot))
    _count(terms, found, scenes, len(slot), slot, 1)
    _pay(terms, found, np.ones(n_payees, np.bool_))
    _own(terms, found, np.ones(n_slots, np.bool_))
    return found


@compiled
def _count(terms: Terms, board: Tally, moved: Numbers, n_moved: int, slots: Numbers, sign: int) -> None:
    """Count some scenes on their slots, or no longer.

    Loops stand inside the functions here and not around them: handing over so many arrays takes longer than the work.
    """
    for at in range(n_moved):
        scene = moved[at]
        slot = slots[scene]
        board.scenes[slot] += sign
        board.minutes[slot] += sign * terms.minutes[scene]
        board.at_place[slot, terms.place[scene]] += sign
        if terms.shift[scene] == 1:
            board.by_day[slot] += sign
        elif terms.shift[scene] == 2:
            board.by_night[slot] += sign
        for need in range(terms.needs_from[scene], terms.needs_from[scene + 1]):
            payee = terms.needs[need]
            board.scenes_of[payee, slot] += sign
            board.minutes_of[payee, slot] += sign * terms.minutes[scene]


@compiled
def _own(terms: Terms, board: Tally, touched: NDArray[np.bool_]) -> None:
    """Work out anew what some days are by themselves."""
    fee = terms.fee
    for slot in range(len(touched)):
        if not touched[slot]:
            continue
        cost, breaks, places = terms.day[DAY_COST], min(board.by_day[slot], board.by_night[slot]), 0
        for place in range(len(fee)):
            if board.at_place[slot, place]:
                cost += fee[place]
                if places < MOST_PLACES:
                    board.own[slot, PLACE + places] = place
                    places += 1
                else:
                    breaks += 1
        board.own[slot, OWN_COST], board.own[slot, PLACES] = cost, places
        board.own[slot, OWN_BREAKS] = breaks + max(places - terms.day[PLACES_A_DAY], 0)


@compiled
def _pay(terms: Terms, board: Tally, touched: NDArray[np.bool_]) -> None:
    """Work out anew what some payees cost, how far their hours are exceeded, and how often they work as not usual."""
    payees, dates, scenes_of, minutes_of = terms.payees, terms.dates, board.scenes_of, board.minutes_of
    for payee in range(len(touched)):
        if not touched[payee]:
            continue
        first, last, worked, saved, broken = -1, -1, 0, 0, 0
        drops, drop_days, limit = payees[payee, DROPS], payees[payee, DROP_DAYS], payees[payee, WORK_LIMIT]
        savings = np.zeros(drops, np.int64)
        if payee < len(terms.usual):
            changes = 0
            for slot in range(len(dates)):
                if terms.usual[payee, slot] != (scenes_of[payee, slot] > 0):
                    changes += 1
            board.changes[payee] = changes
        for slot in range(len(dates)):
            if scenes_of[payee, slot] == 0:
                continue
            worked += 1
            if first < 0:
                first = slot
            elif drops > 0 and slot - last > 1 and dates[slot] - dates[last] - 1 >= drop_days:
                least = np.argmin(savings)
                savings[least] = max(savings[least], slot - last - 1)
            last = slot
            if minutes_of[payee, slot] > limit:
                broken += 1 + (minutes_of[payee, slot] - limit) // 15
            if payees[payee, NO_NIGHT] and board.by_night[slot] > 0:
                broken += 1
        kind, paid = payees[payee, KIND], 0
        if worked and kind == WEEKLY:
            paid = max((dates[last] - dates[first]) // 7 + 1, payees[payee, LEAST])
        elif kind == WORKED:
            paid = max(worked, payees[payee, LEAST])
        elif kind == SPANNED:
            for at in range(drops):
                saved += savings[at]
            paid = max(last - first + 1 - saved if worked else 0, payees[payee, LEAST])
        board.pay[payee] = payees[payee, RATE] * paid
        board.breaks[payee] = broken


@compiled
def assess(terms: Terms, board: Tally, weight: int) -> Numbers:
    """What a counted board comes to.

    Args:
        terms: of the shoot.
        board: counted.
        weight: of a broken hard rule, in money.

    Returns:
        (3,) cost, breaks, and energy: cost, breaks times the weight, and what changes cost.
    """
    found = np.zeros(3, np.int64)
    cost, broken = board.pay.sum(), board.breaks.sum()
    for at in range(len(terms.after)):
        if board.slot[terms.after[at, 0]] + terms.after[at, 2] > board.slot[terms.after[at, 1]]:
            broken += 1
    broken += _stages(terms, board)
    changes = 0
    for scene in range(len(board.slot)):
        if not terms.allowed[scene, board.slot[scene]]:
            broken += 1
        if terms.preferred[scene] >= 0 and terms.preferred[scene] != board.slot[scene]:
            changes += 1
    days, breaks = _days(terms, board, weight, False)
    found[COST], found[BROKEN] = cost + days, broken + breaks
    found[ENERGY] = found[COST] + weight * found[BROKEN] + changes * terms.day[CHANGE_COST]
    if len(terms.usual):
        found[ENERGY] += board.changes.sum() * terms.day[CALL_COST]
    return found


@compiled
def _stages(terms: Terms, board: Tally) -> int:
    """By how many slots sets of one stage stand in one another's way, or are built before the first slot."""
    broken = 0
    for one in range(len(terms.payees)):
        if terms.payees[one, STAGE] < 0 and terms.payees[one, BUILD] == 0:
            continue
        begins, ends = _stands(terms, board, one)
        broken += max(-begins, 0) if ends >= 0 else 0
        if terms.payees[one, STAGE] < 0:
            continue
        for other in range(one):
            if terms.payees[other, STAGE] == terms.payees[one, STAGE] and ends >= 0:
                from_other, to_other = _stands(terms, board, other)
                if to_other >= 0:
                    broken += max(min(ends, to_other) - max(begins, from_other) + 1, 0)
    return broken


@compiled
def _stands(terms: Terms, board: Tally, payee: int) -> tuple[int, int]:
    """The slots from which and to which a set stands, building and striking among them."""
    first, last = 0, -1
    for slot in range(len(terms.dates)):
        if board.scenes_of[payee, slot]:
            if last < 0:
                first = slot
            last = slot
    if last < 0:
        return 0, -1
    return first - terms.payees[payee, BUILD], last + terms.payees[payee, STRIKE]


@compiled
def assess_parts(terms: Terms, base: Numbers, lifted: Numbers, choices: Numbers, weight: int) -> Numbers:
    """What boards come to that differ in some scenes alone, of which not all need have a slot.

    A day of scenes that may be shot in any light is called for the night where the rest before it would be too short
    else. Further scenes never break fewer rules, nor, where no way is longer than one through another place, cost less.

    Args:
        terms: of the shoot.
        base: (scenes,) slots of each scene; -1 for those that are lifted, and others that are left out.
        lifted: (some scenes,) that are put on a slot.
        choices: (boards, some scenes) slots of them; fewer than all are the first ones.
        weight: of a broken hard rule, in money.

    Returns:
        (boards, 3) cost, breaks and energy of each, what changes of scenes cost in it and changes of people not.
    """
    found = np.zeros((len(choices), 3), np.int64)
    board = tally(terms, np.zeros(0, np.int64))
    slot = base.copy()
    placed = np.flatnonzero(base >= 0)
    _count(terms, board, placed, len(placed), slot, 1)
    _pay(terms, board, np.ones(len(terms.payees), np.bool_))
    _own(terms, board, np.ones(len(terms.dates), np.bool_))
    board = Tally(
        slot,
        board.scenes_of,
        board.minutes_of,
        board.scenes,
        board.minutes,
        board.by_day,
        board.by_night,
        board.at_place,
        board.pay,
        board.breaks,
        board.changes,
        board.own,
    )
    put = choices.shape[1]
    for at in range(len(choices)):
        for which in range(put):
            slot[lifted[which]] = choices[at, which]
        _count(terms, board, lifted, put, slot, 1)
        _work_out(terms, board, slot, lifted, put)
        cost, broken = _days(terms, board, weight, True)
        found[at, COST] = cost + board.pay.sum()
        found[at, BROKEN] = broken + board.breaks.sum() + _stages(terms, board) + _placed_wrong(terms, slot)
        changes = 0
        for scene in range(len(slot)):
            if slot[scene] >= 0 and terms.preferred[scene] >= 0 and terms.preferred[scene] != slot[scene]:
                changes += 1
        found[at, ENERGY] = found[at, COST] + weight * found[at, BROKEN] + changes * terms.day[CHANGE_COST]
        _count(terms, board, lifted, put, slot, -1)
        _work_out(terms, board, slot, lifted, put)
    return found


@compiled
def _placed_wrong(terms: Terms, slot: Numbers) -> int:
    """How many scenes are where they may not be, and pairs in the wrong order, of those that have a slot."""
    broken = 0
    for scene in range(len(slot)):
        if slot[scene] >= 0 and not terms.allowed[scene, slot[scene]]:
            broken += 1
    for at in range(len(terms.after)):
        one, other = slot[terms.after[at, 0]], slot[terms.after[at, 1]]
        if one >= 0 and other >= 0 and one + terms.after[at, 2] > other:
            broken += 1
    return broken


@compiled
def _days(terms: Terms, board: Tally, weight: int, nights: bool) -> tuple[int, int]:
    """What days, moves, fees and rests cost, with the places of each day in the best order; and the rules they break.

    Goes along the days and keeps, for each order of a day's places, the least that it and all before it come to. With
    `nights` it keeps that of a later call as well, where a day may have it and the rest before asks for it.
    """
    kept, orders = np.empty((4, 2, 12), np.int64), np.empty((3, 6), np.int64)
    cost, broken, ends, wraps = kept[0], kept[1], kept[2], kept[3]
    starts, ways, way_minutes = orders[0], orders[1], orders[2]
    day, dates, own, way_cost, premiums = terms.day, terms.dates, board.own, terms.way_cost, terms.premiums
    before, n_before, row, now = -1, 0, 0, 0
    for slot in range(len(dates)):
        if board.scenes[slot] == 0:
            continue
        row = row + 1 if before >= 0 and dates[slot] - dates[before] == 1 else 1
        alone, breaks = own[slot, OWN_COST] + premiums[min(row, len(premiums) - 1)], own[slot, OWN_BREAKS]
        if row > day[DAYS_IN_A_ROW]:
            breaks += 1
        n_orders, one, other = 1, own[slot, PLACE], own[slot, PLACE + 1]
        if own[slot, PLACES] == 1:
            starts[0], ends[now, 0], ways[0], way_minutes[0] = one, one, 0, 0
        elif own[slot, PLACES] == 2:
            n_orders = 2
            starts[0], ends[now, 0], starts[1], ends[now, 1] = one, other, other, one
            ways[0], way_minutes[0] = way_cost[one, other], terms.way_minutes[one, other]
            ways[1], way_minutes[1] = ways[0], way_minutes[0]
        else:
            n_orders = _orders(way_cost, terms.way_minutes, own[slot, PLACE:], starts, ends[now], ways, way_minutes)
        call = dates[slot] * 1440 + (day[NIGHT_CALL] if board.by_night[slot] else day[DAY_CALL])
        n_ways = n_orders
        if nights and board.by_night[slot] == 0 and board.by_day[slot] == 0:
            for earlier in range(n_before):
                if call - wraps[1 - now, earlier] < max(day[CREW_REST], day[CAST_REST]):
                    n_ways = 2 * n_orders
        for way in range(n_ways):
            order = way if way < n_orders else way - n_orders
            if way == n_orders:
                call = dates[slot] * 1440 + day[NIGHT_CALL]
                breaks += _not_at_night(terms, board, slot)
            minutes = board.minutes[slot] + way_minutes[order]
            over = minutes - day[DAY_MINUTES]
            ends[now, way] = ends[now, order]
            wraps[now, way] = call + minutes + day[MEAL]
            cost[now, way], broken[now, way] = alone + ways[order], breaks
            if over > 0:
                cost[now, way] += over * day[OVERTIME_COST]
                if over > day[OVERTIME_MINUTES]:
                    broken[now, way] += 1 + (over - day[OVERTIME_MINUTES]) // 15
            best, best_cost, best_broken = 0, 0, 0
            for earlier in range(n_before):
                link = cost[1 - now, earlier] + way_cost[ends[1 - now, earlier], starts[order]]
                link_broken = broken[1 - now, earlier]
                rest = call - wraps[1 - now, earlier]
                if rest < day[LONGEST_REST]:
                    paid, short = _rest(terms, board, before, slot, rest)
                    link += paid
                    link_broken += short
                energy = link + weight * link_broken
                if earlier == 0 or energy < best:
                    best, best_cost, best_broken = energy, link, link_broken
            cost[now, way] += best_cost
            broken[now, way] += best_broken
        before, n_before, now = slot, n_ways, 1 - now
    if n_before == 0:
        return 0, 0
    least = 0
    for order in range(1, n_before):
        if cost[1 - now, order] + weight * (broken[1 - now, order] - broken[1 - now, least]) < cost[1 - now, least]:
            least = order
    return cost[1 - now, least], broken[1 - now, least]


@compiled
def _not_at_night(terms: Terms, board: Tally, slot: int) -> int:
    """How many work on a slot who never work at night."""
    found = 0
    for payee in range(len(terms.payees)):
        if terms.payees[payee, NO_NIGHT] and board.scenes_of[payee, slot]:
            found += 1
    return found


@compiled
def _orders(
    way_cost: Numbers,
    minutes_of_way: Numbers,
    here: Numbers,
    starts: Numbers,
    ends: Numbers,
    ways: Numbers,
    way_minutes: Numbers,
) -> int:
    """Every order of three places: where it starts and ends, and what its moves cost and take; how many there are."""
    found = 0
    for first in range(3):
        for last in range(3):
            if first == last:
                continue
            one, middle, other = here[first], here[3 - first - last], here[last]
            starts[found], ends[found] = one, other
            ways[found] = way_cost[one, middle] + way_cost[middle, other]
            way_minutes[found] = minutes_of_way[one, middle] + minutes_of_way[middle, other]
            found += 1
    return found


@compiled
def _rest(terms: Terms, board: Tally, before: int, slot: int, rest: int) -> tuple[int, int]:
    """What a rest of so many minutes between two days costs, and whether it breaks a rule."""
    paid, broken = 0, 0
    if rest < terms.day[CREW_REST]:
        broken += 1 + (terms.day[CREW_REST] - rest) // 60
    elif rest < terms.day[PAID_CREW_REST]:
        paid += terms.day[CREW_REST_COST]
    if rest < max(terms.day[CAST_REST], terms.day[PAID_CAST_REST]):
        for payee in range(len(terms.payees)):
            if terms.payees[payee, REST_COST] >= 0 and board.scenes_of[payee, before] and board.scenes_of[payee, slot]:
                if rest < terms.day[CAST_REST]:
                    broken += 1
                else:
                    paid += terms.payees[payee, REST_COST]
    return paid, broken


@compiled
def anneal(
    terms: Terms,
    board: Tally,
    best: Numbers,
    state: NDArray[np.uint64],
    turns: int,
    hot: float,
    cold: float,
    weight: int,
    soft: int,
) -> Numbers:
    """Change a board turn by turn, ever more seldom for the worse.

    Args:
        terms: of the shoot.
        board: counted; changed.
        best: (scenes,) slots of the best board so far; changed where a better one is found.
        state: (1,) of the random numbers; changed.
        turns: how many changes are tried.
        hot, cold: temperatures at the first and the last turn, in money.
        weight: of a broken hard rule, by which the best is told.
        soft: the same where it is decided whether to go on from a board; where it is small, ways lead through boards
            that break rules.

    Returns:
        (3,) cost, breaks and energy of the best.
    """
    n_scenes, n_slots = len(board.slot), len(terms.dates)
    now = assess(terms, board, weight)
    least = assess(terms, tally(terms, best), weight)
    was = board.slot.copy()
    moved = np.zeros(n_scenes, np.int64)
    cooling = (cold / hot) ** (1.0 / max(turns, 1))
    temperature = hot
    for _ in range(turns):
        temperature *= cooling
        n_moved = _propose(terms, board, state, was, moved, n_scenes, n_slots)
        if n_moved == 0:
            continue
        _apply(terms, board, was, moved, n_moved)
        found = assess(terms, board, weight)
        worse = found[ENERGY] - now[ENERGY] - (weight - soft) * (found[BROKEN] - now[BROKEN])
        if worse <= 0 or _uniform(state) < np.exp(-worse / temperature):
            for at in range(n_moved):
                was[moved[at]] = board.slot[moved[at]]
            now = found
            if now[ENERGY] < least[ENERGY]:
                least = now
                best[:] = board.slot
        else:
            _undo(terms, board, was, moved, n_moved)
    return least


@compiled
def _uniform(state: NDArray[np.uint64]) -> float:
    """The next random number from 0 to below 1; xorshift64*, G. Marsaglia 2003 and S. Vigna 2016."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@compiled
def _below(state: NDArray[np.uint64], n: int) -> int:
    return int(_uniform(state) * n)


@compiled
def _propose(
    terms: Terms, board: Tally, state: NDArray[np.uint64], was: Numbers, moved: Numbers, n_scenes: int, n_slots: int
) -> int:
    """A change, written into `board.slot` alone; the scenes that move, or none where it is not allowed.

    One scene elsewhere, two scenes for one another, all of a place elsewhere, two days for one another, or days in
    the other order.
    """
    slot, kind = board.slot, _uniform(state)
    n_moved = 0
    if kind < 0.45:
        scene, to = _below(state, n_scenes), _below(state, n_slots)
        if _uniform(state) < 0.7:
            # A day on which the unit shoots already, and best one with the scene's place: that of another scene.
            to = slot[_below(state, n_scenes)]
        if to != slot[scene]:
            moved[0], n_moved = scene, 1
            slot[scene] = to
    elif kind < 0.7:
        one, other = _below(state, n_scenes), _below(state, n_scenes)
        if slot[one] != slot[other]:
            moved[0], moved[1], n_moved = one, other, 2
            slot[one], slot[other] = slot[other], slot[one]
    elif kind < 0.78:
        like = _below(state, n_scenes)
        to = slot[_below(state, n_scenes)] if _uniform(state) < 0.6 else _below(state, n_slots)
        source, place = slot[like], terms.place[like]
        if to != source:
            for scene in range(n_scenes):
                if slot[scene] == source and terms.place[scene] == place:
                    moved[n_moved] = scene
                    n_moved += 1
                    slot[scene] = to
    else:
        one = slot[_below(state, n_scenes)]
        other = slot[_below(state, n_scenes)] if _uniform(state) < 0.8 else _below(state, n_slots)
        low, high = min(one, other), max(one, other)
        if low < high:
            for scene in range(n_scenes):
                at = slot[scene]
                if low <= at <= high:
                    to = at
                    if kind < 0.88:
                        to = low + high - at if at in (low, high) else at
                    elif kind < 0.94:
                        to = low + high - at
                    elif kind < 0.97:
                        to = at + 1 if at < high else low
                    else:
                        to = at - 1 if at > low else high
                    if to != at:
                        moved[n_moved] = scene
                        n_moved += 1
                        slot[scene] = to
    for at in range(n_moved):
        if not terms.allowed[moved[at], slot[moved[at]]] and terms.allowed[moved[at], was[moved[at]]]:
            for back in range(n_moved):
                slot[moved[back]] = was[moved[back]]
            return 0
    return n_moved


@compiled
def _apply(terms: Terms, board: Tally, was: Numbers, moved: Numbers, n_moved: int) -> None:
    _count(terms, board, moved, n_moved, was, -1)
    _count(terms, board, moved, n_moved, board.slot, 1)
    _work_out(terms, board, was, moved, n_moved)


@compiled
def _undo(terms: Terms, board: Tally, was: Numbers, moved: Numbers, n_moved: int) -> None:
    _count(terms, board, moved, n_moved, board.slot, -1)
    _count(terms, board, moved, n_moved, was, 1)
    _work_out(terms, board, was, moved, n_moved)
    for at in range(n_moved):
        board.slot[moved[at]] = was[moved[at]]


@compiled
def _work_out(terms: Terms, board: Tally, was: Numbers, moved: Numbers, n_moved: int) -> None:
    """Work out anew the days that scenes moved between, and the pay of all who are in them; of whoever never works at
    night in any case, for the night may have moved to them."""
    days = np.zeros(len(terms.dates), np.bool_)
    payees = terms.payees[:, NO_NIGHT] != 0
    for at in range(n_moved):
        days[board.slot[moved[at]]] = True
        days[was[moved[at]]] = True
        for need in range(terms.needs_from[moved[at]], terms.needs_from[moved[at] + 1]):
            payees[terms.needs[need]] = True
    _own(terms, board, days)
    _pay(terms, board, payees)
