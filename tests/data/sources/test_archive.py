import zipfile
from pathlib import Path

import pytest

from openslate.data.admission.scratch import Scratch
from openslate.data.sources.archive import unpack
from openslate.errors import AdmitError

WANTED = ("ratings.csv", "movies.csv")


def packed(tmp_path: Path, **files: bytes) -> Path:
    path = tmp_path / "any.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_only_wanted_files_come_out_and_never_elsewhere(tmp_path: Path) -> None:
    files = {"../../ratings.csv": b"a", "/etc/movies.csv": b"b", "..\\evil.csv": b"c", "x/README": b"d"}
    (tmp_path / "in" / "deep").mkdir(parents=True)
    found = unpack(packed(tmp_path, **files), WANTED, Scratch(tmp_path / "in" / "deep"))
    assert {name: path.read_bytes() for name, path in found.items()} == {"ratings.csv": b"a", "movies.csv": b"b"}
    assert {path.parent for path in found.values()} == {tmp_path / "in" / "deep"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["any.zip", "in"]


def test_an_archive_that_is_cut_off_or_damaged_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, **{"ratings.csv": b"1,2,3\n" * 5000})
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"", b"PK\x03\x04nonsense", whole[:60] + b"\xff" * 20 + whole[80:]):
        path.write_bytes(damaged)
        with pytest.raises(AdmitError, match=r"any\.zip is no complete zip archive: .+\. Download it again\."):
            unpack(path, WANTED, Scratch(tmp_path))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path, **{"ratings.csv": bytes(50_000_000)})
    with pytest.raises(AdmitError, match=r"packs 50,000,000 bytes of 'ratings\.csv' into"):
        unpack(path, WANTED, Scratch(tmp_path))
    assert [found.name for found in tmp_path.iterdir()] == ["any.zip"]


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, **{"a/ratings.csv": b"1", "b/ratings.csv": b"2"})
    with pytest.raises(AdmitError, match=r"holds ratings\.csv twice: 'a/ratings\.csv' and 'b/ratings\.csv'"):
        unpack(path, WANTED, Scratch(tmp_path))


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, **{"ratings.csv": b"1,2,3\n"})
    whole = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(mark) + at] |= 1
    path.write_bytes(whole)
    with pytest.raises(AdmitError, match="cannot be unpacked"):
        unpack(path, WANTED, Scratch(tmp_path))
