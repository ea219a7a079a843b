"""The drift report: what has changed since the model that serves was trained, and what to do about it."""

from openslate.apps.personalize.drift.measure import drift

__all__ = ["drift"]
