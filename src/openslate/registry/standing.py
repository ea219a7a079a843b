"""How a model stands against the one that serves, and the judgement on it: intervals decide, not points.

Knows manifests and comparisons as plain values; `registry.promotion` acts on the judgement.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from openslate.evaluation.bootstrap import FEWEST_MEMBERS, Interval
from openslate.evaluation.wording import figure, interval, label

CLEARLY_WORSE = 0.9
"""The share of the serving model's lift below which a whole interval must lie before splits of two different times
speak against a model: the times alone account for a tenth."""
NOTHING = 1e-9
"""Put for a lift of zero, which has no logarithm."""
MAKING = ("data", "recipe", "code")
"""What decides a model: equal values in its manifest give an equal model."""


@dataclass(frozen=True)
class Standing:
    """What a model's manifest says of it.

    Attributes:
        as_of: microseconds since 1970-01-01 UTC of the last event it learned from.
        data: hash of what it learned from.
        metric: the metric of validation.
        ahead: that metric minus the popularity baseline's, paired on its own validation members.
        lift: how many times the baseline's metric it reached there; None where the baseline may be at zero.
    """

    as_of: int
    data: str
    metric: str
    ahead: Interval
    lift: Interval | None

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> "Standing":
        """The standing a manifest states; one of an earlier version states points, which claim nothing."""
        validation = manifest["validation"]
        said = validation.get("intervals")
        if said is None:
            point = validation["score"] - validation["baseline"]
            return cls(manifest["as_of"], manifest.get("data", ""), "ndcg@10", Interval(point, point, point, 0), None)
        lift = None if said["lift"] is None else Interval(**said["lift"])
        # What was held when a member was forgotten was learned from other data, which a training anew is fresher than.
        data = f"{manifest['data']} held" if manifest.get("held") else manifest["data"]
        return cls(manifest["as_of"], data, validation["metric"], Interval(**said["ahead"]), lift)

    @property
    def beats_popularity(self) -> bool:
        """Whether the whole interval lies above the baseline."""
        return self.ahead.excludes_zero and self.ahead.mean > 0

    def is_fresher_than(self, other: "Standing") -> bool:
        """Whether it learned from later events, or from the same time as it is known now: consents end, too."""
        return self.as_of > other.as_of or (self.as_of == other.as_of and self.data != other.data)


@dataclass(frozen=True)
class Comparison:
    """A model and the one that serves, asked the same of the same members.

    Attributes:
        against: id of the model that serves.
        difference: the metric of the new model minus that of the other, paired; None where both could not be asked.
        how: how the other was asked, or why it could not be, as a clause.
    """

    against: str
    difference: Interval | None
    how: str

    def to_dict(self) -> dict[str, Any]:
        """Plain values, which `of` reads."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Comparison":
        """The comparison that `to_dict` wrote."""
        found = plain["difference"]
        return cls(plain["against"], None if found is None else Interval(**found), plain["how"])


@dataclass(frozen=True)
class Judgement:
    """Whether a model may serve, and why, with the numbers, as a clause without a full stop."""

    serves: bool
    why: str


def comparison_key(manifest: Mapping[str, Any], against: str) -> str:
    """The name under which a comparison is kept: what decides the new model, and the id of the other."""
    making = [manifest.get(name) for name in MAKING]
    return hashlib.sha256(json.dumps(["comparison", making, against], sort_keys=True).encode()).hexdigest()


def judge(candidate: Standing, incumbent: Standing | None, compared: Comparison | None = None) -> Judgement:
    """Whether a model may serve in the place of another.

    It may not when it is clearly below popularity, stale, or clearly worse than the model that serves; clearly means
    that a 95% interval excludes zero. It may when it is clearly better, or cannot be told apart and is fresher. One
    that is not clearly above popularity takes no place of one that is. Where the two could not be asked the same,
    their lifts over popularity on validation splits of their own are held against each other, see `CLEARLY_WORSE`.

    Args:
        candidate: the model that would serve.
        incumbent: the one that serves now, or None.
        compared: the two on the same members, or None where that was never done.

    Example:
        >>> new = Standing(5, "d", "ndcg@10", Interval(0.1, 0.08, 0.12, 500), None)
        >>> judge(new, None).why
        'nothing served before; nDCG@10 minus popularity is 0.100 (0.080 to 0.120, 500 members)'
        >>> judge(new, Standing(9, "e", "ndcg@10", Interval(0.1, 0.08, 0.12, 500), None)).why
        'it is stale: it learned from older data than the model that serves'
    """
    over = f"{label(candidate.metric)} minus popularity is {said(candidate.ahead)}"
    if candidate.ahead.excludes_zero and candidate.ahead.mean < 0:
        return Judgement(False, f"it is worse than popularity: {over}")
    if incumbent is None:
        unclear = "" if candidate.beats_popularity else ", which is no clear lead"
        return Judgement(True, f"nothing served before; {over}{unclear}")
    if candidate.as_of < incumbent.as_of:
        return Judgement(False, "it is stale: it learned from older data than the model that serves")
    if incumbent.beats_popularity and not candidate.beats_popularity:
        theirs = said(incumbent.ahead)
        return Judgement(
            False, f"it is not clearly better than popularity, as the model that serves is: {over}, there {theirs}"
        )
    if compared is not None and compared.difference is not None:
        return _by_difference(candidate, incumbent, compared.difference, compared.how)
    return _by_lifts(candidate, incumbent, "the two were never compared" if compared is None else compared.how)


def said(found: Interval) -> str:
    """A mean with its interval and members, as in '0.100 (0.080 to 0.120, 500 members)'."""
    return f"{figure(found.mean)} ({interval(found)}, {found.n_members:,} members)"


def _by_difference(candidate: Standing, incumbent: Standing, difference: Interval, how: str) -> Judgement:
    numbers = f"the difference in {label(candidate.metric)} is {said(difference)}, the other {how}"
    if difference.excludes_zero:
        better = difference.mean > 0
        return Judgement(better, f"it is clearly {'better' if better else 'worse'} than the other model: {numbers}")
    return _by_freshness(candidate, incumbent, f"cannot be told apart from it: {numbers}")


def _by_lifts(candidate: Standing, incumbent: Standing, why: str) -> Judgement:
    """Two estimates of different times: their logarithms are told apart with half widths added in quadrature."""
    ours, theirs = candidate.lift, incumbent.lift
    if ours is None or theirs is None or min(ours.n_members, theirs.n_members) < FEWEST_MEMBERS:
        return _by_freshness(candidate, incumbent, f"cannot be compared with it: {why}")
    middle = math.log(max(ours.mean, NOTHING) / theirs.mean)
    half = math.hypot(*(math.log(max(one.high, NOTHING) / max(one.low, NOTHING)) / 2 for one in (ours, theirs)))
    numbers = (
        f"{ours.mean:.2f} times popularity against {theirs.mean:.2f}, each on its own validation members, a ratio of "
        f"{math.exp(middle):.2f} ({math.exp(middle - half):.2f} to {math.exp(middle + half):.2f}); {why}"
    )
    if math.exp(middle + half) < CLEARLY_WORSE:
        return Judgement(False, f"it beats popularity by clearly less than the other model: {numbers}")
    return _by_freshness(candidate, incumbent, f"does not beat popularity by clearly less: {numbers}")


def _by_freshness(candidate: Standing, incumbent: Standing, found: str) -> Judgement:
    fresher = candidate.is_fresher_than(incumbent)
    return Judgement(fresher, f"it is {'fresher' if fresher else 'no fresher'} than the other model and {found}")
