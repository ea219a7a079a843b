"""One small simulated service, made once, that the tests look at from all sides."""

import pytest

from openslate.data.simulate import Service, Shard, SimulatorSettings


@pytest.fixture(scope="session")
def settings() -> SimulatorSettings:
    return SimulatorSettings(
        members=2_000, titles=600, days=120, seed=5, impression_pages_per_member=8, members_per_shard=800
    )


@pytest.fixture(scope="session")
def service(settings: SimulatorSettings) -> Service:
    return Service.open(settings)


@pytest.fixture(scope="session")
def shards(service: Service) -> list[Shard]:
    return [service.shard(k) for k in range(service.n_shards)]
