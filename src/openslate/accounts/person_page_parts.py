"""The tables of a person's page: viewing, uses, reads, money, disputes, looks, and the ways out."""

from collections.abc import Sequence

from openslate.accounts.person import Person
from openslate.accounts.person_money import Account, Sum
from openslate.accounts.person_papers import PaperHeld
from openslate.accounts.person_uses import UseMade
from openslate.accounts.person_words import OUTCOMES, TABLES, USES, from_when, moment, number, reason, what_it_made
from openslate.accounts.statement_words import last_day, named_period, sum_in_words
from openslate.drawing.sheet import Block, Cell, Prose, Table
from openslate.drawing.words import printable
from openslate.rights.consent import MEMBERS_WORD

SHOWN = 60
"""Rows of a table at most; the latest are shown, and all are in the JSON."""


def papers(held: Sequence[PaperHeld]) -> Block:
    """Where somebody is named beside the records about them."""
    rows = [(one.what, one.role, one.reason) for one in held[-SHOWN:]]
    return Table("Names of others are left out", ("what", "your role", "your reason"), rows)


def viewing(person: Person) -> list[Block]:
    """What is held of a member's viewing, on which basis, and what they said."""
    rows = [
        (
            TABLES.get(one.table, one.table),
            f"{one.count:,}",
            one.source,
            from_when(one.first, one.last),
        )
        for one in (*person.rows, *([person.pages] if person.pages else []))
    ]
    blocks: list[Block] = [
        Table("What is held", ("what", "rows", "brought by", "from when to when"), rows, numbers=(1,))
        if rows
        else Prose("No rows about your viewing are held.")
    ]
    if person.words:
        said = [
            (
                USES[one.purpose],
                "yes" if one.granted else "no",
                moment(one.recorded),
                "you, here" if one.source == MEMBERS_WORD[0] else one.source,
            )
            for one in person.words
        ]
        caption = "What you said; the last word on each counts, above every contract"
        blocks.append(Table(caption, ("for what", "you said", "when", "told by"), said))
    else:
        blocks.append(Prose("You said neither yes nor no; so the basis of each source decides, where it has one."))
    if person.bases:
        based = [(one.source, USES[one.purpose], one.text) for one in person.bases]
        blocks.append(Table("On which basis it may be used", ("brought by", "for what", "basis"), based))
    elif person.rows:
        blocks.append(Prose("No source that brought it has a basis: without your own yes, it may not be used."))
    return blocks


def uses(person: Person) -> list[Block]:
    """Allowed uses and denied requests, the latest first."""
    blocks: list[Block] = []
    if person.uses:
        rows = [
            (
                Cell(moment(one.at), f"entry {one.index}"),
                Cell(USES.get(one.use, one.use), one.production),
                Cell(_became(one), f"consent {one.record}" if one.record else ""),
                _pays(one.amount, one.currency, one.pool),
                one.described or "not kept",
            )
            for one in reversed(person.uses[-SHOWN:])
        ]
        caption = _caption("Allowed", len(person.uses))
        blocks.append(Table(caption, ("when", "use", "what became of it", "pays", "asked for as"), rows))
    if person.denials:
        denied = [
            (
                Cell(moment(one.at), f"entry {one.index}"),
                Cell(USES.get(one.use, one.use), one.production),
                " ".join(reason(code) for code in one.codes),
            )
            for one in reversed(person.denials[-SHOWN:])
        ]
        blocks.append(Table(_caption("Denied", len(person.denials)), ("when", "use", "why"), denied))
    return blocks


def _became(use: UseMade) -> str:
    return "voided, never made" if use.voided else "made" if use.made else "allowed, not made so far"


