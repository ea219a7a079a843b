"""What holds of every decision: it never raises, order is nothing to it, and nobody gains by what is taken away."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.rights.decide import decide
from openslate.rights.packs.loading import built_in
from openslate.rights.records.record import ConsentRecord
from openslate.rights.request import Request
from openslate.rights.reservation import Reservation
from openslate.rights.standing import Standing
from tests.rights.decisions import R20, ROWS
from tests.rights.people import ALLOWED, EVERYBODY, NOW, PERFORMER, SCAN, standing

NEEDED: Mapping[str, set[str]] = {
    "generate": {
        *("project", "territory", "medium", "description", "scene", "custodian", "photography_start"),
        *("sexual_content", "synthetic_performer", "marks", "unit", "units", "estimate_author", "estimate_basis"),
    },
    "scan": {
        *("project", "territory", "medium", "description", "custodian", "photography_start", "notice_at", "scan_at"),
        *("unit", "units", "estimate_author", "estimate_basis"),
    },
    "dub": {
        *("project", "territory", "medium", "language", "description", "custodian", "photography_start"),
        *("sexual_content", "synthetic_performer", "marks", "unit", "units", "estimate_author", "estimate_basis"),
    },
    "train a writer's script": {"project", "territory", "medium", "description"},
    "license out": {
        *("project", "territory", "medium", "description", "custodian", "photography_start", "union_notice"),
        *("unit", "units", "estimate_author", "estimate_basis"),
    },
    "scan an iris": {
        *("project", "description", "custodian", "photography_start", "notice_at", "scan_at", "unrelated_purpose"),
        *("territory", "medium", "unit", "units", "estimate_author", "estimate_basis"),
    },
    "viewing": set(),
    "synopsis": {"source"},
}
"""Facts without which each of these uses is denied, though everything else is agreed to."""
JUNK = (None, "", "nonsense", 0, 7, 0.5, True, (), ("x",), frozenset({1}), datetime(2026, 1, 1), b"x", object())
DEFAULTS = {one.name: one.default for one in fields(Request) if one.name not in ("subject", "subject_kind")}
BASICS = ("subject", "subject_kind", "use", "asset", "asset_kind")


@pytest.mark.parametrize("name", NEEDED)
def test_each_fact_that_is_needed_is_missed_and_no_other(name: str) -> None:
    missed = set()
    for field in DEFAULTS:
        if field not in BASICS and getattr(ALLOWED[name], field) != DEFAULTS[field]:
            verdict = decide(replace(ALLOWED[name], **{field: DEFAULTS[field]}), NOW, standing(*EVERYBODY))
            if not verdict.allowed:
                missed.add(field)
    assert missed == {one for one in NEEDED[name] if getattr(ALLOWED[name], one) != DEFAULTS[one]}


@pytest.mark.parametrize("name", ALLOWED)
@pytest.mark.parametrize("field", [one.name for one in fields(Request)])
def test_a_fact_of_another_kind_denies(name: str, field: str) -> None:
    right = getattr(ALLOWED[name], field)
    for wrong in JUNK:
        request = replace(ALLOWED[name], **{field: wrong})
        verdict = decide(request, NOW, standing(*EVERYBODY))
        if request.trouble is not None:
            assert verdict.code == "R24"
        else:
            # Then it was of the right kind after all, and is judged like any other.
            assert type(wrong) is type(right) or wrong is None or right is None


@pytest.mark.parametrize("request_", [None, 7, "request", object(), PERFORMER, {}])
def test_whatever_is_asked_the_answer_is_a_verdict(request_: Any) -> None:
    assert decide(request_, NOW, standing(*EVERYBODY)).code == "R24"


@pytest.mark.parametrize("at", [None, 7, "2026", NOW.date(), NOW.replace(tzinfo=None)])
def test_whenever_it_is_asked_the_answer_is_a_verdict(at: Any) -> None:
    assert decide(SCAN, at, standing(*EVERYBODY)).code == "R24"
    assert decide(SCAN, at, standing(*EVERYBODY, last_at=NOW)).code == "R24"


@pytest.mark.parametrize("broken", [None, 7, Standing(), standing(replace(PERFORMER, uses=None))])  # type: ignore[arg-type]
def test_however_things_stand_the_answer_is_a_verdict(broken: Any) -> None:
    assert decide(ALLOWED["generate"], NOW, broken).code == "R24"


def test_the_same_question_has_the_same_answer() -> None:
    for row in ROWS:
        assert decide(row.request, row.at, row.standing) == decide(row.request, row.at, row.standing)


REQUESTS = st.sampled_from([*ALLOWED.values(), *(row.request for row in ROWS if row.code is None)])
VARIANTS: tuple[Mapping[str, Any], ...] = (
    {},
    {"uses": PERFORMER.uses[:1]},
    {"project_id": "p-other"},
    {"status": "suspended"},
    {"status": "draft"},
    {"separately_signed": False},
    {"packs": ("sag-aftra.tvth.2023",)},
    {"packs": ("nobody.knows",)},
    {"packs": (), "jurisdictions": ("GB",)},
    {"compensation": None},
    {"expires_at": NOW},
    {"survives_death": True},
    {"territories": ("*",)},
    {"strike_suspends": True},
    {"status": "withdrawn", "withdrawn_at": NOW, "withdrawal_effect": "stop_new"},
)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[ConsentRecord, ...]:
    """Records of everybody, some bent, some twice under other ids."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        record = draw(st.sampled_from(EVERYBODY))
        found.append(replace(record, record_id=f"rec-{number}", **draw(st.sampled_from(VARIANTS))))
    return tuple(found)


