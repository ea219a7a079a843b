"""The best plan of each kind among all boards that were tried."""

from collections.abc import Sequence
from dataclasses import replace

from openslate.apps.production.replanning.plans import Plan, moved_scenes

FEWEST, BETWEEN, CHEAPEST = "fewest changes", "between", "cheapest"
FOUND = "fewest changes found"
"""What the first is called where fewer were not shown to be impossible."""


def chosen(found: Sequence[Plan], asked: int, least: int) -> tuple[Plan, ...]:
    """The best boards of each kind among all that were tried, none of them twice.

    Args:
        found: every board that was tried.
        asked: what a scene on another day may cost in the plan between.
        least: scenes that change their day on every plan that keeps the rules, at least.
    """

    def moderate(plan: Plan) -> int:
        return plan.cost + asked * len(plan.changes.scenes) + asked // 2 * plan.changes.cast_days

    def fewest_first(plan: Plan) -> tuple[int, ...]:
        return len(plan.broken), len(plan.changes.scenes), moderate(plan)

    fewest = min(found, key=fewest_first)
    proved = not fewest.broken and moved_scenes(fewest) <= least
    best = {
        FEWEST if proved else FOUND: fewest,
        BETWEEN: min(found, key=lambda plan: (len(plan.broken), moderate(plan), *fewest_first(plan))),
        CHEAPEST: min(found, key=lambda plan: (len(plan.broken), plan.cost, *fewest_first(plan))),
    }
    names: dict[int, list[str]] = {}
    for name, plan in best.items():
        names.setdefault(id(plan), []).append(name)
    return tuple(replace(plan, names=tuple(names.pop(id(plan)))) for plan in best.values() if id(plan) in names)
