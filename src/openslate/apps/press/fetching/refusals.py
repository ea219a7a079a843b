"""Why something was not fetched: one error with a kind, by which a broken source is told from a busy one."""

from typing import Literal, TypeAlias

from openslate.errors import AdmitError

Kind: TypeAlias = Literal["address", "robots", "size", "time", "status", "gone", "later", "type", "network", "content"]


class Refused(AdmitError):
    """Something was not fetched, or is not what it should be.

    Args:
        what: one sentence that names the address and what is wrong.
        way_out: one sentence that says what to do.
        kind: of the reason.
        seconds: after which a host asked to be called again; None where it named no time.
        status: of the answer; 0 where there was none.

    Example:
        >>> Refused("www.slate.example is busy.", "It is asked again later.", "later", 60.0).seconds
        60.0
    """

    def __init__(self, what: str, way_out: str, kind: Kind, seconds: float | None = None, status: int = 0) -> None:
        super().__init__(what, way_out)
        self.kind: Kind = kind
        self.seconds = seconds
        self.status = status
