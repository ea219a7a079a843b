"""The data that a forecaster was trained on, as it lay on that day: its card speaks of that, whatever came later."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from openslate.apps.greenlight.evaluate import knowing
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.known import TABLES
from openslate.apps.greenlight.opened import Opened
from openslate.apps.greenlight.stored import StoredOutcomes, store_past
from openslate.project import Project

LATER = (
    "Data came in after this forecaster was trained. Everything here is of the data that it was trained on; "
    "`openslate greenlight train` learns from what came later."
)


@dataclass(frozen=True)
class DataOfThen:
    """What a forecaster was trained on.

    Attributes:
        project: with the tables as they stood, where their files are still there; else as it is now.
        is_now: whether the tables are those of now.
    """

    project: Project
    is_now: bool

    def told(self, opened: Opened, past: Past) -> str:
        """What to know of the data behind a card, in sentences; empty where nothing has changed since the training.

        Args:
            opened: the forecaster.
            past: that its figures are worked out from.
        """
        if not _same(opened.past, past):
            return f"{_other(opened.artifact.manifest)} {_own_test(opened.artifact.manifest)}"
        return "" if self.is_now else LATER


def data_of_then(project: Project, opened: Opened) -> DataOfThen:
    """What a forecaster was trained on, as far as it is still there.

    Args:
        project: where.
        opened: the forecaster.
    """
    earlier = project.earlier(str(opened.artifact.manifest["snapshot"]), *TABLES)
    return DataOfThen(project, True) if earlier is None else DataOfThen(earlier, earlier is project)


def _same(kept: Past, past: Past) -> bool:
    """Whether two pasts tell the same; texts are not kept, and whether it waits is a matter of the test."""
    one, other = (store_past(replace(some, wait=False)) for some in (kept, past))
    return all(_alike(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))


def _alike(one: object, other: object) -> bool:
    if isinstance(one, StoredOutcomes):
        return all(_alike(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.tobytes() == other.tobytes()
    return one == other


def _other(manifest: Mapping[str, Any]) -> str:
    return (
        "The data that this forecaster was trained on is no longer there as it was, because titles were matched or "
        "parted, plays came or went, or something was erased. Figures of errors and coverage here are of a forecaster "
        "trained in the same way on what the project knows now."
    )


def _own_test(manifest: Mapping[str, Any]) -> str:
    tested = manifest["validation"]
    if not tested:
        return "Itself it was never tested."
    return (
        f"Its own test, at its training, on {tested['titles']:,} titles released from {tested['from']} to before "
        f"{tested['until']}, from {knowing(tested['as_published'])}: R2 {tested['r_squared']:.2f} on the logarithm, "
        f"the 80% interval held {tested['coverage']:.0%}, WIS skill {tested['wis_skill']:.2f} over the marginal."
    )
