from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from openslate.data.simulate import Columns, Service, Shard, SimulatorSettings
from openslate.data.simulate.tastes import AGE_BANDS
from openslate.errors import UsageError

TABLES = ("members", "plays", "ratings", "impressions", "consents")


def fingerprint(shard: Shard) -> dict[str, dict[str, list[object]]]:
    return {name: {column: values.tolist() for column, values in getattr(shard, name).items()} for name in TABLES}


def whole(shards: list[Shard], table: str) -> Columns:
    parts = [getattr(shard, table) for shard in shards]
    return {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}


def numbers(ids: np.ndarray) -> np.ndarray:
    return np.array([int(name[1:]) for name in ids])


SMALL = SimulatorSettings(members=1_050, titles=150, days=30, plays_per_member=10, members_per_shard=350, seed=9)


def test_same_settings_same_bytes_in_any_order_and_in_other_processes() -> None:
    forwards = [fingerprint(Service.open(SMALL).shard(k)) for k in range(3)]
    again = Service.open(SMALL)
    assert [fingerprint(again.shard(k)) for k in (2, 0, 1)] == [forwards[2], forwards[0], forwards[1]]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert [fingerprint(shard) for shard in pool.map(again.shard, range(3))] == forwards


def test_another_seed_is_another_service_and_shards_differ() -> None:
    service = Service.open(SMALL)
    other = Service.open(SimulatorSettings(**{**vars(SMALL), "seed": 10}))
    assert service.titles["name"].tolist() != other.titles["name"].tolist()
    assert service.shard(0).plays["title"].tolist() != other.shard(0).plays["title"].tolist()
    assert service.shard(0).plays["title"].tolist() != service.shard(1).plays["title"].tolist()


def test_there_is_no_shard_beyond_the_last(service: Service) -> None:
    with pytest.raises(UsageError, match="no shard 3"):
        service.shard(3)


def test_a_last_shard_with_one_silent_member_is_whole() -> None:
    settings = SimulatorSettings(
        members=1_001, titles=100, days=14, plays_per_member=1, members_per_shard=1_000, impression_pages_per_member=0
    )
    shard = Service.open(settings).shard(1)
    assert shard.members["member"].tolist() == ["m0001000"]
    assert len(shard.consents["member"]) in (3, 6)
    assert len(shard.impressions["propensity"]) == 0


def test_members_fit_the_schema(settings: SimulatorSettings, shards: list[Shard]) -> None:
    members = whole(shards, "members")
    assert members["member"].tolist() == [f"m{number:07d}" for number in range(2_000)]
    assert members["joined"].dtype == np.dtype("datetime64[us]")
    assert set(members["country"]) == set(settings.countries)
    assert set(members["age_band"]) == {*AGE_BANDS, None}


def test_plays_come_after_release_and_joining_and_before_the_end(
    settings: SimulatorSettings, service: Service, shards: list[Shard]
) -> None:
    plays, members = whole(shards, "plays"), whole(shards, "members")
    title = numbers(plays["title"])
    assert (plays["started"] >= service.titles["released"][title]).all()
    assert (plays["started"] > members["joined"][numbers(plays["member"])]).all()
    assert plays["started"].min() >= np.datetime64(settings.start)
    assert plays["started"].max() < np.datetime64(settings.start) + settings.days
    assert ((plays["completion"] > 0) & (plays["completion"] <= 1)).all()
    runtime = 60 * service.titles["runtime_minutes"][title]
    assert ((plays["seconds"] >= 0) & (plays["seconds"] <= runtime)).all()
    assert np.abs(plays["seconds"] - plays["completion"] * runtime).max() < 0.03 * runtime.max()
    assert 0.85 < len(title) / (settings.members * settings.plays_per_member) < 1.15


def test_nobody_watches_two_things_at_once(shards: list[Shard]) -> None:
    plays = whole(shards, "plays")
    same = plays["member"][1:] == plays["member"][:-1]
    ends = plays["started"][:-1] + (plays["seconds"][:-1] * 1_000_000).astype("timedelta64[us]")
    assert (plays["started"][1:][same] >= ends[same]).all()


