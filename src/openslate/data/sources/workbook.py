"""Excel workbooks (.xlsx): their sheets as rows of cells, once it is sure that they can be opened without harm.

A few kilobytes can claim a sheet of billions of cells, or unpack to gigabytes; so what a workbook claims is looked at
before a cell is laid out. A formula counts by the value that was saved with it; one without a value, or with an error
in its place, is handed on as `Broken`, never as an empty cell.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from openslate.data.sources.archive import LARGEST_RATIO
from openslate.errors import AdmitError

LARGEST_UNPACKED = 256 << 20
"""Bytes that all parts of a workbook may have when unpacked."""
MOST_ROWS, MOST_COLUMNS = 500_000, 200
_SMALL = 1 << 20
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_SAVED = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Broken:
    """A cell that holds no value.

    Attributes:
        said: what stands in it, such as '#REF!', or nothing.
        reason: what is wrong with it.
    """

    said: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        name: as printed on its tab.
        rows: from row 1, each from column A; an empty cell is ''.
    """

    name: str
    rows: list[list[Any]]


def read_workbook(path: Path, place: str) -> list[Sheet]:
    """The sheets of a workbook.

    Args:
        path: the file.
        place: what messages call it.

    Raises:
        AdmitError: it is no .xlsx workbook, is locked or damaged, or claims more than any report holds.
    """
    broken = _looked_through(path, place)
    try:
        with CalamineWorkbook.from_path(path) as book:
            worksheets = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
            return [_sheet(book, name, broken.get(name, {})) for name in worksheets]
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(place, str(error)) from None
    except BaseException as error:
        # What Rust gives up on comes as an exception beside Exception; nothing else of that kind is caught.
        if type(error).__name__ == "PanicException":
            raise _damaged(place, "it breaks its own format") from None
        raise


def _sheet(book: CalamineWorkbook, name: str, broken: dict[tuple[int, int], Broken]) -> Sheet:
    rows: list[list[Any]] = [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    for (row, column), cell in broken.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = cell
    return Sheet(name, rows)


def _looked_through(path: Path, place: str) -> dict[str, dict[tuple[int, int], Broken]]:
    """The broken cells of each sheet by its name, once every part was found to be harmless."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, place)
            return {
                name: _broken_cells(archive.read(part), f"{place}, sheet {name}")
                for name, part in _parts(archive, place)
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError) as error:
        raise AdmitError(
            f"{place} is no .xlsx workbook: {str(error).rstrip('.') or 'it ends too early'}.",
            "Save it as .xlsx, or download it again.",
        ) from None
    except RuntimeError:
        raise AdmitError(f"{place} is locked with a password.", "Save it without one.") from None


def _check_sizes(archive: zipfile.ZipFile, place: str) -> None:
    infos = archive.infolist()
    for info in infos:
        if info.file_size > max(info.compress_size * LARGEST_RATIO, _SMALL):
            raise AdmitError(
                f"{place} packs {info.file_size:,} bytes of {info.filename!r} into {info.compress_size:,}, "
                "which no report does.",
                "Download it again from its publisher.",
            )
    if sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise AdmitError(
            f"{place} would unpack to {sum(info.file_size for info in infos):,} bytes.",
            "Save its sheets as CSV, and import those.",
        )


def _parts(archive: zipfile.ZipFile, place: str) -> Iterator[tuple[str, str]]:
    """Name and part of each worksheet."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        raise AdmitError(f"{place} is no .xlsx workbook: no list of sheets is in it.", "Save it as .xlsx.")
    targets = {one.get("Id"): one.get("Target", "") for one in _tree(archive, "xl/_rels/workbook.xml.rels", place)}
    for one in _tree(archive, "xl/workbook.xml", place).iter():
        if one.tag.rpartition("}")[2] != "sheet":
            continue
        target = targets.get(one.get(_RELATED), "")
        part = str(PurePosixPath("/xl", target)).lstrip("/")
        if "worksheets/" not in part:
            continue
        if part not in names:
            raise _damaged(place, f"the sheet {one.get('name', '')!r} is not in it")
        yield one.get("name", ""), part


def _tree(archive: zipfile.ZipFile, part: str, place: str) -> ElementTree.Element:
    text = archive.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _damaged(place, f"{part} declares entities")
    try:
        return ElementTree.fromstring(text)  # noqa: S314  (entities, by which XML is made to swell, were refused)
    except ElementTree.ParseError as error:
        raise _damaged(place, f"{part} is no XML: {error}") from None


def _broken_cells(text: bytes, place: str) -> dict[tuple[int, int], Broken]:
    """Errors and formulas without a value by (row, column) from 0, in a sheet that is no larger than reports are."""
    for letters, digits in set(_REFERENCE.findall(text)):
        if len(digits) > 7 or int(digits) > MOST_ROWS or _column(letters) >= MOST_COLUMNS:
            raise AdmitError(
                f"{place}: a cell stands at {letters.decode()[:9]}{digits.decode()[:9]}, beyond row {MOST_ROWS:,} or "
                f"column {MOST_COLUMNS}, where no report has any.",
                "Clear the cells out there, and save the workbook anew.",
            )
    if not (_ERROR.search(text) or _FORMULA.search(text)):
        return {}
    found: dict[tuple[int, int], Broken] = {}
    for cell in _CELL.finditer(text):
        attributes, inside = b" " + cell[1], cell[3] or b""
        reference, saved = _REFERENCE.search(attributes), _SAVED.search(inside)
        if reference is None:
            continue
        where = (int(reference[2]) - 1, _column(reference[1]))
        if _ERROR.search(attributes):
            said = "" if saved is None else saved[1].decode(errors="replace")
            found[where] = Broken(said, "is the error of a formula")
        elif _FORMULA.search(inside) and (saved is None or not saved[1]):
            found[where] = Broken("", "is a formula whose value was not saved")
    return found


def _column(letters: bytes) -> int:
    """A column's number from 0; far out where its letters are too many."""
    if len(letters) > 3:
        return 1 << 20
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _damaged(place: str, said: str) -> AdmitError:
    return AdmitError(f"{place} is damaged: {said.rstrip('.')}.", "Download it again from its publisher.")
