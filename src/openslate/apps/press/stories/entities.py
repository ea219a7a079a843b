"""Titles and people of the project's catalogue that an item names: whole names, and of short ones only with a cue."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.items import items_by_ids
from openslate.data.catalogue import Catalogue, Title, read_catalogue
from openslate.data.matching.names import parse_name
from openslate.data.matching.spelling import words_of

TOKEN = re.compile(r"[^\W_]+(?:['’&.][^\W_]+)*&?")
OPENING = "\"'“‘«„"
KINDS = frozenset(
    {"film", "films", "movie", "series", "show", "season", "episode", "episodes", "trailer", "sequel", "prequel"}
    | {"spinoff", "spin", "reboot", "remake", "premiere", "finale", "star", "starring", "director", "documentary"}
)  # fmt: skip
BESIDE = 3
"""Words between a name and one that says what it is."""


@dataclass(frozen=True)
class Mention:
    """Something of the catalogue that is named.

    Attributes:
        kind: title or person.
        id: of the title; the name of a person, who has no id in a catalogue.
        name: as the catalogue has it.
        how: what it was known by: name, quoted, person, word, year.
        sure: 0 to 1.
    """

    kind: Literal["title", "person"]
    id: str
    name: str
    how: str
    sure: float


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    quoted: bool
    capital: bool


class Names:
    """The names of a catalogue, ready to be looked for.

    Args:
        catalogue: titles, with the people who made them.

    Example:
        >>> ferry = Title("t2", "Night Ferry", credits=(("Ada Lane", "director"),))
        >>> names = Names(Catalogue((Title("t1", "Up"), ferry)))
        >>> [one.id for one in names.mentioned("Prices go up as Night Ferry sails", "")]
        ['t2']
        >>> [(one.id, one.how) for one in names.mentioned("Why “Up” still makes us cry, says Ada Lane", "")]
        [('t1', 'quoted'), ('Ada Lane', 'name')]
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._titles: dict[tuple[str, ...], list[Title]] = defaultdict(list)
        self._people: dict[tuple[str, ...], str] = {}
        for title in catalogue.titles:
            for variant in parse_name(title.name).variants:
                self._titles[tuple(variant.whole.split())].append(title)
            for person, _ in title.credits:
                spelled = tuple(words_of(person))
                if len(spelled) > 1:
                    self._people.setdefault(spelled, person)
        self._longest = max(map(len, [*self._titles, *self._people]), default=0)
        self._first = {words[0] for words in [*self._titles, *self._people] if words}

    def mentioned(self, title: str, excerpt: str) -> list[Mention]:
        """What an item names, titles before people, in the order of their ids.

        Args:
            title, excerpt: of the item.
        """
        found: dict[tuple[str, str], Mention] = {}
        people: dict[str, Mention] = {}
        parts = [_spelled(text) for text in (title, excerpt)]
        hits = [self._hits(*part) for part in parts]
        for part in hits:
            for words, _ in part:
                if words in self._people:
                    name = self._people[words]
                    people[name] = Mention("person", name, name, "name", 0.9)
        for (words_here, _), part in zip(parts, hits, strict=True):
            for words, hit in part:
                for one in self._of_title(words, hit, words_here, set(people)):
                    before = found.get((one.kind, one.id))
                    if before is None or before.sure < one.sure:
                        found[(one.kind, one.id)] = one
        return [*(found[key] for key in sorted(found)), *(people[name] for name in sorted(people))]

    def _hits(self, words: Sequence[str], marks: Sequence[_Found]) -> list[tuple[tuple[str, ...], _Found]]:
        """Names that stand there, the longest at each place; none within another."""
        found = []
        at = 0
        while at < len(words):
            known = None
            if words[at] in self._first:
                ends = range(min(len(words), at + self._longest), at, -1)
                known = next((end for end in ends if self._knows(tuple(words[at:end]))), None)
            if known is None:
                at += 1
                continue
            inside = marks[at:known]
            capital = all(
                one.capital or word in ENGLISH_STOP_WORDS for word, one in zip(words[at:known], inside, strict=True)
            )
            found.append((tuple(words[at:known]), _Found(at, known, inside[0].quoted and inside[-1].end == 1, capital)))
            at = known
        return found

    def _knows(self, words: tuple[str, ...]) -> bool:
        return words in self._titles or words in self._people

    def _of_title(self, words: tuple[str, ...], hit: _Found, around: Sequence[str], people: set[str]) -> list[Mention]:
        titles = self._titles.get(words, [])
        if not titles or not hit.capital:
            return []
        made_by = [one for one in titles if people & {person for person, _ in one.credits}]
        near = [*around[max(hit.start - BESIDE, 0) : hit.start], *around[hit.end : hit.end + BESIDE]]
        dated = [one for one in titles if one.released and str(one.released.year) in near[-BESIDE:]]
        how, sure, chosen = "name", 0.9, titles
        if made_by:
            how, sure, chosen = "person", 0.95, made_by
        elif dated:
            how, sure, chosen = "year", 0.9, dated
        elif hit.quoted:
            how = "quoted"
        elif KINDS & set(near):
            how, sure = "word", 0.7
        elif not _is_telling(words):
            return []
        # Of several of one name the latest is written about most.
        best = max(chosen, key=lambda one: (one.released.toordinal() if one.released else 0, one.title))
        return [Mention("title", best.title, best.name, how, sure if len(chosen) == 1 else sure / 2)]


def write_mentions(desk: Desk, items: Sequence[str]) -> int:
    """Write down what items name, and return how many names were found; none without a catalogue.

    Args:
        desk: of a project.
        items: ids.
    """
    if not items:
        return 0
    names = Names(read_catalogue(desk.project))
    many = 0
    for item in items_by_ids(desk, items):
        desk.execute("DELETE FROM mentions WHERE item = ?", (item.id,))
        for one in names.mentioned(item.title, item.excerpt):
            desk.execute(
                "INSERT INTO mentions (item, kind, id, name, how, sure) VALUES (?, ?, ?, ?, ?, ?)",
                (item.id, one.kind, one.id, one.name, one.how, one.sure),
            )
            many += 1
    return many


def _is_telling(words: tuple[str, ...]) -> bool:
    """Whether a name is no turn of speech: two words at least that say something, and are no numbers."""
    return sum(word not in ENGLISH_STOP_WORDS and not word.isdecimal() and len(word) > 2 for word in words) > 1


def _spelled(text: str) -> tuple[list[str], list[_Found]]:
    """The words of a text in one spelling, and of each whether it is quoted and has a capital.

    A mark's `quoted` says that a quotation begins before its word, and its `end` is 1 where one ends after it.
    """
    words: list[str] = []
    marks: list[_Found] = []
    for token in TOKEN.finditer(text):
        opened = token.start() > 0 and text[token.start() - 1] in OPENING
        following = text[token.end() : token.end() + 2]
        closed = any(letter in "\"'”’»" for letter in following.split(" ")[0])
        capital = token.group()[0].isupper() or not token.group()[0].isalpha()
        for word in words_of(token.group()):
            words.append(word)
            marks.append(_Found(0, int(closed), opened, capital))
    return words, marks
