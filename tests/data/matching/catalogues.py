"""Two small sources of titles, drawn so that names, dates and everything else may or may not agree."""

from datetime import date, timedelta

from hypothesis import strategies as st

from openslate.data.catalogue import Title

NAMES = (
    "Ash",
    "The Ash",
    "Ash 2",
    "Ash: Season 1",
    "Ash: Season 2",
    "The Long Way Home",
    "Long Way Home",
    "Dune // 沙丘",
)


def titles(prefix: str) -> st.SearchStrategy[list[Title]]:
    """Titles of one source."""
    one = st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from((None, "film", "series")),
        st.none() | st.integers(0, 4000).map(lambda days: date(2010, 1, 1) + timedelta(days=days)),
        st.sampled_from((None, "en", "fr")),
        st.sampled_from((None, 90, 91, 140)),
        st.lists(st.sampled_from(("Ada", "Bo", "Cy", "Di")), max_size=4, unique=True),
    )
    return st.lists(one, max_size=6).map(
        lambda rows: [
            Title(f"{prefix}{place}", name, kind, day, (), spoken, length, credits=tuple((who, "cast") for who in cast))
            for place, (name, kind, day, spoken, length, cast) in enumerate(rows)
        ]
    )
