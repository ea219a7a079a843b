"""Files sent to do harm: each ends in two sentences, or in a finding that says what was not done."""

import os
import resource
import struct
import sys
import tracemalloc
import zlib
from pathlib import Path
from types import ModuleType

import pytest

from openslate.accounts.marking.images import LARGEST
from openslate.accounts.marking.inspecting import inspect
from openslate.accounts.marking.media_types import media_type
from openslate.accounts.marking.opened import opened
from openslate.errors import UsageError
from openslate.project import Project
from tests.accounts.marking.conftest import Make, png, scene, wav


def refusal(project: Project, path: Path) -> str:
    with pytest.raises(UsageError) as error:
        inspect(project, path)
    for sentence in (error.value.what, error.value.way_out):
        assert sentence.endswith(".")
        assert "Traceback" not in sentence
    return error.value.what


def test_what_is_no_plain_file_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "empty.png").write_bytes(b"")
    assert "is empty" in refusal(project, tmp_path / "empty.png")
    assert "is a folder" in refusal(project, tmp_path)
    assert "is a folder" in refusal(project, Path())
    assert "There is no file" in refusal(project, tmp_path / "missing.png")
    assert "no name of a file" in refusal(project, tmp_path / "a\0b.png")
    assert "cannot be read" in refusal(project, tmp_path / ("a" * 300))
    assert "cannot be read" in refusal(project, tmp_path / "empty.png" / "inside.png")
    os.mkfifo(tmp_path / "pipe")
    assert "no plain file" in refusal(project, tmp_path / "pipe")
    assert "no plain file" in refusal(project, Path("/dev/zero"))


def test_a_link_is_refused_wherever_it_leads(project: Project, tmp_path: Path) -> None:
    (tmp_path / "inside.png").write_bytes(png(scene(1)))
    (tmp_path / "out.png").symlink_to("/etc/passwd")
    (tmp_path / "in.png").symlink_to(tmp_path / "inside.png")
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    for name in ("out.png", "in.png", "loop.png"):
        assert "is a link" in refusal(project, tmp_path / name)


def test_a_file_that_may_not_be_read(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "theirs.png"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(UsageError, match="Permission denied"), opened(path):
        pass


def test_a_huge_file_is_read_piece_by_piece(project: Project, tmp_path: Path) -> None:
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as file:
        file.truncate(120 << 20)
    tracemalloc.start()
    found = inspect(project, huge)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.prints.size == 120 << 20
    assert most < 8 << 20


@pytest.mark.parametrize("name", ["take.jpg", "take"])
def test_the_name_says_nothing(project: Project, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(png(scene(1)))
    assert inspect(project, path).prints.media_type == "image/png"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF....WEBP", "image/webp"),
        (b"RIFF....WAVE", "audio/wav"),
        (b"RIFF....AVI ", ""),
        (b"II*\0", "image/tiff"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\0\0\0\x18ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x18ftypavif", "image/avif"),
        (b"\0\0\0\x18ftypnone", ""),
        (b"fLaC\0", "audio/flac"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90\0", "audio/mpeg"),
        (b"\xff\xfe\x41\0", ""),
        (b"\xff", ""),
        (b"", ""),
        (b"%!PS-Adobe-3.0 EPSF", ""),
    ],
)
def test_what_a_file_is_by_its_first_bytes(tmp_path: Path, head: bytes, found: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(head)
    with path.open("rb") as file:
        assert media_type(file) == found


@pytest.mark.parametrize(
    "samples", [wav()[:20], wav()[:44], b"RIFF\xff\xff\xff\xffWAVEfmt ", b"RIFF....WAVE" + bytes(80)]
)
def test_damaged_sounds_are_said_to_be(project: Project, tmp_path: Path, samples: bytes) -> None:
    path = tmp_path / "line.wav"
    path.write_bytes(samples)
    found = inspect(project, path)
    assert found.verdict == "unknown"
    assert found.prints.content is not None or "samples cannot be read" in found.prints.notes[0]


def test_without_the_extra_what_was_not_done_is_said(
    project: Project, tmp_path: Path, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("c2pa", "PIL", "PIL.Image"):
        monkeypatch.setitem(sys.modules, name, None)
    found = inspect(project, picture)
    assert found.verdict == "unknown"
    assert found.credentials.state == "unchecked"
    told = " ".join(found.sentences())
    assert "pixels were not compared" in told
    assert told.count("pip install 'openslate[c2pa]'") == 2
    assert "were not looked at" in told


@pytest.mark.c2pa
@pytest.mark.parametrize("length", [8, 33, 500, 3000])
def test_a_truncated_picture(project: Project, tmp_path: Path, c2pa: ModuleType, length: int) -> None:
    path = tmp_path / "torn.png"
    path.write_bytes(png(scene(1))[:length])
    found = inspect(project, path)
    assert found.verdict == "unknown"
    assert found.prints.content is None
    assert "cannot be decoded" in " ".join(found.sentences())


@pytest.mark.c2pa
def test_every_truncation_of_a_marked_picture_is_a_finding(project: Project, tmp_path: Path, make: Make) -> None:
    small = tmp_path / "small.png"
    small.write_bytes(png(scene(1, 8, 8)))
    whole = make(small).path.read_bytes()
    torn = tmp_path / "torn.png"
    for length in range(1, len(whole), 499):
        torn.write_bytes(whole[:length])
        found = inspect(project, torn)
        assert found.verdict != "unaltered"
        assert found.credentials.state not in ("trusted", "untrusted")


@pytest.mark.c2pa
@pytest.mark.parametrize("side", [13_000, 60_000, 2**31 - 1])
def test_a_bomb_is_not_decoded(project: Project, tmp_path: Path, c2pa: ModuleType, side: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(9_000_000)))
        + chunk(b"IEND", b"")
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = inspect(project, bomb)
    assert found.prints.content is None
    assert str(LARGEST) in found.prints.notes[0]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.c2pa
def test_many_frames_are_counted_together(
    project: Project, tmp_path: Path, c2pa: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    frames = [Image.fromarray(scene(number, 40, 30)) for number in range(10)]
    path = tmp_path / "many.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert inspect(project, path).prints.content is not None
    monkeypatch.setattr("openslate.accounts.marking.images.LARGEST", 40 * 30 * 9)
    assert inspect(project, path).prints.content is None


@pytest.mark.c2pa
def test_formats_that_run_other_programs_are_not_opened(project: Project, tmp_path: Path, c2pa: ModuleType) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n")
    found = inspect(project, path)
    assert found.prints.media_type == ""
    assert found.prints.content is None


@pytest.mark.c2pa
def test_noise_behind_a_true_beginning(project: Project, tmp_path: Path, c2pa: ModuleType) -> None:
    import numpy as np

    noise = np.random.default_rng(4).bytes(4000)
    path = tmp_path / "noise"
    for head in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"II*\0", b"RIFF....WEBP", b"\0\0\0\x18ftypavif"):
        path.write_bytes(head + noise)
        found = inspect(project, path)
        assert found.verdict == "unknown"
        assert found.prints.content is None
