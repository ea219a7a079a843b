"""Filed forecasts that a command scores on its way, and how it says that one foretold nothing."""

from typing import TYPE_CHECKING

from openslate.errors import OpenslateError

if TYPE_CHECKING:
    from openslate.apps.greenlight.decision_types import FiledForecast
    from openslate.apps.greenlight.scoring_filed import Scored
    from openslate.project import Project


def score_now(project: "Project") -> tuple[tuple["Scored", ...], str]:
    """Score what has come in.

    Whatever a command did before stands if this fails: `openslate greenlight filed` makes up for it.

    Returns:
        Every filed forecast with what became of it, and why that could not be told, in words; one of them is empty.
    """
    from openslate.apps.greenlight.scoring_filed import score_filed

    try:
        return score_filed(project), ""
    except OpenslateError as error:
        return (), f"{error.what} {error.way_out}"


def in_hindsight(one: "FiledForecast") -> str:
    """That a forecast was filed after its outcome was known, in a sentence; empty where it was not."""
    if one.foretold:
        return ""
    return (
        f"This forecast was filed on {one.filed_on}, after the outcome was known ({one.first_known}): it foretold "
        "nothing, and counts in no calibration."
    )