STANDS = st.fixed_dictionaries(
    {},
    optional={
        "strikes": st.sampled_from([frozenset(), frozenset({"sag-aftra"})]),
        "overdue": st.sampled_from([frozenset(), frozenset({"rec-0"})]),
        "used": st.sampled_from([{}, {("rec-0", "generate"): 3}]),
        "reservations": st.just({"press-site": (Reservation("robots", False, "Allow: /", "robots.txt"),)}),
    },
)


@settings(max_examples=200, deadline=None)
@given(worlds(), REQUESTS, STANDS, st.randoms(use_true_random=False))
def test_order_is_nothing(records: tuple[ConsentRecord, ...], request: Request, stands: Any, random: Any) -> None:
    first = standing(*records, **stands)
    held, packs = list(first.held), list(first.packs.items())
    random.shuffle(held)
    random.shuffle(packs)
    second = replace(first, held=tuple(held), packs=dict(packs), governing={})
    assert decide(request, NOW, first) == decide(request, NOW, second)


@settings(max_examples=300, deadline=None)
@given(worlds(), REQUESTS, STANDS, st.data())
def test_taking_away_never_turns_a_denial_into_leave(
    records: tuple[ConsentRecord, ...], request: Request, stands: dict[str, Any], data: st.DataObject
) -> None:
    before = decide(request, NOW, standing(*records, **stands))
    worse, less = dict(stands), records
    match data.draw(
        st.sampled_from(["withdraw", "remove", "suspend", "strike", "reserve", "overdue", "used", "revoke"])
    ):
        case "withdraw" if records:
            at = data.draw(st.integers(0, len(records) - 1))
            gone = replace(records[at], status="withdrawn", withdrawn_at=NOW, withdrawal_effect="stop_new")
            less = (*records[:at], gone, *records[at + 1 :])
        case "suspend" if records:
            at = data.draw(st.integers(0, len(records) - 1))
            if records[at].status == "active":
                less = (*records[:at], replace(records[at], status="suspended"), *records[at + 1 :])
        case "remove" if records:
            at = data.draw(st.integers(0, len(records) - 1))
            # A record that is withdrawn is no consent any more: to remove it is to remove a refusal. So is to remove a
            # member's last word, where it says less than the one before.
            one = records[at]
            if one.status == "active" and one.expires_at != NOW and one.subject_kind != "viewer":
                less = (*records[:at], *records[at + 1 :])
        case "strike":
            worse["strikes"] = frozenset({"sag-aftra", "wga"})
        case "reserve":
            worse["reservations"] = {"press-site": (Reservation("rsl", True, "prohibits ai-train", "license.xml"),)}
        case "overdue":
            worse["overdue"] = frozenset(one.record_id for one in records)
        case "used":
            worse["used"] = {(one.record_id, use): 9 for one in records for use in one.by_use}
        case "revoke":
            worse["mandates"] = {}
    after = decide(request, NOW, standing(*less, **worse))
    assert before.allowed or not after.allowed


