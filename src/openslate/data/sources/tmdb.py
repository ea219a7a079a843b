"""Films in the shape of the TMDB 5000 set: titles, their budgets, companies and countries, and their lifetime takings.

Keywords, votes, popularity and taglines are not taken: viewers and editors wrote them after release, so that a forecast
that read them would know what it is to foretell.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from openslate.data.admission.admit import Delivery, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.refusals import Refusal
from openslate.data.admission.report import ImportReport
from openslate.data.schema import PRODUCTIONS, TITLES
from openslate.data.sources.files import first_look, name_of
from openslate.data.sources.given import Given, Value, completed, first_of_each, parts_of
from openslate.data.sources.money import WINDOW_DAYS, amount, check_window, lifetime, release, still_open
from openslate.data.sources.tabular import Row, day_of, read_table, require
from openslate.errors import AdmitError
from openslate.project import Project
from openslate.rights.consent import Basis

SOURCE = "tmdb"
SMALLEST = 1_000
"""US dollars below which a budget or takings are in another unit, or a slip of the pen."""
WRITTEN_LATER = ("keywords", "vote_average", "vote_count", "popularity", "tagline", "belongs_to_collection")
_NEEDED = ("id", "title", "release_date")
_TAKEN = (
    *_NEEDED, "original_language", "overview", "runtime", "genres", "production_companies", "production_countries",
    "origin_country", "budget", "revenue",
)  # fmt: skip
_ONE_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def import_tmdb(
    project: Project,
    path: str | Path,
    *,
    window_days: int = WINDOW_DAYS,
    source: str | None = None,
    basis: Basis | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring films in: titles, productions (budgets in US dollars) and outcomes (revenue, worldwide).

    Stability: provisional.

    Args:
        project: where.
        path: a table (.csv, .parquet, .jsonl or .tsv) with TMDB's columns id, title and release_date.
        window_days: days after release until lifetime takings are taken to be complete and known.
        source: the name under which the rows are kept; 'tmdb' when left out.
        basis: on what the rows may be used; they are about no person, so none is needed.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: the file is no such table, or has not one good row.
        UsageError: the window is no number of days.
    """
    check_window(window_days)
    name, file = source or SOURCE, Path(path)
    place = name_of(file)
    with desk(project, progress) as at:
        digest, _ = first_look(file, place)
        content = content_of(SOURCE, digest, window_days, name)
        known = already_imported(at, name, content, basis)
        if known is not None:
            return known
        refused: list[Refusal] = []
        names, found = read_table(file, place, at.connection, refused)
        require(names, _NEEDED, place, "films in TMDB's columns")
        rows = list(found)
        if not rows:
            raise AdmitError(f"{place} holds no film.", "Check that it was written to the end.")
        unknown: Counter[str] = Counter()
        once = first_of_each(rows, _id)
        given = {
            "titles": completed(at, TITLES, (_title(row, place) for row in rows)),
            "productions": completed(at, PRODUCTIONS, (_production(row, place, unknown) for row in once)),
            "outcomes": [one for row in once for one in _takings(row, place, window_days, unknown)],
        }
        left = [one for one in names if one not in _TAKEN]
        parts = parts_of(at, given, refused, left)
        return admit(at, Delivery(name, str(path), content, parts, tuple(_notes(left, unknown))), basis)


def _notes(left: Sequence[str], unknown: Counter[str]) -> list[str]:
    notes = []
    later = [name for name in WRITTEN_LATER if name in left]
    if later:
        notes.append(f"Not taken, because it was written or counted after release: {', '.join(later)}.")
    notes += [f"{count:,} films: {what}" for what, count in sorted(unknown.items())]
    return notes


def _id(row: Row) -> str | None:
    said = row.values["id"]
    if said is None:
        return None
    return f"{SOURCE}:{int(said) if isinstance(said, float) and said.is_integer() else str(said).strip()}"


def _title(row: Row, place: str) -> Given:
    length = row.values.get("runtime")
    values: dict[str, Value] = {
        "title": _id(row),
        "name": row.values["title"],
        "kind": "film",
        "released": day_of(row.values["release_date"]),
        "genres": words(row.values.get("genres")),
        "language": row.values.get("original_language"),
        "runtime_minutes": None if amount(length) is None else _whole(length),
        "synopsis": row.values.get("overview"),
    }
    return Given(values, place, row.spot)


def _whole(value: object) -> Value:
    try:
        return round(float(str(value)))
    except (ValueError, OverflowError):
        return str(value)


def _production(row: Row, place: str, unknown: Counter[str]) -> Given:
    budget = _dollars(row.values.get("budget"), "budget", unknown)
    values: dict[str, Value] = {
        "title": _id(row),
        "budget": budget,
        "currency": None if budget is None else "USD",
        "countries": words(row.values.get("production_countries") or row.values.get("origin_country"), "iso_3166_1"),
        "companies": words(row.values.get("production_companies")),
    }
    return Given(values, place, row.spot)


def _takings(row: Row, place: str, days: int, unknown: Counter[str]) -> list[Given]:
    revenue = _dollars(row.values.get("revenue"), "revenue", unknown)
    released = release(row.values["release_date"])
    title = _id(row)
    if revenue is None or title is None:
        return []
    if released is None:
        unknown["revenue without a release date, which has no window; it was left out."] += 1
        return []
    if still_open(released, days):
        unknown["revenue whose window is still open, so that it is not known yet; it was left out."] += 1
        return []
    return [Given(lifetime(title, "revenue", revenue, released, days), place, row.spot)]


def _dollars(value: object, what: str, unknown: Counter[str]) -> Value:
    found = amount(value)
    if isinstance(found, float) and 0 < found < SMALLEST:
        unknown[f"{what} below {SMALLEST:,} US dollars, which is another unit or a slip; it counts as unknown."] += 1
        return None
    return found


def words(value: object, key: str = "name") -> Value:
    """A list in a cell: a real one, or text of JSON or of quoted words; of objects what stands under a key.

    What is no list stays as it came, to be refused.

    Example:
        >>> words('[{"id": 18, "name": "Drama"}]'), words("['Romance', \\"Cult's\\"]"), words("")
        (['Drama'], ['Romance', "Cult's"], None)
    """
    if isinstance(value, str) and value.strip().startswith("["):
        value = _listed(value.strip())
    if not isinstance(value, list):
        return None if value in (None, "") else str(value)
    found = [one.get(key) if isinstance(one, dict) else one for one in value]
    return list(dict.fromkeys(str(one) for one in found if one not in (None, "")))


def _listed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        if not (text.endswith("]") and "{" not in text):
            return text
        pairs = _ONE_QUOTED.findall(text)
        return [re.sub(r"\\(.)", r"\1", one or other) for one, other in pairs]
