"""Netflix's weekly top ten: hours, views and rank of each week, worldwide, or the rank alone by country.

A title has the id that the engagement reports give its name, so that both speak of one title where their names agree.
Where the project knows the title already, what it knows stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from openslate import clock
from openslate.data.admission.admit import Delivery, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.refusals import Refusal
from openslate.data.admission.report import ImportReport
from openslate.data.schema import PRODUCTIONS, TITLES
from openslate.data.sources.files import first_look, name_of
from openslate.data.sources.given import Given, Value, completed, parts_of
from openslate.data.sources.netflix_cells import kind_in
from openslate.data.sources.netflix_names import base_id, parse_name
from openslate.data.sources.tabular import Row, known_day, read_table, require
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from openslate.rights.consent import Basis

SOURCE = "netflix-top10"
LAG_DAYS = 2
"""Days after a week's Sunday until its list is taken to be known: it appears on Tuesdays."""
_NEEDED = ("week", "category", "weekly_rank", "show_title")
_TAKEN = (*_NEEDED, "season_title", "weekly_hours_viewed", "weekly_views", "country_iso2")
_MEASURES = {"weekly_hours_viewed": "weekly_hours", "weekly_views": "weekly_views", "weekly_rank": "weekly_rank"}
_STEPS = {"weekly_hours": (100_000.0, 10_000.0), "weekly_views": (100_000.0,)}
"""Steps in which a measure was published at one time or another, the coarsest first."""
_NONE = (None, "", "N/A")


def import_netflix_top10(
    project: Project,
    path: str | Path,
    *,
    lag_days: int = LAG_DAYS,
    source: str | None = None,
    basis: Basis | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring weekly lists in: outcomes, and the titles that the project does not know yet.

    Stability: provisional.

    Args:
        project: where.
        path: the worldwide lists (hours, views and ranks) or those by country (ranks), as .tsv, .csv or .parquet.
        lag_days: days after a week's Sunday until its list is taken to be known.
        source: the name under which the rows are kept; 'netflix-top10' when left out.
        basis: on what the rows may be used; they are about no person, so none is needed.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: the file holds no such lists, or has not one good row.
        UsageError: the lag is no number of days.
    """
    name, file = source or SOURCE, Path(path)
    place = name_of(file)
    if not 0 <= lag_days <= 365:
        raise UsageError(f"A list cannot appear {lag_days} days after its week.", "Name 0 to 365 days.")
    with desk(project, progress) as at:
        digest, _ = first_look(file, place)
        content = content_of(SOURCE, digest, lag_days, name)
        known = already_imported(at, name, content, basis)
        if known is not None:
            return known
        refused: list[Refusal] = []
        names, found = read_table(file, place, at.connection, refused)
        require(names, _NEEDED, place, "weekly lists as Netflix publishes them")
        rows = [row for row in found if _is_listed(row, place, refused)]
        if not rows:
            raise AdmitError(f"{place} holds no row of a weekly list.", "Name a file as Netflix publishes it.")
        steps = _steps(rows)
        by_title: dict[str, Given] = {}
        making: dict[str, Given] = {}
        for row in rows:
            title, kind, said = _titled(row)
            by_title.setdefault(title, Given({"title": title, "name": said, "kind": kind}, place, row.spot))
            if kind == "series":
                making.setdefault(title, Given(_made(title, row, said), place, row.spot))
        given = {
            "titles": completed(at, TITLES, by_title.values(), standing_first=True),
            "productions": completed(at, PRODUCTIONS, making.values(), standing_first=True),
            "outcomes": [one for row in rows for one in _outcomes(row, place, steps, lag_days)],
        }
        parts = parts_of(at, given, refused, (one for one in names if one not in _TAKEN))
        return admit(at, Delivery(name, str(path), content, parts), basis)


def _is_listed(row: Row, place: str, refused: list[Refusal]) -> bool:
    """Whether a row has a week, a kind and a title; else it is refused."""
    week, category = row.values["week"], str(row.values["category"] or "")
    sunday = known_day(week)
    if sunday is None or sunday.weekday() != 6:
        said = None if week is None else str(week)
        reason, way_out = "is not the Sunday that ends a week", "write it such as 2024-12-29"
        refused.append(Refusal(place, row.spot, "week", said, reason, way_out))
    elif kind_in(category) is None:
        reason, way_out = "speaks neither of films nor of series", "write it such as Films (English) or TV"
        refused.append(Refusal(place, row.spot, "category", category or None, reason, way_out))
    elif row.values["show_title"] in _NONE:
        refused.append(Refusal(place, row.spot, "show_title", None, "is missing", "fill in what it is called"))
    else:
        return True
    return False


def _titled(row: Row) -> tuple[str, str | None, str]:
    """Id, kind and name of a row's title: a season where it names one."""
    kind = kind_in(str(row.values["category"]))
    season = row.values.get("season_title")
    said = " ".join(str(row.values["show_title"] if season in _NONE else season).split())
    return base_id(kind, said), kind, said


def _made(title: str, row: Row, said: str) -> dict[str, Value]:
    told = parse_name(said)
    return {
        "title": title,
        "series": " ".join(str(row.values["show_title"]).split()),
        "season": told.season,
        "limited": told.limited,
    }


def _steps(rows: Sequence[Row]) -> dict[tuple[str, object], float]:
    """The step of a measure in a week: the coarsest of which all of that week's values are multiples."""
    seen: dict[tuple[str, object], list[float]] = {}
    for row in rows:
        for theirs, ours in _MEASURES.items():
            value = _number(row.values.get(theirs))
            if ours in _STEPS and value is not None:
                seen.setdefault((ours, known_day(row.values["week"])), []).append(value)
    return {
        (measure, week): step
        for (measure, week), values in seen.items()
        if (step := _common(_STEPS[measure], values)) is not None
    }


def _common(steps: Iterable[float], values: Sequence[float]) -> float | None:
    return next((step for step in steps if all(value % step == 0 for value in values)), None)


def _number(value: object) -> float | None:
    try:
        return None if value in _NONE else float(str(value))
    except ValueError:
        return None


def _outcomes(row: Row, place: str, steps: Mapping[tuple[str, object], float], lag_days: int) -> list[Given]:
    sunday = known_day(row.values["week"])
    assert isinstance(sunday, date)
    title, _, _ = _titled(row)
    country = row.values.get("country_iso2")
    made = []
    for theirs, ours in _MEASURES.items():
        value = row.values.get(theirs)
        if value in _NONE:
            continue
        values: dict[str, Value] = {
            "title": title,
            "measure": ours,
            "region": "*" if country in _NONE else str(country),
            "starts": sunday - timedelta(days=6),
            "ends": sunday,
            "value": value,
            "step": steps.get((ours, sunday)),
            # Whoever has a list today knows it today, however long it was assumed to take.
            "published": max(sunday, min(sunday + timedelta(days=lag_days), clock.now().date())),
        }
        made.append(Given(values, place, row.spot))
    return made