@settings(max_examples=200, deadline=None)
@given(worlds(), REQUESTS, STANDS, st.timedeltas(min_value=timedelta(days=-800), max_value=timedelta(days=800)))
def test_every_denial_says_why_and_where_from(
    records: tuple[ConsentRecord, ...], request: Request, stands: dict[str, Any], later: timedelta
) -> None:
    verdict = decide(request, NOW + later, standing(*records, **stands))
    assert verdict.allowed == (verdict.code is None)
    for finding in verdict.findings:
        assert finding.name and finding.why.endswith(".") and finding.source
        assert request.subject not in finding.why
    codes = [finding.code for finding in verdict.findings]
    assert codes == sorted(codes)
    if verdict.allowed and request.use != "erase":
        assert verdict.held is not None and verdict.packs


def naive_notice(notice: datetime, scan: datetime, engaged: datetime | None) -> bool:
    """R06 said again, in seconds since 1970."""
    due = 48 * 3600
    if scan.timestamp() - notice.timestamp() >= due:
        return True
    if engaged is None or not 0 <= scan.timestamp() - engaged.timestamp() < due:
        return False
    return notice.timestamp() <= engaged.timestamp()


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 200_000), st.none() | st.integers(-5_000, 200_000), st.sampled_from([0, 172_799, 172_800, 172_801])
)
def test_notice_agrees_with_a_plain_definition(before: int, engaged_before: int | None, exact: int) -> None:
    scan = datetime(2026, 12, 3, 8, tzinfo=UTC)
    for seconds in (before, exact):
        notice = scan - timedelta(seconds=seconds)
        engaged = None if engaged_before is None else scan - timedelta(seconds=engaged_before)
        request = replace(SCAN, scan_at=scan, notice_at=notice, engaged_at=engaged)
        assert decide(request, NOW, standing(PERFORMER)).allowed == naive_notice(notice, scan, engaged)


def test_erasure_is_denied_by_nothing_that_a_withdrawal_left() -> None:
    for row in R20:
        assert decide(replace(row.request, use="erase"), row.at, row.standing).allowed


ENDED = replace(built_in()["sag-aftra.tvth.2026"], id="house.ended", in_force_to=date(2026, 9, 30))
PACKS = {**built_in(), ENDED.id: ENDED}
EDGES = sorted({day for pack in PACKS.values() for day in (pack.in_force_from, pack.in_force_to) if day is not None})
DAYS = st.builds(lambda day, more: day + timedelta(days=more), st.sampled_from(EDGES), st.integers(-1, 1))
WARM = standing(*EVERYBODY, packs=PACKS)


@settings(max_examples=200, deadline=None)
@given(st.none() | DAYS, st.none() | DAYS, DAYS, st.sampled_from([(), ("house.ended",), ("house.ended@7",)]))
def test_what_governed_other_days_is_not_taken_for_this_one(
    photographed: date | None, fixed: date | None, day: date, named: tuple[str, ...]
) -> None:
    asked = replace(ALLOWED["generate"], photography_start=photographed, fixed_on=fixed, packs=named)
    at = datetime.combine(day, time(12), NOW.tzinfo)
    assert decide(asked, at, WARM) == decide(asked, at, replace(WARM, governing={}))
