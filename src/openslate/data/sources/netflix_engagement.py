"""Netflix's half-yearly engagement reports: titles, what is known of their making, and hours and views of each half.

What the reports round, leave out and change is kept as they have it. The day a report appeared stands in none of them,
so it is assumed, and may be stated.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from openslate import clock
from openslate.data.admission.admit import Delivery, Desk, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.report import ImportReport
from openslate.data.schema import PRODUCTIONS, TITLES
from openslate.data.sources.files import name_of, readable
from openslate.data.sources.given import Given, Value, completed, parts_of
from openslate.data.sources.netflix_cells import Half
from openslate.data.sources.netflix_ids import Known, assign_ids, known_from
from openslate.data.sources.netflix_names import Named, parse_name
from openslate.data.sources.netflix_reports import STEP, Reading, Reported, read_reports
from openslate.data.versions import newest
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from openslate.rights.consent import Basis
from openslate.storage.files import content_hash

SOURCE = "netflix-engagement"
LAG_DAYS = 180
"""Days after a half-year until its report is taken to be known. The first took 165 days (December 2023), that of the
second half of 2024 57; a longer wait loses a little of the past, a shorter one would tell the future."""
LONGEST_LAG = 3_650
WORKBOOKS = (".xlsx", ".xlsm")


def import_netflix_engagement(
    project: Project,
    path: str | Path,
    *,
    lag_days: int = LAG_DAYS,
    source: str | None = None,
    basis: Basis | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring engagement reports in: titles, productions and outcomes (hours and views, everywhere, a half-year).

    Stability: provisional.

    Args:
        project: where.
        path: a workbook as published, a folder of several (or of folders that hold them), or a table with the columns
            half and title.
        lag_days: days after a half-year until its report is taken to be known; never later than the day of the import.
        source: the name under which the rows are kept; 'netflix-engagement' when left out.
        basis: on what the rows may be used; they are about no person, so none is needed.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: a file is no report, or has not one good row.
        UsageError: the lag is no number of days.
    """
    name, where = source or SOURCE, Path(path)
    if not 0 <= lag_days <= LONGEST_LAG:
        raise UsageError(f"A report cannot appear {lag_days} days after its half.", f"Name 0 to {LONGEST_LAG} days.")
    with desk(project, progress) as at:
        files = _files(where)
        content = content_of(SOURCE, [(file.name, content_hash(file)) for file in files], lag_days, name)
        known = already_imported(at, name, content, basis)
        if known is not None:
            return known
        at.tell(f"Reading {name_of(where)}", 0.0)
        reading = read_reports(where, files, at.connection)
        found = assign_ids(reading.rows, _standing(at))
        by_title: dict[str, list[Reported]] = defaultdict(list)
        kinds: dict[str, str | None] = {}
        for (title, kind), row in zip(found, reading.rows, strict=True):
            by_title[title].append(row)
            kinds[title] = kind
        for some in by_title.values():
            some.sort(key=lambda row: row.half, reverse=True)
        outcomes = [
            one for (title, _), row in zip(found, reading.rows, strict=True) for one in _outcomes(title, row, lag_days)
        ]
        given = {
            "titles": completed(at, TITLES, (_title(title, kinds[title], some) for title, some in by_title.items())),
            "productions": completed(
                at, PRODUCTIONS, (_production(title, kinds[title], some, lag_days) for title, some in by_title.items())
            ),
            "outcomes": outcomes,
        }
        notes = (*_looked_in(where, files), *_notes(reading, found), *reading.notes)
        parts = parts_of(at, given, reading.refused, reading.ignored)
        return admit(at, Delivery(name, str(path), content, parts, notes), basis)


def _files(where: Path) -> list[Path]:
    """The reports that a path names: a file, the workbooks of a folder, or where it has none those of its folders.

    Raises:
        AdmitError: there are none, or two folders hold one of the same name.
    """
    with readable(where, name_of(where)):
        if not where.is_dir():
            with where.open("rb"):
                return [where]
        found = _workbooks(where)
        below = [] if found else sorted(one for one in where.iterdir() if one.is_dir() and one.name[0] != ".")
        found = found or [file for folder in below for file in _workbooks(folder)]
    if not found:
        looked = f", and neither do its folders {', '.join(one.name for one in below[:5])}" if below else ""
        more = f" and {len(below) - 5} more" if len(below) > 5 else ""
        raise AdmitError(
            f"The folder {name_of(where)} holds no .xlsx workbook{looked}{more}.", "Name one that holds the reports."
        )
    twice = next((file for file, times in Counter(one.name for one in found).items() if times > 1), None)
    if twice is not None:
        raise AdmitError(f"Two folders in {name_of(where)} hold a workbook {twice}.", "Name one of the folders.")
    return found


