"""Reading pages as a browser would: well-formed tables, their words, and what must be on no page."""

import csv
import io
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr", "wbr"}


class Reader(HTMLParser):
    """Open elements, rows of cells and all words of a page; an element closed out of turn fails."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self.widths: list[int] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
            self.widths.append(0)
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.widths[-1] += int(dict(attrs).get("colspan") or 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.words.append(data)
        if "tr" in self.open and self.rows[-1]:
            self.rows[-1][-1] += data


def read(page: str) -> Reader:
    """A page that is whole: every element closed, no script, nothing fetched."""
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert page.startswith("<!doctype html>")
    assert "script" not in reader.tags and "link" not in reader.tags and "img" not in reader.tags
    assert "url(" not in page and "@import" not in page
    return reader


def words(page: str) -> str:
    """All words of a page, with single spaces."""
    return " ".join(" ".join(read(page).words).split())


def csv_rows(text: str) -> list[list[str]]:
    """The cells of a CSV."""
    return list(csv.reader(io.StringIO(text)))
