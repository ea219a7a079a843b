"""What call sheets showed, as a board's file keeps it: a line a day, and nobody's name."""

import dataclasses
import json
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from openslate.apps.production.board.field_types import MOST, Day, Numbers
from openslate.apps.production.pages.shown import ShownDay, ShownMember, ShownScene
from openslate.apps.production.written_values import Name, WrittenModel

Moment = Annotated[int, Field(strict=True, ge=0, le=10 * 24 * 60)]
"""Minutes after midnight; a long day ends on another date."""
Digits = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
StandIn = Annotated[str, Field(pattern=r"^(sha256:[0-9a-f]{16})?$")]


class WrittenShownScene(WrittenModel):
    """A scene on a call sheet."""

    number: Name
    place: Name
    starts: Moment
    ends: Moment
    digest: Digits


class WrittenShownMember(WrittenModel):
    """Somebody on a call sheet."""

    id: Name
    character: StandIn
    performer: StandIn = ""
    on_set: Moment
    done: Moment
    code: Name
    scenes: Numbers


class WrittenShownDay(WrittenModel):
    """A call sheet."""

    date: Day
    call: Moment
    wrap: Moment
    places: Numbers
    scenes: Annotated[tuple[WrittenShownScene, ...], Field(max_length=MOST)]
    cast: Annotated[tuple[WrittenShownMember, ...], Field(max_length=MOST)]

    def shown(self) -> ShownDay:
        """As one that can be compared."""
        return ShownDay(
            self.date,
            self.call,
            self.wrap,
            self.places,
            tuple(ShownScene(**one.model_dump()) for one in self.scenes),
            tuple(ShownMember(**one.model_dump()) for one in self.cast),
        )


def shown_json(days: Sequence[ShownDay]) -> str:
    """A list of call sheets as JSON, a line each: people read and mend what stands above it."""
    lines = ",\n  ".join(json.dumps(day, ensure_ascii=False) for day in shown_values(days))
    return f"[\n  {lines}\n ]" if days else "[]"


def shown_values(days: Sequence[ShownDay]) -> list[dict[str, Any]]:
    """Call sheets as values that JSON has."""
    return [{**dataclasses.asdict(day), "date": day.date.isoformat()} for day in days]
