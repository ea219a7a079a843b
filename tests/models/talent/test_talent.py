"""The search for the best order: equal to the table of all subsets, to its own plain words, and to published optima."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.production.talent_file import read_talent
from openslate.models.kernels import talent_search as kernel
from openslate.models.talent.instance import Instance
from openslate.models.talent.invented import invented
from openslate.models.talent.plain import State, successors
from openslate.models.talent.reducing import reduce
from openslate.models.talent.searching import FAR, Table, bits_of, search
from openslate.models.talent.solving import solutions, solve
from openslate.models.talent.subset_table import best_by_table


@st.composite
def shoots(draw: st.DrawFn) -> Instance:
    """Small shoots with all that is odd: nobody in a scene, one scene alone, no pay, no days."""
    actors, scenes = draw(st.integers(1, 7)), draw(st.integers(1, 9))
    flags = draw(st.lists(st.booleans(), min_size=actors * scenes, max_size=actors * scenes))
    pay = draw(st.lists(st.integers(0, 40), min_size=actors, max_size=actors))
    days = draw(st.lists(st.integers(0, 5), min_size=scenes, max_size=scenes))
    return Instance(np.array(flags, dtype=bool).reshape(actors, scenes), np.array(pay), np.array(days))


@given(shoots())
def test_the_search_finds_what_the_table_of_all_subsets_finds(shoot: Instance) -> None:
    found = solve(shoot)
    assert found.proved
    assert found.cost == shoot.cost(found.order) == best_by_table(shoot)[1]


@given(shoots())
def test_names_and_direction_change_nothing(shoot: Instance) -> None:
    draw = np.random.default_rng(shoot.plays.size)
    actors, scenes = draw.permutation(len(shoot.pay)), draw.permutation(len(shoot.days))
    renamed = Instance(shoot.plays[actors][:, scenes], shoot.pay[actors], shoot.days[scenes])
    found = solve(shoot)
    assert solve(renamed).cost == found.cost
    assert shoot.cost(found.order[::-1]) == found.cost


@given(shoots())
def test_pay_scales_cost_and_one_more_actor_never_lowers_it(shoot: Instance) -> None:
    found = solve(shoot)
    assert solve(Instance(shoot.plays, 3 * shoot.pay, shoot.days)).cost == 3 * found.cost
    fewer = Instance(shoot.plays[1:], shoot.pay[1:], shoot.days)
    assert solve(fewer).cost <= found.cost


@given(shoots())
def test_reducing_keeps_the_best_and_leads_back(shoot: Instance) -> None:
    small = reduce(shoot)
    order, cost = best_by_table(small.instance)
    whole = small.whole(order)
    assert sorted(whole) == list(range(len(shoot.days)))
    assert shoot.hold(whole) == cost - small.instance.worked
    assert shoot.cost(whole) == best_by_table(shoot)[1]


def _walked(shoot: Instance, seed: int) -> Iterator[State]:
    """States on a random way inwards, by the plain words."""
    draw = np.random.default_rng(seed)
    state = State(frozenset(range(len(shoot.days))), frozenset(), frozenset(), 0)
    while following := list(successors(shoot, state)):
        yield state
        _, state, _ = following[draw.integers(len(following))]
        if draw.random() < 0.5:
            state = State(state.left, state.far, state.near, state.hold)


@pytest.mark.parametrize("seed", range(12))
def test_the_compiled_loop_does_what_the_plain_words_say(seed: int) -> None:
    shoot = reduce(invented(11, 7, seed)).instance
    table = Table(len(shoot.days))
    for state in _walked(shoot, seed):
        table.clear(FAR)
        first, second = _mask(state.near), _mask(state.far)
        table.states[0, :4] = [_mask(state.left), first, second, state.hold]
        pay = [sum(int(shoot.pay[actor]) for actor in side) for side in (state.near, state.far)]
        turned = State(state.left, state.far, state.near, state.hold) if pay[1] < pay[0] else state
        kernel.expand(
            bits_of(shoot), table.states, table.heads, table.slots, table.counters, np.zeros(1, dtype=np.int64), 0
        )
        reached = {
            (row[kernel.REMAINING], row[kernel.FIRST], row[kernel.SECOND], row[kernel.HOLD], row[kernel.LEAST])
            for row in table.states[1 : table.counters[kernel.STATES]].tolist()
        }
        said: dict[tuple[int, ...], tuple[int, int]] = {}
        for _, after, more in successors(shoot, turned):
            key = (_mask(after.left), *sorted((_mask(after.near), _mask(after.far))))
            cost = (after.hold, after.hold + int(np.ceil(more - 1e-6)))
            said[key] = min(said.get(key, cost), cost)
        assert reached == {(*key, *cost) for key, cost in said.items()}


def _mask(places: frozenset[int]) -> int:
    return sum(1 << place for place in places)


@pytest.mark.parametrize("seed", range(6))
def test_a_search_that_is_stopped_tells_an_order_and_a_bound_that_hold(seed: int) -> None:
    shoot, asked = invented(18, 14, seed), 0
    best = solve(shoot).cost

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 25 * (seed + 1)

    found = list(solutions(shoot, stop))
    assert found[-1].bound <= best <= found[-1].cost == shoot.cost(found[-1].order)
    assert [one.cost for one in found] == sorted((one.cost for one in found), reverse=True)
    assert [one.bound for one in found] == sorted(one.bound for one in found)


def test_stopped_at_once_there_is_still_an_order() -> None:
    shoot = invented(12, 6, 1)
    found = solve(shoot, stop=lambda: True)
    assert not found.proved
    assert sorted(found.order) == list(range(12))
    assert shoot.worked <= found.bound <= solve(shoot).cost


def test_little_room_ends_it_as_if_it_were_stopped() -> None:
    shoot = invented(22, 16, 3)
    found = solve(shoot, most_states=200)
    assert not found.proved
    assert found.bound <= solve(shoot).cost <= found.cost


def test_more_than_sixty_four_scenes_are_refused() -> None:
    shoot = invented(66, 9, 1)
    with pytest.raises(ValueError, match="at most 64"):
        next(search(shoot, lambda: True))


def test_sixty_four_scenes_fill_every_bit() -> None:
    draw = np.random.default_rng(5)
    plays = np.zeros((64, 64), dtype=bool)
    for actor in range(64):
        begun = draw.integers(0, 62)
        plays[actor, begun : begun + 2] = True
    shoot = Instance(plays, draw.integers(1, 9, 64), np.ones(64, dtype=np.int64))
    mixed = draw.permutation(64)
    found = solve(Instance(plays[:, mixed], shoot.pay, shoot.days))
    assert found.proved
    assert found.cost == shoot.worked


@pytest.mark.parametrize(
    ("plays", "pay", "days", "said"),
    [
        (np.ones((2, 3), dtype=bool), [1, 2], [1, 1], "not a row"),
        (np.ones((1, 2), dtype=bool), [-1], [1, 1], "never negative"),
        (np.ones((1, 2), dtype=bool), [2**39], [1, 1], "too large"),
    ],
)
def test_what_fits_no_shoot_is_refused(plays: np.ndarray, pay: list[int], days: list[int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Instance(plays, np.array(pay), np.array(days))


def test_an_order_names_every_scene_once() -> None:
    with pytest.raises(ValueError, match="every scene once"):
        invented(5, 3, 1).cost([0, 1, 2, 3, 3])


@pytest.mark.realdata
def test_published_optima_are_proved(real_data: Path) -> None:
    folder = real_data / "talent"
    for row in csv.DictReader((folder / "optima.csv").read_text(encoding="utf-8").splitlines()):
        name = row["instance"]
        path = next(one for one in (folder / "stuckey_format").iterdir() if one.stem == name)
        found = solve(read_talent(path))
        assert (name, found.cost, found.proved) == (name, int(row["optimum"]), True)
