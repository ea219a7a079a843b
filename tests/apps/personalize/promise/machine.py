"""The machine: consents, refusals, uses, readings, trainings, answers, strikes, clocks and crashes, in any order.

The promise that it holds: no effect without a durable, valid, priced decision. Effects are a spent token, a view of
rows, a trained model and an answer; each is held against the reference and against the ledger file.
"""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from openslate.apps import personalize
from openslate.apps.personalize.fitted import CLASSES, Fitted
from openslate.apps.personalize.recommender import Recommender
from openslate.data import datasets
from openslate.data.catalogue import Catalogue
from openslate.errors import FitError, RightsError
from openslate.project import Project
from openslate.registry.artifacts import load
from openslate.registry.promotion import serving
from openslate.rights import authorising
from tests.apps.personalize.promise.reference import Token
from tests.apps.personalize.promise.speaking import MEMBERS, REQUESTS, Speaking, crashes, members, records
from tests.simulated import LIGHT


class Machine(Speaking):
    """The effects that may follow from what was said, each held against the reference and the ledger."""

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
            self.ledger.require_served("personalize", self.cut_short)

    def require_right(self, purpose: str, used: dict[str, bool]) -> None:
        for member, was in used.items():
            may = self.reference.allowed(member, purpose)
            assert was in may, f"{member}'s plays were {'' if was else 'not '}used to {purpose}, and {may} was right"


def answer(project: Project, member: str) -> int:
    """How many of a member's events were used to answer them."""
    if serving(project, "personalize") is None:
        return datasets.member_history(project, member, Catalogue(())).permitted
    recommender = Recommender.open(project)
    history = recommender.history(member)
    recommender.scores(history.histories)
    return int(history.permitted)
