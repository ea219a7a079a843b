"""What viewers paid and watched, read from a file and shared out to the cent."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.accounts.pool_figures import read_pool_figures
from openslate.cli.money_words import pools_of
from openslate.errors import UsageError

HEADING = "viewer,fee,record,production,uses\n"
GOOD = (
    HEADING
    + "ann,10.00,consent-1,house:low-tide,3\nann,,consent-2,house:roof,0.5\n"
    + "bob,10.00,consent-2,house:roof,1\ncy,10,,,\n"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "viewers.csv"
    path.write_bytes(text.encode())
    return path


def test_a_file_says_what_viewers_paid_and_watched(tmp_path: Path) -> None:
    found = read_pool_figures(written(tmp_path, GOOD))
    assert found.fees == dict.fromkeys(("ann", "bob", "cy"), Decimal(10))
    assert found.uses == {
        "ann": {("consent-1", "house:low-tide"): Decimal(3), ("consent-2", "house:roof"): Decimal("0.5")},
        "bob": {("consent-2", "house:roof"): Decimal(1)},
    }


def test_columns_may_stand_in_any_order_and_lines_end_as_they_like(tmp_path: Path) -> None:
    text = '\ufeffuses,production,record,fee,viewer\r\n3,"house:low, tide",c-1,10.00,ann\r\n\r\n'
    assert read_pool_figures(written(tmp_path, text)).uses == {"ann": {("c-1", "house:low, tide"): Decimal(3)}}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: the columns are missing"),
        (HEADING, "names no viewer"),
        ("viewer,fee\nann,1\n", "line 1: the columns are viewer, fee"),
        (HEADING + "ann,1\n", "line 2: there are 2 values for 5 columns"),
        (HEADING + ",1,c-1,p,1\n", "line 2: viewer is empty"),
        (HEADING + "ann,,c-1,p,1\n", "line 2: fee is empty in the first row"),
        (HEADING + "ann,1,c-1,p,1\nann,2,c-2,p,1\n", "line 3: fee = 2 is not what an earlier row"),
        (HEADING + "ann,1,c-1,p,1\nann,1,c-1,p,1\n", "line 3: record and production stand in an earlier row"),
        (HEADING + "ann,1,c-1,,1\n", "line 2: production is empty"),
        (HEADING + "ann,1,,p,1\n", "line 2: record is empty"),
        (HEADING + "ann,1,c-1,p,\n", "line 2: uses is empty"),
        (HEADING + "ann,-1,c-1,p,1\n", "fee = '-1' is no number"),
        (HEADING + "ann,NaN,c-1,p,1\n", "fee = 'NaN' is no number"),
        (HEADING + "ann,1,c-1,p,1e999999999\n", "uses = '1e999999999' is no number"),
        (HEADING + "ann,\u0661,c-1,p,1\n", "is no number"),
        (HEADING + 'ann,1,"c-1,p,1\n', "it is no CSV"),
    ],
)
def test_a_wrong_row_is_named_by_its_line_and_not_by_the_viewer(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_pool_figures(written(tmp_path, text))
    assert why in refused.value.what
    assert "ann" not in refused.value.what


def test_what_is_no_text_and_what_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.csv").write_bytes(b"viewer\xff")
    for name, why in (("bytes.csv", "not written in UTF-8"), ("none.csv", "cannot be read"), (".", "cannot be read")):
        with pytest.raises(UsageError, match=why):
            read_pool_figures(tmp_path / name)


@given(st.text())
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text(HEADING + text, encoding="utf-8", errors="replace")
    try:
        found = read_pool_figures(path)
    except UsageError:
        return
    assert set(found.uses) <= set(found.fees)


def test_a_pool_with_a_file_pays_viewer_by_viewer(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    films, songs = pools_of(["films=30.00 USD", "songs=5 EUR"], [f"films={path}"])
    assert (films.name, films.method, films.amount, len(films.fees)) == ("films", "user_centric", Decimal("30.00"), 3)
    assert (songs.method, songs.fees) == ("pro_rata", {})


@pytest.mark.parametrize(
    ("money", "viewers", "why"),
    [
        (["films"], [], "names no money"),
        (["films=NaN USD"], [], "is no amount"),
        (["films=Infinity USD"], [], "is no amount"),
        (["films=x USD"], [], "is no amount"),
        (["films=1 USD", "films=2 USD"], [], "named twice"),
        (["films=1 USD"], ["films"], "names no file"),
        (["films=1 USD"], ["=x"], "names no file"),
        ([], ["films=x.csv"], "without money"),
    ],
)
def test_pools_that_do_not_fit_are_refused(money: list[str], viewers: list[str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        pools_of(money, viewers)
