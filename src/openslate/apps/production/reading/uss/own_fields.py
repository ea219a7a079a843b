"""What Openslate keeps in a schedule file under a private key, as the standard allows: what it has no place for."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictStr
from pydantic.alias_generators import to_camel

from openslate.apps.production.shoot.scenes import Shift
from openslate.apps.production.written_values import Minutes


class _Own(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)


class OwnTerms(_Own):
    """How long a day is, which the standard does not say: without it, full days would be too long when read again."""

    minutes: Annotated[int, Field(strict=True, ge=1, le=1440)]
    overtime_minutes: Minutes
    minutes_per_eighth: Annotated[int, Field(strict=True, ge=1, le=240)]
    locations: Annotated[int, Field(strict=True, ge=1, le=3)]
    day_call: Minutes
    night_call: Minutes
    meal_minutes: Minutes


class OwnScene(_Own):
    """When a scene may be shot, where it is not as its heading says: kept on its breakdown under a private key."""

    shift: Shift


class OwnDays(_Own):
    """What a `Board` holds besides its days: kept on a stripboard under a private key."""

    nights: tuple[date, ...] = ()
    locked: tuple[date, ...] = ()
    locked_scenes: tuple[tuple[StrictStr, date], ...] = ()
    locked_cast: tuple[StrictStr, ...] = ()
    orders: tuple[tuple[StrictStr, ...], ...] = ()
    day: OwnTerms | None = None
    moves: tuple[tuple[StrictStr, StrictStr, Minutes], ...] = ()
    usual_move: Minutes | None = None


class OwnSpan(_Own):
    """From when to when a calendar goes: kept on a calendar under a private key."""

    starts: date
    ends: date
