"""Values as people write them in the files of production: texts, amounts, times of the day."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from openslate.rights.records.written import Text

LARGEST = 10**12
"""No amount of a shoot comes near it; below it, every sum here is exact."""
MINUTES_A_DAY = 24 * 60
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def _clock(value: object) -> object:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("it is no time of the day, such as '07:00'")
    return int(found[1]) * 60 + int(found[2])


def _day(value: object) -> object:
    # Pydantic would take a number for seconds since 1970, and a moment for its day.
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("it is no day, written as 2027-03-01 without quotes")
    return value


Name = Annotated[Text, Field(min_length=1, max_length=300)]
Money = Annotated[int, Field(strict=True, ge=0, lt=LARGEST)]
Minutes = Annotated[int, Field(strict=True, ge=0, le=MINUTES_A_DAY)]
Count = Annotated[int, Field(strict=True, ge=0, le=1000)]
Day = Annotated[date, BeforeValidator(_day)]
Clock = Annotated[int, BeforeValidator(_clock)]
"""Minutes after midnight, from a text such as '07:00'."""


def clock_text(minutes: int) -> str:
    """Minutes after midnight as a clock shows them.

    Example:
        >>> clock_text(7 * 60), clock_text(25 * 60 + 30)
        ('07:00', '01:30')
    """
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


class WrittenModel(BaseModel):
    """A table of a file: fields that it does not have are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
