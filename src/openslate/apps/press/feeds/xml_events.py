"""XML read as a stream, within limits: no tree is built, and no entity of its own is ever opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from openslate.apps.press.fetching.refusals import Refused

PIECE = 1 << 16
DEEPEST = 50
LONGEST = 10_000
"""Letters of an element's text that are kept."""


@dataclass(frozen=True)
class Element:
    """An element that ended.

    Attributes:
        path: names of the elements it lies in and its own, without namespaces.
        space: its namespace.
        text: of it, without what lies within its children.
        attributes: by name.
        above: attributes of the elements it lies in, the outermost first.
    """

    path: tuple[str, ...]
    space: str
    text: str
    attributes: dict[str, str]
    above: tuple[dict[str, str], ...]


def elements(text: str, shown: str) -> Iterator[Element]:
    """The elements of a document, each when it ends.

    Args:
        text: of it, without a declaration of its encoding.
        shown: its address, for messages.

    Raises:
        Refused: it declares entities, lies too deep, or is not well-formed; whatever came before was given.

    Example:
        >>> [one.path for one in elements("<opml><body><outline/></body></opml>", "it")][0]
        ('opml', 'body', 'outline')
    """
    reader = _Reader()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.refuse
    content = text.encode()
    for at in range(0, len(content) + 1, PIECE):
        piece = content[at : at + PIECE]
        try:
            parser.Parse(piece, at + PIECE > len(content))
        except _Harm as harm:
            raise Refused(f"{shown} {harm}.", "Tell its publisher.", "content") from None
        except (expat.ExpatError, ValueError, LookupError) as error:
            yield from reader.take()
            raise Refused(f"{shown} is not well-formed XML: {error}.", "Tell its publisher.", "content") from None
        yield from reader.take()


class _Harm(Exception):
    pass


class _Reader:
    def __init__(self) -> None:
        self._path: list[tuple[str, str, dict[str, str], list[str]]] = []
        self._letters = 0
        self._ended: list[Element] = []

    def take(self) -> list[Element]:
        ended, self._ended = self._ended, []
        return ended

    def refuse(self, *ignored: object) -> None:
        raise _Harm("declares entities of its own")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if len(self._path) >= DEEPEST:
            raise _Harm(f"nests elements more than {DEEPEST} deep")
        self._path.append((local, space, attributes, []))
        self._letters = 0

    def text(self, data: str) -> None:
        if self._path and self._letters < LONGEST:
            self._letters += len(data)
            self._path[-1][3].append(data)

    def end(self, name: str) -> None:
        path = tuple(one[0] for one in self._path)
        _, space, attributes, pieces = self._path.pop()
        above = tuple(one[2] for one in self._path)
        self._ended.append(Element(path, space, "".join(pieces)[:LONGEST].strip(), attributes, above))
