"""Scripts, treatments and outlines of made titles, brought into the vault with whoever must be asked about them.

They never enter the lake: what is brought in lies in `people/` alone, and may be used by nobody until its writers'
records say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from openslate import clock
from openslate.data.admission.admit import Desk, Progress, content_of, desk
from openslate.data.admission.quarantine import Quarantine, quarantine
from openslate.data.admission.refusals import Refusal, Spot, shortened
from openslate.data.admission.report import ImportReport, TableCounts
from openslate.data.sources.files import first_look, name_of
from openslate.data.sources.tabular import Row
from openslate.data.sources.written_rows import NEEDED, TABLE, listed, read_rows, wordless
from openslate.data.sources.written_words import Unreadable, words_in_row
from openslate.data.written.asking import requests_of
from openslate.data.written.texts import TEXT_KINDS, WrittenText, content_hash, keep, text_id
from openslate.data.written.titles import Named, named_titles
from openslate.errors import AdmitError, ProjectError, UsageError
from openslate.project import Project
from openslate.rights.canonical import JsonValue
from openslate.rights.consent import Basis
from openslate.rights.erased import erased_subject_since
from openslate.storage.files import confined

ASKED = (
    *("subject_kind", "asset", "project", "territory", "medium", "language", "description", "custodian"),
    *("packs", "jurisdictions", "photography_start", "fixed_on", "licence", "units", "unit"),
)
"""Columns that say how a text is asked for, field for field of a request."""
_LISTS = ("packs", "jurisdictions")
_OURS = (*NEEDED, "text", "file", *ASKED)
MOST_HOLDERS = 50
LONGEST_FAULT = 200
"""Characters of a line that is no row that quarantine keeps: it may be a piece of a script."""
ERASED = "is of somebody who was erased and has not consented anew"


@dataclass(frozen=True)
class _Read:
    """A row that may be taken in."""

    written: WrittenText
    words: str
    row: Row


def import_written(
    project: Project,
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    basis: Basis | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring scripts, treatments and outlines of titles in from a table of one row each.

    Stability: provisional.

    Args:
        project: where.
        path: a .toml, .csv, .tsv, .jsonl or .parquet file with the columns `title` (an id or a name), `kind`,
            `holders` (ids of all whose permission is needed, as in consent records) and `text` or `file` (beside the
            table), and with those of `ASKED` as far as the holders' records need them.
        columns: from the file's names to ours, where they differ.
        source: the name under which the texts are kept, and may be reserved; such as 'written:scripts.csv' else.
        basis: none, because a text is used on the records of whoever wrote it.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: the file is a link out of its folder, cannot be read, lacks a column, or has not one good row.
        UsageError: a basis was given, or a column is mapped to none of ours.
        RightsError: the vault cannot be written; then nothing was taken in.
    """
    if basis is not None:
        raise UsageError(
            "A script, treatment or outline is used on no basis of a source, but on the records of whoever wrote it.",
            "Leave --basis out, and import their records: openslate rights import FILE.",
        )
    strange = [one for one in (columns or {}).values() if one not in _OURS]
    if strange:
        raise UsageError(f"A text has no column {strange[0]!r}.", f"Name one of {', '.join(_OURS)}.")
    file = Path(path)
    place = name_of(file)
    _require_beside(file, place)
    content, _ = first_look(file, place)
    name = source or f"written:{place}"
    with desk(project, progress) as at:
        at.tell("Reading texts", 0.0)
        return _brought_in(at, file, place, name, content, dict(columns or {}))


def _require_beside(file: Path, place: str) -> None:
    """Whoever writes into a folder of tables must not be able to bring in what lies elsewhere, by a link to it.

    Raises:
        AdmitError: the table is a link out of its folder.
    """
    if not file.is_symlink():
        return
    try:
        confined(file.parent, file.name)
    # A link to itself is told as the error of its own that Python makes of it.
    except (ProjectError, OSError, RuntimeError):
        raise AdmitError(
            f"{place} is a link that leads out of its folder.",
            "Name the table itself, so that its texts are looked for beside it.",
        ) from None


