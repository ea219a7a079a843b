"""The tables and the drawing of the overview."""

from openslate.accounts.disputes import HOLD_REASONS
from openslate.accounts.overview import Overview
from openslate.accounts.person_words import USES, moment, number
from openslate.accounts.statement_words import last_day, named_period, sum_in_words
from openslate.drawing.charts import grouped_bars
from openslate.drawing.page_words import moment_in_words
from openslate.drawing.sheet import Block, Cell, Figure, Prose, Table
from openslate.rights.rules.codes import CODES

GRADES = {
    "read": "read in the text itself",
    "secondary": "from press or a law firm's note",
    "unverified": "recalled or inferred",
}
STANDS = {
    "in force": "in force",
    "draft": "draft: decides nothing",
    "not yet": "not yet in force",
    "ended": "ended; judges what is of its time",
}
SHORT = 12
"""Characters of a commitment, enough to find it by."""


def endings(found: Overview) -> Block:
    """Grants and mandates that end soon."""
    if not found.endings:
        return Prose(f"No grant and no mandate ends within {found.days} days.")
    rows = [
        (
            one.id,
            one.kind,
            moment(one.ends),
            ", ".join(USES.get(use, use) for use in one.uses) or "everything",
        )
        for one in found.endings
    ]
    return Table("From then on they allow nothing", ("which", "kind", "ends", "for what"), rows)


def denials(found: Overview) -> list[Block]:
    """Denials by reason, drawn and counted."""
    if not found.denials:
        return [Prose("Nothing was denied so far.")]
    rows = [
        (
            Cell(one.code, one.name),
            f"{one.recent:,}",
            f"{one.ever:,}",
            f"{one.held_back:,}",
            CODES[one.code][1] if one.code in CODES else "",
        )
        for one in found.denials
    ]
    headings = ("reason", f"in {found.days} days", "ever", "held back from reads", "what it says")
    caption = "Requests by the rule that denied them first, and members held back, once for each read"
    return [*_drawn(found), Table(caption, headings, rows, numbers=(1, 2, 3))]


def money(found: Overview) -> list[Block]:
    """Open disputes, holds in force and overdue dues."""
    blocks: list[Block] = []
    if found.disputes:
        rows = [
            (one.number, Cell(f"line {one.line}", named_period(one.period)), moment(one.opened), one.record)
            for one in found.disputes
        ]
        blocks.append(Table("Open disputes", ("dispute", "about", "opened", "consent"), rows))
    if found.holds:
        held = [
            (
                one.number,
                f"line {one.line}",
                sum_in_words(one.amount, one.currency),
                HOLD_REASONS.get(one.reason, one.reason),
            )
            for one in found.holds
        ]
        blocks.append(Table("Holds in force", ("hold", "about", "amount", "why"), held, numbers=(2,)))
    if found.dues:
        due = [
            (
                f"{one.payee[:SHORT]}…",
                "a share of a pool" if one.amount is None else sum_in_words(str(one.amount), one.currency),
                Cell(last_day(one.due), tone="act"),
                ", ".join(one.records),
            )
            for one in found.dues
        ]
        caption = "Overdue; new use under these consents is denied (R21)"
        blocks.append(Table(caption, ("payee", "amount", "was due by", "consents"), due, numbers=(1,)))
    return blocks or [Prose("No dispute is open, nothing is held, and nothing is overdue.")]


def sources(found: Overview) -> list[Block]:
    """Unions on strike, and sources that are reserved."""
    strikes = f"On strike: {', '.join(found.strikes)}." if found.strikes else "No union is on strike."
    if not found.reservations:
        return [Prose(strikes), Prose("No source is reserved against learning, as far as it was looked at.")]
    rows = [
        (one.source, Cell(one.channel, "the protocol is a draft" if one.draft else ""), one.said)
        for one in found.reservations
    ]
    return [Prose(strikes), Table("Reserved against learning (R18)", ("source", "said by", "in its words"), rows)]


def forgetting(found: Overview) -> list[Block]:
    """Models that wait to forget somebody, and erasures that are not finished."""
    blocks: list[Block] = []
    if found.forgetting is None:
        blocks.append(Prose("Which models wait to forget was not given to this page; it is not known here."))
    elif not found.forgetting:
        blocks.append(Prose("No model waits to forget anybody."))
    else:
        rows = [
            (
                f"{one.model[:SHORT]}",
                moment(one.deadline),
                Cell("late: it may not serve", tone="act") if one.is_late else "may serve until then",
            )
            for one in found.forgetting
        ]
        blocks.append(Table("They learned from somebody who withdrew", ("model", "must forget by", ""), rows))
    if found.erasures:
        begun = [(f"{one.subject[:SHORT]}…", moment_in_words(one.requested)) for one in found.erasures]
        blocks.append(Table("Erasures that are not finished", ("member", "asked for"), begun))
    return blocks


def packs(found: Overview) -> list[Block]:
    """Contracts and laws, those in force first."""
    order = list(STANDS)
    rows = [
        (
            Cell(one.name, one.kind),
            Cell(STANDS[one.stands], tone="" if one.stands == "in force" else "watch"),
            Cell(one.grade, GRADES[one.grade]),
            Cell(one.title, f"stricter than the text: {', '.join(one.stricter)}" if one.stricter else ""),
        )
        for one in sorted(found.packs, key=lambda one: (order.index(one.stands), one.name))
    ]
    drafts = sum(one.stands == "draft" for one in found.packs)
    return [
        Table("As they stand today", ("pack", "today", "how sure", "text"), rows),
        Prose(f"{number(drafts, 'pack is a draft and decides', 'packs are drafts and decide')} nothing until enabled."),
    ]


def _drawn(found: Overview) -> list[Figure]:
    """Reasons as shares of the requests that were denied; none for reads, where no request was made."""
    asked = [one for one in found.denials if one.ever]
    if not asked:
        return []
    ever, recent = sum(one.ever for one in asked), sum(one.recent for one in asked)
    series = [
        ("since the ledger began", [one.ever / ever for one in asked]),
        (f"in the last {found.days} days", [one.recent / recent if recent else 0.0 for one in asked]),
    ]
    drawing = grouped_bars([f"{one.code} {one.name}" for one in asked], series, title="Denials by reason")
    counted = f"{number(ever, 'request', 'requests')} since the ledger began, {recent:,} in the last {found.days} days"
    return [Figure(f"Share of the requests that were denied, by the rule that came first: {counted}.", drawing)]
