"""Builds a member's home page: chooses rows and fills them, best page first, with odds that are known.

Candidates come from the models; the page goes to the screen, and its slots' propensities to the exposure log.

The page is filled from the top. At each place every remaining row is worth what its best line-up would add, and the
row worth most is placed: a greedy choice under diminishing returns, for a row loses the titles that the rows above
it show. Hard rules come first: no title twice on a page; pinned rows on top, in the order given; a row that has
lost too many titles is dropped; and two rows of one kind stand in sequence only when no row of another kind is left
(pinned rows may).
"""

from collections.abc import Callable

import numpy as np

from openslate.serving.candidates import CandidateRow, Candidates
from openslate.serving.line_up import Above, FilledRow, line_up
from openslate.serving.page_types import Page, Row, Slot, TitleCard
from openslate.serving.page_value import GenreMix, PageSettings, calibration_weight, gap_to_tastes, row_bonus

_ROUNDING = 1e-9
"""How far rounding may push a row's value above its upper bound."""


def arrange(candidates: Candidates, settings: PageSettings, seed: int) -> list[FilledRow]:
    """Choose and fill the rows of a page. Pure: equal candidates, settings and seed give an equal page.

    Args:
        candidates: what the page may be made of.
        settings: its shape, and what counts on it.
        seed: of the page's exploration; without exploration it changes nothing.

    Returns:
        The rows from the top down; none when no candidate row is long enough.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    above = Above((), np.zeros(len(candidates.enjoyment), dtype=np.bool_), GenreMix.none(len(candidates.tastes)))
    waiting = list(candidates.rows)
    page: list[FilledRow] = []
    while len(page) < settings.rows:
        allowed = _allowed(waiting, above, settings)
        if not allowed:
            break
        row = allowed[0] if allowed[0].pinned else _most_valuable(allowed, above, candidates, settings)
        filled = line_up(row, above, candidates, settings, rng)
        page.append(filled)
        waiting = [other for other in waiting if other is not row]
        taken = above.taken.copy()
        taken[filled.titles] = True
        above = Above((*above.kinds, row.kind), taken, filled.mix)
    return page


def build_page(
    candidates: Candidates,
    settings: PageSettings,
    seed: int,
    card_of: Callable[[int], TitleCard],
    *,
    member: str | None,
    made: str,
    model: str,
    personalised: bool,
    note: str = "",
) -> Page:
    """Arrange a page and write on each tile what the catalogue says.

    Args:
        candidates: what the page may be made of.
        settings: its shape, and what counts on it.
        seed: of the page's exploration; log it with the page.
        card_of: the facts of a title by its index, `cards.__getitem__` for instance.
        member: the member's id, or None.
        made: the moment, as ISO 8601 text with its zone.
        model: the id of the model behind the candidates.
        personalised: whether the member's history was used.
        note: why it was not, in one sentence for the reader of the page.

    Returns:
        The page; one without rows says why in its note.
    """
    rows = tuple(_dressed(filled, card_of) for filled in arrange(candidates, settings, seed))
    if not rows:
        note = f"{note} {_why_empty(candidates, settings)}".strip()
    return Page(member, made, model, personalised, note, seed, rows)


def _allowed(waiting: list[CandidateRow], above: Above, settings: PageSettings) -> list[CandidateRow]:
    """The rows that the hard rules let stand next, pinned ones first and alone."""
    pinned = [row for row in waiting if row.pinned and len(above.remaining(row)) > 0]
    if pinned:
        return pinned
    long_enough = [
        row for row in waiting if not row.pinned and _length(row, above, settings) >= settings.minimum_titles
    ]
    of_another_kind = [row for row in long_enough if row.kind not in above.kinds[-1:]]
    return of_another_kind or long_enough


def _most_valuable(
    rows: list[CandidateRow], above: Above, candidates: Candidates, settings: PageSettings
) -> CandidateRow:
    """The row that adds most to the page, the earlier one on equal value.

    Lazy: rows are lined up in the order of what they could add at most, until no other can win.
    """
    place = len(above.kinds)
    bonuses = [row_bonus(row, place, above.kinds, candidates, settings) for row in rows]
    limits = [bonus + _limit(row, above, candidates, settings) for row, bonus in zip(rows, bonuses, strict=True)]
    best, best_value = 0, -np.inf
    for index in sorted(range(len(rows)), key=lambda index: -limits[index]):
        if limits[index] + _ROUNDING < best_value:
            break
        value = bonuses[index] + line_up(rows[index], above, candidates, settings, rng=None).value
        if value > best_value or (value == best_value and index < best):
            best, best_value = index, value
    return rows[best]


def _limit(row: CandidateRow, above: Above, candidates: Candidates, settings: PageSettings) -> float:
    """More than any line-up of a row can add: its best titles at its best places, and tastes met exactly."""
    pool = above.remaining(row)[: settings.pool]
    likeliest = np.sort(candidates.enjoyment[row.titles[pool]])[::-1][: settings.titles_per_row]
    enjoyment = settings.examination(len(above.kinds))[: len(likeliest)] @ likeliest
    weight = calibration_weight(candidates, settings)
    return float((1.0 - weight) * enjoyment + weight * gap_to_tastes(candidates, above.mix, settings))


def _length(row: CandidateRow, above: Above, settings: PageSettings) -> int:
    return min(len(above.remaining(row)), settings.pool, settings.titles_per_row)


def _dressed(filled: FilledRow, card_of: Callable[[int], TitleCard]) -> Row:
    row = filled.row
    slots = tuple(
        Slot(
            **vars(card_of(int(row.titles[place]))),
            reason=row.reasons[place] if row.reasons else row.reason,
            score=float(row.scores[place]),
            propensity=propensity,
            progress=None if row.progress is None else float(row.progress[place]),
        )
        for place, propensity in zip(filled.places, filled.propensities, strict=True)
    )
    return Row(row.kind, row.heading, row.reason, slots)


def _why_empty(candidates: Candidates, settings: PageSettings) -> str:
    if not candidates.rows:
        return "The page is empty because there was no row to choose from."
    return (
        f"The page is empty because none of its {len(candidates.rows)} possible rows has"
        f" {settings.minimum_titles} titles to show."
    )
