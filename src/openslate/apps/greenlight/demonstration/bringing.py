"""An invented studio as a project: titles, productions, outcomes, members and plays, as any data comes in."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.demonstration.commissioned import COMPANIES, Studio, StudioSettings, invent_studio
from openslate.apps.greenlight.demonstration.outcomes import report
from openslate.apps.greenlight.demonstration.watching import live
from openslate.data.simulate.catalogue import Columns
from openslate.data.sources.arrays import import_arrays
from openslate.progress import Progress, silent, within
from openslate.project import Project

SOURCE = "studio-simulator"


def import_studio(project: Project, settings: StudioSettings = StudioSettings(), progress: Progress = silent) -> Studio:
    """Invent a studio and bring all it knows into a project, with every member's own consent and no basis beside it.

    Args:
        project: where.
        settings: how large it is.
        progress: told what is done.

    Returns:
        The studio, with the truth that the project does not hold.

    Raises:
        AdmitError: the days that are simulated lie in the future.
    """
    progress("Inventing a studio", 0.0)
    studio = invent_studio(settings)
    tables = {
        "titles": _titles(studio.table),
        **live(studio),
        "productions": _productions(studio),
        "outcomes": report(studio),
    }
    import_arrays(
        project,
        [tables],
        source=SOURCE,
        location=f"{settings.titles} simulated titles and {settings.members:,} members, seed {settings.seed}",
        progress=within(progress, 0.2, 1.0),
    )
    return studio


def _titles(table: Columns) -> Columns:
    credited = [[{"name": name, "role": role} for name, role in row] for row in table["credits"]]
    return {
        **{name: column for name, column in table.items() if name != "countries"},
        "genres": _barred(table["genres"]),
        "credits": np.array([json.dumps(row, ensure_ascii=False) for row in credited], dtype=object),
    }


def _productions(studio: Studio) -> Columns:
    unknown = np.isnan(studio.budgets)
    return {
        "title": studio.table["title"],
        "budget": studio.budgets,
        "currency": _known(["USD"] * len(unknown), ~unknown),
        "countries": _barred(studio.table["countries"]),
        "companies": np.array(COMPANIES, dtype=object)[studio.companies],
        "series": _known(studio.series.tolist(), studio.series != ""),
        "season": np.where(studio.season == 0, np.nan, studio.season),
        "limited": _known(studio.limited.tolist(), studio.table["kind"] == "series"),
        "worldwide": studio.worldwide,
    }


def _known(values: Sequence[Any], known: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Values with nothing where they are not known."""
    return np.array([value if one else None for value, one in zip(values, known, strict=True)], dtype=object)


def _barred(rows: NDArray[Any]) -> NDArray[np.object_]:
    return np.array(["|".join(row) for row in rows], dtype=object)
