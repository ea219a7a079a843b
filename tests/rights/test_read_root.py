"""A read's root: opened with its salt for one member, closed for everybody once the salt is gone."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.data.datasets import viewing
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.consent import PURPOSES, Basis, grant_source, record_member
from openslate.rights.read_root import destroy_salts, leaf, leaves_of, root_of, salt_of
from tests.lake_rows import add_rows


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 9162's tree hash, split at the largest power of two below the number of leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


@pytest.mark.parametrize("count", range(70))
def test_the_root_is_that_of_the_definition(count: int) -> None:
    leaves = [hashlib.sha256(bytes([number])).digest() for number in range(count)]
    assert root_of(b"".join(leaves)) == by_definition(leaves).hex()


@given(st.lists(st.tuples(st.text(), st.text(), st.booleans()), max_size=8, unique_by=lambda one: one[:2]))
def test_leaves_are_the_same_in_sql_and_in_python(pairs: list[tuple[str, str, bool]]) -> None:
    import duckdb

    salt = "0f" * 16
    with duckdb.connect() as connection:
        connection.execute("CREATE TEMP TABLE met (member VARCHAR, source VARCHAR, granted BOOLEAN)")
        for pair in pairs:
            connection.execute("INSERT INTO met VALUES (?, ?, ?)", pair)
        found = leaves_of(connection, "met", salt)
    expected = sorted(leaf(salt, granted, source, member) for member, source, granted in pairs)
    assert found == b"".join(expected)


def test_no_two_pairs_share_a_text() -> None:
    assert leaf("00" * 16, True, "a", "bc") != leaf("00" * 16, True, "ab", "c")
    assert leaf("00" * 16, True, "a", "b") != leaf("00" * 16, False, "a", "b")
    assert leaf("00" * 16, True, "a", "b") != leaf("01" * 16, True, "a", "b")


def test_a_read_is_one_entry_whose_root_opens_for_each_member(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01"), ("bob", "t1", "2024-01-02"), ("eve", "t1", "2024-01-03")])
    add_rows(project, "plays", [("eve", "t1", "2024-01-04")], "elsewhere")
    grant_source(project, "test", Basis("Terms.", PURPOSES))
    record_member(project, "bob", ["train"], granted=False)
    decision = viewing(project, ("train",), "a test").decision
    entry = list(ledger.entries(project.ledger_path))[-1]
    assert (entry["decision"], entry["root"], entry["denied"]) == ("read", decision.root, {"R20": 1})
    salt = salt_of(project, decision.root)
    assert salt is not None
    leaves = sorted(
        [
            leaf(salt, True, "test", "ann"),
            leaf(salt, False, "test", "bob"),
            leaf(salt, True, "test", "eve"),
            leaf(salt, False, "elsewhere", "eve"),
        ]
    )
    assert by_definition(leaves).hex() == decision.root
    assert "ann" not in project.ledger_path.read_text()
    assert destroy_salts(project) == 1
    assert salt_of(project, decision.root) is None


def test_two_reads_of_the_same_share_no_root(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01")])
    grant_source(project, "test", Basis("Terms.", PURPOSES))
    first, second = (viewing(project, ("train",), "a test").decision for _ in range(2))
    assert first.root != second.root


def test_those_without_a_basis_are_told_apart_from_those_who_refused(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01"), ("bob", "t1", "2024-01-02"), ("eve", "t1", "2024-01-03")])
    record_member(project, "ann", ["train"], granted=True)
    record_member(project, "bob", ["train"], granted=False)
    assert viewing(project, ("train",), "a test").decision.denied == {"R01": 1, "R20": 1}
