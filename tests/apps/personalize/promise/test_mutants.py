"""The machine must be able to fail: a gate that is broken in one place is caught by a short walk."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from openslate.project import Project
from openslate.rights import authorising, decide, epochs, gate, ledger, tokens
from openslate.rights.ledger import Position, writing
from openslate.rights.ledger.lines import moment
from openslate.rights.pricing import Price
from openslate.rights.rules import case, table
from openslate.rights.standing import Standing
from tests.apps.personalize.promise.machine import Machine

Walk = Callable[[Machine], None]
Break = Callable[[pytest.MonkeyPatch], None]


@contextmanager
def machine() -> Iterator[Machine]:
    found = Machine()
    try:
        yield found
    finally:
        found.teardown()


def make_a_use(walked: Machine) -> None:
    walked.grant(0, "day", 30, None)
    walked.ask(0, None)
    walked.spend(0, None)


def make_it_twice(walked: Machine) -> None:
    make_a_use(walked)
    walked.spend(0, None)


def make_it_late(walked: Machine) -> None:
    walked.grant(0, "day", 30, None)
    walked.ask(0, None)
    walked.move_clock(16 * 60)
    walked.spend(0, None)


def make_it_after_a_withdrawal(walked: Machine) -> None:
    walked.grant(0, "day", 30, None)
    walked.ask(0, None)
    walked.withdraw(0, None)
    walked.spend(0, None)


def make_it_at_yesterdays_price(walked: Machine) -> None:
    walked.grant(0, "day", 30, None)
    walked.ask(0, None)
    walked.withdraw(0, None)
    walked.grant(0, "dear", 30, None)
    walked.spend(0, None)


def ask_without_consent(walked: Machine) -> None:
    walked.grant(1, "day", 30, None)
    walked.withdraw(1, None)
    walked.ask(1, None)


def ask_too_late(walked: Machine) -> None:
    walked.grant(1, "day", 1, None)
    walked.move_clock(90_000)
    walked.ask(1, None)


def ask_without_price(walked: Machine) -> None:
    walked.grant(0, "unpriced", 30, None)
    walked.ask(0, None)


def ask_in_a_strike(walked: Machine) -> None:
    walked.grant(0, "day", 30, None)
    walked.strike(True, None)
    walked.ask(0, None)


def ask_too_often(walked: Machine) -> None:
    walked.grant(0, "day", 30, None)
    for _ in range(4):
        walked.ask(0, None)


def ask_yesterday(walked: Machine) -> None:
    walked.grant(0, "day", 30, None)
    walked.move_clock(-60)
    walked.ask(0, None)


def learn(walked: Machine) -> None:
    walked.base("train", True, None)
    walked.say("ann", "train", False, None)
    walked.read(None)
    walked.train(None)


def answer(walked: Machine) -> None:
    walked.base("personalize", True, None)
    walked.say("ann", "personalize", False, None)
    walked.serve("bob", None)
    walked.serve("ann", None)


def answer_on_an_old_authorisation(walked: Machine) -> None:
    walked.base("personalize", True, None)
    walked.serve("bob", None)
    walked.base("personalize", False, None)
    walked.base("personalize", True, None)
    walked.serve("bob", None)


def answer_yesterday(walked: Machine) -> None:
    walked.base("personalize", True, None)
    walked.serve("bob", None)
    walked.move_clock(600)
    walked.strike(True, None)
    walked.move_clock(-60)
    walked.serve("bob", None)


def without(code: str) -> Break:
    # Not taken out of the table: put back, it would stand at the end, and the first reason to deny would be another.
    return lambda patch: patch.setitem(table.RULES, code, lambda case: None)  # type: ignore[arg-type]


def skipping(kind: str) -> Break:
    """Say of entries of a kind that they are on the ledger, and put none there."""
    append = ledger.append

    def skip(project: Project, entry: Mapping[str, Any]) -> Position:
        return Position(1, "0" * 64) if entry["decision"] == kind else append(project, entry)

    return lambda patch: patch.setattr(ledger, "append", skip)


def let_everybody_through(patch: pytest.MonkeyPatch) -> None:
    through = "(SELECT *, true AS granted, false AS refused, false AS reserved, true AS by_word FROM {0})"
    patch.setattr(gate, "judged", lambda _, rows, *__: through.format(rows))


def ask_no_price(patch: pytest.MonkeyPatch) -> None:
    nothing = Decimal(0)
    free = Price(nothing, Decimal(1), "use", nothing, "USD", "flat", None, False, False, "It is free.")
    patch.setattr(case, "_priced", lambda *_: free)


def believe_the_clock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(decide, "_hindered", lambda *_: None)
    for module in (writing, epochs):
        patch.setattr(module, "moment", lambda last, yielding=False: max(last, moment("")))


def mark_no_token(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tokens, "spend", lambda *_: 0)
    patch.setattr(authorising, "is_spent", lambda *_: False)


def let_tokens_live(patch: pytest.MonkeyPatch) -> None:
    issue = tokens.issue
    patch.setattr(tokens, "issue", lambda *asked: issue(*asked[:3], timedelta(days=1)))


def judge_by_the_first_look(patch: pytest.MonkeyPatch) -> None:
    looks: list[Standing] = []
    look = authorising.standing_for

    def first(*asked: Any) -> Standing:
        looks.append(look(*asked))
        return looks[0]

    patch.setattr(authorising, "standing_for", first)


def end_no_epoch(patch: pytest.MonkeyPatch) -> None:
    for module in (epochs, gate):
        patch.setattr(module, "epoch_id", lambda _: "the same for ever")


def take_any_version(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(authorising, "_require_same_terms", lambda *_: None)


MUTANTS: dict[str, tuple[Break, Walk]] = {
    "no entry of the use": (skipping("use"), make_a_use),
    "no entry of the spending": (skipping("spend"), make_a_use),
    "no entry of the read": (skipping("read"), learn),
    "no entry of the authorisation": (skipping("epoch"), answer),
    "withdrawals ignored": (without("R20"), ask_without_consent),
    "no record needed": (without("R01"), ask_too_late),
    "uses not counted": (without("R01"), ask_too_often),
    "strikes ignored": (without("R09"), ask_in_a_strike),
    "prices ignored": (ask_no_price, ask_without_price),
    "every clock believed": (believe_the_clock, ask_yesterday),
    "an answer by a clock that went back": (believe_the_clock, answer_yesterday),
    "tokens that stay": (mark_no_token, make_it_twice),
    "tokens that live too long": (let_tokens_live, make_it_late),
    "an act on an old judgement": (judge_by_the_first_look, make_it_after_a_withdrawal),
    "an act at an old price": (take_any_version, make_it_at_yesterdays_price),
    "refusals ignored in learning": (let_everybody_through, learn),
    "refusals ignored in answers": (let_everybody_through, answer),
    "authorisations that never end": (end_no_epoch, answer_on_an_old_authorisation),
}
WALKS = sorted({walk for _, walk in MUTANTS.values()}, key=lambda walk: walk.__name__)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_the_gate_as_it_is_passes_every_walk(walk: Walk) -> None:
    with machine() as walked:
        walk(walked)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_gate_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    break_it, walk = MUTANTS[name]
    with machine() as walked:
        break_it(monkeypatch)
        with pytest.raises(AssertionError):
            walk(walked)
        monkeypatch.undo()
