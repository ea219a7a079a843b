"""Labels of charts: room enough in whatever font a reader has, and cut where there is no more.

A page is drawn before anybody knows in which font it is read, so room is kept for the widest of the usual ones.
"""

from collections.abc import Sequence

from openslate.drawing.tile_type import text_width

REGULAR, BOLD = 1.08, 1.2
"""How much wider than `text_width` says a label is in DejaVu Sans, the widest font a system falls back to."""
CUT = "…"


def label_width(label: str, size: float, bold: bool = False) -> float:
    """How wide a label may become.

    Args:
        label: one line.
        size: of the type, in the units of the answer.
        bold: whether it is set bold.

    Example:
        >>> label_width("Crime", 12) < label_width("Crime", 12, bold=True) < 60
        True
    """
    return text_width(label, size) * (BOLD if bold else REGULAR)


def cut_to(label: str, room: float, size: float, bold: bool = False) -> str:
    """A label that fits, with an ellipsis where something was left out.

    Args:
        label: one line.
        room: for it.
        size: of the type, in the same units.
        bold: whether it is set bold.

    Example:
        >>> cut_to("The Summit and the Lagoon", 100, 12)
        'The Summit…'
    """
    if label_width(label, size, bold) <= room:
        return label
    kept = label
    while kept and label_width(kept.rstrip() + CUT, size, bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + CUT


def room_for(labels: Sequence[str], most: float, size: float, bold: bool = False) -> float:
    """Room for the widest of several labels, and no more than there is.

    Args:
        labels: one line each.
        most: there is.
        size: of the type, in the same units.
        bold: whether they are set bold.
    """
    return min(max((label_width(label, size, bold) for label in labels), default=0.0), most)
