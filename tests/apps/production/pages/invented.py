"""An invented shoot of 25 scenes, 8 cast and 10 days, for tests of pages and for looking at them."""

from datetime import date, timedelta

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract, Span
from openslate.apps.production.shoot.places import Location, Move, Set
from openslate.apps.production.shoot.scenes import Element, Scene, usual_shift
from openslate.apps.production.shoot.shoot import Shoot

MONDAY = date(2027, 3, 1)
HOLIDAY = date(2027, 3, 10)
CAST = (
    CastMember("1", "MIRA", "Ada Berg", Contract("weekly", 5_000)),
    CastMember("2", "OSKAR", "Jon Lind", Contract("day", 1_000, drops=1, drop_days=5)),
    CastMember("3", "THE HARBOUR MASTER", "Ida Holm", Contract("day", 800)),
    CastMember("4", "ELLA", "Tuva Ek", Contract("day", 600, drops=1, drop_days=10), born=date(2017, 5, 4)),
    CastMember("5", "FERRYMAN", "", Contract("worked", 700)),
    CastMember("6", "DOCTOR", "Max Frey", Contract("day", 900, least_days=3)),
    CastMember("7A", "TWIN (LEFT)", "Kim Dahl", Contract("worked", 400, least_days=1)),
    CastMember("8", "VOICE ON THE RADIO", "Lou Ahn", Contract("worked", 300, least_days=2)),
)
TRAM, RAIN, CROWD = (
    Element("vintage tram", "Vehicles"),
    Element("rain bars", "SFX"),
    Element("20 dockers", "Background"),
)
SCENES = """
1|QUAY|EXT|day|9|1 2|Mira comes ashore; nobody is waiting
2|QUAY|EXT|day|5|1 2 5|The ferryman wants to be paid
3|LAMP ROOM|INT|night|12|1 3|The lamp has gone out
4|LAMP ROOM|INT|day|7|1 3|By daylight the glass is cracked
5|KITCHEN|INT|day|6|1 4|Ella draws the ship
6|KITCHEN|INT|night|8|1 4 6|The doctor comes too late
7|QUAY|EXT|night|10|1 2|Oskar casts off
8|TRAM|INT/EXT|day|4|2|Through the town, without a ticket
9|SQUARE|EXT|day|6|2 3|The harbour master speaks
10|SQUARE|EXT|dusk|3|2 3 7A|The lamps go on, one by one
11|SURGERY|INT|day|9|1 6|What the doctor knows
12|SURGERY|INT|day|4|6|He burns the letter
13|KITCHEN|INT|day|5|1 4|Breakfast for three
14|LAMP ROOM|INT|night|11|1 3|They wind the clockwork by hand
15|QUAY|EXT|day|7|2 5|The boat is back, empty
16|KITCHEN|INT||3|1|She listens
17|SQUARE|EXT|day|8|1 2 3 7A|Everybody on the square
18|STAIRS|INT|day|2|4|Up
19|STAIRS|INT|day|2|1 4|And down again
20|LAMP ROOM|INT|dawn|9|1 2 3|The light
21|QUAY|EXT|day|12|1 2 3 4 5|The ship comes in
22|TRAM|INT|day|5|1 2|The last tram
23|SURGERY|INT|night|6|1 6|A candle, and a name
24|QUAY|EXT|night|8|1 5|Rain
25|HILL|EXT|day|4|8|A voice, far off
"""
DAYS = (
    (0, "1 2 15", False), (1, "21", False), (2, "9 17 8", False), (3, "5 13 18 19", False), (4, "7 24", True),
    (7, "3 14", False), (8, "4 20", False), (10, "6 16", False), (11, "11 12 23", False), (14, "22 10", False),
)  # fmt: skip


def day(number: int) -> date:
    """A day after Monday, 1 March 2027, that many days."""
    return MONDAY + timedelta(days=number)


def invented_shoot(**more: object) -> Shoot:
    """A shoot at a lighthouse; a scene of it is left for another day."""
    fields: dict[str, object] = {
        "name": "Lighthouse",
        "currency": "EUR",
        "scenes": tuple(_scene(written) for written in SCENES.strip().splitlines()),
        "cast": CAST,
        "locations": (
            Location("Harbour", 1_500, latitude=57.7089, longitude=11.9746),
            Location("Old town", 900, latitude=57.7, longitude=11.97),
            Location("Stage 2", 600),
            Location("Hill", 100),
        ),
        "sets": (
            Set("QUAY", "Harbour"),
            Set("SQUARE", "Old town"),
            Set("TRAM", "Old town"),
            Set("LAMP ROOM", "Stage 2", build_days=2, standing=250),
            Set("KITCHEN", "Stage 2", standing=100),
            Set("STAIRS", "Stage 2"),
            Set("SURGERY", "Old town"),
            Set("HILL", "Hill"),
        ),
        "calendar": Calendar(MONDAY, day(27), holidays=(Span(HOLIDAY, HOLIDAY),)),
        "day": DayTerms(cost=20_000, overtime_cost=40),
        "moves": (Move("Harbour", "Old town", 50, 800),),
        "usual_move": Move("", "", 45, 500),
    }
    return Shoot(**{**fields, **more})  # type: ignore[arg-type]


def invented_board(shoot: Shoot | None = None) -> Board:
    """A board of ten days, one of them a night, with scene 25 in the boneyard."""
    days = tuple(ShootDay(day(at), tuple(scenes.split()), night) for at, scenes, night in DAYS)
    return Board(shoot or invented_shoot(), days, boneyard=("25",))


def _scene(written: str) -> Scene:
    number, place, interior, time, eighths, cast, description = written.split("|")
    elements = tuple(
        one
        for one, scenes in ((TRAM, {"8", "22", "10"}), (RAIN, {"24", "7"}), (CROWD, {"17", "21"}))
        if number in scenes
    )
    return Scene(
        number,
        place,
        interior,  # type: ignore[arg-type]
        time,
        int(eighths),
        tuple(cast.split()),
        description=description,
        shift=usual_shift(interior, time),
        elements=elements,
    )
