"""The words of a text: in its row, or in a file beside the table that is no link out of its folder and not too long."""

import stat
from pathlib import Path
from typing import Any

from openslate.errors import ProjectError
from openslate.storage.files import confined

LARGEST_MEGABYTES = 4
"""Of one text: a screenplay has a quarter of a megabyte."""
FORMS = (".txt", ".fountain", ".md")
_SPACES = "\n\r\t\f"


class Unreadable(ValueError):
    """Why a text cannot be taken: the column at fault, what is wrong, and the way out, each as a clause."""

    def __init__(self, column: str, reason: str, way_out: str) -> None:
        super().__init__(reason)
        self.column, self.reason, self.way_out = column, reason, way_out


def words_in_row(text: Any, file: Any, folder: Path) -> str:
    """The words of a row.

    Args:
        text: them, or nothing.
        file: the path of a file beside the table, or nothing.
        folder: of the table.

    Raises:
        Unreadable: there is neither, or both; the file leads elsewhere, cannot be read, or holds no text in UTF-8.
    """
    if bool(text) is bool(file):
        said = "has both a text and a file" if text else "has neither a text nor a file"
        raise Unreadable("", f"the row {said}", "give one of them")
    if not isinstance(file or text, str):
        raise Unreadable("file" if file else "text", "is no text", "write it in quotes")
    column = "file" if file else "text"
    words = _read(file, folder) if file else str(text)
    _check(words, column)
    return words


def _read(file: str, folder: Path) -> str:
    try:
        path = confined(folder, file)
    except (ProjectError, OSError, ValueError):
        raise Unreadable("file", "leads out of the folder of the table", "put the text beside the table") from None
    if path.suffix.lower() not in FORMS:
        raise Unreadable("file", f"ends in none of {', '.join(FORMS)}", "save it as plain text")
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable("file", "is no regular file", "name a file of text")
        if about.st_size > LARGEST_MEGABYTES * 1_000_000:
            raise Unreadable("file", f"is larger than {LARGEST_MEGABYTES} MB", "give the text alone, without pictures")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable("file", f"cannot be read: {error.strerror}", "name a file that is there") from None
    except UnicodeDecodeError:
        raise Unreadable("file", "is not written in UTF-8", "save it as UTF-8") from None


def _check(words: str, column: str) -> None:
    if not words.strip():
        raise Unreadable(column, "holds no words", "give the text")
    if len(words) > LARGEST_MEGABYTES * 1_000_000:
        raise Unreadable(column, f"is longer than {LARGEST_MEGABYTES},000,000 characters", "give the text alone")
    if any(not one.isprintable() and one not in _SPACES and not one.isspace() for one in set(words)):
        raise Unreadable(column, "holds characters that cannot be printed", "save it as plain text")
    try:
        words.encode()
    except UnicodeEncodeError:
        raise Unreadable(column, "cannot be written as UTF-8", "save it as UTF-8") from None
