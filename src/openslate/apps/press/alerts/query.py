"""What an alert looks for: words, quoted phrases, topics, titles, people and sources, with OR and -not."""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from openslate.errors import UsageError

FieldName = Literal["topic", "title", "person", "source"]
LONGEST = 1_000
"""Letters of a query."""
_TOKEN = re.compile(r'\s*(-?)((?:[a-z]+:)?"[^"]*"|\S+)')
_WAY_OUT = 'Write it such as: "writers strike" OR walkout topic:Labour -opinion; docs/press-alerts.md.'


@dataclass(frozen=True)
class Term:
    """One thing that is looked for.

    Attributes:
        text: a word, a phrase, or the value of a field.
        field: it is the value of; empty for words in a title or an excerpt.
        absent: whether it must not be there.
    """

    text: str
    field: FieldName | Literal[""] = ""
    absent: bool = False


@dataclass(frozen=True)
class Query:
    """What is looked for: of each group of alternatives, one.

    Attributes:
        groups: all of which must hold, by one of their terms each.
    """

    groups: tuple[tuple[Term, ...], ...]


def parse_query(text: str) -> Query:
    """The query that a person wrote.

    Args:
        text: words, "quoted phrases", topic:, title:, person: and source: with a value, OR between two, - before what
            must not be there. Whether letters are small or capital makes no difference.

    Raises:
        UsageError: it asks for nothing, is too long, or OR or a quotation mark has no partner.

    Example:
        >>> [len(group) for group in parse_query('strike OR walkout topic:"Box office" -opinion').groups]
        [2, 1, 1]
    """
    if len(text) > LONGEST:
        raise UsageError(f"The query has {len(text):,} letters.", f"Write one of at most {LONGEST:,}.")
    if text.count('"') % 2:
        raise UsageError("A quotation mark of the query has no partner.", _WAY_OUT)
    groups: list[tuple[Term, ...]] = []
    joined = False
    for minus, written in _TOKEN.findall(text):
        if written == "OR" and not minus:
            if joined or not groups:
                raise UsageError("OR stands between two alternatives, and one is missing.", _WAY_OUT)
            joined = True
            continue
        term = _term(written, bool(minus))
        if joined:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joined = False
    if joined:
        raise UsageError("OR stands between two alternatives, and one is missing.", _WAY_OUT)
    if not any(all(not term.absent for term in group) for group in groups):
        raise UsageError("The query names nothing that must be there.", _WAY_OUT)
    return Query(tuple(groups))


def _term(written: str, absent: bool) -> Term:
    name, colon, value = written.partition(":")
    known = bool(colon) and name in get_args(FieldName)
    text = " ".join((value if known else written).strip('"').split())
    if not text:
        raise UsageError(f"{written!r} in the query names nothing.", _WAY_OUT)
    return Term(text, cast(FieldName, name) if known else "", absent)
