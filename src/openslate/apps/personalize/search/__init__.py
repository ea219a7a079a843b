"""Hyper-parameter search: settings tried within a budget, the best confirmed by members who did not choose it."""

from openslate.apps.personalize.search.run import search

__all__ = ["search"]
