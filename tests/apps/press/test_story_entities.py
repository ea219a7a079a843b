"""Names of the catalogue in headlines: whole ones, and short ones only with a cue."""

from datetime import date

from openslate.apps.press.stories.entities import Names
from openslate.data.catalogue import Catalogue, Title

CATALOGUE = Catalogue(
    (
        Title("it", "It", credits=(("Ada Lane", "director"),)),
        Title("up", "Up"),
        Title("ferry", "Night Ferry"),
        Title("ferry2", "Night Ferry: The Return", credits=(("Bo Quist", "actor"),)),
        Title("old", "The Gull (1967)", released=date(1967, 1, 1)),
        Title("new", "The Gull", released=date(2024, 1, 1)),
    )
)


def named(title: str, excerpt: str = "") -> set[str]:
    return {one.id for one in Names(CATALOGUE).mentioned(title, excerpt)}


def test_short_names_need_a_cue() -> None:
    assert not named("It is up to them: prices go Up")
    assert named("Why ‘It’ still frightens") == {"it"}
    assert named("It by Ada Lane turns ten") == {"it", "Ada Lane"}
    assert named("“Up” and “It”: two short titles") == {"it", "up"}
    assert named("The film Up is back in cinemas") == {"up"}


def test_whole_names_are_known_and_the_longest_counts() -> None:
    assert named("Crew of Night Ferry goes home") == {"ferry"}
    assert named("Night Ferry: The Return begins shooting") == {"ferry2"}
    assert not named("A night ferry sank on Monday")
    assert named("NIGHT FERRY sails", "With Bo Quist on board.") == {"ferry", "Bo Quist"}


def test_of_two_of_one_name_the_year_or_else_the_later_is_meant() -> None:
    assert named("The film The Gull is restored") == {"new"}
    assert named("The Gull 1967 is restored") == {"old"}


def test_a_catalogue_without_titles_names_nothing() -> None:
    assert Names(Catalogue(())).mentioned("Night Ferry wins", "It does.") == []
