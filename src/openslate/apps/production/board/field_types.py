"""Kinds of values in a board's file, as JSON has them."""

import contextlib
import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from openslate.apps.production.written_values import Name

MOST = 2000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: object) -> date:
    # The library's own reading of days takes weeks and numbers as well.
    if isinstance(value, str) and _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError('it is no day, written as "2027-03-01"')


Day = Annotated[date, BeforeValidator(_day)]
Numbers = Annotated[tuple[Name, ...], Field(max_length=MOST)]
Flag = Annotated[bool, Field(strict=True)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
