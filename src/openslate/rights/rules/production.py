"""Rules of the production: notice, reason, strikes, dubbing, background, synthetic performers, custody.

R06, R07, R09, R10, R12, R13, R14.
"""

from datetime import UTC, datetime, timedelta

from openslate.rights.rules.case import Case, covers, dubbing_has_a_rule
from openslate.rights.vocabulary import EVERYWHERE, REPLICAS, SHOWN


def too_little_notice(case: Case) -> str | None:
    """R06: less than the hours of notice before a scan; at engagement where that was later."""
    request, record = case.request, case.record
    if request.use != "scan" or not case.of_person:
        return None
    scan_at = request.scan_at or (record.scan_at if record else None)
    notice_at = request.notice_at or (record.notice_at if record else None)
    engaged_at = request.engaged_at or (record.engaged_at if record else None)
    if scan_at is None or notice_at is None:
        return "The moments of notice and scan are not both stated."
    hours = timedelta(hours=case.governing.numbers.get("scan_notice_hours", 0))
    notice = _between(notice_at, scan_at)
    if notice >= hours:
        return None
    if (
        engaged_at is not None
        and _between(notice_at, engaged_at) >= timedelta(0) <= _between(engaged_at, scan_at) < hours
    ):
        return None
    return f"Notice was given {_hours(notice)} hours before the scan; {_hours(hours)} are due."


def _between(earlier: datetime, later: datetime) -> timedelta:
    """Hours that really pass: in one zone, Python would subtract what the clocks on the wall say."""
    return later.astimezone(UTC) - earlier.astimezone(UTC)


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):g}"


def no_business_reason(case: Case) -> str | None:
    """R07: a scan on or after the day from which a reason is due, without one."""
    request, record = case.request, case.record
    from_day = case.governing.days.get("business_reason_from")
    if request.use != "scan" or not case.of_person or from_day is None:
        return None
    scan_at = request.scan_at or (record.scan_at if record else None)
    if scan_at is not None and scan_at.date() < from_day:
        return None
    given = request.business_reason or (record.business_reason if record else "")
    return None if given.strip() else "No business reason was given for the scan."


def strike(case: Case) -> str | None:
    """R09: a strike is on, and the use needs consent."""
    request, governing, strikes = case.request, case.governing, case.standing.strikes
    if not strikes or not case.of_person or (request.use == "alter" and governing.exempts(request.alteration)):
        return None
    struck = sorted(governing.strike_unions & strikes)
    if struck:
        return f"{struck[0]} is on strike."
    if case.record is not None and case.record.strike_suspends:
        return "A strike is on, and the record says that it is suspended in one."
    return None


def dubbing(case: Case) -> str | None:
    """R10: dubbing by replica into a language that nobody agreed to by name."""
    request, record = case.request, case.record
    if record is None or not case.of_person or not dubbing_has_a_rule(case):
        return None
    # That every language is agreed to is no consent to this one.
    named = tuple(one for one in record.languages if one != EVERYWHERE)
    if request.language and covers(named, request.language):
        return None
    return f"Nobody agreed to dubbing into {request.language!r} by replica."


def background_substitute(case: Case) -> str | None:
    """R12: a background replica is counted toward the least number of background actors."""
    if case.request.asset_kind != "BADR" or case.request.counts_as_background is False:
        return None
    if case.request.counts_as_background is None:
        return "Nobody said that the replica is not counted toward the least number of background actors."
    return "The replica is counted toward the least number of background actors."


def synthetic_performer(case: Case) -> str | None:
    """R13: a synthetic performer in a human role without notice, or without a statement of value where it is due."""
    request = case.request
    if request.synthetic_performer is False or not case.of_person or request.use not in SHOWN:
        return None
    if request.synthetic_performer is None:
        return "Nobody said that no synthetic performer plays a human role."
    if not request.union_notice:
        return "The union had no notice of the synthetic performer."
    if case.governing.numbers.get("value_statement_needed", 0):
        return None if request.value_statement.strip() else "No statement says what value it adds over a person."
    return None


def transfer(case: Case) -> str | None:
    """R14: whoever holds the asset is neither the producer nor an approved transferee."""
    request, record = case.request, case.record
    if record is None or not case.of_person or request.asset_kind not in REPLICAS | {"biometric"}:
        return None
    if not request.custodian:
        return "Nobody said who holds the asset."
    if request.custodian in (record.producer, *record.transferees):
        return None
    return f"{request.custodian!r} is neither the producer nor an approved transferee."
