"""The paragraphs of a Final Draft file, taken from XML that may declare nothing and lie no deeper than it needs."""

from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 40
MOST_PARAGRAPHS = 1_000_000
BESIDE_THE_SCRIPT = ("ScriptNote", "SceneProperties")
"""Elements whose paragraphs are about the script, such as notes, summaries and the beats of a character's arc."""
OMITTED = "OmittedScene"
"""Within the heading of an omitted scene: what it was."""


class RefusedDocument(Exception):
    """The document is not read; the words say why."""


@dataclass
class Paragraph:
    """A paragraph as the file has it.

    Attributes:
        kind: its Type.
        line: where it begins.
        title_page: it stands on the title page.
        note: it stands in a note, or in what else is about the script and no part of it.
        omitted: it belongs to a scene that is omitted.
        dual: it stands in a dual dialogue.
        number, length, page: as it, or its SceneProperties, tells them.
        pieces: its own text, in runs.
    """

    kind: str
    line: int
    title_page: bool
    note: bool
    omitted: bool
    dual: bool
    number: str
    length: str = ""
    page: str = ""
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of its text."""
        return "".join(self.pieces)


def paragraphs(document: bytes) -> list[Paragraph]:
    """Every paragraph of a Final Draft file, in order, those of notes and of the title page among them.

    Args:
        document: the file.

    Raises:
        RefusedDocument: it is no Final Draft file, declares a document type, or lies too deep; the words begin with
            the line.

    Example:
        >>> held = b'''<FinalDraft><Content><Paragraph Type="Action"><Text>A </Text><Text>cat.</Text></Paragraph>
        ... </Content></FinalDraft>'''
        >>> [(one.kind, one.text) for one in paragraphs(held)]
        [('Action', 'A cat.')]
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    handler = _Handler(parser)
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = handler.refuse
    parser.EntityDeclHandler = handler.refuse
    parser.ExternalEntityRefHandler = handler.refuse
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        raise RefusedDocument(f"line {error.lineno}: it is no XML: {expat.ErrorString(error.code)}") from None
    except (LookupError, ValueError) as error:
        raise RefusedDocument(f"line 1: its encoding cannot be read: {error}") from None
    return handler.found


class _Handler:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self._path: list[str] = []
        self._open: list[Paragraph] = []
        self.found: list[Paragraph] = []

    def refuse(self, *ignored: object) -> int:
        raise RefusedDocument(f"line {self._parser.CurrentLineNumber}: it declares a document type or an entity")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        line = self._parser.CurrentLineNumber
        if not self._path and name != "FinalDraft":
            raise RefusedDocument(f"line {line}: it begins with <{name[:40]}>, and is no Final Draft file")
        if len(self._path) >= DEEPEST:
            raise RefusedDocument(f"line {line}: its elements lie deeper than {DEEPEST}")
        self._path.append(name)
        if name == "Paragraph" and "Content" in self._path:
            self._begin(attributes, line)
        elif name == "SceneProperties" and self._open and self._path[-2] == "Paragraph":
            paragraph = self._open[-1]
            paragraph.number = paragraph.number or attributes.get("Number", "")
            paragraph.length, paragraph.page = attributes.get("Length", ""), attributes.get("Page", "")

    def _begin(self, attributes: dict[str, str], line: int) -> None:
        if len(self.found) >= MOST_PARAGRAPHS:
            raise RefusedDocument(f"line {line}: it has more than {MOST_PARAGRAPHS:,} paragraphs")
        path = self._path
        one = Paragraph(
            attributes.get("Type", ""),
            line,
            "TitlePage" in path,
            any(one in path for one in BESIDE_THE_SCRIPT),
            OMITTED in path,
            "DualDialogue" in path,
            attributes.get("Number", ""),
        )
        self._open.append(one)
        self.found.append(one)

    def text(self, data: str) -> None:
        if self._open and self._path[-2:] == ["Paragraph", "Text"]:
            self._open[-1].pieces.append(data)

    def end(self, name: str) -> None:
        if name == "Paragraph" and "Content" in self._path:
            self._open.pop()
        self._path.pop()
