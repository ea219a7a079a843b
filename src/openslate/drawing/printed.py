"""Wide documents for a wall: what stands on every one of them, around a template of their own."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from openslate.drawing.sheet import templates
from openslate.drawing.theme import stylesheet

FOOT = "Made by Openslate. This file loads nothing and runs no script."


def printed_document(
    template: str, *, overline: str, heading: str, made: str, notices: Sequence[str] = (), styles: str = "", **held: Any
) -> str:
    """A wide document as complete HTML.

    Args:
        template: name of its template, of those that extend `printed.html.jinja`; its CSS has the same name.
        overline: what kind of document it is.
        heading: what it is about.
        made: of what it was made, in words.
        notices: sentences that are to be read first.
        styles: further CSS, of ours alone: it is not escaped.
        held: what the template shows; every word of it is escaped.
    """
    of_its_own = files("openslate.drawing").joinpath
    parts = [stylesheet(), *(of_its_own(f"styles/{name}.css").read_text("utf-8") for name in ("printed", template))]
    return (
        templates()
        .get_template(f"{template}.html.jinja")
        .render(
            overline=overline,
            heading=heading,
            made=made,
            notices=notices,
            foot=FOOT,
            styles="".join([*parts, styles]),
            **held,
        )
    )
