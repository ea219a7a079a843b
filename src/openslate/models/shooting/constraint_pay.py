"""Pay of the model for CP-SAT: from the first to the last slot, by weeks, as worked, with gaps that are unpaid."""

from typing import Any

import numpy as np

from openslate.models.kernels.shoot_search import SPANNED, WEEKLY, WORKED
from openslate.models.shooting.constraint_days import Days, Terms
from openslate.models.shooting.problem import Problem


def add_pay(model: Any, problem: Problem, days: Days) -> Terms:
    """What every payee is paid, in slots or weeks.

    Args:
        model: of CP-SAT; changed.
        problem: of the shoot.
        days: of it.
    """
    costs: Terms = []
    payees = problem.payees
    for payee in range(len(payees)):
        kind, rate, least = int(payees.kind[payee]), int(payees.rate[payee]), int(payees.least[payee])
        works = [days.works.get((payee, slot), 0) for slot in range(len(problem.dates))]
        plays = bool(problem.needs[payee].any())
        if not rate or (not plays and kind == WEEKLY):
            continue
        paid = model.new_int_var(least, max(least, len(works)), "")
        costs.append((rate, paid))
        if kind == WORKED:
            model.add(paid >= sum(works))
        elif plays:
            begun, ahead = _begun(model, works), _begun(model, works[::-1])[::-1]
            if kind == WEEKLY:
                model.add(7 * paid >= _calendar_days(problem, begun, ahead))
            elif kind == SPANNED:
                span = sum(begun) + sum(ahead) - len(works)
                model.add(paid >= span - _saved(model, problem, payee, works))
                model.add(paid >= sum(works))
    return costs


def _begun(model: Any, works: list[Any]) -> list[Any]:
    """Of each slot, whether any work was on it or before it."""
    found: list[Any] = []
    before: Any = 0
    for one in works:
        now = model.new_bool_var("")
        model.add(now >= before)
        model.add(now >= one)
        model.add(now <= before + one)
        found.append(now)
        before = now
    return found


def _calendar_days(problem: Problem, begun: list[Any], ahead: list[Any]) -> Any:
    """Calendar days from the first to the last slot of work, both among them."""
    gaps = np.diff(problem.dates).tolist()
    first = sum(gap * (1 - one) for gap, one in zip(gaps, begun[:-1], strict=True))
    last = sum(gap * one for gap, one in zip(gaps, ahead[1:], strict=True))
    return last - first + 1


def _saved(model: Any, problem: Problem, payee: int, works: list[Any]) -> Any:
    """Slots in gaps that are not paid: long enough, no more of them than the contract allows."""
    drops, least = int(problem.payees.drops[payee]), int(problem.payees.drop_days[payee])
    if not drops:
        return 0
    gaps = {}
    may = [slot for slot, one in enumerate(works) if not isinstance(one, int)]
    for one in may:
        for other in may:
            if other - one < 2 or problem.dates[other] - problem.dates[one] - 1 < least:
                continue
            gap = gaps[one, other] = model.new_bool_var("")
            model.add_bool_and([works[one], works[other]]).only_enforce_if(gap)
    for slot in range(len(works)):
        over = [gap for (one, other), gap in gaps.items() if one < slot < other]
        # Gaps of one payee never lie over one another, nor over a slot of work.
        model.add(sum(over) + works[slot] <= 1)
    model.add(sum(gaps.values()) <= drops)
    return sum((other - one - 1) * gap for (one, other), gap in gaps.items())


def add_stages(model: Any, problem: Problem, days: Days) -> None:
    """Sets stand one after another on each stage, and are not built before the first slot.

    Args:
        model: of CP-SAT; changed.
        problem: of the shoot.
        days: of it.
    """
    stands: dict[int, list[Any]] = {}
    slots = len(problem.dates)
    for payee in range(len(problem.payees)):
        stage, build = int(problem.payees.stage[payee]), int(problem.payees.build[payee])
        if (stage < 0 and not build) or not problem.needs[payee].any():
            continue
        strike = int(problem.payees.strike[payee])
        works = [days.works.get((payee, slot), 0) for slot in range(slots)]
        begun, ahead = _begun(model, works), _begun(model, works[::-1])[::-1]
        first, after = model.new_int_var(build, slots, ""), model.new_int_var(0, slots, "")
        model.add(first == slots - sum(begun))
        model.add(after == sum(ahead))
        if stage >= 0:
            size = model.new_int_var(1, slots + build + strike, "")
            stands.setdefault(stage, []).append(model.new_interval_var(first - build, size, after + strike, ""))
    for intervals in stands.values():
        model.add_no_overlap(intervals)
