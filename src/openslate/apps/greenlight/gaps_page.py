"""The page of the catalogue's gaps: one HTML file for commissioners, with what it rests on."""

from collections.abc import Sequence

from openslate.apps.greenlight.gap_types import MOST_FALSE, Gap, Gaps
from openslate.drawing.page_words import day_in_words
from openslate.drawing.sheet import Cell, Counts, Facts, Figure, Points, Prose, Section, Sheet, Table, sheet_document
from openslate.drawing.supply import Supplied, against_supply
from openslate.drawing.svg import percent

LISTED = 25
NAMED = 8
SELECTION = (
    "Plays tell only of what members could watch: a segment without a title has no audience, and stands nowhere here.",
    "More plays of a title are no proof of more to come. What was shown first was watched first, and a gap may be what "
    "the home page pushed.",
    "Who watches much exhausts segments and stays for other reasons too: that they differ is no effect of the supply.",
    "Titles count in each of their genres, so segments overlap, and their figures do not add up to the catalogue's.",
    "A member counts once for each title, by the first play the project holds; what was watched before the plays begin "
    "is not known.",
)


def gaps_document(gaps: Gaps) -> str:
    """The gaps as a complete HTML document that loads nothing, prints, and reads aloud.

    Args:
        gaps: from `find_gaps`.
    """
    return sheet_document(
        Sheet(
            overline="Catalogue gaps",
            heading="Where members' taste outruns the catalogue",
            made=f"Plays from {day_in_words(gaps.since)} to {day_in_words(gaps.until)}{_who(gaps)} · "
            f"data {gaps.decision.snapshot[:12]}",
            verdict=gaps_verdict(gaps),
            findings=_findings(gaps),
            sections=[
                Section("Demand against supply", [_figure(gaps)]),
                Section("Segments", [_table(gaps.segments[:LISTED], len(gaps.segments), gaps.by)]),
                Section("What this rests on", [_counts(gaps), _rest(gaps)]),
                Section("How to read it", [Prose(_reading(gaps)), Points(SELECTION)]),
            ],
        )
    )


def gaps_verdict(gaps: Gaps) -> str:
    """The one sentence to remember."""
    if not gaps.found:
        return (
            f"Of {len(gaps.segments)} segments that were watched enough to tell, none finds so many more members a "
            "title than the catalogue that chance among so many segments would not explain it."
        )
    first = gaps.found[0]
    return (
        f"{first.segment.name}: a title finds {_times(first.low)} to {_times(first.high)} the members that a title of "
        f"the catalogue finds at its age, and there {'is' if first.titles == 1 else 'are'} {first.titles}."
    )


def _findings(gaps: Gaps) -> list[str]:
    told = "1 of {} segments finds" if len(gaps.found) == 1 else f"{len(gaps.found)} of {{}} segments find"
    found = [
        f"{told.format(len(gaps.segments))} more a title than the catalogue. Of such segments at most "
        f"{MOST_FALSE:.0%} are expected to be none: that so many were looked at is counted in."
    ]
    alone = sum(gap.low > 1 for gap in gaps.segments) - len(gaps.found)
    if alone:
        told = "more lies above it by itself, with 95%" if alone == 1 else "more lie above it by themselves"
        found.append(f"{alone} {told}; among so many segments, chance alone finds some.")
    most = max(gaps.segments, key=lambda gap: gap.exhausted or 0)
    if most.exhausted:
        left = ""
        if most.exhausted_quiet is not None and most.others_quiet is not None:
            left = (
                f"; {percent(most.exhausted_quiet)} of them have watched nothing for 28 days, of the other members "
                f"{percent(most.others_quiet)}"
            )
        found.append(
            f"{most.segment.name}: of {most.members:,} members who watched it in the period, {most.exhausted:,} have "
            f"watched two thirds of its {most.titles} titles or more, then or earlier{left}."
        )
    return found


def _figure(gaps: Gaps) -> Figure:
    points = [
        Supplied(gap.segment.name, gap.titles, gap.ratio, gap.low, gap.high, place < NAMED, gap.is_gap)
        for place, gap in enumerate(gaps.segments)
    ]
    chart = against_supply(
        points,
        title="Demand for a title of each segment, against how many there are",
        x_axis="titles of the segment on the service, logarithmic scale",
        y_axis="demand for one title",
        reference_label="a title of the catalogue",
    )
    caption = f"Each mark is a segment; the {min(NAMED, len(points))} with the highest lower bounds are named"
    return Figure(caption, chart)


def _table(listed: Sequence[Gap], every: int, by: str) -> Table:
    rows = [
        (
            gap.segment.name,
            Cell(_times(gap.ratio), f"{gap.low:.2f} to {gap.high:.2f}", "better" if gap.is_gap else ""),
            "gap" if gap.is_gap else "not sure",
            Cell(str(gap.titles), f"{gap.recent} new"),
            f"{gap.members:,}",
            f"{gap.hours:,.0f}",
            "not told" if gap.exhausted is None else f"{gap.exhausted:,}",
        )
        for gap in listed
    ]
    which = f"The first {len(listed)} of {every} segments" if every > len(listed) else f"All {every} segments"
    headings = (
        f"{by}, language, kind",
        "demand for a title",
        "what it is",
        "titles",
        "members",
        "hours",
        "exhausted it",
    )
    return Table(f"{which}, by the lower bound", headings, rows, numbers=(1, 3, 4, 5, 6))


def _counts(gaps: Gaps) -> Counts:
    return Counts(
        [
            ("members", f"{gaps.members:,}"),
            ("titles on the service", f"{gaps.titles:,}"),
            ("first plays of a title", f"{gaps.audience:,}"),
            ("members left out", f"{gaps.decision.members_denied:,}"),
        ]
    )


def _rest(gaps: Gaps) -> Facts:
    decision = gaps.decision
    return Facts(
        [
            ("Used for", " and ".join(decision.purposes)),
            ("Plays counted", f"{decision.rows_allowed:,}; {decision.rows_denied:,} left out for want of a basis"),
            *((words[:1].upper() + words[1:], f"{count:,}") for words, count in gaps.left_out.items()),
            ("Entry on the ledger", decision.entry[:16]),
        ]
    )


def _reading(gaps: Gaps) -> str:
    return (
        "Demand is how many members watch a title of the segment for the first time, over how many watch a title of "
        "the catalogue that is as old: 1× is the catalogue. It is drawn towards the mean of all segments by as much as "
        "it is uncertain, and its interval counts both who the members happened to be and which titles there happened "
        f"to be: within a segment, titles differ by {percent(gaps.title_spread**0.5)} of their mean. Segments are in "
        "the order of the lower end of the 90% interval, not of the middle. A segment is called a gap where that end "
        f"lies above the catalogue and, by Benjamini and Hochberg's procedure over all {len(gaps.segments)} segments, "
        f"at most {MOST_FALSE:.0%} of the gaps are expected to be none."
    )


def _who(gaps: Gaps) -> str:
    said = [] if gaps.country == "*" else [f"in {gaps.country}"]
    said += [] if not gaps.age_band else [f"aged {gaps.age_band}"]
    return f", members {' and '.join(said)}" if said else ""


def _times(ratio: float) -> str:
    return f"{ratio:.1f}×"
