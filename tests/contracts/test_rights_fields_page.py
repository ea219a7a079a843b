"""docs/rights-fields.md lists every field of the files for rights, and none that is not there."""

import re
import types
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from openslate.rights.asking import WAY_OUT as OF_REQUESTS
from openslate.rights.packs import loading
from openslate.rights.packs.loading import WAY_OUT as OF_PACKS
from openslate.rights.records.cells import OF_COMPENSATION, OF_USES
from openslate.rights.records.reading import MEND
from openslate.rights.records.written import WrittenCompensation, WrittenMandate, WrittenRecord, WrittenUse
from openslate.rights.request import Request

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = (DOCS / "rights-fields.md").read_text(encoding="utf-8")
WRITTEN = {
    "A record": WrittenRecord,
    "A permitted use": WrittenUse,
    "Compensation": WrittenCompensation,
    "A mandate": WrittenMandate,
    "A request": Request,
    "A pack": loading._Text,
    "A rule of a pack": loading._Rule,
}


def rows(heading: str) -> dict[str, tuple[str, str, str]]:
    """The table below a heading: field to type, whether it is needed, and what for."""
    pieces = re.split(r"^#{2,3} (.+)$", PAGE, flags=re.MULTILINE)
    text = dict(zip(pieces[1::2], pieces[2::2], strict=True))[heading]
    lines = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    return {field: (kind, needed, purpose) for field, kind, needed, purpose in lines}


def known(model: type[Any]) -> dict[str, bool]:
    """Each field of a model, and whether it must be given."""
    if issubclass(model, BaseModel):
        return {name: one.default is PydanticUndefined for name, one in model.model_fields.items()}
    return {one.name: one.default is MISSING for one in fields(model)}


def words(kind: object) -> set[str]:
    """The words of a field that takes only some."""
    if get_origin(kind) is Literal:
        return set(get_args(kind)) - {""}
    if get_origin(kind) in (Union, types.UnionType, tuple, frozenset):
        return {word for one in get_args(kind) for word in words(one)}
    return set()


@pytest.mark.parametrize("heading", WRITTEN)
def test_fields_are_those_of_the_model(heading: str) -> None:
    told, fields_of = rows(heading), known(WRITTEN[heading])
    assert list(told) and set(told) == set(fields_of)
    assert {field for field, (_, needed, _) in told.items() if needed == "yes"} == {
        field for field, needed in fields_of.items() if needed
    }


@pytest.mark.parametrize("heading", WRITTEN)
def test_words_are_those_that_are_taken(heading: str) -> None:
    told = rows(heading)
    for field, kind in get_type_hints(WRITTEN[heading]).items():
        # Uses have a table of their own.
        if field in told and words(kind) and field != "uses":
            assert set(re.findall(r"`(\w+)`", told[field][0])) == words(kind), field


def test_columns_of_csv_are_named() -> None:
    section = PAGE.split("\n## CSV\n")[1].split("\n## ")[0]
    for column in ("uses", *OF_USES, *OF_COMPENSATION):
        assert f"`{column}`" in section


def test_errors_and_pages_lead_there() -> None:
    for way_out in (OF_REQUESTS, OF_PACKS, MEND):
        assert "docs/rights-fields.md" in way_out
    for page in ("README.md", "rights.md"):
        assert "(rights-fields.md)" in (DOCS / page).read_text(encoding="utf-8")
