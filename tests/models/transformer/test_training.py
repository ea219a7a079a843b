"""Training with torch: it learns, it repeats itself, and NumPy scores what torch trained."""

from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from openslate.apps.personalize.protocols import PROTOCOLS
from openslate.apps.personalize.recipe import ALWAYS, Recipe
from openslate.apps.personalize.settling import fit_recipe, settle
from openslate.errors import FitError
from openslate.models.histories import Histories
from openslate.models.sequential import SequentialSettings
from openslate.models.transformer.fitting import fit_transformer
from openslate.models.transformer.pieces import first_seen, latest, read
from openslate.models.transformer.settings import TransformerSettings
from tests.models.drawn import many
from tests.models.transformer.conftest import shaken

pytestmark = pytest.mark.torch


@pytest.fixture(autouse=True)
def one_thread(torch: ModuleType) -> None:
    torch.set_num_threads(1)


@pytest.mark.parametrize(("bfloat16", "tolerance"), [(False, 1e-4), (True, 0.1)])
def test_numpy_scores_what_the_network_says(
    torch: ModuleType, small: TransformerSettings, bfloat16: bool, tolerance: float
) -> None:
    from openslate.models.transformer.network import states_of_events

    histories = many(4)
    chosen = replace(small, bfloat16=bfloat16)
    model = shaken(histories, chosen)
    pieces = read(histories, latest(histories, chosen.context))
    with torch.no_grad():
        states = states_of_events(_tensors(torch, model.weights), pieces, chosen, 0.0).numpy()
    last = np.cumsum(pieces.present.sum(axis=1)) - 1
    members = np.flatnonzero(histories.lengths())
    expected = states[last] @ model.titles.T + model.popularity
    assert model.score(histories)[members] == pytest.approx(expected, abs=tolerance, rel=tolerance)


def test_no_event_knows_of_a_later_one(torch: ModuleType, small: TransformerSettings) -> None:
    from openslate.models.transformer.network import states_of_events

    model = shaken(many(), small)
    weights = _tensors(torch, model.weights)

    def states(titles: list[int]) -> np.ndarray:
        histories = Histories.from_lists([titles], n_titles=30)
        with torch.no_grad():
            return states_of_events(weights, read(histories, latest(histories, 8)), small, 0.0).numpy()

    one, other = states([1, 2, 3, 4]), states([1, 2, 3, 9])
    assert (one[:3] == other[:3]).all() and (one[3] != other[3]).any()


def test_the_gradient_beside_the_loss_is_that_of_the_loss(torch: ModuleType) -> None:
    from openslate.models.transformer.loss import Seen, among_all

    histories = Histories.from_lists([[0, 1, 2, 3], [4, 5, 4]], n_titles=9)
    stretches = latest(histories, 9)
    rows, places = np.nonzero(read(histories, stretches).present)
    rng = np.random.default_rng(0)
    states, titles, popularity = (
        torch.from_numpy(rng.standard_normal(shape, dtype=np.float32)).requires_grad_() for shape in ((7, 4), (9, 4), 9)
    )
    wanted = torch.tensor([1, 2, 3, 8, 5, 4, 7])
    seen = Seen(
        torch.from_numpy(first_seen(histories, stretches)),
        torch.from_numpy(rows),
        torch.from_numpy(places.astype(np.int16)),
    )
    loss = among_all(states, titles, popularity, wanted, seen, torch.float32)
    found = [tensor.grad.clone() for tensor in (states, titles, popularity)]

    scores = states @ titles.T + popularity
    possible = seen.not_by(slice(None)).scatter(1, wanted[:, None], True)
    told = torch.log_softmax(scores.masked_fill(~possible, -torch.inf), dim=1).gather(1, wanted[:, None])
    expected = -told.mean()
    for tensor in (states, titles, popularity):
        tensor.grad = None
    expected.backward()
    assert loss == pytest.approx(expected.item(), rel=1e-5)
    for gradient, tensor in zip(found, (states, titles, popularity), strict=True):
        assert gradient.numpy() == pytest.approx(tensor.grad.numpy(), abs=1e-6)


