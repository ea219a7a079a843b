"""The text of a file that somebody wrote."""

from pathlib import Path

from openslate.errors import AdmitError


def written_text(path: Path, megabytes: int, instead: str) -> str:
    """Read it.

    Args:
        path: of the file.
        megabytes: how large it may be.
        instead: what to do where it is larger, in a sentence.

    Raises:
        AdmitError: it cannot be read, is larger, or is not written in UTF-8.
    """
    try:
        if path.stat().st_size > megabytes * 1_000_000:
            raise AdmitError(f"{path} is larger than {megabytes} MB.", instead)
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AdmitError(f"{path} cannot be read: {error.strerror}.", "Name a file that can be.") from error
    except UnicodeDecodeError as error:
        raise AdmitError(f"{path} is not written in UTF-8: {error.reason}.", "Save it as UTF-8.") from None
