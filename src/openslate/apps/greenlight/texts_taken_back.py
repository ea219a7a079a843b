"""Forecasters that learned from texts which were taken back since: they say so, and a training removes them."""

from collections.abc import Mapping

from openslate.data.written.since import taken_back
from openslate.project import Project
from openslate.registry import artifacts
from openslate.registry.learned_texts import standing_models, texts_learned

WHY = "it learned from a text that may not be learned from any more"
TRAIN_ANEW = "Train anew without them: openslate greenlight train"


def told_of(project: Project, artifact: str) -> str:
    """What a forecaster says of its texts, and the way out; empty while all of them may still be learned from.

    Args:
        project: where.
        artifact: its id.

    Raises:
        RightsError: a record or the ledger is not what it was.
    """
    return sentence(taken_back(project, texts_learned(project, artifact)))


def sentence(reasons: Mapping[str, int]) -> str:
    """How many texts of a forecaster may not be learned from any more, by the reason.

    Example:
        >>> sentence({"withdrawn (R20)": 2, "reserved (R18)": 1}).partition(":")[0]
        'It learned from 3 scripts, treatments or outlines that may not be learned from any more'
        >>> sentence({})
        ''
    """
    if not reasons:
        return ""
    many = sum(reasons.values())
    kinds = "scripts, treatments or outlines" if many > 1 else "script, treatment or outline"
    said = ", ".join(f"{count:,} {reason}" for reason, count in reasons.items())
    return f"It learned from {many:,} {kinds} that may not be learned from any more: {said}. {TRAIN_ANEW}."


def remove_taken_back(project: Project) -> tuple[str, ...]:
    """Remove every model that learned from such a text; their ids. Done again, it finishes what a crash left.

    Raises:
        RightsError: a record or the ledger is not what it was.
    """
    found = []
    for one in standing_models(project):
        if taken_back(project, texts_learned(project, one.id)):
            artifacts.remove(project, one, WHY)
            found.append(one.id)
    return tuple(found)
