"""Writing a page where somebody asks for it, and never over anything but a page."""

from pathlib import Path

from openslate.errors import ProjectError
from openslate.storage.files import write_atomically

BEGINNING = b"<!doctype html"


def write_page(path: Path, document: str, mode: int | None = None) -> None:
    """Write an HTML page; a page that is there already is replaced.

    Args:
        path: the file; its folder must exist.
        document: the page.
        mode: its permissions; as the umask has them when left out.

    Raises:
        ProjectError: something that is no page is there: a project's state, a pitch or whatever else.
        OSError: it cannot be written.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> write_page(folder / "memo.html", "<!doctype html><title>Memo</title>")
        >>> _ = (folder / "pitch.toml").write_text('name = "Night Train"')
        >>> try:
        ...     write_page(folder / "pitch.toml", "<!doctype html>")
        ... except ProjectError as refused:
        ...     print(refused.way_out)
        Name another file, or move that one away.
    """
    if path.is_file():
        with path.open("rb") as file:
            begins = file.read(len(BEGINNING))
        if begins.lower() != BEGINNING:
            raise ProjectError(f"{path} is there already and is no page.", "Name another file, or move that one away.")
    write_atomically(path, document.encode(), mode)
