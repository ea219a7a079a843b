"""A member asks to be forgotten: at once within a bound, then exactly, and checked with nothing but NumPy."""

import json
import subprocess
import venv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from openslate.apps.personalize.train import train
from tests.cli.running import run, start
from tests.simulated import LIGHT, copied, lightly_trained

MEMBER = "m0000002"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has NumPy and nothing else, Openslate least of all."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    for name in ("numpy", "numpy.libs"):
        source = Path(np.__file__).parent.parent / name
        if source.exists():
            (packages / name).symlink_to(source)
    python = folder / "bin" / "python"
    for name in ("openslate", "scipy"):
        assert subprocess.run([python, "-I", "-c", f"import {name}"], capture_output=True, check=False).returncode == 1
    return python


def check(bare: Path, folder: Path, receipt: str) -> subprocess.CompletedProcess[str]:
    command = [str(bare), "-I", str(folder / "openslate_check_sums.py"), str(folder), str(folder / receipt), "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_forgotten_at_once_then_exactly_and_checked_by_numpy_alone(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, bare: Path
) -> None:
    project = copied(lightly_trained(tmp_path_factory), tmp_path / "svc")
    assert train(project, recipe=LIGHT, keep_inverses=True).bytes_kept
    paper, folder = tmp_path / "receipt.json", tmp_path / "check"
    told = run(project, "rights", "forget", MEMBER, "--reason", "By letter.", "--receipt", str(paper))
    assert any("not solved yet" in one["what"] for one in told["receipt"]["pending"])
    found = run(project, "rights", "export-sums", str(folder), "--receipt", str(paper))
    assert folder.stat().st_mode & 0o077 == 0
    (receipt,) = found["receipts"]
    assert (folder / receipt).exists()
    held = check(bare, folder, receipt)
    assert held.returncode == 0, held.stdout + held.stderr
    said = json.loads(held.stdout)
    assert said["holds"] is True
    assert said["accumulators"] >= 2
    assert any(one.startswith("blend.taste") for one in said["within_a_tolerance"])
    solved = start(project, "rights", "solve", "--receipts", str(folder / "solved.json"))
    (of_solved,) = json.loads((folder / "solved.json").read_bytes())
    assert of_solved == solved["receipts"][0]
    grams = only_grams(of_solved)
    (folder / "solved.json").write_text(json.dumps(grams))
    said = json.loads(check(bare, folder, "solved.json").stdout)
    assert (said["holds"], said["accumulators"], said["within_a_tolerance"]) == (True, len(grams["accumulators"]), [])
    for file in ("histories.npz", "solved.json"):
        flipped_is_found(bare, folder, "solved.json", file)
    forged = tmp_path / "forged.json"
    forged.write_bytes(paper.read_bytes().replace(b"By letter", b"By lettex"))
    refused = run(project, "rights", "export-sums", str(tmp_path / "more"), "--receipt", str(forged), code=1)
    assert "does not vouch" in str(refused["error"])


def only_grams(receipt: dict[str, Any]) -> dict[str, Any]:
    """What is quick to count again."""
    kept = [one for one in receipt["accumulators"] if one["settings"]["kind"] == "WeightSettings"]
    names = {one["name"] for one in kept}
    return {
        **receipt,
        "accumulators": kept,
        "parts": [part for part in receipt["parts"] if not part["sums"] or part["sums"] in names],
    }


def flipped_is_found(bare: Path, folder: Path, receipt: str, file: str) -> None:
    """Whatever byte of what is counted is flipped, and whatever digest of the receipt, the check does not hold."""
    path, whole = folder / file, (folder / file).read_bytes()
    document = json.loads(whole) if file == receipt else None
    if document is None:
        changed = bytearray(whole)
        changed[len(whole) // 2] ^= 1
    else:
        digest = document["accumulators"][0]["new"]
        changed = bytearray(whole.replace(digest.encode(), (hex(int(digest[0], 16) ^ 1)[2:] + digest[1:]).encode()))
    path.write_bytes(changed)
    found = check(bare, folder, receipt)
    assert found.returncode in (1, 2)
    assert "Traceback" not in found.stderr
    path.write_bytes(whole)