def _looked_in(where: Path, files: Sequence[Path]) -> tuple[str, ...]:
    """Where the workbooks were found, in a sentence, if not in the folder that was named."""
    folders = dict.fromkeys(file.parent.name for file in files if file.parent != where)
    if not where.is_dir() or not folders:
        return ()
    return (f"{name_of(where)} holds no workbook itself; {len(files)} were found in {', '.join(folders)}.",)


def _workbooks(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in WORKBOOKS and file.name[0] not in "~." and file.is_file()
    )


def _standing(at: Desk) -> dict[str, Known]:
    """The titles of these reports that the project knows already."""
    snapshot = at.project.lake.snapshot("titles")
    rows = at.connection.execute(
        f"SELECT title, name, kind, released FROM {newest(at.project, snapshot, TITLES)} "
        "WHERE starts_with(title, 'netflix:') ORDER BY title"
    ).fetchall()
    return dict(known_from(*row) for row in rows)


def published(half: Half, lag_days: int) -> date:
    """The first day on which a half's report is taken to be known: the assumed one, or today where that is earlier."""
    assumed = half.ends + timedelta(days=1 + lag_days)
    return max(min(assumed, clock.now().date()), half.ends + timedelta(days=1))


def _title(title: str, kind: str | None, rows: Sequence[Reported]) -> Given:
    newest_row = rows[0]
    values: dict[str, Value] = {
        "title": title,
        "name": newest_row.name,
        "kind": kind,
        "released": _first(rows, "released"),
        "runtime_minutes": _first(rows, "runtime"),
    }
    return Given(values, newest_row.place, newest_row.spot)


def _production(title: str, kind: str | None, rows: Sequence[Reported], lag_days: int) -> Given:
    newest_row = rows[0]
    said = parse_name(newest_row.name) if kind == "series" else Named()
    values: dict[str, Value] = {
        "title": title,
        "series": said.series,
        "season": said.season,
        "limited": said.limited,
        "worldwide": _first(rows, "worldwide"),
        # A title without a release date is known from the first report that names it.
        "known": None if _first(rows, "released") is not None else published(rows[-1].half, lag_days),
    }
    return Given(values, newest_row.place, newest_row.spot)


def _first(rows: Sequence[Reported], name: str) -> Value:
    """What the newest report says that says anything."""
    return next((row.values[name] for row in rows if row.values[name] is not None), None)


def _outcomes(title: str, row: Reported, lag_days: int) -> list[Given]:
    made = []
    for measure in ("hours", "views"):
        value = row.values[measure]
        if value is not None:
            values: dict[str, Value] = {
                "title": title,
                "measure": measure,
                "region": "*",
                "starts": row.half.starts,
                "ends": row.half.ends,
                "value": value,
                "step": STEP,
                "published": published(row.half, lag_days),
            }
            made.append(Given(values, row.place, row.spot))
    return made


def _notes(reading: Reading, found: Sequence[tuple[str, str | None]]) -> list[str]:
    halves = Counter(row.half for row in reading.rows)
    said = ", ".join(f"{half} {count:,}" for half, count in sorted(halves.items()))
    apart = len({title for title, _ in found if "~" in title})
    unkinded = [kind for row, (_, kind) in zip(reading.rows, found, strict=True) if row.kind is None]
    notes = [f"{len(reading.rows):,} rows ({said}) are of {len({title for title, _ in found}):,} titles."]
    if apart:
        notes.append(f"{apart:,} titles share their name with another, and carry what tells them apart in their ids.")
    if unkinded:
        without = sum(kind is None for kind in unkinded)
        notes.append(
            f"{len(unkinded):,} rows came without a kind; {len(unkinded) - without:,} got it from the one film or "
            f"series of that name or from a season in their name, {without:,} stay without."
        )
    return notes
