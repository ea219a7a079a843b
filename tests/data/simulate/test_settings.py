import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.data.simulate import SimulatorSettings
from openslate.errors import UsageError


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("members", 999),
        ("members", 1_000_001),
        ("titles", 99),
        ("days", 13),
        ("seed", -1),
        ("plays_per_member", 0),
        ("releases", 0.7),
        ("refusing_all", -0.1),
        ("exploration", 0.0),
        ("rows", 0),
        ("slots", 13),
        ("rating_share", 0.6),
        ("members_per_shard", 0),
        ("plays_per_member", float("nan")),
    ],
)
def test_a_value_out_of_range_is_named_with_its_range(field: str, value: float) -> None:
    with pytest.raises(UsageError, match=rf"^{field} is .*\. Choose {field} "):
        SimulatorSettings(**{field: value})


def test_unknown_repeated_and_missing_countries_are_refused() -> None:
    with pytest.raises(UsageError, match=r"'XX'.*Use: US, GB"):
        SimulatorSettings(countries=("US", "XX"))
    with pytest.raises(UsageError, match="twice"):
        SimulatorSettings(countries=("US", "US"))
    with pytest.raises(UsageError, match="empty"):
        SimulatorSettings(countries=())


def test_refusals_cannot_exceed_everybody() -> None:
    with pytest.raises(UsageError, match=r"add up to 1\.1"):
        SimulatorSettings(refusing_all=0.6, refusing_training=0.5, withdrawing=0)


@given(members=st.integers(1_000, 1_000_000), members_per_shard=st.integers(100, 50_000))
def test_shards_hold_everybody(members: int, members_per_shard: int) -> None:
    shards = SimulatorSettings(members=members, members_per_shard=members_per_shard).n_shards
    assert (shards - 1) * members_per_shard < members <= shards * members_per_shard
