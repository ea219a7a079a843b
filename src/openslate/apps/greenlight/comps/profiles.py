"""Works as a comparison reads them: placed once, compared as often as one likes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.works import Work
from openslate.models.comparing.name_sets import NameRows
from openslate.models.comparing.texts import TextRows

Floats = NDArray[np.float64]
Words = NDArray[np.object_]


@dataclass(frozen=True)
class Profiles:
    """Works, placed by one theme; row by row in their order.

    Attributes:
        texts: what they are about.
        genres, people, companies, countries: names in common.
        series, language, kind, currency: object [works], '' where unknown.
        budget, runtime: float64 [works], ln, NaN where unknown.
        limited, worldwide, returning: float64 [works], 1 for yes, 0 for no, NaN where unknown.
    """

    texts: TextRows
    genres: NameRows
    people: NameRows
    companies: NameRows
    countries: NameRows
    series: Words
    language: Words
    kind: Words
    currency: Words
    budget: Floats
    runtime: Floats
    limited: Floats
    worldwide: Floats
    returning: Floats

    def __len__(self) -> int:
        return len(self.kind)

    def rows(self, part: slice) -> "Profiles":
        """Some of the works."""
        parts: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            parts[field.name] = value[part] if isinstance(value, np.ndarray) else value.rows(part)
        return Profiles(**parts)


def folded(names: Sequence[str]) -> tuple[str, ...]:
    """Names as they are compared: case and outer spaces say nothing."""
    return tuple(found for found in (" ".join(name.casefold().split()) for name in names) if found)


def words_in(works: Sequence[Work], word: Callable[[Work], str]) -> Words:
    """One word of each work, folded."""
    return np.array([" ".join(word(work).casefold().split()) for work in works], dtype=object)


def answers_in(works: Sequence[Work], answer: Callable[[Work], bool | None]) -> Floats:
    """Yes or no of each work, 1 or 0; NaN where it is not known."""
    return np.array([np.nan if answer(work) is None else float(bool(answer(work))) for work in works], dtype=np.float64)


def logs_in(works: Sequence[Work], number: Callable[[Work], float | None]) -> Floats:
    """ln of a number of each work; NaN where it is not known or not above 0."""
    found = np.array([number(work) or np.nan for work in works], dtype=np.float64)
    return np.log(np.where(found > 0, found, np.nan))
