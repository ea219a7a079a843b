"""The errors of a ledger that cannot be trusted or written: nothing about people may take effect until it is mended."""

from openslate.errors import RightsError

RESTORE = "Restore the ledger from a backup; it was changed outside Openslate."
CLOCK = "R25"
"""Reason code of a clock that has gone backwards."""
NOT_DURABLE = "R26"
"""Reason code of a ledger that is not what it was, or that cannot be written for good."""


def alarm(what: str, way_out: str = RESTORE) -> RightsError:
    """The error for a ledger that is not what it was, or cannot be written."""
    return RightsError(what, way_out, NOT_DURABLE)
