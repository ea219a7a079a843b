"""What performers, members, sources and unions say to the machine, each step with a clock and perhaps a crash."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from openslate import clock
from openslate.errors import OpenslateError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.bundle import export_bundle
from openslate.rights.compensation import Compensation
from openslate.rights.consent import Basis, grant_source, record_member, withdraw_source
from openslate.rights.gathering import set_strike
from openslate.rights.records import store
from openslate.rights.records.record import PermittedUse
from openslate.rights.request import Request
from openslate.rights.verifier import openslate_verify
from tests.apps.personalize.promise.auditing import Ledger
from tests.apps.personalize.promise.crashing import Crash, dying_at
from tests.apps.personalize.promise.reference import MOST_USES, Reference, Token
from tests.lake_rows import add_rows
from tests.rights.people import GENERATE, NOW, PERFORMER, WORDS

MEMBERS = ("ann", "bob", "cyd", "dan", "eve", "fay")
RATES = {"day": Decimal("1500"), "dear": Decimal("2000"), "unpriced": None}
PURPOSES = ("train", "personalize")
REQUESTS: tuple[Request, ...] = tuple(replace(GENERATE, asset=f"scan-{number}") for number in (0, 1))

crashes = st.one_of(st.none(), st.none(), st.integers(0, 40))
records = st.integers(0, 1)
members = st.sampled_from(MEMBERS)
purposes = st.sampled_from(PURPOSES)


@dataclass(frozen=True)
class Outcome:
    """What became of one step.

    Attributes:
        value: what was given out; None where nothing was.
        error: the refusal.
        crashed: whether the process died on the way.
    """

    value: Any = None
    error: OpenslateError | None = None
    crashed: bool = False

    @property
    def done(self) -> bool:
        return self.error is None and not self.crashed


@cache
def template() -> Path:
    """A service whose members each watched one title that nobody else did, and some that others did, too."""
    project = Project.init(Path(tempfile.mkdtemp(prefix="promise-")) / "svc")
    shared = [f"t{number:02d}" for number in range(12)]
    add_rows(project, "titles", [(title, title) for title in (*shared, *(f"only {member}" for member in MEMBERS))])
    first = datetime(2026, 1, 1)
    plays = [
        (member, shared[(number + 5 * day) % 12], first + timedelta(days=day, hours=number))
        for number, member in enumerate(MEMBERS)
        for day in range(1, 7)
    ]
    own = [(member, f"only {member}", first) for member in MEMBERS]
    add_rows(project, "plays", [*own, *plays])
    project.state.close()
    return project.folder


class Speaking(RuleBasedStateMachine):
    """A service, a performer and a ledger, and what is said to them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="promise-"))
        self.project = Project.open(shutil.copytree(template(), self.folder / "svc"))
        self.now = NOW
        self.reference = Reference(MEMBERS)
        self.tokens: list[Token] = []
        self.accepted: Counter[str] = Counter()
        self.cut_short: set[int] = set()
        """Places of consents and grants whose step died, perhaps without effect: it comes after the entry."""

    # ---- One step, with a clock, and perhaps a crash.

    def perform(self, crash: int | None, work: Callable[[], Any]) -> Outcome:
        self.now += timedelta(seconds=1)
        noted = 0 if crash is None else len(self.ledger.entries)
        try:
            with clock.frozen(self.now), dying_at(crash):
                return Outcome(work())
        except OpenslateError as error:
            return Outcome(error=error)
        except Crash:
            self.project.state.close()
            self.project.vault.close()
            self.project = Project.open(self.project.folder)
            self.cut_short |= {number for number, _ in self.ledger.of("consent", "grant") if number >= noted}
            return Outcome(crashed=True)

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.project.ledger_path)

    def behind(self) -> bool:
        last = self.ledger.last
        return last is not None and self.now + timedelta(seconds=1) < last

    def begin(self, crash: int | None, work: Callable[[], Any]) -> Outcome:
        """A step that begins a use of people's data, which a clock that went back forbids."""
        behind = self.behind()
        outcome = self.perform(crash, work)
        assert not (behind and outcome.done), "an effect while the clock was behind the ledger"
        return outcome

    # ---- What performers, members, sources and unions say.

    @rule(record=records, terms=st.sampled_from(sorted(RATES)), days=st.sampled_from((1, 30)), crash=crashes)
    def grant(self, record: int, terms: str, days: int, crash: int | None) -> None:
        now, rate = self.now + timedelta(seconds=1), RATES[terms]
        paid = None if rate is None else Compensation("day_equiv", rate, "USD", residuals=True)
        value = replace(
            PERFORMER,
            record_id=f"rec-{record}",
            asset_ids=(REQUESTS[record].asset,),
            uses=(PermittedUse("generate", WORDS, scenes=("12",), max_count=MOST_USES),),
            issued_at=now,
            effective_from=now,
            expires_at=now + timedelta(days=days),
            compensation=paid,
        )
        outcome = self.begin(crash, lambda: store.grant(self.project, value))
        assert outcome.error is None or self.ledger.last is None or now < self.ledger.last
        if outcome.error is None:
            self.reference.granted(record, rate, now, now + timedelta(days=days), outcome.crashed)

    @rule(record=records, crash=crashes)
    def withdraw(self, record: int, crash: int | None) -> None:
        stands = {one.stands for one in self.reference.consents[record]}
        outcome = self.perform(crash, lambda: store.withdraw(self.project, f"rec-{record}", "stop_new"))
        assert outcome.crashed or outcome.done in stands
        if outcome.error is None:
            self.reference.withdrawn(record, outcome.crashed)

    @rule(on=st.booleans(), crash=crashes)
    def strike(self, on: bool, crash: int | None) -> None:
        outcome = self.begin(crash, lambda: set_strike(self.project, "sag-aftra", on))
        if outcome.error is None:
            self.reference.strike = self.reference.strike | {on} if outcome.crashed else {on}

    @rule(member=members, purpose=purposes, granted=st.booleans(), crash=crashes)
    def say(self, member: str, purpose: str, granted: bool, crash: int | None) -> None:
        step = self.begin if granted else self.perform
        outcome = step(crash, lambda: record_member(self.project, member, [purpose], granted))
        assert granted or outcome.error is None, "a refusal was refused"
        if outcome.error is None:
            self.reference.said(member, purpose, granted, outcome.crashed)

    @rule(purpose=purposes, on=st.booleans(), crash=crashes)
    def base(self, purpose: str, on: bool, crash: int | None) -> None:
        before = self.reference.bases[purpose]
        if on:
            said = Basis("Terms of membership.", (purpose,))
            # To say again what stands is no step at all, and asks no clock.
            step = self.begin if before == {False} else self.perform
            outcome = step(crash, lambda: grant_source(self.project, "test", said))
        else:
            outcome = self.perform(crash, lambda: withdraw_source(self.project, "test", [purpose], "over"))
            assert outcome.crashed or outcome.done in before
        if outcome.error is None:
            self.reference.bases[purpose] = before | {on} if outcome.crashed else {on}

    @rule(seconds=st.sampled_from((60, 14 * 60, 16 * 60, 90_000, -60, -20 * 60, -90_000)))
    def move_clock(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    # ---- At the end, an auditor looks.

    def teardown(self) -> None:
        try:
            if self.ledger.entries:
                self.now = max(self.now, self.ledger.last or self.now)
                with clock.frozen(self.now):
                    key = ledger.make_key(self.project)
                    export_bundle(self.project, self.folder / "bundle")
                said, problem = openslate_verify.check(
                    self.folder / "bundle", openslate_verify.read_key(key.text, 1), None, []
                )
                assert problem is None and said, problem
        finally:
            self.project.state.close()
            self.project.vault.close()
            shutil.rmtree(self.folder)
