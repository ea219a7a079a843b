"""Whether what a schedule names is there: ids of elements, categories, breakdowns and calendars."""

from collections.abc import Callable, Iterator

from openslate.apps.production.reading.uss.fields import Schedule, Stripboard
from openslate.apps.production.reading.uss.notices import Notice, repeated
from openslate.errors import AdmitError

TABLES = ("breakdowns", "categories", "elements", "stripboards", "calendars")


def check_links(name: str, schedule: Schedule, tell: Callable[[Notice], None]) -> None:
    """See that ids are told apart and lead somewhere.

    Args:
        name: of the file.
        schedule: that it holds.
        tell: is told of ids that lead nowhere and do no harm.

    Raises:
        AdmitError: an id is there twice, or a stripboard names something that is not there or names it twice.
    """
    for table in TABLES:
        for one in repeated(row.id for row in getattr(schedule, table)):
            raise AdmitError(f"{name}: {table} holds the id {one!r} twice.", "Give each an id of its own.")
    for notice in _loose_ends(schedule):
        tell(notice)
    breakdowns = {one.id for one in schedule.breakdowns}
    calendars = {one.id for one in schedule.calendars}
    for at, stripboard in enumerate(schedule.stripboards):
        where = f"stripboards[{at}]"
        if stripboard.calendar is not None and stripboard.calendar not in calendars:
            said = f"{name}: {where}.calendar = {stripboard.calendar!r} is refused: there is no such calendar."
            raise AdmitError(said, "Name a calendar of the file, or write null.")
        _check_board(name, where, stripboard, breakdowns, tell)


def ids_on(stripboard: Stripboard) -> Iterator[tuple[str, str]]:
    """Every id on a stripboard with its place there."""
    for at, board in enumerate(stripboard.boards):
        for number, item in enumerate(board.breakdown_ids):
            place = f"boards[{at}].breakdownIds[{number}]"
            if isinstance(item, str):
                yield item, place
            else:
                yield from ((one, f"{place}[{within}]") for within, one in enumerate(item))


def _check_board(
    name: str, where: str, stripboard: Stripboard, breakdowns: set[str], tell: Callable[[Notice], None]
) -> None:
    seen: set[str] = set()
    for one, place in ids_on(stripboard):
        said = f"{name}: {where}.{place} = {one!r} is refused"
        if one not in breakdowns:
            raise AdmitError(f"{said}: there is no such breakdown.", "Name a breakdown of the file.")
        if one in seen:
            raise AdmitError(f"{said}: it is on this stripboard twice.", "Keep one of the two.")
        seen.add(one)
    left = len(breakdowns - seen)
    if left:
        tell(Notice(where, f"{left} breakdowns are on no board of it; scenes among them lie in the boneyard."))


def _loose_ends(schedule: Schedule) -> Iterator[Notice]:
    elements = {one.id for one in schedule.elements}
    categories = {one.id for one in schedule.categories}
    for at, breakdown in enumerate(schedule.breakdowns):
        for number, one in enumerate(breakdown.elements):
            if one not in elements:
                where = f"breakdowns[{at}].elements[{number}]"
                yield Notice(where, f"There is no element {one!r}; the id is kept in the file and used for nothing.")
        for one in repeated(breakdown.elements):
            yield Notice(f"breakdowns[{at}].elements", f"The element {one!r} is there twice; it counts once.")
    for at, element in enumerate(schedule.elements):
        if element.category not in categories:
            said = f"There is no category {element.category!r}; the element is kept in the file and used for nothing."
            yield Notice(f"elements[{at}].category", said)
        if any(one not in elements for one in element.linked_elements):
            yield Notice(f"elements[{at}].linkedElements", "A linked element is not there; its id is kept.")
    events = [event.id for element in schedule.elements for event in element.events]
    events += [event.id for calendar in schedule.calendars for event in calendar.events]
    if repeated(events):
        yield Notice("", f"Ids of events are there more than once, such as {repeated(events)[0]!r}; they are kept.")
