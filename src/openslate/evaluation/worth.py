"""What each part of a blend adds and each step of its second stage, at what cost: plain values for reports and runs."""

from dataclasses import asdict, dataclass, field
from typing import Any

from openslate.evaluation.bootstrap import Interval


@dataclass(frozen=True)
class Step:
    """What one step of the second stage is worth.

    Stability: provisional.

    Attributes:
        name: 'logit' or 'trees'.
        gain: nDCG over the step before, paired, of members who did not teach it.
        kept: whether it won.
        seconds: to judge it; fitting it on everybody takes about half of that again.
    """

    name: str
    gain: Interval
    kept: bool
    seconds: float = field(compare=False)

    def as_record(self) -> dict[str, Any]:
        """Plain values, for a manifest: without the seconds, which differ from run to run."""
        return {"name": self.name, "gain": asdict(self.gain), "kept": self.kept}


@dataclass(frozen=True)
class PartWorth:
    """What one part of the blend is worth on validation.

    Stability: provisional.

    Attributes:
        name: of the part.
        kept: whether it is in the blend.
        alone: its nDCG by itself.
        adds: nDCG of the blend with it minus that of the blend without it, paired, the others weighed anew.
        seconds: to fit it; what it shares with another part is counted for the first of them.
    """

    name: str
    kept: bool
    alone: Interval
    adds: Interval
    seconds: float = field(compare=False)


@dataclass(frozen=True)
class Worth:
    """What the parts and the second stage of one blend are worth on its validation split.

    Stability: provisional.

    Attributes:
        split: name of the test split the blend was fitted for.
        metric: what was measured, such as 'ndcg@10'.
        choices: how often validation members were asked for what they watched next.
        parts: in the order of the recipe.
        steps: of the second stage, as far as it was tried.
        seconds: to find out what the parts are worth.
    """

    split: str
    metric: str
    choices: int
    parts: tuple[PartWorth, ...]
    steps: tuple[Step, ...]
    seconds: float = field(compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        plain = asdict(self)
        return {**plain, "parts": list(plain["parts"]), "steps": list(plain["steps"])}
