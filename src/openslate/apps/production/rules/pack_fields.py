"""The fields of a rule pack as somebody writes them; see docs/production-rules.md for what they mean."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from openslate.apps.production.rules.pack import Pack, Watched
from openslate.apps.production.rules.rules import (
    AgeHours,
    DaysInARow,
    MinorsWindow,
    Premium,
    Rest,
    Rules,
    ScanNotice,
    Source,
    Strength,
)
from openslate.apps.production.shoot.people import ContractKind
from openslate.apps.production.written_values import (
    MINUTES_A_DAY,
    Clock,
    Count,
    Day,
    Minutes,
    Money,
    Name,
    WrittenModel,
)
from openslate.rights.currencies import MINOR_DIGITS
from openslate.storage.toml_lines import Place

_AGE = re.compile(r"([0-9]{1,3}) (day|month|year)s?")
_UNITS_A_YEAR = {"day": 365.25, "month": 12.0, "year": 1.0}


def _age(value: object) -> object:
    found = _AGE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("it is no age, such as '15 days', '6 months' or '2 years'")
    return int(found[1]) / _UNITS_A_YEAR[found[2]]


Age = Annotated[float, BeforeValidator(_age)]
"""Years, from a text such as '6 months'."""
PackId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,80}$")]
Share = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
RestMinutes = Annotated[int, Field(strict=True, gt=0, le=7 * MINUTES_A_DAY)]


class WrittenRule(WrittenModel):
    """What every rule says of itself."""

    id: PackId
    title: Name
    dated: Day
    sure: Literal["read", "secondary", "unverified"]

    def source(self, pack: str) -> Source:
        """Where it is written."""
        return Source(pack, self.id, self.title, self.dated, self.sure)


class WrittenRest(WrittenRule):
    """Rest between two days."""

    who: Literal["crew", "cast"]
    minutes: RestMinutes
    strength: Strength
    share: Share = 0.0
    most: Money | None = None
    contracts: tuple[ContractKind, ...] = ()


class WrittenAge(WrittenRule):
    """Hours of minors of an age."""

    from_age: Age
    below_age: Age
    on_set_minutes: Minutes
    work_minutes: Minutes


class WrittenWindow(WrittenRule):
    """Between which times minors may work."""

    opens: Clock
    closes: Clock


class WrittenRow(WrittenRule):
    """Days in a row."""

    most: Annotated[int, Field(strict=True, ge=1, le=366)]
    strength: Strength
    share: Share = 0.0


class WrittenPremium(WrittenRule):
    """What the nth day in a row costs more."""

    nth: Annotated[int, Field(strict=True, ge=1, le=366)]
    share: Share


class WrittenScan(WrittenRule):
    """Notice of scans."""

    days: Count


class WrittenWatched(WrittenRule):
    """A rule for a person to watch."""

    text: Name


class WrittenPack(WrittenModel):
    """A rule pack."""

    id: PackId
    title: Name
    note: Name | Literal[""] = ""
    currency: str = ""
    rest: tuple[WrittenRest, ...] = ()
    age: tuple[WrittenAge, ...] = ()
    minors_window: tuple[WrittenWindow, ...] = ()
    days_in_a_row: tuple[WrittenRow, ...] = ()
    premium: tuple[WrittenPremium, ...] = ()
    scan_notice: tuple[WrittenScan, ...] = ()
    watched: tuple[WrittenWatched, ...] = ()

    def clashes(self) -> Iterator[tuple[Place, str]]:
        """What is wrong of fields that are right one by one: places, and ends of sentences."""
        if self.currency and self.currency not in MINOR_DIGITS:
            yield ("currency",), "it is no currency as ISO 4217 writes it, such as USD or EUR"
        for at, rest in enumerate(self.rest):
            if rest.most is not None and not self.currency:
                yield ("rest", at, "most"), "it is an amount, and the pack names no currency"
            if rest.who == "crew" and (rest.contracts or rest.most is not None):
                yield ("rest", at), "contracts and most are of the cast alone"
            if rest.strength == "hard" and (rest.share or rest.most is not None):
                yield ("rest", at), "a hard rule is never broken, so breaking it has no price"
        for at, age in enumerate(self.age):
            if not age.from_age < age.below_age:
                yield ("age", at, "below_age"), "it is not above from_age"
        for at, row in enumerate(self.days_in_a_row):
            if row.strength == "hard" and row.share:
                yield ("days_in_a_row", at, "share"), "a hard rule is never broken, so breaking it has no price"
        yield from self._repeated()

    def _repeated(self) -> Iterator[tuple[Place, str]]:
        seen: set[str] = set()
        for kind in self._kinds():
            for at, rule in enumerate(getattr(self, kind)):
                if rule.id in seen:
                    yield (kind, at, "id"), "another rule of the pack has that id"
                seen.add(rule.id)

    @classmethod
    def _kinds(cls) -> list[str]:
        return [name for name in cls.model_fields if name not in ("id", "title", "note", "currency")]

    def pack(self) -> Pack:
        """The frozen value."""
        rules = Rules(
            rests=tuple(Rest(**self._of(one)) for one in self.rest),
            ages=tuple(AgeHours(**self._of(one)) for one in self.age),
            minors_windows=tuple(self._window(one) for one in self.minors_window),
            days_in_a_row=tuple(DaysInARow(**self._of(one)) for one in self.days_in_a_row),
            premiums=tuple(Premium(**self._of(one)) for one in self.premium),
            scan_notices=tuple(ScanNotice(**self._of(one)) for one in self.scan_notice),
        )
        watched = tuple(Watched(**self._of(one)) for one in self.watched)
        return Pack(self.id, self.title, rules, watched, self.currency, self.note)

    def _of(self, rule: WrittenRule) -> dict[str, Any]:
        own = [name for name in type(rule).model_fields if name not in WrittenRule.model_fields]
        return {name: getattr(rule, name) for name in own} | {"source": rule.source(self.id)}

    def _window(self, rule: WrittenWindow) -> MinorsWindow:
        # A window that closes after midnight closes on the next day.
        closes = rule.closes if rule.closes > rule.opens else rule.closes + MINUTES_A_DAY
        return MinorsWindow(rule.opens, closes, rule.source(self.id))
