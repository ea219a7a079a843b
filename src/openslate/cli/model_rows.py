"""How a model of each application looks in the list of models: what it learned to, how good it was, ahead of what."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from openslate.registry.artifacts import REMOVED, Artifact

NOT_TESTED = "not tested"


class ModelRow(NamedTuple):
    """The words of one row."""

    learned_to: str
    validation: str
    ahead: str


def row_of(artifact: Artifact) -> ModelRow:
    """A model's row, in the terms of its application.

    One that ranks is ahead of popularity; one that forecasts, in the skill of its intervals, of the simple line.
    """
    return _FORMS[artifact.kind](artifact.manifest)


def doubts_about(artifact: Artifact) -> tuple[str, ...]:
    """What speaks against a forecaster today, a sentence each; of a ranker, and of one that was removed, nothing."""
    from openslate import clock
    from openslate.apps.greenlight.doubts import doubts_of

    if artifact.kind != "greenlight" or REMOVED in artifact.manifest:
        return ()
    return doubts_of(artifact.manifest, clock.now().date())


def _ranker(manifest: Mapping[str, Any]) -> ModelRow:
    from openslate.clock import from_microseconds

    validation = manifest["validation"]
    intervals = validation.get("intervals", {})
    ahead = f"{validation['score'] - validation['baseline']:+.4f}"
    return ModelRow(
        from_microseconds(manifest["as_of"]).strftime("%Y-%m-%d"),
        _with_interval(f"{validation['metric']} {validation['score']:.4f}", intervals.get("score")),
        _with_interval(ahead, intervals.get("ahead")),
    )


def _forecaster(manifest: Mapping[str, Any]) -> ModelRow:
    tested = manifest["validation"]
    if not tested:
        return ModelRow(manifest["as_of"], NOT_TESTED, "")
    return ModelRow(
        manifest["as_of"],
        f"R2 {tested['r_squared']:.4f}\n80% held {tested['coverage']:.3f}",
        f"WIS {tested['skill_over_line']:+.4f}",
    )


def _with_interval(figure: str, interval: Mapping[str, float] | None) -> str:
    return figure if interval is None else f"{figure}\n{interval['low']:.3f} to {interval['high']:.3f}"


_FORMS = {"personalize": _ranker, "greenlight": _forecaster}