@pytest.mark.parametrize("sampled_share", [0.0, 1.0])
def test_it_learns_what_comes_next(small: TransformerSettings, sampled_share: float) -> None:
    spent: list[float] = []
    chosen = replace(small, sampled_share=sampled_share, epochs=20)
    model = fit_transformer(many(members=400), chosen, device="cpu", progress=lambda _, share: spent.append(share))
    asked = Histories.from_lists([[first, first + 1, first + 2] for first in range(27)], n_titles=30)
    scores = model.score(asked)
    # The last titles themselves are no answers: they were watched.
    scores[asked.members_of_events(), asked.titles] = -np.inf
    assert (scores.argmax(axis=1) == np.arange(27) + 3).mean() > 0.8
    assert spent == sorted(spent) and spent[-1] == 1.0


def test_fitting_twice_gives_the_same_bytes_and_another_seed_others(small: TransformerSettings) -> None:
    one, two = (fit_transformer(many(), small, device="cpu") for _ in range(2))
    other = fit_transformer(many(), replace(small, seed=2), device="cpu")
    assert one.titles.tobytes() == two.titles.tobytes() and one.attention_in.tobytes() == two.attention_in.tobytes()
    assert one.titles.tobytes() != other.titles.tobytes()


def test_training_leaves_the_random_numbers_of_others_alone(torch: ModuleType, small: TransformerSettings) -> None:
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    fit_transformer(many(), replace(small, epochs=0.5), device="cpu")
    assert (torch.rand(3) == expected).all()


def test_dropout_leaves_out_its_share_and_keeps_the_mean(torch: ModuleType) -> None:
    from openslate.models.transformer.network import thinned

    torch.manual_seed(1)
    left = thinned(torch.ones(1000, 101), 0.25)
    assert (left == 0).float().mean().item() == pytest.approx(0.25, abs=0.01)
    assert left.mean().item() == pytest.approx(1, abs=0.01)


def test_nothing_to_learn_from_is_said(small: TransformerSettings) -> None:
    with pytest.raises(FitError, match="two events"):
        fit_transformer(Histories.from_lists([[], [1]], n_titles=2), small)


def test_going_on_repeats_the_last_part_and_leaves_the_first_model_as_it_was(
    torch: ModuleType, small: TransformerSettings
) -> None:
    histories = many(40)
    begun = fit_transformer(histories, small)
    before = begun.titles.copy()
    told: list[float] = []
    one = fit_transformer(histories, small, begun=begun, progress=lambda _, share: told.append(share))
    other = fit_transformer(histories, small, begun=begun)
    assert (one.titles == other.titles).all() and (one.titles != begun.titles).any()
    assert (begun.titles == before).all()
    assert min(told) >= 1 - small.repeated_share - 0.01


@pytest.mark.parametrize("wrong", ["settings", "titles"])
def test_going_on_from_another_model_is_refused(torch: ModuleType, small: TransformerSettings, wrong: str) -> None:
    begun = fit_transformer(many(40), small)
    begun = (
        replace(begun, settings=replace(small, dropout=0.4))
        if wrong == "settings"
        else replace(begun, titles=begun.titles[1:])
    )
    with pytest.raises(FitError, match="other settings, or over another catalogue"):
        fit_transformer(many(40), small, begun=begun)


def test_the_blend_goes_on_from_the_transformer_of_validation(torch: ModuleType, small: TransformerSettings) -> None:
    histories, protocol = many(3, members=400), PROTOCOLS["leave-last-out"]
    longer = replace(small, epochs=30)
    rivals = {name: None for name in Recipe().parts if name not in ALWAYS}
    # A sequential model that forgets what came last leaves the transformer something to say.
    recipe = replace(Recipe(sequential=SequentialSettings(future=10, future_power=0.0), ranker=None), **rivals)
    recipe = replace(recipe, transformer=longer)
    chosen = settle(protocol.validation(histories), recipe).chosen
    assert chosen.begun is not None
    found = fit_recipe(histories, int(histories.times.max()) + 1, protocol.validation, recipe).models["transformer"]
    expected = fit_transformer(histories, longer, begun=chosen.begun)
    assert found.titles.tobytes() == expected.titles.tobytes()
    assert found.titles.tobytes() != fit_transformer(histories, longer).titles.tobytes()


def _tensors(torch: ModuleType, weights: dict[str, np.ndarray]) -> dict[str, object]:
    return {name: torch.from_numpy(value) for name, value in weights.items()}
