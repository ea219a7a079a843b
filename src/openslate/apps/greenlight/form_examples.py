"""What a project's own titles are called and made of, to be offered in the form of a pitch."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from openslate.apps.greenlight.languages import LANGUAGES
from openslate.data.catalogue import read_catalogue
from openslate.data.outcomes import read_productions
from openslate.project import Project

MOST_GENRES = 16
MOST = 300


@dataclass(frozen=True)
class Examples:
    """Values that titles of the project have, the most frequent first; of equal ones in alphabetical order.

    Attributes:
        titles: how many there are.
        films, seasons: how many of them are such.
        genres, languages, countries, companies, maturities, series: theirs.
    """

    titles: int = 0
    films: int = 0
    seasons: int = 0
    genres: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    maturities: tuple[str, ...] = ()
    series: tuple[str, ...] = ()


def form_examples(project: Project) -> Examples:
    """The values of a project's titles; none where it has none.

    Raises:
        ProjectError: a file cannot be read.
    """
    titles = read_catalogue(project).titles
    made = read_productions(project, None).values()
    return Examples(
        titles=len(titles),
        films=sum(title.kind == "film" for title in titles),
        seasons=sum(title.kind == "series" for title in titles),
        genres=_frequent((genre for title in titles for genre in title.genres), MOST_GENRES),
        languages=_frequent(title.language for title in titles if title.language in LANGUAGES),
        countries=_frequent((country for one in made for country in one.countries), MOST_GENRES),
        companies=_frequent(company for one in made for company in one.companies),
        maturities=_frequent(title.maturity for title in titles),
        series=_frequent(one.series for one in made),
    )


def _frequent(values: Iterable[str | None], most: int = MOST) -> tuple[str, ...]:
    counted = Counter(value for value in values if value)
    return tuple(value for value, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:most])
