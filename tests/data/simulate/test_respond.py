import numpy as np
import pytest

from openslate.data.simulate import Oracle, Service, respond, respond_all
from openslate.data.simulate.tastes import DAY
from openslate.errors import UsageError

AT = int(np.datetime64("2026-03-01T20:00", "us").astype(np.int64))
"""Day 59 of the service."""


@pytest.fixture(scope="module")
def released(service: Service) -> np.ndarray:
    return np.flatnonzero(service.catalogue.release_days <= 59)


def test_one_member_sees_plays_and_finishes(service: Service, released: np.ndarray) -> None:
    slate = service.titles["title"][released[:24]].tolist()
    evening = respond(service, "m0000042", slate, AT, seed=3)
    assert evening == respond(service, "m0000042", slate, AT, seed=3)
    assert set(evening.looked) <= set(slate)
    assert evening.played is None or evening.played in evening.looked
    assert (evening.completion > 0) == (evening.played is not None)
    assert len({respond(service, "m0000042", slate, AT, seed=seed) for seed in range(5)}) > 1


def test_only_what_was_looked_at_is_played_and_looks_fade(service: Service, released: np.ndarray) -> None:
    members = np.arange(2_000)
    slates = np.random.default_rng(0).permuted(np.tile(released, (2_000, 1)), axis=1)[:, :24]
    answers = respond_all(service, members, slates, AT, seed=1)
    played = answers.played >= 0
    assert answers.looked[members[played], answers.played[played]].all()
    assert ((answers.completion > 0) == played).all()
    looks = answers.looked.mean(axis=0).reshape(service.settings.rows, service.settings.slots)
    expected = np.outer(0.7 ** np.arange(4), 0.82 ** np.arange(6))
    assert looks == pytest.approx(expected, abs=5 * 0.5 / np.sqrt(2_000))


def test_the_truth_makes_better_pages_than_chance(service: Service, released: np.ndarray) -> None:
    members = np.arange(1_000)
    chance = np.random.default_rng(0).permuted(np.tile(released, (1_000, 1)), axis=1)[:, :24]
    best = np.argsort(-Oracle(service).score(members, AT), axis=1, kind="stable")[:, :24]
    of_chance, of_truth = (respond_all(service, members, slates, AT, seed=2) for slates in (chance, best))
    assert (of_truth.played >= 0).mean() > (of_chance.played >= 0).mean() + 0.1
    assert of_truth.completion.mean() > of_chance.completion.mean() + 0.1


def test_what_cannot_be_shown_is_refused(service: Service, released: np.ndarray) -> None:
    coming = int(np.argmax(service.catalogue.release_days))
    known = service.titles["title"][released[0]]
    with pytest.raises(UsageError, match=rf"'t{coming:05d}' is released on .* later moment"):
        respond(service, "m0000000", [f"t{coming:05d}"], AT, seed=0)
    with pytest.raises(UsageError, match=r"'t99999' is not an id .* Ids look like 't00000'"):
        respond(service, "m0000000", ["t99999"], AT, seed=0)
    with pytest.raises(UsageError, match="'42' is not an id"):
        respond(service, "42", [known], AT, seed=0)
    with pytest.raises(UsageError, match="day 120 of the service"):
        respond(service, "m0000000", [known], AT + 61 * DAY, seed=0)
    with pytest.raises(UsageError, match="without titles"):
        respond(service, "m0000000", [], AT, seed=0)
    with pytest.raises(UsageError, match="no title number 600"):
        respond_all(service, np.array([0]), np.array([[600]]), AT, seed=0)
