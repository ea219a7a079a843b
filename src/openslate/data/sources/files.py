"""The first look at a file: is it there, is it text, what are its bytes called, and what does its first line name?"""

import codecs
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openslate.data.admission.scratch import Scratch
from openslate.data.sources.cutting import BOM, Dialect, cut
from openslate.errors import AdmitError

_BLOCK = 1 << 22
_PACKED = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip"}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def name_of(path: Path) -> str:
    """What messages call a file.

    Example:
        >>> name_of(Path("plays/may.csv")), name_of(Path("."))
        ('may.csv', '.')
    """
    return path.name or str(path)


@contextmanager
def readable(path: Path, place: str) -> Iterator[None]:
    """Turn what the file system refuses into a sentence.

    Raises:
        AdmitError: the file is not there, is a folder, or may not be read.
    """
    try:
        yield
    except FileNotFoundError:
        raise AdmitError(f"There is no file {place}.", f"Name an existing file; {path.parent} was searched.") from None
    except IsADirectoryError:
        raise AdmitError(f"{place} is a folder.", "Name the file in it.") from None
    except PermissionError:
        raise AdmitError(f"{place} may not be read by this account.", "Give it the permission to read.") from None


def first_look(path: Path, place: str) -> tuple[str, bool]:
    """A file's SHA-256 in hexadecimal, and whether a NUL byte is in it.

    Raises:
        AdmitError: the file cannot be read, is packed, or is empty.
    """
    digest, nul, empty = hashlib.sha256(), False, True
    with readable(path, place):
        if not (path.is_file() or path.is_dir() or not path.exists()):
            raise AdmitError(f"{place} is no regular file.", "Copy the rows into a file first.")
        with path.open("rb", buffering=0) as file:
            while block := file.read(_BLOCK):
                if empty:
                    _refuse_packed(block, place)
                digest.update(block)
                nul = nul or b"\0" in block
                empty = empty and not block.removeprefix(BOM).strip()
    if empty:
        raise AdmitError(f"{place} is empty.", "Check that it was written to the end.")
    return digest.hexdigest(), nul


def _refuse_packed(start: bytes, place: str) -> None:
    for magic, kind in _PACKED.items():
        if start.startswith(magic):
            raise AdmitError(f"{place} is a {kind} archive.", "Unpack it first, and name what was in it.")


def as_utf8(path: Path, place: str, encoding: str, scratch: Scratch) -> Path:
    """The file itself where it is UTF-8, a converted copy where it is said to be something else.

    Raises:
        AdmitError: the encoding is unknown, or the file is not written in it.
    """
    with path.open("rb") as file:
        start = file.read(4)
    name = _encoding_name(encoding)
    if name == "utf-8":
        if start.startswith(_UTF16):
            raise AdmitError(
                f"{place} is UTF-16, not UTF-8.", "Say so with --encoding utf-16 (in Python: encoding='utf-16')."
            )
        return path
    copy = scratch.path(".part")
    try:
        with (
            path.open("r", encoding=name, newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            while block := source.read(_BLOCK):
                target.write(block)
    except UnicodeError as error:
        raise AdmitError(
            f"{place} is not written in {encoding}: {error}.",
            "Name its real encoding with --encoding latin-1 or another (in Python: encoding='latin-1').",
        ) from None
    return copy


def _encoding_name(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise AdmitError(f"The encoding {encoding!r} is unknown.", "Name one such as 'utf-8' or 'latin-1'.") from None
    return "utf-8" if name in ("utf-8-sig", "ascii") else name


def header_of(path: Path, place: str, dialect: Dialect) -> tuple[list[str], int]:
    """The names in the first record, and its line.

    Raises:
        AdmitError: the first record is broken, or names a column twice.
    """
    record = next(cut(path, dialect), None)
    if record is None or record.fault is not None:
        fault = "is missing" if record is None else record.fault
        raise AdmitError(f"{place}, line 1: the line of column names {fault}.", "Write the column names anew.")
    names = split_fields(record.text.decode(), dialect)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise AdmitError(f"{place} names the column {twice[0]!r} twice.", "Rename one of them.")
    return names, record.line


def split_fields(text: str, dialect: Dialect) -> list[str]:
    """The fields of one well-formed record.

    Example:
        >>> split_fields('a,"b, c",d', Dialect())
        ['a', 'b, c', 'd']
    """
    delimiter, quote = dialect.delimiter or "\n", dialect.quote
    if quote is None or quote not in text:
        return text.split(delimiter)
    fields: list[str] = []
    at = 0
    while at <= len(text):
        start = at
        while text[start : start + 1] == " ":
            start += 1
        if text[start : start + 1] == quote:
            end = start + 1
            while text[end : end + 1] != quote or text[end + 1 : end + 2] == quote:
                end += 2 if text[end : end + 1] == quote else 1
            fields.append(text[start + 1 : end].replace(quote * 2, quote))
            at = text.find(delimiter, end)
        else:
            end = text.find(delimiter, at)
            fields.append(text[at:end] if end >= 0 else text[at:])
            at = end
        if at < 0:
            break
        at += len(delimiter)
    return fields
