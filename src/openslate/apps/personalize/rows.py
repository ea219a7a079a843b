"""The candidate rows of a home page, each with a reason that is true: without what it names, the row would differ."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from openslate import clock
from openslate.apps.personalize.signals import Signals
from openslate.drawing.page_words import day_in_words
from openslate.serving.candidates import CandidateRow

POOL = 60
"""Titles offered per row: more than it shows, since rows above take some away."""
NEW_DAYS = 60
GENRE_ROWS = 5
BECAUSE_ROWS = 6
TAKEN_TOGETHER = "It fits what you have watched, taken together."
BEGUN = (0.05, 0.9)
"""Shares watched between which a title counts as begun and not finished."""


def candidate_rows(signals: Signals) -> tuple[CandidateRow, ...]:
    """Every row that could be shown to this member, the usual favourites first.

    Args:
        signals: what is known of the member and the titles.
    """
    if signals.personal:
        rows = [_begun(signals), _top_picks(signals), *_because(signals), _new(signals), _trending(signals)]
    else:
        rows = [_starters(signals), _popular(signals), _trending(signals), _new(signals)]
    rows.extend(_genres(signals))
    return tuple(row for row in rows if len(row.titles))


def _begun(signals: Signals) -> CandidateRow:
    """What the member has begun: their own doing, so it is pinned and shown as it is."""
    latest: dict[int, float] = {}
    for title, share in zip(signals.history.histories.titles, signals.history.completion, strict=True):
        if not np.isnan(share):
            latest.pop(int(title), None)
            latest[int(title)] = float(share)
    begun = [(title, share) for title, share in reversed(latest.items()) if BEGUN[0] <= share <= BEGUN[1]]
    titles = np.array([title for title, _ in begun], dtype=np.int32)
    return CandidateRow(
        kind="continue",
        heading="Continue watching",
        reason="You began these and have not finished them.",
        titles=titles,
        scores=signals.scores[titles],
        progress=np.array([share for _, share in begun]),
        pinned=True,
    )


def _top_picks(signals: Signals) -> CandidateRow:
    titles = signals.best(signals.unseen, signals.scores, POOL)
    return CandidateRow(
        kind="top-picks",
        heading="Top picks for you",
        reason=f"Chosen from the {len(np.unique(signals.history.histories.titles))} titles you have watched or rated.",
        titles=titles,
        scores=signals.scores[titles],
        reasons=tuple(reason_for(signals, int(title)) for title in titles),
    )


def reason_for(signals: Signals, title: int) -> str:
    """Why a title is offered, in one sentence that was tested.

    The watched title whose absence lowers this one's score the most; else the whole history, where the score is
    higher with it than without; else what others watch, which is then all that speaks for the title.
    """
    losses = signals.losses[:, title]
    if losses.max(initial=0.0) > 0:
        watched = signals.catalogue.titles[int(signals.recent[int(losses.argmax())])]
        return f"Because you watched {watched.name}."
    if signals.gains[title] > 0:
        return TAKEN_TOGETHER
    if signals.popular[title] > signals.popular.mean():
        return "Popular with others."
    return "Watched by others." if signals.popular[title] > 0 else "Little watched by others lately."


def _because(signals: Signals) -> list[CandidateRow]:
    """One row a liked title: what would stand lower without it."""
    rows = []
    for place, watched in enumerate(signals.recent[:BECAUSE_ROWS]):
        losses = signals.losses[place]
        # Only titles that the member might like anyway: a large loss alone would bring up oddities.
        promising = np.zeros(len(signals.scores), dtype=np.bool_)
        promising[signals.best(signals.unseen, signals.scores, 5 * POOL)] = True
        titles = signals.best(promising & (losses > 0), losses, POOL)
        name = signals.catalogue.titles[int(watched)].name
        rows.append(
            CandidateRow(
                kind="because",
                heading=f"Because you watched {name}",
                reason=f"Each of these would score lower for you had you not watched {name}.",
                titles=titles,
                scores=losses[titles],
            )
        )
    return rows


def _new(signals: Signals) -> CandidateRow:
    released = signals.catalogue.release_microseconds
    first_day = signals.now - NEW_DAYS * 86_400_000_000
    titles = signals.best(signals.unseen & (released >= first_day), signals.scores, POOL)
    dates = [signals.catalogue.titles[int(title)].released for title in titles]
    since = (clock.from_microseconds(signals.now) - timedelta(days=NEW_DAYS)).date()
    return CandidateRow(
        kind="new",
        heading="New",
        reason=f"Released since {since.isoformat()}.",
        titles=titles,
        scores=signals.scores[titles],
        reasons=tuple(f"Released on {day}." for day in dates),
    )


def _trending(signals: Signals) -> CandidateRow:
    where = signals.history.country
    return _by_others(
        signals,
        "trending",
        f"Trending in {where}" if where else "Trending",
        f"What others watched most in the week to {day_in_words(clock.from_microseconds(signals.now))}.",
        signals.trending,
    )


def _popular(signals: Signals) -> CandidateRow:
    where = signals.history.country
    return _by_others(
        signals,
        "popular",
        f"Popular in {where}" if where else "Popular",
        "What others have been watching most.",
        signals.popular,
    )


def _by_others(signals: Signals, kind: str, heading: str, reason: str, values: NDArray[np.float64]) -> CandidateRow:
    titles = signals.best(signals.unseen & (values > 0), values, POOL)
    return CandidateRow(kind, heading, reason, titles, values[titles])


def _starters(signals: Signals) -> CandidateRow:
    titles = signals.starters[signals.unseen[signals.starters]]
    return CandidateRow(
        kind="start",
        heading="A good place to start",
        reason="Widely watched, and different from one another: whatever you choose tells us something.",
        titles=titles,
        scores=signals.popular[titles],
    )


def _genres(signals: Signals) -> list[CandidateRow]:
    """Rows for the member's favourite genres, or for the largest ones where there is no history."""
    shares = signals.catalogue.genre_shares
    weights = signals.tastes if signals.personal else signals.popular @ shares
    rows = []
    for genre in np.argsort(-weights, kind="stable")[:GENRE_ROWS]:
        if weights[genre] <= 0:
            continue
        name = signals.catalogue.genre_names[int(genre)]
        titles = signals.best(signals.unseen & (shares[:, genre] > 0), signals.scores, POOL)
        reason = (
            f"{name} makes up {signals.tastes[genre]:.0%} of what you have watched."
            if signals.personal
            else f"{name} is among what others watch most."
        )
        rows.append(CandidateRow("genre", name, reason, titles, signals.scores[titles]))
    return rows
