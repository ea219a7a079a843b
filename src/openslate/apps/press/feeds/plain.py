"""HTML of feeds as plain text: data, in which nothing is ever run, loaded or followed."""

import re
from contextlib import suppress
from typing import Any

from openslate.native import load

LONGEST = 400_000
"""Letters of one text of an entry that are looked at."""
_PARAGRAPHS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "tr", "ul"),
    )
)
_SILENT = frozenset(("script", "style", "template", "noscript", "iframe", "object", "svg", "math"))
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&[#\w]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def plain(markup: str) -> str:
    """The text of a piece of HTML, a paragraph on a line.

    Args:
        markup: HTML, or text that is plain already.

    Example:
        >>> plain("<p>Tea &amp; cake</p><script>alert(1)</script><p>at  five</p>")
        'Tea & cake\\nat five'
    """
    markup = _CONTROLS.sub("", markup[:LONGEST])
    if not _MARKUP.search(markup):
        return _lines(markup)
    # A parser in C: Python's own takes minutes over what some pages hold on purpose.
    etree = load("lxml.etree", "Reading feeds", "pip install 'openslate[press]'")
    target = _Text()
    # What cannot be read as markup any further is kept as far as it was.
    with suppress(etree.LxmlError, ValueError, AssertionError):
        etree.fromstring(f"<div>{markup}</div>", etree.HTMLParser(target=target))
    return _lines("".join(target.pieces))


def one_line(markup: str) -> str:
    """The same on one line."""
    return " ".join(plain(markup).split())


def shortened(text: str, most: int = 339) -> str:
    """A text of at most so many letters, cut after a word.

    Args:
        text: plain.
        most: letters.

    Example:
        >>> shortened("The crew of Harbour Lights went home", 20)
        'The crew of Harbour…'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    at = line.rfind(" ", 0, most)
    return line[: at if at > most // 2 else most - 1].rstrip(" ,;:–—-") + "…"


def _lines(text: str) -> str:
    kept = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in kept if line)


class _Text:
    """What the parser calls; the names are its own."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._silent = 0

    def start(self, tag: Any, attributes: Any) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _PARAGRAPHS:
            self.pieces.append("\n")

    def end(self, tag: Any) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _PARAGRAPHS:
            self.pieces.append("\n")

    def data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data.replace("\n", " "))

    def close(self) -> None:
        """Nothing is left to do."""
