import hashlib
from pathlib import Path

import pytest

from openslate.errors import ProjectError
from openslate.storage.files import adopt, confined, content_hash, sweep, temporary_path, write_atomically


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


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    left = temporary_path(tmp_path, ".parquet")
    left.write_bytes(b"half")
    kept = tmp_path / "kept.parquet"
    kept.write_bytes(b"whole")
    assert sweep(tmp_path) == [left]
    assert list(tmp_path.iterdir()) == [kept]


@pytest.mark.parametrize("hostile", ["../outside", "/etc/passwd", "models/../../x"])
def test_paths_stay_inside_the_project(tmp_path: Path, hostile: str) -> None:
    with pytest.raises(ProjectError, match="leads out of the project"):
        confined(tmp_path, hostile)


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "svc").mkdir()
    (tmp_path / "svc" / "link").symlink_to(tmp_path)
    with pytest.raises(ProjectError):
        confined(tmp_path / "svc", "link/secret")
