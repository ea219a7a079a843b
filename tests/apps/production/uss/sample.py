"""A small schedule, written by the documentation of the standard, in whatever state a test wants it."""

import json
from pathlib import Path
from typing import Any

CREATED = "2027-01-04T12:00:00.000Z"
CATEGORIES = {"sets": 0, "ie": 1, "dn": 2, "days": 3, "units": 4, "places": 6, "cast": 100, "props": 104, "own": 500}


def element(id: str, category: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "category": category,
        "created": CREATED,
        "daysOff": [],
        "dropDayCount": 10,
        "elementId": None,
        "events": [],
        "isDood": True,
        "isDrop": True,
        "isHold": True,
        "isIdLock": False,
        "linkedElements": [],
        "name": name,
        **more,
    }


def breakdown(id: str, scene: str | None, elements: list[str], **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "bannerText": None,
        "comments": None,
        "created": CREATED,
        "description": f"Scene {scene}",
        "elements": elements,
        "pages": 0.5,
        "scene": scene,
        "scriptPage": "1",
        "duration": 5_400_000,
        "type": "scene",
        **more,
    }


def event(id: str, day: str, type: str, name: str | None = None) -> dict[str, Any]:
    return {"id": id, "date": f"{day}T08:00:00.000Z", "type": type, "name": name}


def sample() -> dict[str, Any]:
    """Five scenes, two of the cast, a banner, two stripboards: one by days from Thursday 4 March 2027, one flat."""
    days = [["b1", "banner", "b2"], ["b3"], ["b4"]]
    return {
        "universalScheduleStandard": {
            "id": "schedule",
            "author": None,
            "company": None,
            "created": CREATED,
            "episode": None,
            "episodeName": None,
            "description": None,
            "name": "Lamp, first pass",
            "project": "The Lamp",
            "schedColor": None,
            "schedDate": None,
            "scriptColor": None,
            "scriptDate": None,
            "season": None,
            "source": "by hand",
            "ussVersion": "1.0.0",
            "breakdowns": [
                breakdown("b1", "1", ["lamp", "int", "night", "mira", "match", "harbour", "d1"]),
                breakdown("b2", "2", ["quay", "ext", "day", "mira", "joss", "whale"], pages=1.25, comments="Tide"),
                breakdown("b3", "3", ["quay", "ext", "night", "joss"], duration=None),
                breakdown("b4", "4A", ["lamp", "int", "day", "joss", "mira"], _colour={"fade": [1, 2.5]}),
                breakdown("b5", "5", ["lamp", "int", "day", "second"]),
                breakdown("banner", None, [], type="banner", bannerText="MOVE", description=None, pages=None),
            ],
            "categories": [
                {"id": id, "created": CREATED, "name": id.title(), "ucid": ucid} for id, ucid in CATEGORIES.items()
            ],
            "elements": [
                element("lamp", "sets", "LAMP ROOM"),
                element("quay", "sets", "QUAY", linkedElements=["harbour"]),
                element("int", "ie", "INT."),
                element("ext", "ie", "EXT"),
                element("day", "dn", "DAY"),
                element("night", "dn", "NIGHT"),
                element("d1", "days", "D1"),
                element("second", "units", "Second"),
                element("harbour", "places", "Harbour"),
                element("mira", "cast", "MIRA", elementId="1", daysOff=[1]),
                element(
                    "joss",
                    "cast",
                    "JOSS",
                    elementId="2",
                    isDrop=False,
                    isHold=False,
                    events=[
                        event("e1", "2027-03-10", "dayOff", "dayOff"),
                        event("e2", "2027-03-01", "event", "fitting"),
                    ],
                ),
                element("match", "props", "box of matches"),
                element("whale", "own", "whale"),
                element("unused", "props", "never used", _hue=7),
            ],
            "stripboards": [
                {
                    "id": "s1",
                    "name": "By days",
                    "calendar": "c1",
                    "boards": [
                        {"id": "s1a", "name": "stripboard", "breakdownIds": days},
                        {"id": "s1b", "name": "boneyard", "breakdownIds": ["b5"]},
                    ],
                },
                {
                    "id": "s2",
                    "name": "In a row",
                    "calendar": "c1",
                    "boards": [
                        {"id": "s2a", "name": "stripboard", "breakdownIds": ["b1", "b2", "b3", "b4", "b5"]},
                        {"id": "s2b", "name": "boneyard", "breakdownIds": ["banner"]},
                    ],
                },
            ],
            "calendars": [
                {
                    "id": "c1",
                    "name": "March",
                    "daysOff": [0, 6],
                    "events": [
                        event("e3", "2027-03-04", "start"),
                        event("e4", "2027-03-05", "dayOff", "holiday"),
                        event("e5", "2027-03-01", "event", "travel"),
                    ],
                },
            ],
            "_tool": {"version": 3},
        },
        "_beside": [None, True],
    }


def inside(held: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = held["universalScheduleStandard"]
    return found


def saved(folder: Path, held: object, name: str = "lamp.uss") -> Path:
    path = folder / name
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return path
