"""What is said of a filed forecast: a person's decision, what came of it, and both with the forecast."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

from openslate.apps.greenlight.scoring import Score

Verdict: TypeAlias = Literal["commission", "develop further", "pass", "wait"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True)
class Decision:
    """What a person decided.

    Attributes:
        who: their name; 'erased' once it was.
        role: in which they decided.
        verdict: one of `VERDICTS`.
        reason: in their own words.
        departs: whether it departs from what the forecast advises, as they see it.
        at: when, UTC, ISO 8601; set when it is recorded.
    """

    who: str
    role: str
    verdict: Verdict
    reason: str
    departs: bool
    at: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Attributes:
        value: on the target's own scale, above 0.
        published: first day on which it was known.
        source: where it comes from.
        at_most: whether it is only known not to be more.
    """

    value: float
    published: date
    source: str
    at_most: bool = False


@dataclass(frozen=True)
class Link:
    """Which title a pitch has become, as a person said.

    Attributes:
        title: id in the catalogue.
        by: who said so; 'erased' once they were.
        at: when, UTC, ISO 8601.
        reason: why it is that title and not the one that the pitch names, in their own words; empty where the pitch
            names none.
    """

    title: str
    by: str
    at: str
    reason: str = ""


@dataclass(frozen=True)
class FiledForecast:
    """A forecast with everything that was filed about it.

    Attributes:
        number: by which it is found.
        name: of the pitch.
        pitch: as plain values, as it was filed; names that were erased stand as 'erased'.
        forecast: the same of the forecast.
        filed: when, UTC, ISO 8601.
        decisions: from first to last; the last one stands.
        links: titles that it has become, as people said; the last one stands.
        outcome: the latest one; None while it is not known.
        score: of the forecast by that outcome.
        first_known: first day on which an outcome of it was known, of all that were recorded; None for none.
    """

    number: str
    name: str
    pitch: dict[str, Any]
    forecast: dict[str, Any]
    filed: str
    decisions: tuple[Decision, ...]
    links: tuple[Link, ...]
    outcome: Outcome | None
    score: Score | None
    first_known: date | None = None

    @property
    def foretold(self) -> bool:
        """Whether nothing of the outcome was known on the day of filing; only then does its score count.

        True as long as no outcome is known.
        """
        return self.first_known is None or self.first_known > self.filed_on

    @property
    def filed_on(self) -> date:
        """The day of filing, UTC."""
        return date.fromisoformat(self.filed[:10])
