"""`openslate greenlight gaps`: where members' taste outruns the catalogue."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say, waiting

if TYPE_CHECKING:
    from openslate.apps.greenlight.gap_types import Gap

EPILOG = "Example: openslate --project svc greenlight gaps --out gaps.html"


def gaps(
    context: typer.Context,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day of which plays are seen (UTC); today when left out."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=1095, help="Days that are counted, up to that day.")] = 365,
    country: Annotated[str, typer.Option(help="Of the members, such as FR; '*' for all.")] = "*",
    age_band: Annotated[str, typer.Option(help="Of the members, as the service writes it; all when left out.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write the HTML page.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Segments to list.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find where members' taste outruns the catalogue. Needs plays of members who allow it."""
    from openslate import clock
    from openslate.apps.greenlight.gap_types import MOST_FALSE
    from openslate.apps.greenlight.gaps import find_gaps
    from openslate.apps.greenlight.gaps_page import gaps_document, gaps_verdict
    from openslate.apps.greenlight.memo import write_memo
    from openslate.project import Project

    day = clock.now().date() if as_of is None else as_of.replace(tzinfo=UTC).date()
    project = Project.open(context.obj)
    with waiting("Counting what members watch"):
        found = find_gaps(project, day, days, country, age_band)
    if out is not None:
        write_memo(gaps_document(found), out)
    if as_json:
        print_json(
            {
                "as_of": day.isoformat(),
                "since": found.since.isoformat(),
                "until": found.until.isoformat(),
                "members": found.members,
                "members_denied": found.decision.members_denied,
                "titles": found.titles,
                "gaps": len(found.found),
                "segments": [_plain(gap) for gap in found.segments[:limit]],
                "left_out": dict(found.left_out),
                "page": None if out is None else str(out),
            }
        )
        return
    say(gaps_verdict(found))
    if found.found:
        say(f"At most {MOST_FALSE:.0%} of gaps are expected to be none, among {len(found.segments)} segments.")
    for gap in found.segments[:limit]:
        said = "gap" if gap.is_gap else "not sure"
        say(f"{gap.segment.name}: {gap.low:.2f} to {gap.high:.2f} times the catalogue ({said})", indent=2)
        say(
            f"{gap.titles} titles, {gap.recent} of them new; {gap.members:,} members in the period{_exhausted(gap)}",
            indent=4,
        )
    say(f"Counted {found.members:,} members; {found.decision.members_denied:,} were left out for want of a basis.")
    if out is not None:
        say(f"The page is {out}: open it in a browser.")


def _exhausted(gap: "Gap") -> str:
    return "" if gap.exhausted is None else f", {gap.exhausted:,} of whom have watched two thirds of it"


def _plain(gap: "Gap") -> dict[str, Any]:
    return {
        "theme": gap.segment.theme,
        "language": gap.segment.language,
        "kind": gap.segment.kind,
        "is_gap": gap.is_gap,
        "ratio": gap.ratio,
        "low": gap.low,
        "high": gap.high,
        "false_share": gap.false_share,
        "titles": gap.titles,
        "recent": gap.recent,
        "members": gap.members,
        "hours": gap.hours,
        "audience": gap.audience,
        "expected": gap.expected,
        "exhausted": gap.exhausted,
        "exhausted_quiet": gap.exhausted_quiet,
        "others_quiet": gap.others_quiet,
    }
