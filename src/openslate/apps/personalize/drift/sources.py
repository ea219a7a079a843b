"""Sources: whether each still brings what it used to bring, and how far it lags behind the others."""

from collections import defaultdict
from collections.abc import Sequence

from openslate import clock
from openslate.apps.personalize.drift.finding import NOTHING_TO_DO, Finding, Severity
from openslate.apps.personalize.drift.windows import DAY, Windows

FEWEST_EVENTS = 30
"""Fewer events before say nothing about a source."""
LATE = 0.5
"""Share of a span by which a source may lag behind the latest of all."""


def sources(days: Sequence[tuple[str, int, int]], windows: Windows) -> list[Finding]:
    """One finding for each source that brought events in the span before the model's last event.

    Args:
        days: (source, start of the day in microseconds, events).
        windows: the spans.
    """
    by_source: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for source, day, events in days:
        by_source[source].append((day, events))
    latest = max(day for _, day, _ in days)
    return [
        _finding(source, counts, windows, latest)
        for source, counts in sorted(by_source.items())
        if _events_in(counts, windows.learned - windows.length, windows.learned) >= FEWEST_EVENTS
    ]


def _finding(source: str, counts: list[tuple[int, int]], windows: Windows, latest: int) -> Finding:
    before = _events_in(counts, windows.learned - windows.length, windows.learned)
    now = _events_in(counts, windows.start, windows.start + windows.length)
    last = max(day for day, _ in counts)
    when = clock.from_microseconds(last).date().isoformat()
    severity: Severity = "steady"
    what, do = f"It still delivers, last for {when}.", NOTHING_TO_DO
    if not now:
        severity, what = "act", f"It has brought nothing since {when}."
        do = f"Check the feed of {source}; import what is missing, then retrain."
    elif latest - last > max(LATE * windows.length, 2 * DAY):
        severity, what = "watch", f"It lags {(latest - last) // DAY} days behind the others, last for {when}."
        do = f"Check whether the feed of {source} is late."
    return Finding(
        name=f"source {source}",
        severity=severity,
        before=f"{before:,} events",
        now=f"{now:,} events",
        noise="–",
        what=what,
        do=do,
        figures={"before": before, "now": now, "last_day": when},
    )


def _events_in(counts: list[tuple[int, int]], start: int, end: int) -> int:
    """Events of the days that begin after the day of `start`, up to the day of `end`."""
    return sum(events for day, events in counts if start // DAY < day // DAY <= end // DAY)
