"""A work: what is known of a title at the pitch, whether it is in the catalogue or only pitched.

Forecasts, comparable titles and gaps all look at works, so that a pitch is treated as the titles were from which
everything was learned.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from openslate.apps.greenlight.pitch import Pitch
from openslate.data.catalogue import Title
from openslate.data.outcomes import Production

WorkKind: TypeAlias = Literal["film", "series"]


@dataclass(frozen=True)
class Work:
    """One film, season or series; what is not known is None or empty.

    Attributes:
        id: of the title; empty for a pitch that has none.
        name: what it is called.
        kind: 'film' or 'series' (which a season is).
        released: first day, or the middle of a planned window.
        series: the series or franchise it belongs to.
        season: which season; a film's place in its franchise.
        limited: whether it ends with this season by plan.
        worldwide: whether it is available everywhere at once.
        genres: in the source's own words.
        language: the original one, ISO 639-1.
        countries: that produce it, ISO 3166-1 alpha-2.
        companies: that produce it.
        people: names of those who make it, in the order of the credits.
        runtime_minutes: of a film; of a series as its source counts it, a whole season or one episode (see `lengths`).
        budget: in whole units of the currency.
        currency: ISO 4217.
        maturity: rating aimed at.
        text: logline and synopsis that may be learned from; left out of `repr`.
        written: scripts, treatments and outlines that may be learned from. A title that others are compared with has
            them; whatever is compared with it is looked at without, as a pitch is.
    """

    id: str
    name: str
    kind: WorkKind | None = None
    released: date | None = None
    series: str = ""
    season: int | None = None
    limited: bool | None = None
    worldwide: bool | None = None
    genres: tuple[str, ...] = ()
    language: str = ""
    countries: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    runtime_minutes: int | None = None
    budget: float | None = None
    currency: str = ""
    maturity: str = ""
    text: str = field(default="", repr=False)
    written: str = field(default="", repr=False)


def work_of_title(title: Title, production: Production | None) -> Work:
    """A title of the catalogue as a work; text that its owner reserved is left out.

    Args:
        title: as the catalogue has it.
        production: what is known of its making; None for nothing.
    """
    made = production or Production(title.title)
    return Work(
        id=title.title,
        name=title.name,
        kind=_kind(title.kind),
        released=title.released,
        series=made.series or "",
        season=made.season,
        limited=made.limited,
        worldwide=made.worldwide,
        genres=title.genres,
        language=title.language or "",
        countries=made.countries,
        companies=made.companies,
        people=tuple(dict.fromkeys(name for name, _ in title.credits)),
        runtime_minutes=title.runtime_minutes,
        budget=made.budget,
        currency=made.currency or "",
        maturity=title.maturity or "",
        text="" if title.reserved else title.synopsis or "",
    )


def work_of_pitch(pitch: Pitch) -> Work:
    """A pitch as a work; of a band or a window the middle, of material nothing, and the length of one episode."""
    release = pitch.release
    budget = pitch.budget
    return Work(
        id=pitch.id,
        name=pitch.name,
        kind=None if pitch.kind is None else "film" if pitch.kind == "film" else "series",
        released=None if release is None else release.earliest + (release.latest - release.earliest) // 2,
        series=pitch.series,
        season=1 if pitch.season is None and pitch.kind in ("season", "limited series") else pitch.season,
        limited=None if pitch.kind in (None, "film") else pitch.kind == "limited series",
        # A pitch that names no regions has said nothing of its reach.
        worldwide=True if pitch.worldwide else False if pitch.regions else None,
        genres=pitch.genres,
        language=pitch.language,
        countries=pitch.countries,
        companies=pitch.companies,
        people=tuple(dict.fromkeys(one.name for one in pitch.talent)),
        runtime_minutes=pitch.runtime_minutes,
        # In the middle of a band on the logarithm, as budgets are looked at.
        budget=None if budget is None else float((budget.lowest * budget.highest).sqrt()),
        currency="" if budget is None else budget.currency,
        maturity=pitch.maturity,
        text=pitch.words,
    )


def _kind(kind: str | None) -> WorkKind | None:
    return "film" if kind == "film" else "series" if kind == "series" else None
