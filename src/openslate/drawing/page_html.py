"""A home page as static HTML: a whole document, or a section to stand within a report.

Takes a page in plain form (`openslate.serving.page_types.Page.to_dict()`), from memory or from JSON, and gives text:
no script, no fonts or pictures to fetch, every name escaped, equal bytes for an equal page.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from openslate.drawing.page_words import basis_of, facts_of, further_facts_of, heading_of, model_of, moment_in_words
from openslate.drawing.theme import stylesheet
from openslate.drawing.tiles import row_of_tiles
from openslate.drawing.words import printable


def home_document(page: Mapping[str, Any]) -> str:
    """A page as a complete HTML document.

    Args:
        page: what `Page.to_dict()` returned.
    """
    styles = stylesheet() + home_stylesheet()
    template = _templates().get_template("home_document.html.jinja")
    return template.render(_view(page), level=1, styles=styles)


def home_section(page: Mapping[str, Any], level: int = 2) -> str:
    """A page as a `<section class="home">`, for a document that has `stylesheet()` and `home_stylesheet()`.

    Args:
        page: what `Page.to_dict()` returned.
        level: the rank of its heading, 1 to 5; rows come one below.
    """
    return _templates().get_template("home_section.html.jinja").render(_view(page), level=level)


def home_stylesheet() -> str:
    """The CSS of home pages; it reads the colours of `openslate.drawing.theme.stylesheet()`."""
    return files("openslate.drawing").joinpath("styles/home.css").read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("openslate.drawing"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _view(page: Mapping[str, Any]) -> dict[str, Any]:
    """What the templates print: every word printable, every number as text."""
    return {
        "heading": heading_of(page),
        "made": page["made"],
        "made_in_words": moment_in_words(page["made"]),
        "model": model_of(page),
        "basis": basis_of(page),
        "note": printable(page["note"]),
        "seed": page["seed"],
        "rows": [_row_view(row) for row in page["rows"]],
    }


def _row_view(row: Mapping[str, Any]) -> dict[str, Any]:
    tiles = row_of_tiles([(slot["name"], slot["genres"]) for slot in row["slots"]])
    return {
        "heading": printable(row["heading"]),
        "reason": printable(row["reason"]),
        "slots": [_slot_view(slot, tile) for slot, tile in zip(row["slots"], tiles, strict=True)],
    }


def _slot_view(slot: Mapping[str, Any], tile: str) -> dict[str, Any]:
    return {
        "tile": tile,
        "name": printable(slot["name"]),
        "facts": facts_of(slot),
        "more": further_facts_of(slot),
        "reason": printable(slot["reason"]),
        "watched": None if slot["progress"] is None else round(100 * slot["progress"]),
        "score": f"{slot['score']:.4g}",
        "propensity": f"{slot['propensity']:.4g}",
    }
