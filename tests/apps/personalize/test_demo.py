import json
from functools import partial
from pathlib import Path

import pytest

from openslate.apps.personalize import demo
from openslate.data.simulate.settings import SimulatorSettings
from openslate.errors import UsageError
from tests.simulated import LIGHT


@pytest.mark.parametrize(("members", "seed"), [(5, 1), (2000, -1)])
def test_a_service_that_cannot_be_simulated_leaves_no_folder(tmp_path: Path, members: int, seed: int) -> None:
    with pytest.raises(UsageError):
        demo.run_demo(tmp_path / "demo", members=members, seed=seed)
    assert not (tmp_path / "demo").exists()


def test_a_demo_goes_forward_only_and_is_marked_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "SimulatorSettings", partial(SimulatorSettings, titles=150, days=40, plays_per_member=25))
    for name in ("train", "evaluate"):
        monkeypatch.setattr(demo, name, partial(getattr(demo, name), recipe=LIGHT))
    marker, seen = tmp_path / "demo" / demo.MARKER, []

    def watch(step: str, share: float) -> None:
        seen.append((share, marker.exists()))

    report = demo.run_demo(tmp_path / "demo", members=1000, seed=2, progress=watch)
    assert report.exists()
    assert seen == sorted(seen)
    assert [marked for _, marked in seen].count(True) == 1
    assert json.loads(marker.read_text()) == {"members": 1000, "seed": 2}
