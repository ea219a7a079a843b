"""Score shift: how the model that serves answers for what was watched since, against its own validation."""

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.baselines import fit_recent_popularity, member_scores, some_members
from openslate.apps.personalize.drift.finding import NOTHING_TO_DO, Finding, Severity
from openslate.apps.personalize.drift.windows import DAY, LONGEST, Windows
from openslate.apps.personalize.incumbent import Elder
from openslate.drawing.svg import percent
from openslate.errors import FitError
from openslate.evaluation.beyond_accuracy import coverage, times_shown
from openslate.evaluation.bootstrap import FEWEST_MEMBERS, Interval, estimate, ratio
from openslate.evaluation.drift import shift
from openslate.evaluation.protocol import rank_members
from openslate.evaluation.ranking import hit_rate, top_k
from openslate.evaluation.split import Split
from openslate.evaluation.splits import global_time
from openslate.evaluation.wording import figure, interval
from openslate.models.histories import Histories
from openslate.registry.standing import CLEARLY_WORSE, Standing

SEED = 0
MOST_JUDGES = 5_000
FALLEN = 0.75
"""The share of what it was on validation below which a whole interval says that the model has aged past use."""
RETRAIN = "Retrain: openslate personalize train."
RETHINK = "Retrain; if the new model is no better than popularity either, look at the data shift and search settings."


@dataclass(frozen=True)
class Answers:
    """How the model answered.

    Attributes:
        now: its nDCG@10 on what was watched since.
        hits: share of members with a hit among ten.
        ahead: its nDCG@10 minus that of the popularity of the last seven days, as fresh as can be, paired.
        lift: its nDCG@10 over that of popularity, or None where popularity may be at zero.
        days: how many days were asked for.
    """

    now: Interval
    hits: Interval
    ahead: Interval
    lift: Interval | None
    days: float


def answers(elder: Elder, windows: Windows, manifest: dict[str, Any]) -> Answers | None:
    """Ask the model for the latest days, from the histories before; None where nobody can be asked.

    As many days are asked for as validation asked for, at most those since the model's last event: a shorter span
    holds fewer titles to hit.

    Args:
        elder: the model over the titles of now.
        windows: the spans, whose whole histories are read.
        manifest: the model's.
    """
    horizon = min(LONGEST, windows.learned - manifest["validation"].get("cut", windows.learned - LONGEST))
    latest = windows.start + windows.length
    cut = max(latest - horizon, windows.learned)
    try:
        split = some_members(global_time(windows.whole, cut + 1), MOST_JUDGES)
    except FitError:
        return None
    ours = member_scores(split, elder)
    popular = member_scores(split, fit_recent_popularity(split.train, split.as_of))
    return Answers(
        now=estimate(ours, SEED),
        hits=estimate(_hits(split, elder), SEED),
        ahead=estimate(ours - popular, SEED),
        lift=ratio(ours, popular, SEED),
        days=(latest - cut) / DAY,
    )


def score_findings(found: Answers, manifest: dict[str, Any]) -> list[Finding]:
    """Whether the model still beats popularity, and by as much as on validation.

    Scores on spans of two times are not compared as they are; how many times popularity they reach is.

    Args:
        found: how it answered.
        manifest: the model's.
    """
    then = manifest["validation"]
    few = found.now.n_members < FEWEST_MEMBERS
    before = then.get("intervals", {}).get("score")
    fallen = not few and found.now.high < FALLEN * then["score"]
    return [
        Finding(
            name="nDCG@10 of the model",
            severity="unknown" if few else "watch" if fallen else "steady",
            before=_range(before, then["score"]),
            now=f"{figure(found.now.mean)} ({interval(found.now)})",
            noise="95% intervals",
            what=f"On the titles of the latest {found.days:.0f} days, {found.now.n_members:,} members; hit rate "
            f"{percent(found.hits.mean)}. Some days are harder than others: its lead over popularity says more.",
            do=RETRAIN if fallen else NOTHING_TO_DO,
            figures={"now": asdict(found.now), "hit_rate": asdict(found.hits), "days": found.days},
        ),
        _lead(found, then, few),
        _lift(found, manifest, few),
    ]


