"""Closing a period: what everybody earned in it is reckoned once and frozen on the ledger.

Each payee's statement is an entry of its own, so that one payee can check theirs without seeing another's. The entry
of the period comes last and names them all; until it is there the period is open, and a close that a crash broke off
leaves nothing behind that counts.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from openslate import clock
from openslate.accounts import book
from openslate.accounts.book import Numbered
from openslate.accounts.history import Closed, History, history
from openslate.accounts.lines import Deduction, Group, grouped, line_entry, priced_gross
from openslate.accounts.meter import Window, taken
from openslate.accounts.shared_out import PoolMoney, SharedOut, share_out
from openslate.accounts.totals import totals
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.periods import ZONE, PaymentTerms, Period, due_moment


def close_period(
    project: Project,
    period: Period,
    payer: str,
    pools: Sequence[PoolMoney] = (),
    deductions: Mapping[str, Sequence[Deduction]] | None = None,
    terms: PaymentTerms = PaymentTerms(),
) -> Closed:
    """Close a period, or return it as it was closed before, whatever is asked now.

    Args:
        project: whose accounts.
        period: that has ended; it begins where the last closed one ended.
        payer: name of the company that pays, as statements show it.
        pools: the money of each pool in the period.
        deductions: what is kept back from each payee, by commitment.
        terms: when what was earned is due.

    Raises:
        RightsError: the period has not ended, leaves a gap or overlaps, the clock has gone backwards, a pool does not
            fit its uses, or the ledger cannot be written.
    """
    with book.alone(project):
        entries = book.read(project)
        known = history(entries).closed.get(period.id)
        if known is not None:
            return known
        window = _window(entries, period, payer)
        groups = grouped(taken(entries, window), period)
        shared = share_out(pools, [group for group in groups if group.first.pool is not None])
        common: dict[str, Any] = {
            "period": period.to_entry(),
            "payer": payer,
            "upto": window.upto,
            "terms": _terms(period, terms),
        }
        statements = _statements(entries, window, _lines(groups, shared, deductions or {}))
        parts = book.write(project, [{"decision": "statement", **common, **one} for one in statements])
        named = [{"payee": one.entry["payee"], "index": one.index, "id": one.id} for one in parts]
        summaries = [one.summary for one in shared.values()]
        book.write(project, [{"decision": "period", **common, "statements": named, "pools": summaries}])
        return history(book.read(project)).closed[period.id]


def _window(entries: Sequence[Numbered], period: Period, payer: str) -> Window:
    """Which entries the period takes, once it may be closed at all."""
    now = clock.now()
    if not payer.strip():
        raise RightsError("The payer has no name.", "Say who pays, as statements shall show it.")
    if now < period.end:
        raise RightsError(
            f"The period ends on {period.end:%Y-%m-%d %H:%M} {ZONE}, which has not come.", "Close it once it is over."
        )
    if entries and max(one.at for one in entries) > now:
        raise RightsError(
            "The clock has gone backwards: the ledger holds entries of a later moment.",
            "Set the clock right; periods are closed by it.",
        )
    last = history(entries).last
    if last is None:
        return Window(period, len(entries))
    if period.start != last.period.end:
        raise RightsError(
            f"The period begins on {period.start:%Y-%m-%d %H:%M}, and the last closed one ended on "
            f"{last.period.end:%Y-%m-%d %H:%M} {ZONE}.",
            "Begin where the last one ended, so that nothing falls between periods or counts twice.",
        )
    return Window(period, len(entries), last.period.end, last.upto)


def _lines(
    groups: Sequence[Group], shared: Mapping[str, SharedOut], deductions: Mapping[str, Sequence[Deduction]]
) -> dict[str, list[dict[str, Any]]]:
    """Lines by payee."""
    found: dict[str, list[dict[str, Any]]] = {}
    for group in groups:
        pool = None if group.first.pool is None else shared[group.first.pool]
        gross = priced_gross(group) if pool is None else pool.pays[group.id]
        other = None if pool is None or pool.would_pay is None else pool.would_pay[group.id]
        payee = group.first.payee
        found.setdefault(payee, []).append(line_entry(group, gross, other, deductions.get(payee, ())))
    return found


def _statements(
    entries: Sequence[Numbered], window: Window, lines: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    """What each payee's statement says beside the period: lines, corrections, holds, payments and totals."""
    seen = [one for one in entries if window.sees(one)]
    now = history(entries, seen)
    new = [one for one in seen if window.takes(one)]
    earlier = _latest(now)
    payees = {
        *lines,
        *(one.entry["payee"] for one in new if one.entry.get("decision") in ("adjustment", "payment")),
        *(one.entry["payee"] for one in now.holds.values()),
        *(payee for payee, before in earlier.items() if _is_owing(before)),
    }
    found = []
    for payee in sorted(payees):
        corrections = _of("adjustment", payee, new)
        payments = _of("payment", payee, new)
        holds = _of("hold", payee, sorted(now.holds.values(), key=lambda one: one.index))
        own = lines.get(payee, ())
        found.append(
            {
                "payee": payee,
                "packs": sorted({pack for line in own for pack in line["packs"]}),
                "lines": list(own),
                "adjustments": corrections,
                "payments": payments,
                "held": holds,
                "totals": totals(earlier.get(payee, {}), own, corrections, payments, holds),
            }
        )
    return found


def _of(decision: str, payee: str, entries: Sequence[Numbered]) -> list[dict[str, Any]]:
    """A payee's entries of one kind, each with its place on the ledger."""
    dropped = ("decision", "payee", "previous")
    return [
        {**{key: value for key, value in one.entry.items() if key not in dropped}, "index": one.index, "id": one.id}
        for one in entries
        if one.entry.get("decision") == decision and one.entry["payee"] == payee
    ]


def _latest(known: History) -> dict[str, Mapping[str, Any]]:
    """Totals of each payee's last statement."""
    found: dict[str, Mapping[str, Any]] = {}
    for closed in known.closed.values():
        for payee, statement in closed.statements.items():
            found[payee] = statement.entry["totals"]
    return found


def _is_owing(before: Mapping[str, Any]) -> bool:
    return any(Decimal(total["closing"]) != 0 for total in before.values())


def _terms(period: Period, terms: PaymentTerms) -> dict[str, Any]:
    """When what the period earned is due: reckoned from its last moment, however late it is closed."""
    due = due_moment(period.end - (period.end - period.start).resolution, terms)
    return {"due": due.isoformat(), "days": terms.days, "source": terms.source, "grade": terms.grade}
