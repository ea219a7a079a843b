"""The fields of a pitch as they are written in a file; what they may hold, and what each says when it is wrong."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from openslate import clock
from openslate.apps.greenlight.languages import LANGUAGES
from openslate.apps.greenlight.pitch import (
    Budget,
    Kind,
    Material,
    MaterialKind,
    Pitch,
    Release,
    Talent,
)
from openslate.rights.currencies import LARGEST, MINOR_DIGITS
from openslate.rights.places import COUNTRIES, why_no_place
from openslate.rights.records.written import Amount, Flag, Opaque

LONGEST_SYNOPSIS = 20_000
LONGEST_MATERIAL = 2_000_000
MOST_EPISODES = 500
_JOINERS = "\u200c\u200d"
"""Invisible, yet part of the spelling of Persian, of Indic scripts and of many emoji."""
_NO_JOINERS, _NO_BREAKS = dict.fromkeys(map(ord, _JOINERS)), dict.fromkeys(map(ord, "\n\r\t"))


def _as_day(value: object) -> object:
    if isinstance(value, datetime):
        raise ValueError("it is a moment; write the day alone, such as 2027-03-01")
    if isinstance(value, str):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value) is None:
            raise ValueError("a day is written as 2027-03-01")
        return value
    if not isinstance(value, date):
        raise ValueError("it is no day")
    return value


def _filled(value: str) -> str:
    if not value.translate(_NO_JOINERS).strip():
        raise ValueError("it is empty")
    return value.strip()


def _on_a_line(value: str) -> str:
    if not all(one.isprintable() or one in _JOINERS or unicodedata.category(one) == "Zs" for one in value):
        raise ValueError("it holds characters that cannot be printed")
    return value


def _readable(value: str) -> str:
    _on_a_line(value.translate(_NO_BREAKS))
    return value


def _country(value: str) -> str:
    if value not in COUNTRIES:
        raise ValueError(f"{value!r} {why_no_place(value) or 'is no country of ISO 3166-1, such as US or KR'}")
    return value


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError("it is no language as ISO 639-1 writes it, such as en or ko")
    return value


def _currency(value: str) -> str:
    if value not in MINOR_DIGITS:
        raise ValueError("it is no currency as ISO 4217 writes it, such as USD or EUR")
    return value


def _as_money(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("it is no amount")
    return value


def _above_nothing(value: Decimal) -> Decimal:
    if not value.is_finite() or not 0 < value < LARGEST:
        raise ValueError("a budget is above 0 and below 10^15, in whole units such as dollars")
    return value


def _beside(value: str) -> str:
    if value.startswith(("/", "\\")) or ":" in value or ".." in re.split(r"[/\\]", value):
        raise ValueError("it leads away from the pitch; name a file beside it")
    return value


def _each_once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) != len(values):
        raise ValueError("it names one thing twice")
    return values


Line = Annotated[str, AfterValidator(_on_a_line)]
Day = Annotated[date, BeforeValidator(_as_day)]
Name = Annotated[Line, AfterValidator(_filled), Field(max_length=300)]
Names = Annotated[tuple[Name, ...], AfterValidator(_each_once), Field(max_length=100)]
Sentence = Annotated[Line, AfterValidator(_filled), Field(max_length=1000)]
Synopsis = Annotated[str, AfterValidator(_readable), AfterValidator(_filled), Field(max_length=LONGEST_SYNOPSIS)]
Countries = Annotated[tuple[Annotated[str, AfterValidator(_country)], ...], AfterValidator(_each_once)]
Money = Annotated[Amount, BeforeValidator(_as_money), AfterValidator(_above_nothing)]
Whole = Annotated[int, Field(strict=True)]


def wrong_place(text: object, file: object) -> str:
    """What is wrong with where material stands; empty where nothing is.

    Args:
        text, file: as they are written; one of the two is to hold something.
    """
    if bool(text) is not bool(file):
        return ""
    return "it has both a text and a file" if text else "it has neither a text nor a file"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenTalent(_Model):
    """Somebody attached."""

    name: Name
    role: Name


class WrittenMaterial(_Model):
    """A script, treatment or outline, in the pitch or beside it."""

    kind: MaterialKind
    record: Opaque
    text: Annotated[str, AfterValidator(_readable), Field(max_length=LONGEST_MATERIAL)] = ""
    file: Annotated[Line, AfterValidator(_beside), Field(max_length=300)] = ""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        wrong = wrong_place(self.text, self.file)
        if wrong:
            raise ValueError(wrong)
        return self


class WrittenPitch(_Model):
    """A pitch as it is written; see `Pitch` for what the fields mean."""

    name: Name
    id: Opaque | None = None
    as_of: Day | None = None
    logline: Sentence = ""
    synopsis: Synopsis = ""
    kind: Kind | None = None
    series: Name = ""
    season: Annotated[Whole, Field(ge=1, le=200)] | None = None
    genres: Names = ()
    language: Annotated[str, AfterValidator(_language)] = ""
    countries: Countries = ()
    runtime_minutes: Annotated[Whole, Field(ge=1, le=6000)] | None = None
    episodes: Annotated[Whole, Field(ge=1, le=MOST_EPISODES)] | None = None
    budget: Money | None = None
    lowest_budget: Money | None = None
    highest_budget: Money | None = None
    currency: Annotated[str, AfterValidator(_currency)] = ""
    talent: Annotated[tuple[WrittenTalent, ...], AfterValidator(_each_once), Field(max_length=200)] = ()
    companies: Names = ()
    release: Day | None = None
    earliest_release: Day | None = None
    latest_release: Day | None = None
    regions: Countries = ()
    worldwide: Flag = False
    maturity: Annotated[Name, Field(max_length=40)] = ""
    material: Annotated[tuple[WrittenMaterial, ...], Field(max_length=20)] = ()

    def pitch(self) -> Pitch:
        """The frozen value."""
        lowest, highest = self.lowest_budget or self.budget, self.highest_budget or self.budget
        earliest, latest = self.earliest_release or self.release, self.latest_release or self.release
        return Pitch(
            name=self.name,
            as_of=self.as_of or clock.now().date(),
            id=self.id or "",
            logline=self.logline,
            synopsis=self.synopsis,
            kind=self.kind,
            series=self.series,
            season=self.season,
            genres=self.genres,
            language=self.language,
            countries=self.countries,
            runtime_minutes=self.runtime_minutes,
            episodes=self.episodes,
            budget=None if lowest is None or highest is None else Budget(lowest, highest, self.currency),
            talent=tuple(Talent(one.name, one.role) for one in self.talent),
            companies=self.companies,
            release=None if earliest is None or latest is None else Release(earliest, latest),
            regions=self.regions,
            worldwide=self.worldwide,
            maturity=self.maturity,
            material=tuple(Material(one.kind, one.record, one.text, one.file) for one in self.material),
        )
