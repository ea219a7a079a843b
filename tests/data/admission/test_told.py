"""What DuckDB says fits into a sentence."""

import duckdb
import pytest

from openslate.data.admission.told import first_sentence


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('IO Error: {"exception_type":"IO","exception_message":"No space left on \\"x\\". Sorry","errno":"28"}',
         'No space left on "x"'),
        ("Out of Memory Error: could not allocate 3.5 MiB. Set the limit.\nTry this", "Out of Memory Error: could not "
         "allocate 3.5 MiB"),
        ('IO Error: {"exception_message": broken}', "IO Error"),
    ],
)  # fmt: skip
def test_only_the_first_sentence_is_told(said: str, told: str) -> None:
    assert first_sentence(duckdb.Error(said)) == told
