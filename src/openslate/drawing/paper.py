"""A paper: a document of a few pages whose breaks are set, so that it prints as it was laid out.

Made of the same blocks as a sheet, in one or two columns; nothing is fetched, no script runs, every word is escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeAlias

from openslate.drawing.sheet import Section, report_stylesheet, templates
from openslate.drawing.theme import stylesheet

Column: TypeAlias = Section | tuple[Section, ...]
"""One section, or several from top to bottom."""


@dataclass(frozen=True)
class Page:
    """Rows from top to bottom, each of one or two columns side by side."""

    rows: Sequence[Sequence[Column]]


@dataclass(frozen=True)
class Paper:
    """A whole document.

    Attributes:
        overline: what kind of document it is.
        heading: what it is about.
        made: when and of what it was made, in words.
        verdict: the one sentence to remember.
        findings: further sentences at the top.
        pages: each begins a new sheet of paper.
        foot: at the end of the last page; empty for none.
    """

    overline: str
    heading: str
    made: str
    verdict: str
    findings: Sequence[str]
    pages: Sequence[Page]
    foot: str


def paper_document(paper: Paper) -> str:
    """The paper as a complete HTML document.

    Example:
        >>> page = Page([[Section("Left", []), Section("Right", [])]])
        >>> text = paper_document(Paper("Memo", "a <b>", "today", "So.", (), [page], "End."))
        >>> "a &lt;b&gt;" in text, text.count("<section"), "<script" in text
        (True, 2, False)
    """
    styles = (
        stylesheet() + report_stylesheet() + files("openslate.drawing").joinpath("styles/paper.css").read_text("utf-8")
    )
    pages = [[[one if isinstance(one, tuple) else (one,) for one in row] for row in page.rows] for page in paper.pages]
    return templates().get_template("paper.html.jinja").render(paper=paper, pages=pages, styles=styles)
