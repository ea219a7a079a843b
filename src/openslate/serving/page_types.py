"""A home page as it was shown: rows of titles, each with its reason and the probability of its place.

This is what serving hands to the terminal, to JSON, to HTML and to the exposure log.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from openslate.errors import AdmitError


@dataclass(frozen=True)
class TitleCard:
    """What a tile says about a title: its facts, the same for every member.

    Attributes:
        title: the title's id in the catalogue.
        name: the name to show.
        kind: "film", "series" or whatever the catalogue calls it.
        year: year of release, if known.
        genres: the genres, most telling first.
        runtime: whole minutes, if known.
        maturity: the maturity rating as printed, "" when none is known.
    """

    title: str
    name: str
    kind: str = "film"
    year: int | None = None
    genres: tuple[str, ...] = ()
    runtime: int | None = None
    maturity: str = ""


@dataclass(frozen=True)
class Slot:
    """One title at one place of a page: the facts of its `TitleCard`, and why and how likely it is there.

    Attributes:
        title, name, kind, year, genres, runtime, maturity: as in `TitleCard`.
        reason: the sentence that says why this title is here.
        score: the score by which its row ranked it.
        propensity: the exact probability, above 0 and at most 1, that this title was put here, given everything
            above and to the left; see `openslate.serving.exploration` for its use.
        progress: the share already watched, 0 to 1, in rows of things begun; else None.
    """

    title: str
    name: str
    kind: str
    year: int | None
    genres: tuple[str, ...]
    runtime: int | None
    maturity: str
    reason: str
    score: float
    propensity: float
    progress: float | None


@dataclass(frozen=True)
class Row:
    """A shelf of a page.

    Attributes:
        kind: what sort of row it is: "continue", "top-picks", "because", "new", "trending", "genre", ...
        heading: the words above it.
        reason: the sentence that says why the row is on the page.
        slots: the titles from left to right.
    """

    kind: str
    heading: str
    reason: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Page:
    """A member's home page.

    Stability: provisional.

    Attributes:
        member: the member's id, None for somebody unknown.
        made: when, as ISO 8601 text with its zone.
        model: the id of the model that scored the titles, the way back to its data snapshot.
        personalised: whether the member's own history was used.
        note: why the page is not personalised, or is empty; "" when there is nothing to explain.
        seed: the seed of the page's exploration.
        rows: the rows from the top down.
    """

    member: str | None
    made: str
    model: str
    personalised: bool
    note: str
    seed: int
    rows: tuple[Row, ...]

    def to_dict(self) -> dict[str, Any]:
        """The page as plain dicts, lists, text and numbers, keys in the order of the attributes.

        Example:
            >>> page = Page(None, "2026-01-02T20:00:00+00:00", "m-1", False, "Nobody is known.", 7, ())
            >>> Page.from_dict(page.to_dict()) == page
            True
        """
        plain = asdict(self)
        plain["rows"] = [
            row | {"slots": [slot | {"genres": list(slot["genres"])} for slot in row["slots"]]} for row in plain["rows"]
        ]
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Page":
        """The page that `to_dict` wrote, from a JSON document for instance.

        Args:
            plain: what `to_dict` returned.

        Raises:
            AdmitError: a key is missing or is not one of a page's.
        """
        rows = tuple(_row_from(row) for row in _checked(Page, plain)["rows"])
        return cls(**{**plain, "rows": rows})


def _row_from(plain: Mapping[str, Any]) -> Row:
    slots = tuple(
        Slot(**{**slot, "genres": tuple(_checked(Slot, slot)["genres"])}) for slot in _checked(Row, plain)["slots"]
    )
    return Row(**{**plain, "slots": slots})


def _checked(what: type[Page] | type[Row] | type[Slot], plain: Mapping[str, Any]) -> Mapping[str, Any]:
    wanted = [field.name for field in fields(what)]
    wrong = sorted(set(wanted) ^ set(plain))
    if wrong:
        raise AdmitError(
            f"A {what.__name__.lower()} has the keys {', '.join(wanted)}; {', '.join(wrong)} does not fit.",
            "Pass a page as Page.to_dict() wrote it.",
        )
    return plain
