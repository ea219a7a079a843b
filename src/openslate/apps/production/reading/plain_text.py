"""The text of a file that people wrote: in UTF-8, of a bounded size, with every fault told by its line."""

from pathlib import Path

from openslate.errors import AdmitError

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_bytes(path: Path, megabytes: int, instead: str) -> bytes:
    """What a file holds.

    Args:
        path: of the file.
        megabytes: how large it may be.
        instead: what to do where it is larger, in a sentence.

    Raises:
        AdmitError: it cannot be read, or is larger.
    """
    try:
        if path.is_fifo():
            raise AdmitError(f"{path} is no file but a pipe.", "Write what comes out of it into a file, and name that.")
        with path.open("rb") as file:
            found = file.read(megabytes * 1_000_000 + 1)
    except OSError as error:
        raise AdmitError(f"{path} cannot be read: {error.strerror}.", "Name a file that can be.") from error
    if len(found) > megabytes * 1_000_000:
        raise AdmitError(f"{path} is larger than {megabytes} MB.", instead)
    return found


def read_text(path: Path, megabytes: int, instead: str) -> str:
    """The text of a file, with lines ended by a line feed alone and without a byte order mark.

    Args:
        path: of the file.
        megabytes: how large it may be.
        instead: what to do where it is larger, in a sentence.

    Raises:
        AdmitError: it cannot be read, is larger, is not written in UTF-8, or is no text; with the line.

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp()) / "a.fountain"
        >>> _ = file.write_bytes(b"\\xef\\xbb\\xbfINT. QUAY\\r\\n")
        >>> read_text(file, 1, "Name a smaller one.")
        'INT. QUAY\\n'
    """
    found = read_bytes(path, megabytes, instead)
    if found.startswith(UTF_16):
        raise AdmitError(f"{path}, line 1: it is written in UTF-16.", "Save it as UTF-8.")
    if (place := found.find(b"\0")) >= 0:
        said = f"{path}, line {_line(found, place)}: there is a zero byte, so that it is no text."
        raise AdmitError(said, "Name a text file, saved as UTF-8.")
    try:
        text = found.removeprefix(BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError as error:
        line = _line(found.removeprefix(BYTE_ORDER_MARK), error.start)
        raise AdmitError(
            f"{path}, line {line}: it is not written in UTF-8: {error.reason}.", "Save it as UTF-8."
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line(found: bytes, place: int) -> int:
    before = found[:place].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
