import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from openslate.errors import ProjectError
from openslate.storage.files import (
    adopt,
    confined,
    content_hash,
    sweep,
    temporary_path,
    write_all_atomically,
    write_atomically,
)

TWO_LEFT = (
    "folder = Path(sys.argv[1]); temporary_path(folder, '.parquet').write_bytes(b'half'); "
    "temporary_path(folder, '').mkdir(); [one.joinpath('x').touch() for one in folder.iterdir() if one.is_dir()]"
)
"""What a killed writer leaves: half a file, and half a folder."""


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    temporary = temporary_path(tmp_path, ".bin")
    temporary.write_bytes(b"frames")
    digest = adopt(temporary, tmp_path, ".bin")
    assert digest == hashlib.sha256(b"frames").hexdigest() == content_hash(tmp_path / f"{digest}.bin")
    assert not temporary.exists()


def test_a_failed_write_leaves_the_old_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "manifest.json"
    write_atomically(path, b"old")

    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_writer_left_is_swept_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    writer = f"import sys; from pathlib import Path; from openslate.storage.files import *; {TWO_LEFT}"
    subprocess.run([sys.executable, "-c", writer, str(tmp_path)], check=True)
    left = sorted(tmp_path.iterdir())
    assert len(left) == 2
    kept = tmp_path / "kept.parquet"
    kept.write_bytes(b"whole")
    written, folder = temporary_path(tmp_path, ".leaves"), temporary_path(tmp_path, "")
    written.write_bytes(b"half")
    folder.mkdir()
    assert sweep(tmp_path) == left
    assert sorted(tmp_path.iterdir()) == sorted([kept, written, folder])


@pytest.mark.parametrize("hostile", ["../outside", "/etc/passwd", "models/../../x"])
def test_paths_stay_inside_the_project(tmp_path: Path, hostile: str) -> None:
    with pytest.raises(ProjectError, match="leads out of the project"):
        confined(tmp_path, hostile)


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "svc").mkdir()
    (tmp_path / "svc" / "link").symlink_to(tmp_path)
    with pytest.raises(ProjectError):
        confined(tmp_path / "svc", "link/secret")


def test_many_files_are_written_whole_and_leave_nothing_beside_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    write_all_atomically({tmp_path / "a": b"new", tmp_path / "b": b""})
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"a": b"new", "b": b""}
    with pytest.raises(FileNotFoundError):
        write_all_atomically({tmp_path / "a": b"newer", tmp_path / "nowhere" / "c": b""})
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"a": b"new", "b": b""}
