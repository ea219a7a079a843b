"""Which forecaster answers where none is named: the latest one, as long as it is plain of what."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from openslate.apps.greenlight.memo_words import about
from openslate.apps.greenlight.trained_by import target_of
from openslate.errors import RegistryError, UsageError
from openslate.project import Project
from openslate.registry import artifacts

KIND = "greenlight"


class _About(NamedTuple):
    """What a forecaster is of; two that agree in it may stand for each other."""

    measure: str
    region: str
    plays: int
    age_band: str

    @property
    def is_whole(self) -> bool:
        """Whether it is of everywhere and everybody, by outcomes that were imported."""
        return self.region == "*" and not self.plays


def latest_forecaster(project: Project) -> artifacts.Artifact:
    """The forecaster that answers where none is named.

    Of forecasters of one target it is the one that was trained last. Of several targets it is the one of everywhere by
    imported outcomes, where just one measure has such: a forecast for one country or age band has to be asked for.

    Args:
        project: where.

    Raises:
        RegistryError: there is none.
        UsageError: it is not plain which is meant.
    """
    latest = _latest_of_each(_standing(project))
    if len(latest) == 1:
        return next(iter(latest.values()))
    whole = [found for of, found in latest.items() if of.is_whole]
    if len(whole) == 1:
        return whole[0]
    told = "; ".join(f"{about(target_of(one.manifest))} ({one.id[:12]})" for one in latest.values())
    raise UsageError(
        f"The project has forecasters of {len(latest)} targets, and none was named: {told}.",
        "Name one by its id, such as with --model.",
    )


def instead_of(project: Project, artifact: artifacts.Artifact) -> str:
    """That a later forecaster of the same target was removed, in whose place this one answers; empty where none was.

    Args:
        project: where.
        artifact: the forecaster that answers.
    """
    for one in _all(project):
        if one.id == artifact.id:
            break
        if artifacts.REMOVED in one.manifest and _about(one.manifest) == _about(artifact.manifest):
            return (
                f"The forecaster {one.id[:12]}, which was trained later, was removed because"
                f" {one.manifest[artifacts.REMOVED]}; the older {artifact.id[:12]} answers, which has learned until"
                f" {artifact.manifest['as_of']}. Train anew: openslate greenlight train."
            )
    return ""


def is_latest(project: Project, artifact: artifacts.Artifact) -> bool:
    """Whether a forecaster is the one of its target that was trained last.

    Args:
        project: where.
        artifact: the forecaster.
    """
    found = _latest_of_each(_standing(project)).get(_about(artifact.manifest))
    return found is not None and found.id == artifact.id


def _latest_of_each(standing: Sequence[artifacts.Artifact]) -> dict[_About, artifacts.Artifact]:
    """Of each target the first, which was trained last."""
    latest: dict[_About, artifacts.Artifact] = {}
    for one in standing:
        latest.setdefault(_about(one.manifest), one)
    return latest


def _about(manifest: Mapping[str, Any]) -> _About:
    target = target_of(manifest)
    return _About(target.measure, target.region, target.plays, target.age_band)


def _all(project: Project) -> list[artifacts.Artifact]:
    """Every forecaster, the latest first."""
    rows = project.state.rows("SELECT id FROM artifacts WHERE kind = ? ORDER BY recorded DESC, rowid DESC", (KIND,))
    return [artifacts.find(project, str(row[0])) for row in rows]


def _standing(project: Project) -> list[artifacts.Artifact]:
    """Every forecaster that was not removed, the latest first."""
    found = _all(project)
    standing = [one for one in found if artifacts.REMOVED not in one.manifest]
    if found and not standing:
        raise RegistryError(
            f"Every forecaster was removed, the last one because {found[0].manifest[artifacts.REMOVED]}.",
            "Train one: `openslate greenlight train`.",
        )
    if not standing:
        raise RegistryError("No forecaster has been trained.", "Train one: `openslate greenlight train`.")
    return standing
