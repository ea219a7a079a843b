"""Outcomes of the project's own plays for filed forecasts: counted as those were that the forecaster learned from."""

from openslate import clock
from openslate.apps.greenlight.forecast_types import Target
from openslate.apps.greenlight.own_outcomes import own_outcomes
from openslate.data.outcomes import Outcomes
from openslate.errors import NothingAllowed, UsageError
from openslate.project import Project


def own_played(project: Project, target: Target) -> Outcomes | str:
    """The audiences of titles whose window has closed by today, or why none can be counted, in a sentence.

    Args:
        project: where.
        target: of a forecaster of own plays.

    Raises:
        RightsError: the ledger cannot be written.
        ProjectError: a file is missing, or is not what its name says.
    """
    try:
        today = clock.now().date()
        return own_outcomes(project, today, target.measure, target.region, target.plays, target.age_band)
    except (NothingAllowed, UsageError) as error:
        return error.what
