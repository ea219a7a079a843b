"""The fields of a slate's file as somebody writes them."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from openslate.rights.currencies import MINOR_DIGITS
from openslate.rights.records.written import Amount, Text

LARGEST = Decimal(2**53)
"""Below it, sums of whole amounts are exact."""


def _whole(value: Decimal) -> Decimal:
    if not value.is_finite() or value % 1 or not 0 <= value < LARGEST:
        raise ValueError("it is no whole amount of at least 0, in units such as dollars")
    return value


def _currency(value: str) -> str:
    if value not in MINOR_DIGITS:
        raise ValueError("it is no currency as ISO 4217 writes it, such as USD or EUR")
    return value


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError("it is not between 0 and 1")
    return value


def _correlation(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError("it is no correlation from 0, each by itself, to 1, all as one")
    return value


def _tail(value: float) -> float:
    if not 0 < value <= 1:
        raise ValueError("it is not above 0 and at most 1")
    return value


def _at_least_nothing(value: float) -> float:
    if not 0 <= value < float("inf"):
        raise ValueError("it is below 0 or no number")
    return value


Money = Annotated[Amount, AfterValidator(_whole)]
Name = Annotated[Text, Field(min_length=1, max_length=300)]
Share = Annotated[float, AfterValidator(_share)]
Served = Annotated[float, AfterValidator(_at_least_nothing)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenRisk(_Model):
    """How bad outcomes count."""

    weight: Share = 0.0
    tail: Annotated[float, AfterValidator(_tail)] = 0.1
    together: Annotated[float, AfterValidator(_correlation)] | None = None


class WrittenBreadth(_Model):
    """What serving many is worth, in the forecasts' unit: each member once, or else each genre, language and kind."""

    member: Served = 0.0
    variety: Served = 0.0


class WrittenCandidate(_Model):
    """A pitch that may be chosen: by the number of its filed forecast, or by its file."""

    forecast: Annotated[str, Field(pattern="^[0-9a-f]{1,16}$")] = ""
    pitch: Name | None = None
    name: Name | None = None
    cost: Money | None = None
    serves: dict[Name, Served] = {}

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.forecast) is bool(self.pitch):
            raise ValueError("it names both a forecast and a pitch" if self.pitch else "it names no forecast or pitch")
        return self


class WrittenCount(_Model):
    """How many of some may be chosen."""

    name: Name
    of: tuple[Name, ...]
    least: Annotated[int, Field(strict=True, ge=0)] = 0
    most: Annotated[int, Field(strict=True, ge=0)] | None = None


class WrittenSlate(_Model):
    """A slate's file; see docs/greenlight.md for what the fields mean."""

    name: Name
    budget: Money
    currency: Annotated[str, AfterValidator(_currency)]
    risk: WrittenRisk = WrittenRisk()
    breadth: WrittenBreadth = WrittenBreadth()
    groups: dict[Name, Served] = {}
    candidate: Annotated[tuple[WrittenCandidate, ...], Field(min_length=1, max_length=200)]
    count: tuple[WrittenCount, ...] = ()
    take: tuple[Name, ...] = ()
    leave: tuple[Name, ...] = ()
    apart: tuple[tuple[Name, Name], ...] = ()
