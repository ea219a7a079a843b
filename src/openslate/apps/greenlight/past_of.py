"""Which of a project's outcomes tell the past."""

from openslate.apps.greenlight.features.past import SHORT_DAYS, Past
from openslate.apps.greenlight.known import Known
from openslate.data.outcomes import Outcomes

_RANK = "_rank"
_HOURS = ("hours", "weekly_hours")
"""Of several measures that were counted, hours say most: views reward short titles."""


def past_of(known: Known, wait: bool = False) -> Past:
    """The past of what a project knows.

    Args:
        known: what it knows.
        wait: whether outcomes are known when they were published, and not when their window closed.
    """
    short = [one for one in known.outcomes if len(one) and _days(one) <= SHORT_DAYS]
    longer = [one for one in known.outcomes if len(one) and _days(one) > SHORT_DAYS]
    return Past(
        known.works,
        known.labels,
        _most_telling(longer, known.labels.measure),
        _most_telling([one for one in short if not one.measure.endswith(_RANK)], known.labels.measure),
        next((one for one in short if one.measure.endswith(_RANK)), None),
        wait,
        buzz=known.buzz,
    )


def _days(outcomes: Outcomes) -> int:
    return int((outcomes.ends - outcomes.starts).astype(int).max()) + 1


def _most_telling(several: list[Outcomes], measure: str) -> Outcomes | None:
    for wanted in (*_HOURS, measure):
        for one in several:
            if one.measure == wanted:
                return one
    return several[0] if several else None
