"""Which scenes together make the day that is worth most: the loop behind the bound on what days cost.

All of it stands in one file, because a loop that is kept compiled sees changes of its own file alone.
"""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
DAY_MINUTES, OVERTIME_MINUTES, DAY_COST = range(3)


@compiled
def dearest_days(
    worth: Floats,
    minutes: Numbers,
    place: Numbers,
    shift: Numbers,
    needs_from: Numbers,
    needs: Numbers,
    pay: Floats,
    choices: NDArray[np.bool_],
    fees: Numbers,
    lost: Numbers,
    day: Numbers,
    overtime_cost: float,
    relief: float,
    only_one: bool,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Of each choice of places, the scenes whose worth is furthest above what the day costs.

    Args:
        worth: (scenes,) what having each scene shot is worth.
        minutes, place, shift: (scenes,).
        needs_from, needs: of scene s the payees needs[needs_from[s]:needs_from[s + 1]].
        pay: (payees,) what a day with any scene of theirs costs.
        choices: (choices, places) where a day may be: at these and nowhere else.
        fees, lost: (choices,) what such a day costs in fees, and minutes that moving takes from it at least.
        day: (3,) minutes, overtime minutes, and what a day costs.
        overtime_cost: of each minute of scenes and moves beyond the day's.
        relief: what each minute of scenes beyond the day's is worth; at most `overtime_cost`.
        only_one: whether the best choice of all is asked for; then of others no more is found than that they are worse.

    Returns:
        (choices,) the most that a day there is worth beyond its cost, and (choices, scenes) which scenes it has. No
        scene at all is worth less than nothing: the cost of the day.
    """
    n, n_payees = len(worth), len(pay)
    best = np.full(len(choices), -1e300)
    chosen = np.zeros((len(choices), n), np.bool_)
    scenes, order = np.zeros(n, np.int64), np.zeros(n, np.int64)
    used, taken = np.zeros(n_payees, np.int64), np.zeros(n, np.bool_)
    density = np.zeros(n)
    bar = -1e300
    for choice in range(len(choices)):
        longest = day[DAY_MINUTES] + day[OVERTIME_MINUTES] - lost[choice]
        usual = day[DAY_MINUTES] - lost[choice]
        if only_one:
            best[choice] = bar
        for light in (1, 2):
            count = 0
            for scene in range(n):
                if (
                    choices[choice, place[scene]]
                    and worth[scene] > 0
                    and shift[scene] != light
                    and minutes[scene] <= longest
                ):
                    scenes[count] = scene
                    density[count] = -worth[scene] / max(minutes[scene], 1)
                    count += 1
            ranked = np.argsort(density[:count])
            for at in range(count):
                order[at] = scenes[ranked[at]]
            taken[:] = False
            used[:] = 0
            at, filled, value = 0, 0, -float(fees[choice] + day[DAY_COST])
            while True:
                ahead = value
                if at < count:
                    room = longest - filled
                    for next_at in range(at, count):
                        scene = order[next_at]
                        if minutes[scene] <= room:
                            room -= minutes[scene]
                            ahead += worth[scene]
                        else:
                            ahead += worth[scene] * room / minutes[scene]
                            break
                if value > best[choice] and filled > 0:
                    best[choice] = value
                    for scene in range(n):
                        chosen[choice, scene] = False
                    for done in range(at):
                        chosen[choice, order[done]] = taken[done]
                if at < count and ahead > best[choice]:
                    scene = order[at]
                    if filled + minutes[scene] <= longest:
                        taken[at] = True
                        value += worth[scene] - (
                            overtime_cost * _beyond(filled, minutes[scene], usual)
                            - relief * _beyond(filled, minutes[scene], day[DAY_MINUTES])
                        )
                        filled += minutes[scene]
                        for need in range(needs_from[scene], needs_from[scene + 1]):
                            if used[needs[need]] == 0:
                                value -= pay[needs[need]]
                            used[needs[need]] += 1
                    at += 1
                    continue
                while at > 0 and not taken[at - 1]:
                    at -= 1
                if at == 0:
                    break
                scene = order[at - 1]
                taken[at - 1] = False
                filled -= minutes[scene]
                value -= worth[scene] - (
                    overtime_cost * _beyond(filled, minutes[scene], usual)
                    - relief * _beyond(filled, minutes[scene], day[DAY_MINUTES])
                )
                for need in range(needs_from[scene], needs_from[scene + 1]):
                    used[needs[need]] -= 1
                    if used[needs[need]] == 0:
                        value += pay[needs[need]]
        bar = max(bar, best[choice])
    return best, chosen


@compiled
def _beyond(filled: int, more: int, usual: int) -> int:
    """Minutes of a further scene that lie beyond the usual."""
    return max(filled + more - usual, 0) - max(filled - usual, 0)
