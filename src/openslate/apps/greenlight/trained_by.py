"""What a stored forecaster was asked for, so that it can be judged and trained again as it was."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.forecast_types import Target
from openslate.models.forecasting.boosting import Growth
from openslate.models.forecasting.forecaster import Settings


def asked_of(manifest: Mapping[str, Any]) -> Asked:
    """What was asked of a forecaster when it was trained.

    Args:
        manifest: of its artifact.
    """
    return Asked(
        measure=manifest["measure"],
        region=manifest["region"],
        months=manifest["months"],
        until=date.fromisoformat(manifest["as_of"]),
        source=manifest["source"],
        everywhere=manifest["everywhere"],
        plays=manifest["plays"],
        as_published=bool(manifest["validation"].get("as_published")),
        seed=manifest["seed"],
        # Forecasters that were trained before age bands could be asked for counted all members.
        age_band=manifest.get("age_band", ""),
    )


def target_of(manifest: Mapping[str, Any]) -> Target:
    """What a forecaster forecasts.

    Args:
        manifest: of its artifact.
    """
    asked = asked_of(manifest)
    return Target(
        manifest["measure"], manifest["unit"], manifest["region"], manifest["window"], asked.plays, asked.age_band
    )


def settings_of(plain: Mapping[str, Any]) -> Settings:
    """The settings with which a forecaster was trained.

    Args:
        plain: as its manifest holds them.
    """
    members = tuple(Growth(**one) for one in plain["members"])
    return Settings(**{**plain, "members": members, "residual": Growth(**plain["residual"])})
