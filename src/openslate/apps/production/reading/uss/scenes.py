"""Scenes, cast, sets and locations of a schedule."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from openslate.apps.production.reading.uss.calendars import days_off, spans_of
from openslate.apps.production.reading.uss.fields import Breakdown, Element
from openslate.apps.production.reading.uss.notices import Notice
from openslate.apps.production.reading.uss.sheet import SINGLE, Sheet
from openslate.apps.production.reading.uss.values import MILLISECONDS_A_MINUTE, rounded_up
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import CastMember, Contract
from openslate.apps.production.shoot.places import Location, Set
from openslate.apps.production.shoot.scenes import Element as Needed
from openslate.apps.production.shoot.scenes import Interior, Scene, usual_shift

NO_SET = "SET NOT SAID"
NO_LOCATION = "LOCATION NOT SAID"
ONE_DROP = 1
"""The standard says whether somebody may be dropped, not how often; once is what agreements allow."""


def scenes_of(sheet: Sheet, unit_of: dict[str, str], tell: Callable[[Notice], None]) -> tuple[Scene, ...]:
    """The scenes, in the order of the file.

    Args:
        sheet: of the schedule.
        unit_of: the unit of breakdowns that lie on a board of another one, by id.
        tell: is told of lengths that were rounded and of what a scene has no place for.
    """
    rows = enumerate(sheet.schedule.breakdowns)
    return tuple(
        _scene(sheet, row, f"breakdowns[{at}]", unit_of.get(row.id, "main"), tell)
        for at, row in rows
        if row.type == "scene"
    )


def _scene(sheet: Sheet, row: Breakdown, where: str, unit: str, tell: Callable[[Notice], None]) -> Scene:
    single = {kind: sheet.named(row, kind) for kind in SINGLE}
    for kind, names in single.items():
        if len(names) > 1 and kind != "interior":
            tell(
                Notice(
                    f"{where}.elements",
                    f"It has several elements of the kind {kind}; the first counts, the others are kept.",
                )
            )
    if not single["set"]:
        tell(Notice(f"{where}.elements", f"It names no set; {NO_SET!r} is taken."))
    inside = single["interior"]
    interior = cast(Interior, "INT/EXT" if len(inside) > 1 else inside[0] if inside else "")
    time = single["time"][0] if single["time"] else ""
    for key in ("comments", "banner_text"):
        if getattr(row, key):
            tell(Notice(f"{where}.{key.replace('_t', 'T')}", "A scene has no place for it; it is kept in the file."))
    return Scene(
        number=sheet.numbers[row.id],
        set=single["set"][0] if single["set"] else NO_SET,
        interior=interior,
        time=time,
        eighths=_eighths(row, where, tell),
        cast=tuple(sheet.named(row, "cast")),
        minutes=_minutes(row, where, tell),
        description=row.description or "",
        shift=usual_shift(interior, time) if row.own is None else row.own.shift,
        script_page=row.script_page or "",
        script_day=single["script day"][0] if single["script day"] else "",
        elements=_needed(sheet, row),
        unit=single["unit"][0] if single["unit"] else unit,
    )


def _needed(sheet: Sheet, row: Breakdown) -> tuple[Needed, ...]:
    keys = dict.fromkeys(sheet.keys[one] for one in row.elements if one in sheet.keys)
    return tuple(Needed(key.name, key.category) for key in keys if key.kind == "other")


def _eighths(row: Breakdown, where: str, tell: Callable[[Notice], None]) -> int:
    eighths, whole = rounded_up((row.pages or 0) * 8)
    if not eighths:
        tell(Notice(f"{where}.pages", "It says no length; an eighth of a page is taken."))
    elif not whole:
        tell(Notice(f"{where}.pages", f"{row.pages} is no whole number of eighths; it is rounded up to {eighths}/8."))
    return max(eighths, 1)


def _minutes(row: Breakdown, where: str, tell: Callable[[Notice], None]) -> int | None:
    minutes, whole = rounded_up((row.duration or 0) / MILLISECONDS_A_MINUTE)
    if not whole:
        tell(Notice(f"{where}.duration", "It is no whole number of minutes; it is rounded up."))
    return minutes or None


def cast_of(sheet: Sheet, calendar: Calendar, tell: Callable[[Notice], None]) -> tuple[CastMember, ...]:
    """The cast, in the order of the file; what is paid is not said there.

    Args:
        sheet: of the schedule.
        calendar: in which weekdays off are counted out.
        tell: is told of events that a cast member has no place for.
    """
    for at, element in enumerate(sheet.schedule.elements):
        kept = [event for event in element.events if event.type != "dayOff"]
        if kept:
            said = "A shoot has no place for travel, fittings and other events; they are kept in the file."
            tell(Notice(f"elements[{at}].events", said))
        off = days_off(element.events) or element.days_off
        if off and (element.id not in sheet.keys or sheet.keys[element.id].kind != "cast"):
            said = "A shoot has days off of the cast alone; those of other elements are kept in the file."
            tell(Notice(f"elements[{at}]", said))
    return tuple(_member(number, element, calendar) for number, element in sheet.cast())


def _member(number: str, element: Element, calendar: Calendar) -> CastMember:
    held = Contract() if element.drop_day_count is None else Contract(drop_days=element.drop_day_count)
    contract = Contract(
        kind="day" if element.is_hold else "worked",
        drops=ONE_DROP if element.is_drop else 0,
        drop_days=held.drop_days,
    )
    away = days_off(element.events) | weekdays_off(element, calendar)
    return CastMember(number, element.name.strip(), contract=contract, away=spans_of(away))


def weekdays_off(element: Element, calendar: Calendar) -> set[date]:
    """Days of a calendar on whose weekday somebody never works."""
    weekdays = {(day - 1) % 7 for day in element.days_off}
    days = ((calendar.ends - calendar.starts).days + 1) if weekdays else 0
    every = (calendar.starts + timedelta(days=count) for count in range(days))
    return {day for day in every if day.weekday() in weekdays}


def places_of(sheet: Sheet, tell: Callable[[Notice], None]) -> tuple[tuple[Location, ...], tuple[Set, ...]]:
    """Locations and sets, in the order of the file.

    A set lies at the location that its element is linked with, else at the first that its scenes name.
    """
    keys = sheet.keys
    named: dict[str, list[str]] = {}
    missing = False
    for row in sheet.schedule.breakdowns:
        if row.type == "scene":
            sets = sheet.named(row, "set")
            missing = missing or not sets
            named.setdefault(sets[0] if sets else NO_SET, []).extend(sheet.named(row, "location")[:1])
    elements = sheet.schedule.elements
    for one in elements:
        if one.id in keys and keys[one.id].kind == "set" and keys[one.id].name:
            near = (keys[other] for other in one.linked_elements if other in keys)
            linked = [key.name for key in near if key.kind == "location" and key.name]
            named[keys[one.id].name] = linked[:1] + named.get(keys[one.id].name, [])
    order = [keys[one.id].name for one in elements if one.id in keys and keys[one.id].kind == "set"]
    sets = list(dict.fromkeys([name for name in order if name] + ([NO_SET] if missing else [])))
    for name in sets:
        if len(set(named[name])) > 1:
            said = f"Scenes of the set {name!r} name several locations; {named[name][0]!r} counts, the others are kept."
            tell(Notice("", said))
        if not named[name]:
            tell(Notice("elements, sets", f"A set says no location; {NO_LOCATION!r} is taken."))
    places = [keys[one.id].name for one in elements if one.id in keys and keys[one.id].kind == "location"]
    made_up = [NO_LOCATION] if any(not named[name] for name in sets) else []
    locations = dict.fromkeys([name for name in places if name] + made_up)
    return (
        tuple(Location(name) for name in locations),
        tuple(Set(name, (named[name] or [NO_LOCATION])[0]) for name in sets),
    )
