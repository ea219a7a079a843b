"""A file that anybody may have sent, opened so that nothing else than its bytes is read, however it was made."""

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openslate.errors import UsageError

NAME_A_FILE = "Name a file with content."


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """A plain file, open for reading.

    What is named must be the file itself: a link is refused, because it may lead anywhere, and so are folders, pipes
    and devices, which have no bytes of their own or no end of them.

    Args:
        path: of the file.

    Raises:
        UsageError: there is none, it may not be read, or it is no plain file.
    """
    # Not to wait for a pipe that nobody writes to.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        if path.is_symlink():
            raise UsageError(f"{path} is a link.", "Name the file that it leads to, if that is meant.")
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.", NAME_A_FILE) from None
    except ValueError:
        raise UsageError(f"{str(path)!r} is no name of a file.", NAME_A_FILE) from None
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}.", "Mend its permissions, or name another."
        ) from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        kind = "a folder" if stat.S_ISDIR(mode) else "no plain file"
        raise UsageError(f"{path} is {kind}.", NAME_A_FILE)
    with os.fdopen(descriptor, "rb") as file:
        yield file


def file_hash(file: io.BufferedReader) -> str:
    """SHA-256 of a whole file, read piece by piece."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()
