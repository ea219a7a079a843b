"""Works for tests of comparable titles: drawn at random, and a small catalogue."""

from datetime import date

from hypothesis import strategies as st

from openslate.apps.greenlight.labels import Labels
from openslate.apps.greenlight.works import Work
from tests.apps.greenlight.comps.labelled import labels_of

SEA, LAND = "A crew hunts a whale in a storm.", "Two sisters inherit a vineyard and a debt."
CATALOGUE = (
    Work("r1", "Reef", "film", date(2015, 3, 1), series="Reef", genres=("Adventure", "Drama"), language="en",
         countries=("US",), companies=("Blue Lamp",), people=("Ada Ortiz", "Bo Lund"), runtime_minutes=120, budget=5e7,
         currency="USD", text=f"{SEA} The captain is mad."),
    Work("r2", "Reef II", "film", date(2018, 3, 1), series="Reef", genres=("Adventure",), language="en",
         countries=("US",), companies=("Blue Lamp",), people=("Ada Ortiz", "Cy Day"), runtime_minutes=130, budget=8e7,
         currency="USD", text=f"{SEA} The captain returns."),
    Work("v1", "Vines", "series", date(2016, 5, 1), series="Vines", genres=("Drama",), language="fr", countries=("FR",),
         companies=("Terre",), people=("Eve Roux",), runtime_minutes=50, budget=1e7, currency="EUR", text=LAND),
    Work("v2", "Harvest", "film", date(2017, 5, 1), genres=("Drama", "Romance"), language="fr", countries=("FR",),
         companies=("Terre",), people=("Eve Roux", "Bo Lund"), runtime_minutes=100, budget=9e6, currency="EUR",
         text=f"{LAND} The harvest fails."),
    Work("x1", "Blank", None, date(2019, 1, 1)),
    Work("n1", "Harvest", "film", date(2020, 1, 1), genres=("Horror",), language="en"),
)  # fmt: skip
PITCH = Work("", "Reef III", "film", date(2021, 6, 1), series="Reef", genres=("Adventure", "Family"), language="en",
             people=("Ada Ortiz",), budget=9e7, currency="USD", text=f"{SEA} His daughter leads.")  # fmt: skip
OUTCOMES = {"r1": 3e8, "r2": 4e8, "v1": 2e7, "v2": 1e7, "n1": 5e6}
_word = st.sampled_from(["Noir", "noir ", "Épopée", "戦争", "", "War"])
_words = st.lists(_word, max_size=3).map(tuple)


def catalogue_labels() -> Labels:
    """Outcomes of the small catalogue, known half a year after release."""
    return labels_of([work for work in CATALOGUE if work.id in OUTCOMES], OUTCOMES)


@st.composite
def drawn_works(draw: st.DrawFn, most: int = 6) -> list[Work]:
    """Works of which little or much is known."""
    return [
        Work(
            f"w{place}",
            f"Work {place}",
            draw(st.sampled_from([None, "film", "series"])),
            date(2000 + place, 1, 1),
            series=draw(_word),
            genres=draw(_words),
            language=draw(st.sampled_from(["", "en", "ja"])),
            countries=draw(st.sampled_from([(), ("US",), ("JP", "US")])),
            companies=draw(_words),
            people=draw(_words),
            season=draw(st.sampled_from([None, 1, 2])),
            limited=draw(st.sampled_from([None, False, True])),
            worldwide=draw(st.sampled_from([None, False, True])),
            runtime_minutes=draw(st.sampled_from([None, 0, 25, 90, 10**9])),
            budget=draw(st.sampled_from([None, 0.0, 1.0, 5e7])),
            currency=draw(st.sampled_from(["", "USD", "EUR"])),
            text=draw(st.sampled_from(["", "the", SEA, LAND, f"{SEA} {LAND}", "夜行列車が雪国を走る", "\x00\u202e"])),
        )
        for place in range(draw(st.integers(0, most)))
    ]
