import numpy as np
import pytest

from openslate.data.simulate import Service, Shard, SimulatorSettings
from openslate.data.simulate.policy import page_shares, propensities, show_pages

PAGES = 40_000
DAY = 60


@pytest.fixture(scope="module")
def pages(service: Service) -> np.ndarray:
    day, country = np.full(PAGES, DAY), np.zeros(PAGES, dtype=np.int64)
    return show_pages(np.random.default_rng(1), service.settings, service.world.attention, day, country)


def within_binomial_bound(counts: np.ndarray, n: int, chances: np.ndarray) -> np.ndarray:
    # five standard deviations, and five events for the rarest
    return np.abs(counts - n * chances) <= 5 * np.sqrt(n * chances * (1 - chances)) + 5


def test_a_page_never_shows_a_title_twice_or_before_release(service: Service, pages: np.ndarray) -> None:
    ordered = np.sort(pages, axis=1)
    assert (ordered[:, 1:] != ordered[:, :-1]).all()
    assert (service.catalogue.release_days[pages] <= DAY).all()


def test_first_places_are_shown_as_often_as_their_propensity_says(service: Service, pages: np.ndarray) -> None:
    chances = page_shares(service.settings, service.world.attention, DAY, 0)
    assert chances.sum() == pytest.approx(1)
    assert ((chances > 0) == (service.catalogue.release_days <= DAY)).all()
    counts = np.bincount(pages[:, 0], minlength=len(chances))
    assert within_binomial_bound(counts, PAGES, chances).all()


def test_second_places_are_calibrated_given_the_first(service: Service, pages: np.ndarray) -> None:
    first = np.bincount(pages[:, 0]).argmax()
    given = pages[pages[:, 0] == first]
    chances = page_shares(service.settings, service.world.attention, DAY, 0)
    expected = np.where(np.arange(len(chances)) == first, 0, chances / (1 - chances[first]))
    assert within_binomial_bound(np.bincount(given[:, 1], minlength=len(chances)), len(given), expected).all()
    written = propensities(
        service.settings, service.world.attention, np.full(len(given), DAY), np.zeros(len(given), np.int64), given
    )
    assert written[:, 1] == pytest.approx(expected[given[:, 1]])


def test_inverse_propensities_count_the_titles_that_could_be_shown(service: Service, pages: np.ndarray) -> None:
    """The mean of 1 / p over the draws of a place is the number of titles that could stand there."""
    n = len(pages)
    chances = propensities(
        service.settings, service.world.attention, np.full(n, DAY), np.zeros(n, dtype=np.int64), pages
    )
    released = service.world.attention.n_released[DAY]
    for place in range(service.settings.places):
        weights = 1 / chances[:, place]
        assert weights.mean() == pytest.approx(released - place, abs=5 * weights.std() / np.sqrt(n))


def test_impressions_are_whole_pages_with_propensities(settings: SimulatorSettings, shards: list[Shard]) -> None:
    for shard in shards:
        shown = shard.impressions
        assert ((shown["propensity"] > 0) & (shown["propensity"] <= 1)).all()
        pages, counts = np.unique(shown["page"], return_counts=True)
        assert (counts == settings.places).all()
        assert (shown["row"].reshape(len(pages), -1) * settings.slots + shown["position"].reshape(len(pages), -1)
                == np.arange(settings.places)).all()  # fmt: skip
        per_member = np.unique(shown["member"], return_counts=True)[1]
        assert per_member.max() <= settings.impression_pages_per_member * settings.places


def test_the_top_left_is_played_most_though_pages_are_random(settings: SimulatorSettings, shards: list[Shard]) -> None:
    clicks = np.zeros((settings.rows, settings.slots))
    for shard in shards:
        plays: dict[tuple[str, str], list[np.datetime64]] = {}
        for member, title, started in zip(*(shard.plays[c] for c in ("member", "title", "started")), strict=True):
            plays.setdefault((member, title), []).append(started)
        columns = (shard.impressions[name] for name in ("member", "title", "shown", "row", "position"))
        for member, title, shown, row, position in zip(*columns, strict=True):
            soon = (0 <= (at - shown) / np.timedelta64(1, "m") < 5 for at in plays.get((member, title), ()))
            clicks[row, position] += any(soon)
    assert clicks[0, 0] > 1.5 * clicks[0, -1]
    assert clicks[0].sum() > 1.5 * clicks[-1].sum()
    assert (np.diff(clicks.sum(axis=1)) < 0).all()
