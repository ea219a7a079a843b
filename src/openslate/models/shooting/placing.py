"""Every way to put a few scenes on days while all others stay: tried scene by scene, rules that are broken cut off.

A board with a scene more never breaks fewer rules, so whatever breaks one is not looked at further. With few enough
ways left all of them are seen, and none among them is proof that there is none.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse.csgraph import floyd_warshall

from openslate.models.kernels.shoot_search import BROKEN, ENERGY, Numbers, Terms, assess_parts
from openslate.models.shooting.annealing import weight_of
from openslate.models.shooting.problem import Flags, Problem

_NONE = np.empty(0, np.int64)
FRONT = 20_000
"""Ways that are kept after each scene; where there are more, the cheapest, and then it is no proof any more."""


@dataclass
class Budget:
    """Boards that may still be looked at."""

    boards: int


@dataclass(frozen=True)
class Ways:
    """Boards that keep the rules, the cheapest first.

    Attributes:
        slots: (boards, scenes) of each scene.
        energy: (boards,) what each comes to with its changes.
        all_seen: whether every way was looked at, so that there is none beside these that costs less than the limit.
    """

    slots: Numbers
    energy: Numbers
    all_seen: bool


class Placing:
    """Scenes of a problem put on slots, in every way.

    Attributes:
        borne: by how far scenes that nobody can move break rules among themselves: no more is no new break.
    """

    def __init__(self, problem: Problem, shot: Numbers) -> None:
        """Of a problem.

        Args:
            problem: whose scenes are put on slots.
            shot: (scenes,) slots of those that nobody can move any more; -1 for all others.
        """
        self.problem, self.weight = problem, weight_of(problem)
        self.terms = problem.terms()
        # A way by a place between may be shorter than the straight one: then a scene more could break fewer rules.
        shortest = replace(problem, way_minutes=_shortest(problem.way_minutes), way_cost=_shortest(problem.way_cost))
        self.parts = shortest.terms()
        self.borne = int(self._found(self.parts, shot, _NONE, np.empty((1, 0), np.int64))[0, BROKEN])

    def ways(self, base: Numbers, lifted: Numbers, allowed: Flags, budget: Budget, limit: int | None = None) -> Ways:
        """Every way to put scenes on slots, all others staying where they are.

        Args:
            base: (scenes,) slots of the others.
            lifted: scenes that are put on slots.
            allowed: (scenes, slots) on which each may be put.
            budget: boards that may be looked at; what is looked at is taken from it.
            limit: ways that come to this or more are not looked at; None for none.
        """
        kept = base.astype(np.int64).copy()
        kept[lifted] = -1
        order = lifted[np.argsort(allowed[lifted].sum(axis=1), kind="stable")].astype(np.int64)
        front, energy, all_seen = np.empty((1, 0), np.int64), np.zeros(1, np.int64), True
        for put in range(len(order) + 1):
            if put:
                slots = np.flatnonzero(allowed[order[put - 1]])
                # What is left is shared out among the scenes that are left, so that some board is come to the end of.
                room = min(budget.boards // ((len(order) + 1 - put) * max(len(slots), 1)) + 1, FRONT)
                front, all_seen = front[:room], all_seen and len(front) <= room
                front = np.hstack([np.repeat(front, len(slots), axis=0), np.tile(slots, len(front))[:, None]])
            budget.boards -= len(front)
            found = self._found(self.terms if put == len(order) else self.parts, kept, order, front)
            good = found[:, BROKEN] <= self.borne
            if limit is not None:
                good &= found[:, ENERGY] < limit + self.weight * self.borne
            # Ties in the order in which they were made, so that the same boards are always kept.
            best = np.flatnonzero(good)[np.argsort(found[good, ENERGY], kind="stable")]
            front, energy = front[best], found[best, ENERGY]
        complete = np.repeat(kept[None], len(front), axis=0)
        complete[:, order] = front
        return Ways(complete, energy, all_seen)

    def _found(self, terms: Terms, base: Numbers, lifted: Numbers, choices: Numbers) -> Numbers:
        return assess_parts(terms, base.astype(np.int64), lifted, np.ascontiguousarray(choices), self.weight)


def _shortest(ways: Numbers) -> Numbers:
    """The same where no way is longer than one through other places."""
    if not len(ways):
        return ways
    # A way that takes nothing is one all the same, which the search of shortest ways would take for none.
    found: Numbers = np.rint(floyd_warshall(ways.astype(np.float64) + 1e-6)).astype(np.int64)
    return found