def test_evenings_and_weekends_are_busiest(shards: list[Shard]) -> None:
    plays = whole(shards, "plays")
    country = whole(shards, "members")["country"][numbers(plays["member"])]
    british = plays["started"][country == "GB"].astype(np.int64) // 1_000_000
    hours = np.bincount(british // 3_600 % 24, minlength=24)
    assert hours[18:22].sum() > 4 * hours[3:7].sum()
    weekdays = np.bincount((british // 86_400 + 3) % 7, minlength=7)
    assert weekdays[5:].mean() > 1.2 * weekdays[:4].mean()


def test_people_abandon_finish_and_binge(shards: list[Shard], service: Service) -> None:
    plays = whole(shards, "plays")
    completion = plays["completion"]
    assert 0.1 < (completion < 0.25).mean() < 0.4
    assert 0.4 < (completion > 0.9).mean() < 0.8
    again = (plays["title"][1:] == plays["title"][:-1]) & (plays["member"][1:] == plays["member"][:-1])
    series = service.catalogue.series[numbers(plays["title"])][1:]
    assert again[series].mean() > 0.3
    assert again[~series].mean() < 0.02


def test_ratings_are_halves_given_after_watching_at_most_once(shards: list[Shard]) -> None:
    ratings, plays = whole(shards, "ratings"), whole(shards, "plays")
    assert set(ratings["rating"]) <= set(np.arange(0.5, 5.5, 0.5))
    pairs = list(zip(ratings["member"], ratings["title"], strict=True))
    assert len(set(pairs)) == len(pairs) > 1_000
    first: dict[tuple[str, str], np.datetime64] = {}
    for member, title, started in zip(plays["member"], plays["title"], plays["started"], strict=True):
        first.setdefault((member, title), started)
    assert all(first[pair] < rated for pair, rated in zip(pairs, ratings["rated"], strict=True))


def test_consents_have_the_shares_asked_for() -> None:
    settings = SimulatorSettings(
        members=6_000,
        titles=100,
        days=14,
        plays_per_member=1,
        refusing_all=0.1,
        refusing_training=0.2,
        withdrawing=0.05,
    )
    service = Service.open(settings)
    shards = [service.shard(k) for k in range(service.n_shards)]
    answers: dict[str, list[tuple[bool, ...]]] = {}
    for shard in shards:
        granted = shard.consents["granted"].reshape(-1, 3)
        assert set(map(tuple, shard.consents["purpose"].reshape(-1, 3))) == {("train", "evaluate", "personalize")}
        for member, answer in zip(shard.consents["member"][::3], granted, strict=True):
            answers.setdefault(str(member), []).append(tuple(answer.tolist()))
    assert len(answers) == 6_000
    shares = {
        "nothing": np.mean([given == [(False, False, False)] for given in answers.values()]),
        "no training": np.mean([given == [(False, True, True)] for given in answers.values()]),
        "withdrawn": np.mean([given == [(True,) * 3, (False,) * 3] for given in answers.values()]),
        "everything": np.mean([given == [(True, True, True)] for given in answers.values()]),
    }
    # five standard errors at 6,000 members
    assert shares == pytest.approx(
        {"nothing": 0.1, "no training": 0.2, "withdrawn": 0.05, "everything": 0.65}, abs=5 * 0.5 / np.sqrt(6_000)
    )
    assert (whole(shards, "consents")["recorded"] < np.datetime64(settings.start) + settings.days).all()


def test_withdrawals_come_after_joining(shards: list[Shard]) -> None:
    consents = whole(shards, "consents")
    joined = dict(zip(*(whole(shards, "members")[name] for name in ("member", "joined")), strict=True))
    assert all(
        recorded >= joined[member] for member, recorded in zip(consents["member"], consents["recorded"], strict=True)
    )
