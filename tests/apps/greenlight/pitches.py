"""Pitches for tests: drawn at random, and one in full."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from openslate.apps.greenlight.pitch import (
    KINDS,
    MATERIAL_KINDS,
    WITH_EPISODES,
    Budget,
    Material,
    Pitch,
    Release,
    Talent,
)
from openslate.rights.currencies import MINOR_DIGITS, minor_digits
from openslate.rights.places import COUNTRIES

AS_OF = date(2026, 3, 1)
FULL = Pitch(
    name="Night Train",
    as_of=AS_OF,
    id="p-17",
    logline="A conductor hides a stowaway on the last train north.",
    synopsis="He has one night.\nShe has a name that nobody may hear.",
    kind="season",
    series="Night Train",
    season=2,
    genres=("drama", "thriller"),
    language="en",
    countries=("GB", "NO"),
    runtime_minutes=52,
    episodes=8,
    budget=Budget(Decimal(18_000_000), Decimal(24_000_000), "USD"),
    talent=(Talent("Ada Okonkwo", "director"), Talent("Per Lund", "cast")),
    companies=("Blue Lamp",),
    release=Release(date(2027, 9, 1), date(2027, 11, 30)),
    worldwide=True,
    maturity="16+",
    material=(
        Material("treatment", "rec-9", text='INT. "TRAIN"\n\tNight.\n'),
        Material("script", "rec-9", file="s.txt"),
    ),
)

_letters = st.characters(
    exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"), include_characters=" '\"\\#=[]"
)
_names = st.text(_letters, min_size=1, max_size=30).map(str.strip).filter(bool)
_tuples = st.lists(_names, max_size=3, unique=True).map(tuple)
_countries = st.lists(st.sampled_from(sorted(COUNTRIES)), max_size=3, unique=True).map(tuple)
_long = st.lists(_names, max_size=3).map("\n".join)
_days = st.dates(AS_OF + timedelta(days=1), date(2031, 1, 1))


@st.composite
def _budgets(draw: st.DrawFn) -> Budget:
    currency = draw(st.sampled_from(sorted(MINOR_DIGITS)))
    coins = st.integers(1, 10**12).map(lambda count: Decimal(count).scaleb(-minor_digits(currency)))
    return Budget(*sorted(draw(st.tuples(coins, coins))), currency)


@st.composite
def pitches(draw: st.DrawFn) -> Pitch:
    """Any pitch that a file may hold."""
    kind = draw(st.sampled_from([None, *KINDS]))
    series = draw(_names | st.just(""))
    worldwide = draw(st.booleans())
    return Pitch(
        name=draw(_names),
        as_of=draw(st.dates(date(2020, 1, 1), AS_OF)),
        id=draw(st.sampled_from(["", "p-1", "A.b:c"])),
        logline=draw(_names | st.just("")),
        synopsis=draw(_long),
        kind=kind,
        series=series,
        season=draw(st.none() | st.integers(1, 1 if kind == "limited series" else 40))
        if series or kind != "film"
        else None,
        genres=draw(_tuples),
        language=draw(st.sampled_from(["", "en", "ko"])),
        countries=draw(_countries),
        runtime_minutes=draw(st.none() | st.integers(1, 600)),
        episodes=draw(st.none() | st.integers(1, 500)) if kind in WITH_EPISODES else None,
        budget=draw(st.none() | _budgets()),
        talent=tuple(Talent(*one) for one in draw(st.lists(st.tuples(_names, _names), max_size=3, unique=True))),
        companies=draw(_tuples),
        release=draw(st.none() | st.tuples(_days, _days).map(lambda ends: Release(*sorted(ends)))),
        regions=() if worldwide else draw(_countries),
        worldwide=worldwide,
        maturity=draw(st.sampled_from(["", "PG-13", "16+"])),
        material=tuple(
            Material(one, "rec-1", text=text)
            for one, text in draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(MATERIAL_KINDS), st.text(_letters | st.sampled_from("\n\t\r"), min_size=1)
                    ),
                    max_size=2,
                )
            )
        ),
    )
