"""A sheet: a short report for people, as one HTML document made of findings, tables, drawings and facts.

Takes words and numbers, gives text: nothing is fetched, no script runs, every word is escaped, equal bytes for an
equal sheet. The drift report, the model card and the page of a search are sheets; home pages and evaluations have
documents of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined

from openslate.drawing.theme import stylesheet
from openslate.drawing.words import printable

Tone = Literal["", "better", "worse", "unclear", "act", "watch", "steady", "unknown"]


@dataclass(frozen=True)
class Cell:
    """A cell with a quieter line below, or in a tone of its own; the words must say what the tone says."""

    text: str
    aside: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Prose:
    """A paragraph."""

    text: str
    kind: str = "prose"


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    items: Sequence[str]
    kind: str = "points"


@dataclass(frozen=True)
class Lines:
    """Words with a line after each, to be filled in by hand."""

    items: Sequence[str]
    kind: str = "lines"


@dataclass(frozen=True)
class Link:
    """A way to another file beside this one.

    Attributes:
        text: what it is.
        file: its path relative to this document, with `/` between folders.
        aside: what it answers.
    """

    text: str
    file: str
    aside: str = ""

    def __post_init__(self) -> None:
        if ":" in self.file or self.file.startswith(("/", "\\")):
            raise ValueError(f"{self.file!r} is no file beside this one")


@dataclass(frozen=True)
class Links:
    """Ways to other files."""

    items: Sequence[Link]
    kind: str = "links"


@dataclass(frozen=True)
class Facts:
    """Names and what they stand for."""

    pairs: Sequence[tuple[str, str]]
    kind: str = "facts"


@dataclass(frozen=True)
class Counts:
    """Large numbers, each above its word."""

    pairs: Sequence[tuple[str, str]]
    kind: str = "counts"


@dataclass(frozen=True)
class Table:
    """Rows below headings; the first column heads each row.

    Attributes:
        caption: what the table shows.
        headings: of the columns.
        rows: as many cells each as headings.
        numbers: which columns hold figures, set to the right.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str | Cell]]
    numbers: Sequence[int] = ()
    kind: str = "table"


@dataclass(frozen=True)
class Figure:
    """A drawing of ours with its caption."""

    caption: str
    svg: str
    kind: str = "figure"


Block: TypeAlias = Prose | Points | Lines | Links | Facts | Counts | Table | Figure


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Sheet:
    """A whole document.

    Attributes:
        overline: what kind of document it is.
        heading: what it is about.
        made: when it was made, in words.
        verdict: the one sentence to remember.
        findings: further sentences at the top.
        sections: the rest.
        alarms: sentences that must be read before the verdict is believed.
    """

    overline: str
    heading: str
    made: str
    verdict: str
    findings: Sequence[str]
    sections: Sequence[Section]
    alarms: Sequence[str] = ()


def sheet_document(sheet: Sheet) -> str:
    """The sheet as a complete HTML document, handsome on a screen, by night and on paper.

    Example:
        >>> text = sheet_document(Sheet("Card", "svc <1>", "today", "Good.", (), (Section("Facts", [Prose("a & b")]),)))
        >>> "svc &lt;1&gt;" in text, "a &amp; b" in text, "<script" in text
        (True, True, False)
    """
    return templates().get_template("sheet.html.jinja").render(sheet=sheet, styles=stylesheet() + report_stylesheet())


def report_stylesheet() -> str:
    """The CSS of reports and sheets; it reads the colours of `openslate.drawing.theme.stylesheet()`."""
    return files("openslate.drawing").joinpath("styles/report.css").read_text(encoding="utf-8")


def cell(value: str | Cell) -> Cell:
    """A cell of whatever a row holds."""
    return Cell(value) if isinstance(value, str) else value


@cache
def templates() -> Environment:
    """The templates of sheets and papers."""
    environment = Environment(
        loader=PackageLoader("openslate.drawing"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"cell": cell, "printable": printable}
    return environment
