"""Titles joined into groups, pair by pair, and never across what keeps two groups apart."""

from collections.abc import Iterable


class Joined:
    """Groups of titles that grow by pairs.

    Example:
        >>> joined = Joined(parted=[("a", "c")])
        >>> joined.join("a", "b"), joined.join("b", "c"), joined.are_one("a", "b")
        (True, False, True)
    """

    def __init__(self, parted: Iterable[tuple[str, str]] = ()) -> None:
        self._group: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = {}
        for one, other in parted:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def members(self, title: str) -> set[str]:
        """The group of a title, itself among them."""
        return self._members.get(self._group.get(title, title), {title})

    def are_one(self, one: str, other: str) -> bool:
        """Whether two titles are in one group."""
        return other in self.members(one)

    def may_join(self, one: str, other: str) -> bool:
        """Whether no pair that is kept apart would come together."""
        first, second = self.members(one), self.members(other)
        return not any(self._apart.get(title, set()) & second for title in first)

    def join(self, one: str, other: str) -> bool:
        """Join the groups of two titles, unless that is kept apart; whether they are one now."""
        first, second = self.members(one), self.members(other)
        if other in first:
            return True
        if not self.may_join(one, other):
            return False
        together = first | second
        name = min(together)
        for title in together:
            self._group[title] = name
            self._members.pop(title, None)
        self._members[name] = together
        return True

    def groups(self) -> list[tuple[str, ...]]:
        """Every group of more than one title, each sorted, in order of their first ids."""
        return sorted(tuple(sorted(members)) for members in self._members.values() if len(members) > 1)
