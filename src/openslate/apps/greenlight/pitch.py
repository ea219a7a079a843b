"""A pitch: what is known of a film or series before it is made, as of a day after which nothing may be used.

All but the name may be missing; what is missing is listed, because it widens every interval later. Scripts, treatments
and outlines are literary material under a rights record: a pitch carries them, apart from what describes it, and
nothing here reads them.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from openslate.rights.canonical import JsonValue, canonical
from openslate.rights.currencies import money_text

Kind: TypeAlias = Literal["film", "season", "limited series"]
MaterialKind: TypeAlias = Literal["script", "treatment", "outline"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WITH_EPISODES: tuple[Kind, ...] = ("season", "limited series")
MATERIAL_KINDS: tuple[MaterialKind, ...] = get_args(MaterialKind)

FACTS = (
    *("logline", "synopsis", "kind", "series", "season", "genres", "language", "countries", "runtime_minutes"),
    *("episodes", "budget", "talent", "companies", "release", "regions", "maturity"),
)
"""What a forecast would like to know of a pitch, in the order in which it is asked for."""


@dataclass(frozen=True)
class Budget:
    """What it may cost: one amount, or a band.

    Attributes:
        lowest: in whole units of the currency, such as dollars.
        highest: the same as the lowest where one amount is planned.
        currency: ISO 4217.
    """

    lowest: Decimal
    highest: Decimal
    currency: str


@dataclass(frozen=True)
class Release:
    """When it is to come out: one day, or a window, both ends included."""

    earliest: date
    latest: date


@dataclass(frozen=True)
class Talent:
    """Somebody attached, and as what."""

    name: str
    role: str


@dataclass(frozen=True)
class Material:
    """Literary material under a rights record: carried, never read for training here.

    Attributes:
        kind: 'script', 'treatment' or 'outline'.
        record: id of the record that says what may be done with it.
        text: of it; left out of `repr`, so that it stands in no log.
        file: where it lies beside the pitch instead of in it.
    """

    kind: MaterialKind
    record: str
    text: str = field(default="", repr=False)
    file: str = ""


@dataclass(frozen=True)
class Pitch:
    """What is known of a title before it is made.

    Attributes:
        name: what it is to be called.
        as_of: the last day of which anything may be used.
        id: the service's own id; empty for none.
        logline: it in a sentence.
        synopsis: it in a paragraph, as the pitch has it.
        kind: 'film', 'season' or 'limited series'; None if that is open.
        series: name of the series or franchise that it belongs to.
        season: which season; a film's place in its franchise.
        genres: in the pitch's own words.
        language: the original one, ISO 639-1.
        countries: that produce it, ISO 3166-1 alpha-2.
        runtime_minutes: of a film, or of one episode.
        episodes: how many a season or limited series has.
        budget: amount or band.
        talent: who is attached.
        companies: that produce it.
        release: day or window.
        regions: where it is to be seen, ISO 3166-1 alpha-2.
        worldwide: whether it is to be seen everywhere at once.
        maturity: rating aimed at, as the service writes it.
        material: scripts, treatments and outlines.

    Example:
        >>> from datetime import date
        >>> pitch = Pitch("Night Train", date(2026, 3, 1), kind="film", logline="A conductor hides a stowaway.")
        >>> pitch.missing[:3], len(pitch.hash)
        (('synopsis', 'genres', 'language'), 64)
    """

    name: str
    as_of: date
    id: str = ""
    logline: str = ""
    synopsis: str = ""
    kind: Kind | None = None
    series: str = ""
    season: int | None = None
    genres: tuple[str, ...] = ()
    language: str = ""
    countries: tuple[str, ...] = ()
    runtime_minutes: int | None = None
    episodes: int | None = None
    budget: Budget | None = None
    talent: tuple[Talent, ...] = ()
    companies: tuple[str, ...] = ()
    release: Release | None = None
    regions: tuple[str, ...] = ()
    worldwide: bool = False
    maturity: str = ""
    material: tuple[Material, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that are not there, in the order of `FACTS`; a series and season are missed of a season alone,
        episodes of what has any."""
        return tuple(fact for fact in FACTS if not getattr(self, fact) and not self._needless(fact))

    def _needless(self, fact: str) -> bool:
        if fact in ("series", "season"):
            return self.kind != "season"
        if fact == "episodes":
            return self.kind not in WITH_EPISODES
        return fact == "regions" and self.worldwide

    @property
    def words(self) -> str:
        """What describes it: the logline and the synopsis, never the material."""
        return "\n".join(text for text in (self.logline, self.synopsis) if text)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical text, by which a forecast names what it was made of."""
        return hashlib.sha256(canonical(self.plain())).hexdigest()

    def plain(self) -> dict[str, JsonValue]:
        """As plain values that can be hashed and filed; of material the hash stands for the text.

        Episodes stand there only where they are said, so that a pitch from before they could be keeps its hash.
        """
        return {
            "as_of": self.as_of.isoformat(),
            "budget": None if self.budget is None else _plain_budget(self.budget),
            "companies": list(self.companies),
            "countries": list(self.countries),
            "genres": list(self.genres),
            "id": self.id,
            "kind": self.kind,
            "language": self.language,
            "logline": self.logline,
            "material": [_plain_material(one) for one in self.material],
            "maturity": self.maturity,
            "name": self.name,
            "regions": list(self.regions),
            "release": None
            if self.release is None
            else {"earliest": self.release.earliest.isoformat(), "latest": self.release.latest.isoformat()},
            **({} if self.episodes is None else {"episodes": self.episodes}),
            "runtime_minutes": self.runtime_minutes,
            "season": self.season,
            "series": self.series,
            "synopsis": self.synopsis,
            "talent": [{"name": one.name, "role": one.role} for one in self.talent],
            "worldwide": self.worldwide,
        }


def _plain_budget(budget: Budget) -> JsonValue:
    return {
        "currency": budget.currency,
        "highest": money_text(budget.highest, budget.currency),
        "lowest": money_text(budget.lowest, budget.currency),
    }


def _plain_material(material: Material) -> JsonValue:
    return {
        "file": material.file,
        "kind": material.kind,
        "record": material.record,
        "text": hashlib.sha256(material.text.encode()).hexdigest() if material.text else "",
    }