def _brought_in(at: Desk, file: Path, place: str, name: str, content: str, columns: dict[str, str]) -> ImportReport:
    project = at.project
    broken: list[Refusal] = []
    given, rows = read_rows(at, file, place, broken, columns)
    titles = named_titles(project)
    good: dict[tuple[str, str], _Read] = {}
    with quarantine(project, content_of(content, name)[:16]) as refused:
        for one in broken:
            refused.add(TABLE, _cut(one))
        for number, row in enumerate(rows):
            at.tell("Reading texts", 0.9 * number / len(rows))
            found = _read(project, row, place, name, file.parent, titles)
            key = ("", "") if isinstance(found, Refusal) else (found.written.title, found.written.kind)
            if isinstance(found, _Read) and key in good:
                found = _twice(found, good[key], place)
            if isinstance(found, Refusal):
                refused.add(TABLE, found)
            else:
                good[key] = found
        if not good:
            first = refused.first[0].sentence if refused.first else f"{place} has no rows."
            raise AdmitError(f"{place} has not one text that can be taken in. {first}", "Mend it and import it again.")
        added = _kept(project, good, refused, place)
        kept = refused.keep()
    taken = len(good) - added.refused
    counts = TableCounts(len(rows) + len(broken), added.new, taken - added.new, refused.counts[TABLE]).checked(TABLE)
    at.tell("Imported", 1.0)
    ignored = tuple(one for one in given if columns.get(one, one) not in _OURS)
    return ImportReport(
        source=name,
        location=str(file),
        tables={TABLE: counts},
        quarantine=None if kept is None else kept.relative_to(project.folder).as_posix(),
        problems=tuple(one.sentence for one in refused.first),
        ignored={TABLE: ignored} if ignored else {},
        already_imported=not added.new and not refused.counts[TABLE],
        seconds=clock.stopwatch() - at.started,
        basis=None,
        advice="Nothing is learned from a text until everybody who holds it permits it by a record of theirs.",
    )


@dataclass(frozen=True)
class _Added:
    """How many texts are new, and how many were refused at the last moment."""

    new: int
    refused: int


def _kept(project: Project, good: dict[tuple[str, str], _Read], refused: Quarantine, place: str) -> _Added:
    """Put every good text into the vault, all or none; of whoever was erased meanwhile nothing."""
    late: list[_Read] = []
    with project.vault.transaction():
        new = 0
        for one in good.values():
            if _erased(project, one.written.holders):
                late.append(one)
            else:
                new += keep(project, one.written, one.words)
    for one in late:
        refused.add(TABLE, _of_erased(place, one.row))
    return _Added(new, len(late))


def _read(project: Project, row: Row, place: str, source: str, folder: Path, titles: Named) -> _Read | Refusal:
    """A row as a text, or why it is none."""
    holders = tuple(sorted(dict.fromkeys(listed(row.values.get("holders")))))
    if _erased(project, holders):
        return _of_erased(place, row)
    spot = wordless(row)

    def no(column: str, reason: str, way_out: str) -> Refusal:
        value = row.values.get(column) if column else None
        return Refusal(place, spot, column, None if value is None or column == "text" else str(value), reason, way_out)

    title, kind = str(row.values.get("title") or "").strip(), row.values.get("kind")
    known = next((one for one in TEXT_KINDS if one == kind), None)
    if known is None:
        return no("kind", "is no kind of text" if kind else "is missing", f"write {', '.join(TEXT_KINDS)}")
    if not holders or len(holders) > MOST_HOLDERS or any(len(one) > 200 for one in holders):
        return no("holders", "names nobody, or no ids", "name all whose permission is needed, as in their records")
    found = titles.find(title)
    if len(found) != 1:
        several = f"is the name of several titles ({', '.join(found[:5])})" if found else "is no title of the project"
        return no("title", several, "give the id" if found else "import the title first, or give its id")
    try:
        words = words_in_row(row.values.get("text"), row.values.get("file"), folder)
        asked = _asked(row, words)
        written = WrittenText(text_id(found[0], known, words), found[0], known, source, holders, asked, len(words))
        requests_of(written)
    except Unreadable as error:
        return no(error.column, error.reason, error.way_out)
    except UsageError as error:
        return no("", f"it cannot be asked for: {error.what.rstrip('.')}", error.way_out.rstrip(".").lower())
    return _Read(written, words, row)


def _asked(row: Row, words: str) -> dict[str, JsonValue]:
    """How the text is asked for; by its hash, where the row names no asset."""
    said: dict[str, JsonValue] = {"asset": f"sha256:{content_hash(words)}"}
    for name in ASKED:
        value = row.values.get(name)
        if value is not None and value != "":
            plain: Any = value.isoformat() if isinstance(value, date) else str(value)
            said[name] = list(listed(value)) if name in _LISTS else plain
    return said


def _erased(project: Project, holders: tuple[str, ...]) -> bool:
    return any(erased_subject_since(project, one) is not None for one in holders)


def _of_erased(place: str, row: Row) -> Refusal:
    """The refusal of an erased holder's row, which tells where it stood and nothing that was in it."""
    spot = replace(row.spot, row="")
    return Refusal(place, spot, "holders", None, ERASED, "take it out of the file, or import their new consent first")


def _twice(second: _Read, first: _Read, place: str) -> Refusal:
    what = f"is named twice for its {second.written.kind}: {first.row.spot} has it already"
    title = str(second.row.values.get("title"))
    return Refusal(place, wordless(second.row), "title", title, what, "keep one of them")


def _cut(refusal: Refusal) -> Refusal:
    """A line that is no row, without most of what may be a script."""
    spot = Spot(refusal.spot.line, refusal.spot.row[:LONGEST_FAULT], refusal.spot.counted)
    value = None if refusal.value is None else shortened(refusal.value)
    return replace(refusal, spot=spot, value=value)
