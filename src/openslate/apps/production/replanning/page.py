"""A plan as a page: what happened, what it costs, the cast before and after, and everything that changes."""

from openslate.apps.production.board.words import share_words, weekday_words
from openslate.apps.production.replanning.lost_days import saving_words
from openslate.apps.production.replanning.plans import Plan, Replanned
from openslate.apps.production.replanning.timeline import before_and_after
from openslate.apps.production.replanning.words import (
    differently,
    kept_words,
    many,
    none_words,
    proof_words,
    short_day,
    sum_words,
)
from openslate.drawing.paper import Page, Paper, paper_document
from openslate.drawing.printed import FOOT
from openslate.drawing.sheet import Block, Cell, Figure, Points, Prose, Section, Table


def replan_page(found: Replanned, plan: Plan) -> str:
    """A plan as a complete HTML document.

    Args:
        found: all plans.
        plan: the one that the page is of.
    """
    return paper_document(
        Paper(
            overline="Planned anew",
            heading=found.shoot.name,
            made=f"From {weekday_words(found.begins)} on; amounts in {found.shoot.currency}",
            verdict=f"This plan costs {sum_words(found, plan)}",
            findings=[*_proved(found, plan), *found.notices, *(clash.words for clash in plan.broken), *found.why,
                      *filter(None, [none_words(found)])],
            pages=[
                Page([[Section("What happened", _happened(found)), Section("What it costs", [_kinds(plan)])],
                      [Section("Ways to go on", [_plans(found)])]]),
                Page([[Section("Scenes on another day", _scenes(plan))], *_charts(found, plan)]),
                Page([[Section("Who must be called", _cast(plan))], [Section("Locations to be booked",
                                                                             _locations(plan))]]),
            ],
            foot=FOOT,
        )
    )  # fmt: skip


def _proved(found: Replanned, plan: Plan) -> list[str]:
    return [said for said in (proof_words(found, plan), saving_words(found, plan)) if said]


def _happened(found: Replanned) -> list[Block]:
    days = [day for day in found.before if day.date < found.begins]
    shot = f"{many(len(days), 'day')} before {short_day(found.begins)} stay as they are."
    return [Points([*(f"{fact}." for fact in found.facts), shot])]


def _kinds(plan: Plan) -> Table:
    changes = plan.changes
    rows = [(one.name, f"{one.before:,}", f"{one.after:,}", differently(one.after - one.before))
            for one in changes.kinds]  # fmt: skip
    before, after = changes.cost_before, changes.cost_after
    rows.append(("together", f"{before:,}", f"{after:,}", differently(after - before)))
    return Table("By kind, before and after", ("kind", "before", "after", "more"), rows, (1, 2, 3))


def _plans(found: Replanned) -> Table:
    rows = [
        (
            ", ".join(one.names),
            f"{one.cost:,}",
            differently(one.cost - found.cost_before),
            str(len(one.changes.scenes)),
            str(len(one.changes.cast)),
            str(one.changes.cast_days),
            "broken" if one.broken else share_words(found.gap(one)),
        )
        for one in found.plans
    ]
    caption = (
        f"Between: a scene on another day counts as {found.change_cost:,}, a day of work gained or lost as half of that"
    )
    if not found.fewest.broken:
        caption += f". No plan with {kept_words(found)} costs less than {found.bound:,}; the gap is of what is ahead"
    headings = ("plan", "cost", "more", "scenes", "people", "their days", "gap")
    return Table(caption, headings, rows, (1, 2, 3, 4, 5, 6))


def _scenes(plan: Plan) -> list[Block]:
    shoot = plan.board.shoot
    rows = [
        (one.number, Cell(shoot.scene_of[one.number].heading), short_day(one.before), short_day(one.after))
        for one in plan.changes.scenes
    ]
    return [Table("In the order of the script", ("scene", "where", "from", "to"), rows)] if rows else [_none()]


def _charts(found: Replanned, plan: Plan) -> list[list[Section]]:
    charts = before_and_after(found.before, plan.board, found.begins, [one.name for one in plan.changes.cast])
    rows = []
    for number, chart in enumerate(charts, 1):
        part = f", {number} of {len(charts)}" if len(charts) > 1 else ""
        caption = "Of each the days before above, and after below"
        rows.append([Section(f"The cast before and after{part}", [Figure(caption, chart)])])
    return rows


def _cast(plan: Plan) -> list[Block]:
    members = plan.board.shoot.member_of
    rows = [
        (
            one.name,
            Cell(members[one.name].character, members[one.name].performer),
            ", ".join(map(short_day, one.added)) or "–",
            ", ".join(map(short_day, one.dropped)) or "–",
            differently(one.cost_after - one.cost_before),
        )
        for one in plan.changes.cast
    ]
    headings = ("no.", "part", "now on", "no longer on", "pay")
    return [Table("Whose days of work change", headings, rows, (4,))] if rows else [_none()]


def _locations(plan: Plan) -> list[Block]:
    rows = [
        (
            one.name,
            ", ".join(map(short_day, one.added)) or "–",
            ", ".join(map(short_day, one.dropped)) or "–",
            differently(one.cost_after - one.cost_before),
        )
        for one in plan.changes.locations
    ]
    headings = ("location", "book", "give back", "fees")
    return [Table("Days that are wanted now, and no longer", headings, rows, (3,))] if rows else [_none()]


def _none() -> Prose:
    return Prose("None.")