def list_findings(elder: Elder, windows: Windows) -> list[Finding]:
    """Whether the model's scores and lists have changed with the members' histories since its last event."""
    then = windows.whole.keep(windows.whole.times <= windows.learned)
    judges = np.flatnonzero((then.lengths() > 0) & (windows.now.lengths() > 0))
    judges = judges[np.linspace(0, len(judges) - 1, min(len(judges), MOST_JUDGES)).astype(np.int64)]
    if len(judges) < FEWEST_MEMBERS:
        return []
    best_then, shown_then = _lists(elder, then.take(judges))
    best_now, shown_now = _lists(elder, windows.whole.take(judges))
    edges = np.quantile(best_then, np.arange(1, 10) / 10)
    one_hot = np.eye(10)
    seen = shift([one_hot[np.searchsorted(edges, best_then)]], one_hot[np.searchsorted(edges, best_now)], SEED)
    changed = seen.stability > seen.chance and seen.stability >= 0.25
    known = elder.places >= 0
    before, now = coverage(shown_then, known), coverage(shown_now, known)
    narrow = now < before / 2
    return [
        Finding(
            name="distribution of best scores",
            severity="watch" if changed else "steady",
            before="–",
            now=f"{seen.stability:.3f}",
            noise=f"chance {seen.chance:.3f}",
            what=f"Stability index {seen.stability:.3f} of {len(judges):,} members' highest scores, by tenths.",
            do="See whether the histories have changed, above; if they have, retrain." if changed else NOTHING_TO_DO,
            figures=asdict(seen),
        ),
        Finding(
            name="coverage of the lists",
            severity="watch" if narrow else "steady",
            before=percent(before),
            now=percent(now),
            noise="–",
            what=f"Share of the titles the model knows that stand in at least one of {len(judges):,} members' ten.",
            do=RETRAIN if narrow else NOTHING_TO_DO,
            figures={"before": before, "now": now},
        ),
    ]


def _hits(split: Split, elder: Elder) -> NDArray[np.float64]:
    ranked = rank_members(split, lambda first, last: elder.score(split.fold_in.part(first, last)), 10)
    return hit_rate(ranked, split.target_offsets, split.targets)


def _lists(elder: Elder, histories: Histories) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Each member's highest score of an unseen title, and how often each title stands in a list of ten."""
    best, shown = [], np.zeros(len(elder.places), dtype=np.int64)
    for block in histories.parts(1000):
        scores = elder.score(block)
        ten = top_k(scores, block, 10)
        best.append(scores[np.arange(len(ten)), ten[:, 0]].astype(np.float64))
        shown += times_shown(ten, len(shown))
    return np.concatenate(best), shown


def _lead(found: Answers, then: dict[str, Any], few: bool) -> Finding:
    """A lead that is unclear among few members is no alarm; one that is lost for certain is."""
    clear = found.ahead.excludes_zero
    said = "cannot be told apart from" if not clear else "is clearly ahead of" if found.ahead.mean > 0 else "is below"
    lost = clear and found.ahead.mean < 0
    severity: Severity = "unknown" if few else "act" if lost else "steady"
    return Finding(
        name="lead over popularity",
        severity=severity,
        before=_range(then.get("intervals", {}).get("ahead"), then["score"] - then["baseline"]),
        now=f"{figure(found.ahead.mean)} ({interval(found.ahead)})",
        noise="95% intervals",
        what=f"The model {said} the popularity of the last seven days, in nDCG@10 on the same members.",
        do=RETHINK if lost else NOTHING_TO_DO,
        figures=asdict(found.ahead),
    )


def _lift(found: Answers, manifest: dict[str, Any], few: bool) -> Finding:
    """How many times popularity, then and now; half widths of the logarithms are added in quadrature."""
    then, now = Standing.of(manifest).lift, found.lift
    if then is None or now is None or min(now.low, then.low) <= 0 or few:
        what = "Too few hits on one side to say how many times popularity the model reaches."
        return Finding("times popularity", "unknown", "–", "–", "–", what)
    middle = math.log(now.mean / then.mean)
    half = math.hypot(*(math.log(one.high / one.low) / 2 for one in (now, then)))
    low, high = math.exp(middle - half), math.exp(middle + half)
    severity: Severity = "act" if high < FALLEN else "watch" if high < CLEARLY_WORSE else "steady"
    return Finding(
        name="times popularity",
        severity=severity,
        before=f"{then.mean:.2f} ({then.low:.2f} to {then.high:.2f})",
        now=f"{now.mean:.2f} ({now.low:.2f} to {now.high:.2f})",
        noise=f"ratio {low:.2f} to {high:.2f}",
        what=f"It reaches {math.exp(middle):.2f} of the lift it had on validation.",
        do=NOTHING_TO_DO if severity == "steady" else RETRAIN,
        figures={"then": asdict(then), "now": asdict(now), "ratio": math.exp(middle), "low": low, "high": high},
    )


def _range(sure: dict[str, float] | None, mean: float) -> str:
    return figure(mean) if sure is None else f"{figure(mean)} ({figure(sure['low'])} to {figure(sure['high'])})"
