"""Simulated streaming services with a known truth: where data comes from when there is none, or when it must be known.

The package knows no disk: it makes columns, and another layer brings them into a project.
"""

from openslate.data.simulate.catalogue import Catalogue, Columns
from openslate.data.simulate.oracle import Oracle
from openslate.data.simulate.respond import Response, Responses, respond, respond_all
from openslate.data.simulate.service import Service
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.simulate.shards import Shard

__all__ = [
    "Catalogue",
    "Columns",
    "Oracle",
    "Response",
    "Responses",
    "Service",
    "Shard",
    "SimulatorSettings",
    "respond",
    "respond_all",
]
