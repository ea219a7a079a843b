"""The words of consent: who, what, for which use, how a record stands. Each set is closed, so that slips are found."""

from typing import Literal, TypeAlias, get_args

SubjectKind: TypeAlias = Literal[
    "principal", "background", "stand_in", "writer", "director", "deceased", "minor", "viewer", "source"
]
"""Whose rights they are; 'source' is a data set used on a licence or contract."""
AssetKind: TypeAlias = Literal[
    "EBDR", "ICDR", "BADR", "voice", "biometric", "literary_material", "synopsis", "viewing_data"
]
"""EBDR: employment-based digital replica. ICDR: independently created one. BADR: that of a background actor."""
Use: TypeAlias = Literal[
    "scan",
    "train",
    "fine_tune",
    "generate",
    "alter",
    "dub",
    "promo",
    "third_party_training_licence",
    "evaluate",
    "personalize",
    "erase",
]
Status: TypeAlias = Literal["draft", "active", "suspended", "withdrawn", "expired", "superseded"]
WithdrawalEffect: TypeAlias = Literal["stop_new", "remove", "unlearn"]
SignerRole: TypeAlias = Literal["self", "estate", "guardian", "agent", "union"]
RepresentedBy: TypeAlias = Literal["counsel", "union", "none"]
HolderRole: TypeAlias = Literal["guardian", "agent", "estate", "union"]
Alteration: TypeAlias = Literal[
    "cosmetics",
    "wardrobe",
    "noise",
    "timing",
    "continuity",
    "pitch",
    "effects",
    "standards",
    "dialogue_adjustment",
    "redub",
    "other",
]
"""What an alteration does; a contract may let some be made without consent."""
Mark: TypeAlias = Literal["c2pa", "digital_source_type", "disclosure"]
"""How an output says that it is generated."""

SUBJECT_KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)
ASSET_KINDS: tuple[AssetKind, ...] = get_args(AssetKind)
USES: tuple[Use, ...] = get_args(Use)
ALTERATIONS: tuple[Alteration, ...] = get_args(Alteration)
STATUSES: tuple[Status, ...] = get_args(Status)
REPLICAS: frozenset[AssetKind] = frozenset(("EBDR", "ICDR", "BADR", "voice"))
"""Kinds of assets that stand in for a person."""
SHOWN: frozenset[Use] = frozenset(("generate", "alter", "dub", "promo"))
"""Uses after which somebody sees or hears a replica, and of which something always comes out."""
LEARNING: frozenset[Use] = frozenset(("train", "fine_tune", "third_party_training_licence"))
"""Uses after which a model knows the asset."""
EVERYWHERE = "*"
"""Stands for every territory, medium, language or asset."""
PLACE = r"\*|[A-Z]{2}(-[A-Z0-9]{1,3})?"
"""How a place is written: everywhere, a country or the EU, or a part of a country (ISO 3166)."""
