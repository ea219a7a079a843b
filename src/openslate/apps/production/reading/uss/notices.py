"""What a reader or writer wants known: what was taken for something else, what was made up, and what is kept apart."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """Something that is not wrong but that somebody should know.

    Attributes:
        where: the place in the file, such as 'breakdowns[3].pages'; empty for all of it.
        words: one sentence.
    """

    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}" if self.where else self.words


def counted(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """One notice for all that say the same, with how many they are.

    Example:
        >>> [str(one) for one in counted([Notice("a[0]", "It is odd."), Notice("a[4]", "It is odd.")])]
        ['a[0] (and 1 more): It is odd.']
    """
    places: dict[str, list[str]] = {}
    for one in notices:
        places.setdefault(one.words, []).append(one.where)
    return tuple(
        Notice(where[0] + (f" (and {len(where) - 1} more)" if len(where) > 1 else ""), words)
        for words, where in places.items()
    )


def repeated(names: Iterable[str]) -> list[str]:
    """Those that are there more than once, in order."""
    return [name for name, times in Counter(names).items() if times > 1]
