"""What a manifest says of a generated file, as it is written, and what one says, as it is read.

A manifest that is read may be anybody's work: nothing in it is taken for granted, and whatever has another shape than
it should have is passed over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from openslate.errors import UsageError
from openslate.rights.canonical import JsonValue

SourceType: TypeAlias = Literal[
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "algorithmicMedia",
    "compositeSynthetic",
    "algorithmicallyEnhanced",
    "virtualRecording",
]
"""IPTC digital source types of files that were generated, as a whole or in part."""
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ACTIONS = ("c2pa.actions.v2", "c2pa.actions")
MINING = ("cawg.training-mining", "c2pa.training-mining")
USE = "org.openslate.use"
"""Our own assertion: which decisions, on which ledger, allowed the use."""
Permission: TypeAlias = Literal["allowed", "notAllowed", "constrained"]
PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
ENTRIES = ("data_mining", "ai_inference", "ai_training", "ai_generative_training")
RESERVED: Mapping[str, Permission] = dict.fromkeys(ENTRIES, "notAllowed")
"""Nobody may mine it or learn from it, unless they have asked."""
LONGEST = 200
MOST_ITEMS = 200


@dataclass(frozen=True)
class Reserved:
    """What a manifest says of one way of learning from its file.

    Attributes:
        entry: such as 'cawg.ai_training'.
        use: 'allowed', 'notAllowed' or 'constrained', or whatever else stands there.
        information: on the constraint; empty without.
    """

    entry: str
    use: str
    information: str = ""


@dataclass(frozen=True)
class Said:
    """What a manifest says; whether it may be believed is another matter.

    Attributes:
        source_types: digital source types of its actions, without the address of the vocabulary.
        reserved: on learning from the file.
        ledger: name of the ledger that allowed the use; empty without.
        uses: place and hash of the decisions on it.
        signer: as the certificate names them; empty without.
        title: of the file.
    """

    source_types: tuple[str, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    ledger: str = ""
    uses: tuple[tuple[int, str], ...] = ()
    signer: str = ""
    title: str = ""


def manifest(
    title: str,
    source_type: SourceType,
    reservations: Mapping[str, Permission],
    ledger: str,
    uses: Sequence[tuple[int, str]],
    version: str,
    *,
    parent: str | None,
) -> dict[str, JsonValue]:
    """The definition of a manifest for a generated file.

    Args:
        title: of the file.
        source_type: how it came about.
        reservations: what others may do with it, by the names in `ENTRIES`.
        ledger: name of the ledger.
        uses: place and hash of the decisions that allowed it.
        version: of Openslate.
        parent: label of the ingredient whose manifest it had before; None for a file that had none.

    Raises:
        UsageError: a source type or a reservation is unknown.

    Source: C2PA 2.x, sections on actions and digital source types; CAWG Training and Data Mining Assertion 1.1.
    """
    if source_type not in SOURCE_TYPES:
        raise UsageError(f"The source type {source_type!r} is unknown.", f"Name one of {', '.join(SOURCE_TYPES)}.")
    for name, use in reservations.items():
        if name not in ENTRIES or use not in PERMISSIONS:
            raise UsageError(
                f"The reservation {name!r} = {use!r} is unknown.",
                f"Name some of {', '.join(ENTRIES)}, each with one of {', '.join(PERMISSIONS)}.",
            )
    origin = f"{IPTC}{source_type}"
    begun: list[JsonValue] = [{"action": "c2pa.created", "digitalSourceType": origin}]
    if parent is not None:
        # What a file said of itself before must stay with it, so it is opened and not created.
        opening: JsonValue = {"action": "c2pa.opened", "parameters": {"ingredientIds": [parent]}}
        begun = [opening, {"action": "c2pa.edited", "digitalSourceType": origin}]
    entries: JsonValue = {f"cawg.{name}": {"use": use} for name, use in sorted(reservations.items())}
    decisions: JsonValue = [{"entry": index, "hash": leaf} for index, leaf in uses]
    return {
        "title": title,
        "claim_generator_info": [{"name": "Openslate", "version": version}],
        "assertions": [
            {"label": ACTIONS[0], "data": {"actions": begun}},
            {"label": MINING[0], "data": {"entries": entries}},
            {"label": USE, "data": {"ledger": ledger, "uses": decisions}},
        ],
    }


def read_manifest(found: object) -> Said:
    """What a manifest says, from the JSON that its reader gives.

    Example:
        >>> mining = {"label": "cawg.training-mining", "data": {"entries": {"cawg.ai_training": {"use": "notAllowed"}}}}
        >>> read_manifest({"assertions": [mining, "nonsense"]}).reserved[0].use
        'notAllowed'
    """
    plain = _mapping(found)
    assertions = [_mapping(one) for one in _list(plain.get("assertions"))]
    types: list[str] = []
    reserved: list[Reserved] = []
    ledger, uses = "", []
    for one in assertions:
        # A label that is there twice is numbered.
        label, data = _text(one.get("label")).partition("__")[0], _mapping(one.get("data"))
        if label in ACTIONS:
            types += [
                _text(_mapping(action).get("digitalSourceType")).removeprefix(IPTC)
                for action in _list(data.get("actions"))
            ]
        elif label in MINING:
            reserved += [_reserved(name, entry) for name, entry in _mapping(data.get("entries")).items()]
        elif label == USE:
            ledger = _text(data.get("ledger"))
            uses = [_decision(_mapping(use)) for use in _list(data.get("uses"))]
    signature = _mapping(plain.get("signature_info"))
    signer = ", ".join(filter(None, (_text(signature.get("common_name")), _text(signature.get("issuer")))))
    return Said(
        tuple(dict.fromkeys(filter(None, types))),
        tuple(reserved),
        ledger,
        tuple(one for one in uses if one is not None),
        signer,
        _text(plain.get("title")),
    )


def _reserved(name: str, entry: object) -> Reserved:
    # The older assertion writes some entries without the object around the word.
    if isinstance(entry, str):
        return Reserved(_text(name), _text(entry))
    said = _mapping(entry)
    return Reserved(_text(name), _text(said.get("use")), _text(said.get("constraint_info")))


def _decision(use: Mapping[str, Any]) -> tuple[int, str] | None:
    index = use.get("entry")
    return (index, _text(use.get("hash"))) if type(index) is int and 0 <= index < 2**53 else None


def _mapping(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _list(found: object) -> list[Any]:
    return found[:MOST_ITEMS] if isinstance(found, list) else []


def _text(found: object) -> str:
    """A text as it can be printed: what would move the cursor, or go on for pages, is left out."""
    text = found if isinstance(found, str) else ""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:LONGEST])
