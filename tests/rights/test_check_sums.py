"""The checker that stands alone, run as a process without Openslate on exports and on receipts, true and forged."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate import clock
from openslate.apps.personalize.counting import Summed, sums_of
from openslate.apps.personalize.forgetting.exporting import export_sums
from openslate.apps.personalize.forgetting.kept_sums import digest, plain_settings
from openslate.apps.personalize.forgetting.models import forget_in_models
from openslate.errors import UsageError
from openslate.models.between import BetweenSettings
from openslate.models.histories import Histories
from openslate.models.sequential import SequentialSettings
from openslate.models.temporal import TemporalSettings
from openslate.models.weights import WeightSettings
from openslate.project import Project
from openslate.rights.consent import record_member
from openslate.rights.unlearning import receipt_of
from openslate.rights.verifier import openslate_check_sums as checker
from tests.models.drawn import histories
from tests.simulated import copied, lightly_trained

MEMBER = "m0000003"
SETTINGS: list[Summed] = [
    WeightSettings(),
    WeightSettings(engagement_share=0.5, half_life=3.0),
    SequentialSettings(past=4, future=2),
    SequentialSettings(past=3, past_decay=0.7, future=3, engagement_share=0.0),
    BetweenSettings(around=2),
    TemporalSettings(past=3, half_life_days=1e-11),
]


@pytest.mark.parametrize("summed", SETTINGS, ids=lambda one: type(one).__name__)
@settings(max_examples=25, deadline=None)
@given(histories(), st.one_of(st.none(), st.integers(0, 5)))
def test_it_counts_what_training_counts(summed: Summed, watched: Histories, before: int | None) -> None:
    kept = watched if before is None else watched.keep(watched.times < before)
    exported = checker.Histories.__new__(checker.Histories)
    exported.offsets, exported.titles = watched.offsets, watched.titles.astype(np.int64)
    exported.times, exported.engagement = watched.times, watched.engagement.astype(np.int64)
    exported.n_titles = watched.n_titles
    assert checker.counted(exported, plain_settings(summed), before) == digest(sums_of(kept, summed))


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """An export of a service of a few members that forgot one, and the receipt."""
    project = copied(lightly_trained(tmp_path_factory), tmp_path_factory.mktemp("forgotten") / "svc")
    record_member(project, MEMBER, ["train"], granted=False)
    done = forget_in_models(project, MEMBER, clock.now() + timedelta(days=7), "c" * 64)
    folder = tmp_path_factory.mktemp("export") / "sums"
    export_sums(project, folder)
    with pytest.raises(UsageError, match="not empty"):
        export_sums(Project.open(project.folder), folder)
    return folder, done.receipts[0].document()


def run(folder: Path, receipt: dict[str, Any], tmp_path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The checker, copied away from Openslate, with a Python that cannot see it."""
    alone = shutil.copy(checker.__file__ or "", tmp_path / "check.py")
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt))
    blocked = (
        "import sys, runpy; sys.modules['openslate'] = None; sys.argv = sys.argv[1:]; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    command = [sys.executable, "-I", "-c", blocked, str(alone), str(folder), str(path), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_true_receipt_holds(forgotten: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, receipt = forgotten
    receipt_of(receipt)
    assert receipt["accumulators"]
    one_gram = only_grams(receipt)
    done = run(folder, one_gram, tmp_path, "--member", MEMBER, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["holds"], found["accumulators"]) == (True, len(one_gram["accumulators"]))
    assert found["pending"] == ["blend", "settled settings"]
    assert folder.stat().st_mode & 0o077 == 0


def test_forged_receipts_do_not_hold(forgotten: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, receipt = forgotten
    grams = only_grams(receipt)
    first = grams["accumulators"][0]
    forged = {
        "accumulators are others": change(grams, "accumulators", 0, new="f" * 64),
        "nothing was taken out": change(grams, "accumulators", 0, old=first["new"]),
        "settings are not": change(grams, "accumulators", 0, settings={**first["settings"], "half_life": "9.0"}),
        "does not know these": change(grams, "accumulators", 0, name="another"),
        "does not prove": change(grams, "parts", 0, exact=True),
        "not in the receipt": {**grams, "accumulators": grams["accumulators"][1:]},
    }
    for why, document in forged.items():
        done = run(folder, document, tmp_path)
        assert done.returncode == 1, (why, done.stdout, done.stderr)
        assert why in done.stdout


def test_a_member_who_is_still_there_is_found(forgotten: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, receipt = forgotten
    present = json.loads((folder / "members.json").read_bytes())[0]
    done = run(folder, {**receipt, "parts": [], "accumulators": []}, tmp_path, "--member", present)
    assert done.returncode == 1
    assert "among those retained" in done.stdout


def test_an_export_with_one_event_more_does_not_hold(forgotten: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, receipt = forgotten
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    with np.load(folder / "histories.npz") as arrays:
        changed = dict(arrays)
    titles = changed["titles"].copy()
    titles[0] = (titles[0] + 1) % changed["n_titles"]
    np.savez(other / "histories.npz", **{**changed, "titles": titles})
    assert run(other, only_grams(receipt), tmp_path).returncode == 1


@pytest.mark.parametrize("damage", ["histories.npz", "sums.json", "form", "no receipt"])
def test_what_cannot_be_checked_is_said_to_be_so(
    forgotten: tuple[Path, dict[str, Any]], tmp_path: Path, damage: str
) -> None:
    folder, receipt = forgotten
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    if damage == "form":
        receipt = {**receipt, "checker": "another"}
    elif damage == "no receipt":
        receipt = {"checker": receipt["checker"]}
    else:
        (other / damage).write_bytes(b"{")
    done = run(other, receipt, tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("The check cannot be made")
    assert "Traceback" not in done.stderr


def only_grams(receipt: dict[str, Any]) -> dict[str, Any]:
    """The receipt with its Gram matrices alone: the sequential sums are counted row by row, which takes a while."""
    grams = [one for one in receipt["accumulators"] if one["settings"]["kind"] == "WeightSettings"]
    names = {one["name"] for one in grams}
    parts = [part for part in receipt["parts"] if not part["sums"] or part["sums"] in names]
    return {**receipt, "parts": parts, "accumulators": grams}


def change(document: dict[str, Any], where: str, place: int, **values: Any) -> dict[str, Any]:
    changed = [{**one, **values} if at == place else one for at, one in enumerate(document[where])]
    return {**document, where: changed}


def test_settings_travel_as_they_are() -> None:
    for summed in SETTINGS:
        plain = json.loads(json.dumps(plain_settings(summed)))
        assert not any(isinstance(value, float) for value in plain.values())
        again = {
            name: float(value) if isinstance(value, str) else value for name, value in plain.items() if name != "kind"
        }
        assert replace(summed, **again) == summed
