"""What people said by hand: two items are in one story, or in two. It holds in every grouping."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import UsageError

Pair = tuple[str, str]
Likeness = Callable[[int, int], float]


@dataclass(frozen=True)
class Pairs:
    """Pairs of items' ids.

    Attributes:
        joins: which are in one story.
        parts: which are in two.
    """

    joins: tuple[Pair, ...] = ()
    parts: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Links(Pairs):
    """Pairs that people named; none is both.

    Raises:
        UsageError: two items are joined, over others perhaps, and parted.
    """

    def __post_init__(self) -> None:
        heads = joined(self.joins)
        for one, other in self.parts:
            if heads.get(one, one) == heads.get(other, other):
                raise UsageError(
                    f"Items {one} and {other} were both joined and parted by hand.",
                    "Withdraw one of the decisions; see `openslate press decisions`.",
                )


def joined(joins: Iterable[Pair]) -> dict[str, str]:
    """For each item that is joined with others the one of them that stands for all: the first by id."""
    heads: dict[str, str] = {}

    def head(item: str) -> str:
        while heads.setdefault(item, item) != item:
            item = heads[item]
        return item

    for one, other in joins:
        first, second = sorted((head(one), head(other)))
        heads[second] = first
    return {item: head(item) for item in sorted(heads)}


def released(links: Links, copy_of: Mapping[str, str]) -> set[str]:
    """Copies that are none, since people say what cannot hold while they are.

    Args:
        links: by hand.
        copy_of: what each copy is a copy of.
    """
    found: set[str] = set()
    while True:
        over = of_roots(links, {item: root for item, root in copy_of.items() if item not in found})
        heads = joined(over.joins)
        clash = [pair for pair, (one, other) in zip(links.parts, over.parts, strict=True)
                 if heads.get(one, one) == heads.get(other, other)]  # fmt: skip
        if not clash:
            return found
        named = {item for pair in clash for item in pair if item in copy_of} - found
        found |= named or {item for pair in links.joins for item in pair if item in copy_of} - found


def of_roots(links: Links, copy_of: Mapping[str, str]) -> "Pairs":
    """The pairs of what items are copies of."""

    def over(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
        return tuple((copy_of.get(one, one), copy_of.get(other, other)) for one, other in pairs)

    return Pairs(over(links.joins), over(links.parts))


def held_to(
    links: Pairs, place: Mapping[str, int], labels: NDArray[np.int64], alike: Likeness
) -> NDArray[np.int64]:  # fmt: skip
    """Labels that hold to what was said by hand.

    Groups of joined items become one. A group that holds parted items is divided: each of these starts a group of its
    own, or enters the most alike that it may enter, and the rest go to the most alike.

    Args:
        links: by hand.
        place: the row of each item that has one; pairs of others are left out.
        labels: int64 (rows,), groups.
        alike: how alike the items of two rows are.
    """
    found = labels.copy()
    here = Pairs(
        tuple((one, other) for one, other in links.joins if one in place and other in place),
        tuple((one, other) for one, other in links.parts if one in place and other in place),
    )
    heads = joined(here.joins)
    for item, head in heads.items():
        found[found == found[place[item]]] = found[place[head]]
    apart: dict[str, set[str]] = {}
    for one, other in here.parts:
        first, second = heads.get(one, one), heads.get(other, other)
        apart.setdefault(first, set()).add(second)
        apart.setdefault(second, set()).add(first)
    names = {row: item for item, row in place.items()} if apart else {}
    free = int(found.max(initial=-1)) + 1
    for label in sorted({int(found[place[item]]) for item in apart}):
        rows = np.flatnonzero(found == label).tolist()
        wholes: dict[str, list[int]] = {}
        for row in rows:
            wholes.setdefault(heads.get(names[row], names[row]), []).append(row)
        parts = divided(wholes, apart, alike)
        for part in parts[1:]:
            found[part] = free
            free += 1
    return found


def divided(
    wholes: Mapping[str, Sequence[int]], apart: Mapping[str, set[str]], alike: Likeness
) -> list[list[int]]:  # fmt: skip
    """The rows of a group in parts that hold no parted items.

    Args:
        wholes: rows that stay together, by name.
        apart: names that must not be in one part.
        alike: how alike two rows are.
    """
    names: list[list[str]] = []
    for whole in sorted(one for one in wholes if apart.get(one, set()) & set(wholes)):
        _enter(whole, wholes, [part for part in names if not apart[whole] & set(part)], names, alike)
    seeds = [list(part) for part in names]
    for whole in sorted(set(wholes) - {one for part in names for one in part}):
        best = max(range(len(seeds)), key=lambda at: (_nearness(whole, seeds[at], wholes, alike), -at), default=-1)
        if best < 0:
            seeds.append([])
            names.append([])
        names[best].append(whole)
    return [sorted(row for whole in part for row in wholes[whole]) for part in names]


def _enter(
    whole: str, wholes: Mapping[str, Sequence[int]], may: list[list[str]], names: list[list[str]], alike: Likeness
) -> None:  # fmt: skip
    near = [(_nearness(whole, part, wholes, alike), -at) for at, part in enumerate(may)]
    best = max(near, default=(0.0, 0))
    if best[0] > 0.0:
        may[-best[1]].append(whole)
    else:
        names.append([whole])


def _nearness(whole: str, part: Sequence[str], wholes: Mapping[str, Sequence[int]], alike: Likeness) -> float:
    pairs = [(row, other) for row in wholes[whole] for one in part for other in wholes[one]]
    return sum(alike(*pair) for pair in pairs) / len(pairs) if pairs else 0.0
