import csv
import io
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from openslate.data.sources.cutting import Dialect, Record, cut
from openslate.data.sources.files import split_fields


def cut_text(path: Path, text: bytes, dialect: Dialect | None = None) -> list[Record]:
    path.write_bytes(text)
    return list(cut(path, dialect or Dialect()))


def test_a_quote_that_is_never_closed_costs_its_own_line(tmp_path: Path) -> None:
    records = cut_text(tmp_path / "a.csv", b'a,"b\nc,d\n"e,f\ng,h\n')
    # The quote of line 3 closes that of line 1, but text follows it; line 3 itself opens one that nothing closes.
    assert [(record.line, record.fault) for record in records] == [
        (1, "has text right after a closing quote"),
        (2, None),
        (3, "opens a quote that is never closed"),
        (4, None),
    ]


def test_a_quoted_field_may_span_lines(tmp_path: Path) -> None:
    records = cut_text(tmp_path / "a.csv", b'a,"b\n\n""c"""\r\nd,"e"\n')
    assert records == [Record(1, b'a,"b\n\n""c"""', 2), Record(4, b'd,"e"', 2)]


def test_without_quotes_a_line_is_a_record(tmp_path: Path) -> None:
    records = cut_text(tmp_path / "a.dat", b'1::"a::b\n\n2::c"::d\n', Dialect("::", None, False))
    assert records == [Record(1, b'1::"a::b', 3), Record(3, b'2::c"::d', 3)]


def test_an_unclosed_quote_before_many_lines_is_found_in_time(tmp_path: Path) -> None:
    records = cut_text(tmp_path / "a.csv", b'a,"b\n' * 50_000 + b"c,d\n" * 300_000)
    assert len(records) == 350_000 and sum(record.fault is None for record in records) == 300_000


texts = st.text(st.sampled_from('ab",\n\r "é'), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    rows=st.lists(st.lists(texts, min_size=2, max_size=4), min_size=1, max_size=6), end=st.sampled_from(["\n", "\r\n"])
)
@example(rows=[["", ""], ['"', "\n"]], end="\r\n")
def test_what_a_writer_wrote_is_cut_as_it_was(tmp_path: Path, rows: list[list[str]], end: str) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    records = cut_text(tmp_path / "a.csv", written.getvalue().encode())
    assert [record.fault for record in records] == [None] * len(rows)
    assert [record.fields for record in records] == [len(row) for row in rows]
    assert [split_fields(record.text.decode(), Dialect()) for record in records] == rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(text=st.binary(max_size=80) | st.text(st.sampled_from('a",\n\r'), max_size=60).map(str.encode))
def test_every_line_is_in_one_record(tmp_path: Path, text: bytes) -> None:
    records = cut_text(tmp_path / "a.csv", text)
    whole = b"".join(record.text for record in records)
    left_out = b"\xef\xbb\xbf\r\n"
    assert bytes(byte for byte in whole if byte not in left_out) == bytes(byte for byte in text if byte not in left_out)
    assert [record.line for record in records] == sorted({record.line for record in records})
