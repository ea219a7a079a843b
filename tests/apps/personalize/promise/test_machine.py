"""No effect without a durable, valid, priced decision, whatever happens in whatever order.

The assertions are the machine's: each of its steps holds what happened to what was agreed to, and `test_mutants` shows
that it notices broken gates.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.apps.personalize.promise.machine import Machine


def run(examples: int, steps: int, derandomize: bool) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=derandomize,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=chosen)


def test_no_effect_without_a_decision() -> None:
    run(10, 12, derandomize=True)


@pytest.mark.soak
def test_no_effect_without_a_decision_for_long() -> None:
    run(1000, 40, derandomize=False)


def test_an_entry_whose_step_died_ends_no_authorisation() -> None:
    walked = Machine()
    try:
        walked.base("personalize", True, None)
        for crash in range(4, 10):
            walked.serve("ann", None)
            walked.base("train", True, crash)
            walked.serve("bob", None)
    finally:
        walked.teardown()
