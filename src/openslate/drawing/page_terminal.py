"""A home page for a terminal, at any width from about 60 columns; legible without colour."""

from collections.abc import Mapping
from typing import Any

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from openslate.drawing.page_words import basis_of, facts_of, heading_of, model_of, moment_in_words
from openslate.drawing.words import printable, shortened

_TITLE_WIDTH = 37
"""Two titles side by side in 80 columns, three in 120."""


def home_view(page: Mapping[str, Any]) -> Group:
    """A page as something rich can print.

    Args:
        page: what `Page.to_dict()` returned.
    """
    about = f"{moment_in_words(page['made'])} · model {model_of(page)}"
    parts: list[RenderableType] = [
        Rule(Text(heading_of(page), style="bold"), style="dim", align="left"),
        Text(about, style="dim"),
        Text(f"{basis_of(page)} {printable(page['note'])}".rstrip()),
    ]
    for row in page["rows"]:
        parts += [
            Text(),
            Text(printable(row["heading"]), style="bold"),
            Text(printable(row["reason"]), style="dim"),
            Padding(Columns([_title(slot, row["reason"]) for slot in row["slots"]], width=_TITLE_WIDTH), (0, 0, 0, 2)),
        ]
    return Group(*parts)


def _title(slot: Mapping[str, Any], said: str) -> Text:
    """Name over facts, each cut to its column, over the reason in two lines or so unless its row has said it."""
    name = Text(printable(slot["name"]) or "Untitled", style="bold", no_wrap=True, overflow="ellipsis")
    watched = "" if slot["progress"] is None else f"{slot['progress']:.0%} watched"
    facts = Text(" · ".join(fact for fact in (facts_of(slot), watched) if fact), style="dim")
    for line in (name, facts):
        line.truncate(_TITLE_WIDTH - 1, overflow="ellipsis")
    # Left to wrap: a reason that ends before the name it is about would be none.
    own = "" if slot["reason"] == said else shortened(printable(slot["reason"]), 2 * _TITLE_WIDTH - 2)
    return Text("\n").join([name, facts, *([Text(own, style="dim italic")] if own else [])])