def reads(person: Person) -> list[Block]:
    """In which reads of everybody's viewing the member was, the latest first."""
    met = [one for one in person.reads if one.outcome != "not in it"]
    others = len(person.reads) - len(met)
    blocks: list[Block] = []
    if met:
        rows = [
            (
                Cell(moment(one.at), f"entry {one.index}"),
                Cell(one.reader, ", ".join(USES.get(purpose, purpose) for purpose in one.purposes)),
                f"yours {OUTCOMES[one.outcome]}",
                what_it_made(one),
            )
            for one in reversed(met[-SHOWN:])
        ]
        headings = ("when", "read by", "your viewing", "what it made")
        blocks.append(Table(_caption("Trainings, measurements and exports", len(met)), headings, rows))
    if others:
        blocks.append(Prose(f"{number(others, 'other read', 'other reads')} met nothing of yours."))
    blocks.append(Prose("Answers made for yourself are not listed one by one: each asks what you said before it."))
    return blocks


def money(person: Person) -> list[Block]:
    """What the person's uses paid."""
    rows: list[Sequence[str | Cell]] = []
    waiting = 0
    for account in person.accounts:
        rows += [_sum_row(account, one) for one in account.sums]
        waiting += sum(one.amount is None for one in account.dues)
    blocks: list[Block] = []
    if rows:
        headings = ("paid to", "earned", "paid", "held")
        blocks.append(Table("On closed statements, with corrections since", headings, rows, numbers=(1, 2, 3)))
    due: list[Sequence[str | Cell]] = [
        (
            last_day(one.due),
            sum_in_words(str(one.amount), one.currency),
            Cell("overdue", tone="act") if one.due <= person.at else "to come",
            "a closed statement" if one.statement is not None else "uses that no statement holds so far",
        )
        for account in person.accounts
        for one in account.dues
        if one.amount is not None
    ]
    if due:
        blocks.append(Table("Earned and not paid", ("due by", "amount", "", "from"), due, numbers=(1,)))
    if waiting:
        blocks.append(Prose(f"{number(waiting, 'use waits', 'uses wait')} for a pool to be shared out."))
    return blocks or [Prose("Nothing was earned so far.")]


def disputes(person: Person) -> Table:
    """Disputes, first to last."""
    rows = [
        (
            Cell(one.number, moment(one.opened)),
            Cell(f"line {one.line}", named_period(one.period)),
            "open" if one.outcome is None else one.outcome,
            "not kept" if one.said is None else f"“{one.said}”",
        )
        for one in person.disputes
    ]
    return Table("Of lines of statements", ("dispute", "about", "how it stands", "what is wrong"), rows)


def looks(person: Person) -> Block:
    """Who looked before, the latest first."""
    if not person.looks:
        return Prose("Nobody looked before.")
    rows = [(moment(one.at), one.reader, str(one.index)) for one in reversed(person.looks[-SHOWN:])]
    return Table(_caption("Looks", len(person.looks)), ("when", "who", "entry"), rows, numbers=(2,))


def ways(person: Person) -> list[Block]:
    """What can be asked for, with the command for it."""
    rows = [(one.what, _exact(one.command)) for one in person.ways[:SHOWN]]
    more = len(person.ways) - len(rows)
    caption = f"What you can ask for{f', and {more:,} more, all in the JSON' if more > 0 else ''}"
    return [
        Prose("Ask whoever gave you this page, in your own words; it costs nothing. They do it with these commands:"),
        Table(caption, ("what", "the command for it"), rows),
    ]


def _sum_row(account: Account, one: Sum) -> Sequence[str | Cell]:
    known_as = f"on the ledger {account.payee[:12]}…"
    whom = account.called or ("you" if account.is_own else "somebody else")
    return (
        Cell(whom, known_as if account.is_own else f"for you; what your consents earned; {known_as}"),
        sum_in_words(str(one.earned), one.currency),
        "not told apart" if one.paid is None else sum_in_words(str(one.paid), one.currency),
        sum_in_words(str(one.held), one.currency),
    )


def _pays(amount: str | None, currency: str | None, pool: str | None) -> str:
    if amount is not None and currency is not None:
        return sum_in_words(amount, currency)
    return f"a share of “{pool}”" if pool is not None else "nothing"


def _caption(what: str, count: int) -> str:
    return what if count <= SHOWN else f"{what}: the latest {SHOWN} of {count:,}; all are in the JSON"


def _exact(command: str) -> str:
    """A command as it must be typed, where a page can show it."""
    if printable(command) == command:
        return command
    return "The id cannot be printed: call openslate.rights.consent.record_member with it."
