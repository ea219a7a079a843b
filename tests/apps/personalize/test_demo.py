import json
import re
from functools import partial
from pathlib import Path

import pytest

from openslate.apps.personalize import demo
from openslate.data.simulate.settings import SimulatorSettings
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.folders import bind_folder
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

    # An earlier demonstration there was signed; another one in its place is made on purpose.
    bind_folder(tmp_path / "demo", f"openslate-ledger/{'0' * 32}")
    page = demo.run_demo(tmp_path / "demo", members=1000, seed=2, progress=watch)
    told = page.read_text(encoding="utf-8")
    linked = re.findall(r'href="([^"]+)"', told)
    assert len(linked) == 5 and all((page.parent / one).is_file() for one in linked)
    for outcome in (
        "allowed", "denied, R03 NEW_PROJECT", "denied, R15 TRAIN_WRITER", "denied, R09 STRIKE",
        "obeyed by the very next page", "USD 2,250.00 payable", "entries hold",
    ):  # fmt: skip
        assert f"{outcome}<" in told, outcome
    assert "found nothing left." in told and "parts are exact" in told
    # Whoever is forgotten later must not be found on it.
    assert not re.search(r"m\d{7}", told)
    project = Project.open(tmp_path / "demo")
    ledger.verify(project)
    assert [one.entry["codes"][0] for one in ledger.search(project, decision="denial")] == ["R03", "R15", "R09"]
    assert seen == sorted(seen)
    assert [marked for _, marked in seen].count(True) == 1
    assert json.loads(marker.read_text()) == {"members": 1000, "seed": 2}
