"""The machine: consents, refusals, uses, readings, trainings, answers, strikes, clocks and crashes, in any order.

The promise that it holds: no effect without a durable, valid, priced decision. Effects are a spent token, a view of
rows, a trained model and an answer; each is held against the reference and against the ledger file.
"""

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
from openslate.apps import personalize
from openslate.apps.personalize.fitted import CLASSES, Fitted
from openslate.apps.personalize.recommender import Recommender
from openslate.data import datasets
from openslate.data.catalogue import Catalogue
from openslate.errors import FitError, OpenslateError, RightsError
from openslate.project import Project
from openslate.registry.artifacts import load
from openslate.registry.promotion import serving
from openslate.rights import authorising, ledger
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
from tests.simulated import LIGHT

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


class Machine(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="promise-"))
        self.project = Project.open(shutil.copytree(template(), self.folder / "svc"))
        self.now = NOW
        self.reference = Reference(MEMBERS)
        self.tokens: list[Token] = []
        self.accepted: Counter[str] = Counter()

    # ---- One step, with a clock, and perhaps a crash.

    def perform(self, crash: int | None, work: Callable[[], Any]) -> Outcome:
        self.now += timedelta(seconds=1)
        try:
            with clock.frozen(self.now), dying_at(crash):
                return Outcome(work())
        except OpenslateError as error:
            return Outcome(error=error)
        except Crash:
            self.project.state.close()
            self.project.vault.close()
            self.project = Project.open(self.project.folder)
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

    # ---- Effects.

    @rule(record=records, crash=crashes)
    def ask(self, record: int, crash: int | None) -> None:
        outcome = self.begin(crash, lambda: authorising.authorise(self.project, REQUESTS[record]))
        least, most = self.reference.uses[record]
        prices = self.reference.prices(record, self.now)
        if outcome.crashed:
            self.reference.uses[record] = (least, most + 1)
        if not outcome.done:
            return
        given = outcome.value
        price = None if given.token is None else given.verdict.price.amount
        assert price in prices, f"it was allowed at {price}, and {prices} was right"
        if given.token is not None:
            entry = self.ledger.entry(given.entry.hash)
            assert entry["amount"] == f"{price:.2f}" and entry["outcome"] == "allow", (
                "a token without a priced decision"
            )
            self.reference.uses[record] = (least + 1, most + 1)
            version, expires = given.verdict.held.record.version, self.now + timedelta(minutes=15)
            self.tokens.append(Token(given.token, record, version, price, given.entry.hash, expires, {False}))

    @rule(number=st.integers(0, 5), crash=crashes)
    def spend(self, number: int, crash: int | None) -> None:
        if not self.tokens:
            return
        token = self.tokens[-1 - number % len(self.tokens)]
        request = REQUESTS[token.record]
        outcome = self.begin(crash, lambda: authorising.spend(self.project, token.text, request))
        may = self.reference.spendable(token, self.now)
        for one in self.tokens:
            if self.now >= one.expires:
                one.over |= {True} if outcome.crashed else set()
                one.over = one.over if outcome.crashed else {True}
        if outcome.crashed:
            token.over |= {True}
        elif outcome.done:
            assert True in may, "a token was spent that had no right to be"
            token.over = {True}
            self.accepted[token.entry] += 1
            self.ledger.require_spent(outcome.value, f"{token.amount:.2f}", self.accepted[token.entry])
        else:
            assert False in may or self.behind_then(), f"a token was refused without reason: {outcome.error}"

    def behind_then(self) -> bool:
        """Whether the clock of the step just made was behind the ledger."""
        last = self.ledger.last
        return last is not None and self.now < last

    @rule(crash=crashes)
    def read(self, crash: int | None) -> None:
        outcome = self.begin(crash, lambda: datasets.viewing(self.project, ("train",), "a test"))
        if outcome.done:
            found = outcome.value
            self.require_right("train", {member: member in found.members for member in MEMBERS})
            allowed = len(found.members)
            self.ledger.require_read(found.decision.entry, ["train"], allowed, len(MEMBERS) - allowed)
        elif outcome.error is not None and not self.behind_then():
            self.require_right("train", dict.fromkeys(MEMBERS, False))

    @rule(crash=crashes)
    def train(self, crash: int | None) -> None:
        outcome = self.begin(crash, lambda: personalize.train(self.project, recipe=LIGHT))
        if not outcome.done:
            assert outcome.crashed or isinstance(outcome.error, RightsError | FitError), outcome.error
            return
        fitted = Fitted.of(load(outcome.value.artifact, CLASSES))
        counts = dict(zip(fitted.order.titles, fitted.plays.counts.tolist(), strict=True))
        learned_from = {member: counts.get(f"only {member}", 0) > 0 for member in MEMBERS}
        self.require_right("train", learned_from)
        allowed = sum(learned_from.values())
        self.ledger.require_read(outcome.value.decision.entry, ["train"], allowed, len(MEMBERS) - allowed)

    @rule(member=members, crash=crashes)
    def serve(self, member: str, crash: int | None) -> None:
        outcome = self.begin(crash, lambda: answer(self.project, member))
        if outcome.done:
            self.require_right("personalize", {member: outcome.value > 0})
            self.ledger.require_served("personalize")

    def require_right(self, purpose: str, used: dict[str, bool]) -> None:
        for member, was in used.items():
            may = self.reference.allowed(member, purpose)
            assert was in may, f"{member}'s plays were {'' if was else 'not '}used to {purpose}, and {may} was right"

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


def answer(project: Project, member: str) -> int:
    """How many of a member's events were used to answer them."""
    if serving(project, "personalize") is None:
        return datasets.member_history(project, member, Catalogue(())).permitted
    recommender = Recommender.open(project)
    history = recommender.history(member)
    recommender.scores(history.histories)
    return int(history.permitted)
