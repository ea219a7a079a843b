"""Reading a screenplay by the ending of its name, and breaking it down."""

from pathlib import Path

from openslate.apps.production.reading.breakdown import Breakdown, break_down
from openslate.apps.production.reading.final_draft import read_final_draft
from openslate.apps.production.reading.fountain import read_fountain
from openslate.apps.production.reading.script import Script
from openslate.errors import AdmitError

FOUNTAIN = (".fountain", ".spmd", ".txt")
FINAL_DRAFT = ".fdx"


def read_screenplay(path: Path) -> Script:
    """The screenplay in a file.

    Args:
        path: `.fountain` (`.spmd`, `.txt`) or `.fdx`.

    Raises:
        AdmitError: it is neither, or cannot be read as what it is; with the line.
    """
    ending = path.suffix.lower()
    if ending == FINAL_DRAFT:
        return read_final_draft(path)
    if ending in FOUNTAIN:
        return read_fountain(path)
    raise AdmitError(f"{path} is no screenplay that is read here.", "Save it as Fountain (.fountain) or .fdx.")


def read_breakdown(path: Path) -> Breakdown:
    """The breakdown of the screenplay in a file.

    Raises:
        AdmitError: it cannot be read, or has no scene.
    """
    return break_down(read_screenplay(path), str(path))
