"""What people said of pairs of titles: kept for good, and always above the rule.

Every word is kept with who said it, when and why; of several on one pair the latest counts. Words that contradict one
another are refused when they are said, so that what stands never does.
"""

from dataclasses import dataclass
from datetime import datetime

from openslate import clock
from openslate.data.matching.joining import Joined
from openslate.data.matching.naming import title_named
from openslate.errors import UsageError
from openslate.project import Project

LONGEST = 1000


@dataclass(frozen=True)
class Word:
    """What somebody said of two titles.

    Attributes:
        first: id of one; the lesser text of the two.
        second: id of the other.
        same: whether they are one.
        by: who said so.
        note: why, in their words; may be empty.
        recorded: when, UTC.
    """

    first: str
    second: str
    same: bool
    by: str
    note: str
    recorded: datetime

    @property
    def told(self) -> str:
        """The word as a sentence's end.

        Example:
            >>> from datetime import UTC, datetime
            >>> Word("a", "b", False, "Ada", "a remake", datetime(2026, 1, 2, tzinfo=UTC)).told
            'parted by Ada on 2026-01-02: a remake'
        """
        said = f"{'confirmed' if self.same else 'parted'} by {self.by} on {self.recorded.date().isoformat()}"
        return f"{said}: {self.note}" if self.note else said


def words(project: Project) -> tuple[Word, ...]:
    """The words that stand, one a pair, in order of ids."""
    return tuple(
        sorted(
            {(word.first, word.second): word for word in history(project)}.values(),
            key=lambda word: (word.first, word.second),
        )
    )


def history(project: Project) -> tuple[Word, ...]:
    """Every word ever said, the earliest first."""
    rows = project.state.rows("SELECT first, second, same, by, note, recorded FROM title_words ORDER BY ordinal")
    return tuple(
        Word(str(r[0]), str(r[1]), bool(r[2]), str(r[3]), str(r[4]), datetime.fromisoformat(str(r[5]))) for r in rows
    )


def confirm(project: Project, one: str, other: str, by: str, note: str = "") -> Word:
    """Say that two titles are one, whatever the rule thinks.

    Args:
        project: where.
        one: id or name of a title.
        other: of another.
        by: who says so.
        note: why.

    Raises:
        UsageError: there is no such title, it is one title twice, nobody is named, or somebody parted what this joins.
    """
    return _say(project, one, other, True, by, note)


def part(project: Project, one: str, other: str, by: str, note: str = "") -> Word:
    """Say that two titles are two, whatever the rule thinks.

    Args:
        project: where.
        one: id or name of a title.
        other: of another.
        by: who says so.
        note: why.

    Raises:
        UsageError: there is no such title, it is one title twice, nobody is named, or people joined what this parts.
    """
    return _say(project, one, other, False, by, note)


def _say(project: Project, one: str, other: str, same: bool, by: str, note: str) -> Word:
    _require_words(by, note)
    first, second = sorted(title_named(project, title) for title in (one, other))
    _require_two(first, second)
    word = Word(first, second, same, by.strip(), note.strip(), clock.now())
    with project.state.transaction():
        standing = [said for said in words(project) if (said.first, said.second) != (first, second)]
        _require_agreement([*standing, word], word)
        project.state.execute(
            "INSERT INTO title_words (first, second, same, by, note, recorded) VALUES (?, ?, ?, ?, ?, ?)",
            (first, second, int(same), word.by, word.note, word.recorded.isoformat()),
        )
    return word


def _require_two(one: str, other: str) -> None:
    if one == other:
        raise UsageError(f"Title {one} is named twice.", "Name two titles.")


def _require_words(by: str, note: str) -> None:
    if not by.strip():
        raise UsageError("Nobody is named who says so.", "Name them with --by.")
    if max(len(by), len(note)) > LONGEST:
        raise UsageError(f"A name or note is longer than {LONGEST:,} characters.", "Shorten it.")


def _require_agreement(standing: list[Word], newest: Word) -> None:
    """Refuse a word with which a pair would be parted that people joined, directly or over others."""
    joined = Joined()
    for word in standing:
        if word.same:
            joined.join(word.first, word.second)
    for word in standing:
        if not word.same and joined.are_one(word.first, word.second):
            chain = chain_between([one for one in standing if one.same], word.first, word.second)
            against = [one for one in (word, *chain) if one != newest]
            said = "; ".join(f"{one.first} and {one.second} were {one.told}" for one in against)
            raise UsageError(
                f"This contradicts what stands: {said}.",
                "Say first which of those no longer holds: `titles part` takes `titles confirm` back, and vice versa.",
            )


def chain_between(confirmed: list[Word], start: str, end: str) -> list[Word]:
    """The fewest confirmed pairs that lead from one title to another; nothing where none do."""
    came: dict[str, tuple[str, Word] | None] = {start: None}
    waiting = [start]
    for title in waiting:
        for word in confirmed:
            if title in (word.first, word.second):
                beyond = word.second if title == word.first else word.first
                if beyond not in came:
                    came[beyond] = (title, word)
                    waiting.append(beyond)
    chain: list[Word] = []
    step = came.get(end)
    while step is not None:
        chain.append(step[1])
        step = came[step[0]]
    return chain[::-1]
