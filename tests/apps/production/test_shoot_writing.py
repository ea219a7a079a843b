"""A shoot that is written as TOML is read back as the same."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.reading import shoot_fields as written
from openslate.apps.production.reading.shoot_file import parse_shoot, read_shoot
from openslate.apps.production.reading.written_shoot import WrittenShoot
from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract, Span
from openslate.apps.production.shoot.places import Location, Move, Set
from openslate.apps.production.shoot.scenes import Element, Replica, Scene
from openslate.apps.production.shoot.shoot import ReadFrom, Shoot
from openslate.apps.production.writing.shoot_file import shoot_digest, write_shoot
from openslate.errors import UsageError
from tests.apps.production.shoots import plain_shoot

EXAMPLE = Path("examples/production/lighthouse.toml")
NAMES = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=8)
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
AMOUNTS = st.integers(0, 10**9)
COUNTS = st.integers(0, 1000)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
SPANS = st.builds(lambda first, days: Span(first, first + timedelta(days)), DAYS, st.integers(0, 9))
SOME_SPANS = st.lists(SPANS, max_size=2).map(tuple)
DEGREES = st.none() | st.floats(-90, 90)
MINUTES = st.integers(0, 1440)
CONTRACTS = st.builds(
    Contract, st.sampled_from(("day", "weekly", "worked")), AMOUNTS, COUNTS, drop_days=COUNTS, least_days=COUNTS
)


def _members(ids: list[str]) -> st.SearchStrategy[Any]:
    return st.tuples(
        *(
            st.builds(
                CastMember,
                st.just(one),
                NAMES,
                WORDS,
                CONTRACTS,
                SOME_SPANS,
                SOME_SPANS,
                st.none() | st.dates(date(1940, 1, 1), date(2020, 1, 1)),
                WORDS,
                st.none() | COUNTS,
            )
            for one in ids
        )
    )


def _scenes(numbers: list[str], sets: list[str], ids: list[str]) -> st.SearchStrategy[Any]:
    return st.tuples(
        *(
            st.builds(
                Scene,
                number=st.just(one),
                set=st.sampled_from(sets),
                interior=st.sampled_from(("INT", "EXT", "INT/EXT", "")),
                time=st.sampled_from(("", "day", "night", "dusk", "later")),
                eighths=st.integers(1, 400),
                cast=st.lists(st.sampled_from(ids), max_size=3).map(tuple),
                minutes=st.none() | st.integers(1, 1440),
                description=WORDS,
                shift=st.sampled_from(("any", "day", "night")),
                script_page=WORDS,
                script_day=WORDS,
                elements=st.lists(st.builds(Element, NAMES, NAMES), max_size=2).map(tuple),
                replicas=st.lists(
                    st.builds(Replica, st.sampled_from(ids), st.sampled_from(("scan", "replica")))
                    | st.just(Replica("crowd", "background")),
                    max_size=2,
                ).map(tuple),
                after=st.lists(st.sampled_from([two for two in numbers if two != one]), max_size=2).map(tuple)
                if len(numbers) > 1
                else st.just(()),
                earliest=st.none() | DAYS,
                latest=st.none() | DAYS,
                unit=NAMES,
            )
            for one in numbers
        )
    )


@st.composite
def shoots(draw: st.DrawFn) -> Shoot:
    """Shoots of up to three of everything, with every field drawn."""
    some = st.lists(NAMES, min_size=1, max_size=3, unique=True)
    places, sets, ids, numbers = (draw(some) for _ in range(4))
    starts = draw(DAYS)
    a_place = st.sampled_from(places)
    return Shoot(
        name=draw(NAMES),
        currency=draw(st.sampled_from(("USD", "EUR", "JPY"))),
        scenes=draw(_scenes(numbers, sets, ids)),
        cast=draw(_members(ids)),
        locations=tuple(
            Location(one, *draw(st.tuples(AMOUNTS, SOME_SPANS, SOME_SPANS, DEGREES, DEGREES))) for one in places
        ),
        sets=tuple(Set(one, *draw(st.tuples(a_place, COUNTS, COUNTS, WORDS, AMOUNTS))) for one in sets),
        calendar=Calendar(
            starts,
            starts + timedelta(draw(st.integers(0, 99))),
            tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
            draw(SOME_SPANS),
        ),
        day=draw(
            st.builds(
                DayTerms,
                minutes=st.integers(1, 1440),
                overtime_minutes=MINUTES,
                overtime_cost=AMOUNTS,
                cost=AMOUNTS,
                minutes_per_eighth=st.integers(1, 240),
                locations=st.integers(1, 3),
                day_call=st.integers(0, 1439),
                night_call=st.integers(0, 1439),
                meal_minutes=MINUTES,
            )
        ),
        moves=tuple(draw(st.lists(st.builds(Move, a_place, a_place, MINUTES, AMOUNTS), max_size=2))),
        usual_move=Move("", "", draw(MINUTES), draw(AMOUNTS)),
        rules=tuple(draw(st.lists(NAMES, max_size=2))),
        read_from=draw(st.sampled_from([None, ReadFrom("k.uss"), ReadFrom("schedule.uss", "s1")])),
    )


@settings(max_examples=150, deadline=None)
@given(shoots())
def test_any_shoot_is_read_back_as_the_same(shoot: Shoot) -> None:
    assert parse_shoot(write_shoot(shoot)) == shoot


@pytest.mark.parametrize("seed", range(6))
def test_invented_shoots_are_read_back_as_the_same(seed: int) -> None:
    shoot = invented_shoot(ShootSettings(scenes=25 + seed, seed=seed))
    assert parse_shoot(write_shoot(shoot)) == shoot


def test_the_example_has_every_field_once_and_is_read_back_as_the_same() -> None:
    shoot = read_shoot(EXAMPLE)
    assert len(shoot.scenes) == 12
    assert parse_shoot(write_shoot(shoot)) == shoot
    held = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    for name, model in {
        "": WrittenShoot,
        "calendar": written.WrittenCalendar,
        "day": written.WrittenDay,
        "usual_move": written.WrittenWay,
        "location": written.WrittenLocation,
        "set": written.WrittenSet,
        "move": written.WrittenMove,
        "cast": written.WrittenMember,
        "scene": written.WrittenScene,
    }.items():
        table = held[name] if name else held
        told = {key for one in (table if isinstance(table, list) else [table]) for key in one}
        # Tables stand in place of the rows that this file has, and it was read from no schedule.
        assert set(model.model_fields) - told - {"tables", "read_from"} == set(), f"nothing of [{name}] has these"
    told = {key for one in held["cast"] for key in one.get("contract", {})}
    assert told == set(written.WrittenContract.model_fields)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "name = "),
        ({"day": DayTerms(cost=-1)}, "day cost = -1 is refused: it is below 0"),
        ({"currency": "DOL"}, "currency = 'DOL'"),
        ({"calendar": Calendar(date(2027, 3, 5), date(2027, 3, 1))}, "calendar ends = 2027-03-01"),
        ({"sets": (Set("ROOM", "House", stage="\ud800"), *plain_shoot().sets[1:])}, "half a character"),
    ],
)
def test_what_could_not_be_read_back_is_not_written(change: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        write_shoot(plain_shoot(**change))
    assert said in caught.value.what


def test_the_digest_is_of_what_a_shoot_says() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    shoot = parse_shoot(text)
    assert shoot_digest(parse_shoot(f"# A comment\n{text}")) == shoot_digest(shoot)
    assert shoot_digest(replace(shoot, name="Another")) != shoot_digest(shoot)
    assert len(shoot_digest(shoot)) == 64
