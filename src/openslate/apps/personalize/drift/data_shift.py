"""Data shift: how much is watched, by whom, and what it is made of, now against before the model's last event."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from openslate.apps.personalize.drift.finding import NOTHING_TO_DO, Finding, Severity
from openslate.apps.personalize.drift.windows import DAY, Windows
from openslate.data.datasets import Viewing
from openslate.drawing.svg import percent
from openslate.evaluation.bootstrap import FEWEST_MEMBERS
from openslate.evaluation.drift import Shift, resampled_ratio, shift
from openslate.models.histories import ENGAGEMENT_STEPS, Histories

SEED = 0
LITTLE, MUCH = 0.1, 0.25
"""The stability index from which a mix has changed, and has changed much, by custom."""
RATES = (0.25, 0.5)
"""Relative changes of a rate that are worth watching and acting on."""
SHARES = (0.1, 0.2)
"""Changes of a share, in points, that are worth watching and acting on."""
MOST_WATCHED = 50

RETRAIN = "Retrain: openslate personalize train."
CHECK_FEED = "Check that every source still delivers; where viewing itself has changed, retrain."
CHECK_PLAYER = (
    "Check how completion and ratings are recorded, such as a new player; if viewing itself changed, retrain."
)
CHECK_MEMBERS = "Check the import of members; if the audience itself has changed, retrain."

MARGIN = 1.5
"""How far above the usual index a mix must be: the largest of a few is itself uncertain."""

PerMember = NDArray[np.float64]


@dataclass(frozen=True)
class Rate:
    """A sum over members divided by another, in every span, the latest first.

    Attributes:
        name: what it is called.
        parts: float64 [members] for each span.
        wholes: the same, to divide by.
        do: what to do when it has changed.
        share: whether it is a share, told in per cent.
        more_only: whether less of it is no reason to do anything.
    """

    name: str
    parts: Sequence[PerMember]
    wholes: Sequence[PerMember]
    do: str
    share: bool = False
    more_only: bool = False


def mixes(windows: Windows, data: Viewing) -> dict[str, tuple[Finding, Shift, tuple[str, ...]]]:
    """What the events are made of, by name: the finding, the shift behind it, and the names of the kinds.

    Args:
        windows: the spans.
        data: whose catalogue names genres and whose members have countries, in the order of the histories' members.
    """
    genres = data.catalogue.genre_names
    countries = tuple(sorted(set(data.countries)))
    place = np.array([countries.index(data.countries[member]) for member in windows.members], dtype=np.int64)
    popular = np.argsort(-np.bincount(windows.past[0].titles, minlength=windows.now.n_titles), kind="stable")
    head = popular[:MOST_WATCHED]
    title_kind = np.full(windows.now.n_titles, len(head), dtype=np.int64)
    title_kind[head] = np.arange(len(head))
    named = [data.catalogue.titles[title].name for title in head]
    asked: list[tuple[str, tuple[str, ...], Callable[[Histories], NDArray[np.float64]], str]] = [
        ("genres", genres, lambda span: _titles(span) @ data.catalogue.genre_shares, RETRAIN),
        ("titles", (*named, "all others"), lambda span: _kinds(span, title_kind[span.titles], len(head) + 1), RETRAIN),
        ("engagement", _TENTHS, lambda span: _kinds(span, _tenth(span), len(_TENTHS)), CHECK_PLAYER),
        (
            "countries",
            countries,
            lambda span: _kinds(span, place[span.members_of_events()], len(countries)),
            CHECK_MEMBERS,
        ),
    ]
    found = {}
    for name, kinds, count, do in asked:
        counts = [np.asarray(count(span), dtype=np.float64) for span in windows.spans]
        if len(kinds) < 2 or not counts[0].sum() or not counts[1].sum():
            continue
        seen = shift(counts[1:], counts[0], SEED)
        found[name] = (_of_mix(name, seen, kinds, _active(windows.now), do), seen, kinds)
    return found


def rates(windows: Windows) -> list[Finding]:
    """How much is watched, by how many, how much of it is new, and how far it is on few titles."""
    by_member = [span.lengths().astype(np.float64) for span in windows.spans]
    active = [(lengths > 0).astype(np.float64) for lengths in by_member]
    # A sum over all members, as a ratio whose denominator is one.
    ones = np.full(windows.now.n_members, 1.0 / windows.now.n_members)
    newcomers = [_newcomers(windows.whole, start) * here for start, here in zip(windows.starts, active, strict=True)]
    unheard = [_on_new_titles(windows.whole, span, min(start, windows.learned)) for start, span in _dated(windows)]
    head = [_on_head(span) for span in windows.spans]
    few = int(active[0].sum()) < FEWEST_MEMBERS
    a_day = [lengths / windows.days for lengths in by_member]
    whole = [ones] * len(active)
    asked = [
        Rate("events a day", a_day, whole, CHECK_FEED),
        Rate("active members", active, whole, CHECK_FEED),
        Rate("new members", newcomers, active, RETRAIN, share=True, more_only=True),
        Rate("plays of titles new in the span", unheard, by_member, RETRAIN, share=True, more_only=True),
        Rate("plays of the ten most watched", head, by_member, RETRAIN, share=True),
    ]
    return [_of_rate(one, few) for one in asked]


def daily(histories: Histories, learned: int) -> list[tuple[float, float]]:
    """(days since the model's last event, events) for each whole day, at most 120 days back.

    The day that the last event has only begun would look like a collapse, so it is left out. Of the first day only what
    came after the first event is known, which makes no such difference in 120 days.
    """
    day = (histories.times - learned - 1) // DAY
    first, last = max(int(day.min()), -120), int((histories.times.max() - learned) // DAY) - 1
    day = day[day <= last]
    counts = np.bincount((day[day >= first] - first).astype(np.int64), minlength=last - first + 1)
    return [(float(first + place), float(count)) for place, count in enumerate(counts)]


_TENTHS = tuple(f"{10 * tenth} to {10 * tenth + 10}%" for tenth in range(10))


def _tenth(span: Histories) -> NDArray[np.int64]:
    return np.minimum(span.engagement.astype(np.int64) * 10 // ENGAGEMENT_STEPS, 9)


def _dated(windows: Windows) -> list[tuple[int, Histories]]:
    return list(zip(windows.starts, windows.spans, strict=True))


def _active(span: Histories) -> int:
    return int((span.lengths() > 0).sum())


def _titles(span: Histories) -> csr_matrix:
    """Events of each member on each title, sparse [members, n_titles]."""
    # Copies, because SciPy sorts what it is given in place.
    return csr_matrix(
        (np.ones(span.n_events), span.titles.copy(), span.offsets.copy()), shape=(span.n_members, span.n_titles)
    )


def _kinds(span: Histories, kinds: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """Events of each member of each kind, float64 [members, count]."""
    flat = np.bincount(span.members_of_events() * count + kinds, minlength=span.n_members * count)
    return flat.reshape(span.n_members, count).astype(np.float64)


def _newcomers(whole: Histories, start: int) -> PerMember:
    """1 for members whose first event lies after `start`."""
    before = np.concatenate([[0], np.cumsum(whole.times <= start)])
    is_new: NDArray[np.bool_] = before[whole.offsets[1:]] == before[whole.offsets[:-1]]
    return is_new.astype(np.float64)


def _on_new_titles(whole: Histories, span: Histories, start: int) -> PerMember:
    """Events of the span on titles that nobody had watched up to `start`."""
    known = np.zeros(whole.n_titles, dtype=np.bool_)
    known[whole.titles[whole.times <= start]] = True
    weights = (~known[span.titles]).astype(np.float64)
    return np.bincount(span.members_of_events(), weights, span.n_members).astype(np.float64)


def _on_head(span: Histories) -> PerMember:
    """Events of the span on its own ten most watched titles."""
    head = np.argsort(-np.bincount(span.titles, minlength=span.n_titles), kind="stable")[:10]
    weights = np.isin(span.titles, head).astype(np.float64)
    return np.bincount(span.members_of_events(), weights, span.n_members).astype(np.float64)


def _of_mix(name: str, seen: Shift, kinds: tuple[str, ...], active: int, do: str) -> Finding:
    """Without a custom to hold it against, a mix that has changed much is worth watching, and no more."""
    limit = max(seen.chance, MUCH if seen.usual is None else MARGIN * seen.usual, LITTLE)
    severity: Severity = "steady"
    if active < FEWEST_MEMBERS:
        severity = "unknown"
    elif seen.stability > limit:
        severity = "act" if seen.usual is not None and seen.stability >= MUCH else "watch"
    change = np.subtract(seen.now, seen.before)
    most = int(np.argmax(np.abs(change)))
    moved = f"{kinds[most] or 'unknown'} from {percent(seen.before[most])} to {percent(seen.now[most])}"
    usual = "not known" if seen.usual is None else f"{seen.usual:.3f}"
    return Finding(
        name=f"mix of {name}",
        severity=severity,
        before="–",
        now=f"{seen.stability:.3f}",
        noise=f"chance {seen.chance:.3f}, usual {usual}",
        what=f"Stability index {seen.stability:.3f}; the largest change is {moved}.",
        do=NOTHING_TO_DO if severity in ("steady", "unknown") else do,
        figures={**asdict(seen), "kinds": list(kinds)},
    )


def _of_rate(measure: Rate, few: bool) -> Finding:
    """A sum over members against those of the spans before; the earliest span is no custom, since all is new then."""
    sums = list(zip(measure.parts, measure.wholes, strict=True))
    values = [float(part.sum() / max(whole.sum(), 1e-12)) for part, whole in sums]
    earlier = [resampled_ratio(part, whole, SEED) for part, whole in (sums[1:-1] or sums[1:2])]
    least, most = min(low for low, _ in earlier), max(high for _, high in earlier)
    low, high = resampled_ratio(*sums[0], SEED)
    now, before = values[:2]
    change = now - before if measure.share else (now - before) / max(before, 1e-12)
    little, much = SHARES if measure.share else RATES
    changed = (low > most or (high < least and not measure.more_only)) and abs(change) >= little
    severity: Severity = "steady"
    if few:
        severity = "unknown"
    elif changed:
        severity = "act" if abs(change) >= much else "watch"
    told = percent if measure.share else _amount
    points = round(abs(change) * 100)
    by = f"{points} point{'' if points == 1 else 's'}" if measure.share else percent(abs(change))
    return Finding(
        name=measure.name,
        severity=severity,
        before=told(before),
        now=f"{told(now)} ({told(low)} to {told(high)})",
        noise=f"usual {told(least)} to {told(most)}",
        what=f"{by} {'more' if change > 0 else 'less'} than before." if points else "As before.",
        do=NOTHING_TO_DO if severity in ("steady", "unknown") else measure.do,
        figures={"before": before, "now": now, "low": low, "high": high, "usual": [least, most]},
    )


def _amount(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
