"""RSL: licences as XML. Learning is free only where a licence permits it, prohibits it nowhere, and costs nothing."""

from dataclasses import dataclass, field
from xml.parsers import expat

from openslate.rights.reservation import Reservation
from openslate.rights.reservations.paths import matches, path_of, strength

NAMESPACE = "https://rslstandard.org/rsl"
LARGEST = 1_000_000
DEEPEST = 50
COVERS_LEARNING = frozenset(("all", "ai-all", "ai-train", "train-ai"))
"""Usages that learning is part of; the last is an earlier draft's word for the one before."""
FREE = frozenset(("free", "attribution"))


@dataclass
class _Licence:
    permits: set[str] = field(default_factory=set)
    prohibits: set[str] = field(default_factory=set)
    limited: bool = False
    payments: set[str] = field(default_factory=set)

    def trouble(self) -> str | None:
        """Why it does not let anybody learn for nothing."""
        forbidden = sorted(self.prohibits & COVERS_LEARNING)
        if forbidden:
            return f"prohibits {forbidden[0]}"
        if self.limited and not self.permits & COVERS_LEARNING:
            return f"permits {' '.join(sorted(self.permits)) or 'nothing'}"
        due = sorted(self.payments - FREE)
        return f"asks for payment: {due[0]}" if due else None


@dataclass
class _Content:
    url: str
    server: str
    licences: list[_Licence] = field(default_factory=list)


class _Refused(Exception):
    pass


def from_document(document: bytes, address: str, where: str = "RSL") -> Reservation | None:
    """What an RSL document says about learning from an address; None where none of its contents matches it.

    Document types and entities are refused, so nothing is fetched and nothing grows.

    Args:
        document: the XML.
        address: of the text, or its path.
        where: the file.

    Source: RSL 1.0, 2025-11-06, a recommendation of its own committee. That a price or a licence server reserves is
        our reading: without a licence, what has a price is not free.

    Example:
        >>> held = b'''<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
        ... <prohibits type="usage">ai-train</prohibits></license></content></rsl>'''
        >>> found = from_document(held, "/films/1")
        >>> found.reserved, found.said
        (True, 'prohibits ai-train')
    """
    try:
        contents = _read(document)
    except (expat.ExpatError, _Refused, ValueError) as error:
        return Reservation("rsl", True, f"it cannot be read: {error}", where)
    path = path_of(address)
    fitting = [one for one in contents if _fits(one.url, address, path)]
    if not fitting:
        return None
    longest = max(strength(path_of(one.url)) for one in fitting)
    chosen = [one for one in fitting if strength(path_of(one.url)) == longest]
    server = next((one.server for one in chosen if one.server), "")
    if server:
        return Reservation("rsl", True, "a licence must be asked for", where, server)
    licences = [licence for one in chosen for licence in one.licences]
    troubles = [licence.trouble() for licence in licences] or ["names no licence"]
    # Licences are alternatives: one that lets anybody learn is enough.
    free = any(trouble is None for trouble in troubles)
    return Reservation("rsl", not free, "permits learning" if free else str(troubles[0]), where)


def _fits(url: str, address: str, path: str) -> bool:
    if "://" in url and "://" in address and url.split("/")[2].lower() != address.split("/")[2].lower():
        return False
    return matches(path_of(url), path)


def _read(document: bytes) -> list[_Content]:
    if len(document) > LARGEST:
        raise _Refused(f"it is larger than {LARGEST} bytes")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.ExternalEntityRefHandler = reader.refuse
    parser.Parse(document, True)
    if reader.root != "rsl":
        raise _Refused("it is no RSL document")
    return reader.contents


class _Reader:
    def __init__(self) -> None:
        self.contents: list[_Content] = []
        self.root = ""
        self._path: list[str] = []
        self._type = ""
        self._text = ""

    def refuse(self, *ignored: object) -> int:
        raise _Refused("it declares a document type or entity")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        element = local if space == NAMESPACE else ""
        self.root = self.root or element or "another"
        self._path.append(element)
        if len(self._path) > DEEPEST:
            raise _Refused("its elements lie too deep")
        self._type, self._text = attributes.get("type", ""), ""
        if self._path == ["rsl", "content"]:
            self.contents.append(_Content(attributes.get("url", "/"), attributes.get("server", "")))
        elif self._path == ["rsl", "content", "license"]:
            self.contents[-1].licences.append(_Licence())
        elif self._path == ["rsl", "content", "license", "payment"]:
            self.contents[-1].licences[-1].payments.add(self._type or "free")

    def text(self, data: str) -> None:
        self._text += data

    def end(self, name: str) -> None:
        if self._path[:3] == ["rsl", "content", "license"] and len(self._path) == 4 and self._type == "usage":
            usages = set(self._text.replace(",", " ").lower().split())
            licence = self.contents[-1].licences[-1]
            if self._path[3] == "permits":
                licence.limited = True
                licence.permits |= usages
            elif self._path[3] == "prohibits":
                licence.prohibits |= usages
        self._path.pop()
