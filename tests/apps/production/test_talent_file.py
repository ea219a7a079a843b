"""Published instances are read in both formats, and every wrong one is told with its line."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.production.talent_file import read_talent
from openslate.errors import AdmitError

PLAIN = "two by three\r\n3\r\n2\r\n\r\n1 0 1\t10\r\n0 1 1\t1\r\n\r\n1 2 1\r\n"
DATA = "% two by three\nnumScenes = 3;\nnumActors = 2;\n"
DATA += "ia = [|\n1,0,1|\n0,1,1|];\nc = [10,1]; d = [1,2,1];\ns = [3,1,2];\n"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "shoot"


def test_both_formats_hold_the_same(tmp_path: Path) -> None:
    for name, text in (("shoot.dat", PLAIN), ("shoot.dzn", DATA)):
        (tmp_path / name).write_bytes(text.encode())
        found = read_talent(tmp_path / name)
        assert found.plays.tolist() == [[True, False, True], [False, True, True]]
        assert (found.pay.tolist(), found.days.tolist()) == ([10, 1], [1, 2, 1])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("two by three", "", "line 1: there is no name"),
        ("\r\n3\r\n", "\r\nthree\r\n", "line 2: 'three' is no whole number"),
        ("\r\n3\r\n", "\r\n0\r\n", "0 scenes are not between 1 and 10,000"),
        ("1 0 1\t10", "1 2 1\t10", "line 5: whether actor 1 plays in scene 2 is 2, not 0 or 1"),
        ("0 1 1\t1", "0 1 1\t-1", "line 6: the pay of actor 2 is -1, less than 0"),
        ("1 2 1\r\n", "1 2", "ends before the days of scene 3"),
        ("1 2 1\r\n", "1 2 1\r\n7\r\n", "line 9: 7 is one number too many"),
        ("\t10", "\t999999999999999", "over 1,099,511,627,776"),
        ("\t10", "\t9" + 40 * "9", "is no whole number"),
    ],
)
def test_what_is_wrong_in_plain_numbers_is_told(written: Path, before: str, after: str, said: str) -> None:
    assert before in PLAIN
    written.write_bytes(PLAIN.replace(before, after, 1).encode())
    with pytest.raises(AdmitError, match=said):
        read_talent(written)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("numActors = 2;", "", "has no numActors"),
        ("numActors", "numExtras", "line 3: 'numExtras' is no field of it"),
        ("c = [10,1];", "c = [10,1]; c = [1,1];", "line 7: c is there twice"),
        ("0,1,1|", "0,1|", "line 6: ia has 5 numbers, not 6"),
        ("[10,1]", "[10,x]", "line 7: 'x' is no whole number"),
        ("[10,1]", "[10,-1]", "line 7: the pay of actor 2 is -1"),
        ("1,0,1|", "1,0,3|", "line 5: whether actor 1 plays in scene 3 is 3"),
    ],
)
def test_what_is_wrong_in_minizinc_data_is_told(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in DATA
    path = tmp_path / "shoot.dzn"
    path.write_text(DATA.replace(before, after, 1))
    with pytest.raises(AdmitError, match=said):
        read_talent(path)


def test_a_file_that_is_not_there_a_large_one_and_one_of_bytes(written: Path) -> None:
    with pytest.raises(AdmitError, match="cannot be read"):
        read_talent(written)
    written.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AdmitError, match="UTF-8"):
        read_talent(written)
    written.write_bytes(b"1 " * 3_000_000)
    with pytest.raises(AdmitError, match="larger than 4 MB"):
        read_talent(written)


@given(st.text(max_size=200), st.sampled_from(["shoot", "shoot.dzn"]))
def test_no_text_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str, name: str) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_text(text, encoding="utf-8", errors="replace")
    try:
        read_talent(path)
    except AdmitError as refused:
        assert str(path) in str(refused)


@pytest.mark.realdata
def test_published_files_hold_the_same_in_both_formats(real_data: Path) -> None:
    for path in sorted((real_data / "talent" / "minizinc").glob("*.dzn")):
        plain = next(one for one in (real_data / "talent" / "stuckey_format").iterdir() if one.stem == path.stem)
        one, other = read_talent(path), read_talent(plain)
        assert np.array_equal(one.plays, other.plays)
        assert (one.pay.tolist(), one.days.tolist()) == (other.pay.tolist(), other.days.tolist())
