"""A read's root: opened with its salt for one member, closed for everybody once the salt is gone."""

import hashlib

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.data.datasets import viewing
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger, read_root
from openslate.rights.consent import PURPOSES, Basis, grant_source, record_member
from openslate.rights.read_root import close_all, leaf, leaves_of, let_through, root_of
from tests.lake_rows import add_rows

CONNECTION = duckdb.connect()
"""One for all examples: opening a database takes longer than asking it."""


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
    salt = "0f" * 16
    with CONNECTION.cursor() as connection:
        connection.execute("CREATE OR REPLACE TEMP TABLE met (member VARCHAR, source VARCHAR, granted BOOLEAN)")
        for pair in pairs:
            connection.execute("INSERT INTO met VALUES (?, ?, ?)", pair)
        found = b"".join(leaves_of(connection, "met", salt))
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
    kept = (project.people / "reads" / f"{decision.root}.leaves").read_bytes()
    salt = kept[:16].hex()
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
    sources = ("test", "elsewhere")
    assert [let_through(project, decision.root, who, sources) for who in ("ann", "bob", "eve", "zoe")] == [
        True,
        False,
        True,
        None,
    ]
    assert let_through(project, decision.root, "eve", ("elsewhere",)) is False


def test_a_closed_read_says_nothing_of_anyone(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01")])
    grant_source(project, "test", Basis("Terms.", PURPOSES))
    root = viewing(project, ("train",), "a test").decision.root
    assert close_all(project) == 1
    with pytest.raises(RightsError, match="cannot be opened"):
        let_through(project, root, "ann", ("test",))


def test_leaves_that_were_changed_are_noticed(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01")])
    grant_source(project, "test", Basis("Terms.", PURPOSES))
    root = viewing(project, ("train",), "a test").decision.root
    path = project.people / "reads" / f"{root}.leaves"
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(RightsError, match="does not hold the leaves"):
        let_through(project, root, "ann", ("test",))


@pytest.mark.parametrize("chunk", [1, 2, 4, 8])
def test_a_large_read_in_chunks_has_the_same_root(
    project: Project, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(read_root, "CHUNK", chunk)
    monkeypatch.setattr(read_root.secrets, "token_hex", lambda size: "ab" * size)
    with project.lake.connect() as connection:
        for count in range(18):
            connection.execute(
                "CREATE OR REPLACE TEMP TABLE met AS SELECT 'm' || i AS member, 's' AS source, i % 3 = 0 AS granted "
                f"FROM range({count}) numbers(i)"
            )
            leaves = sorted(leaf("ab" * 16, number % 3 == 0, "s", f"m{number}") for number in range(count))
            assert read_root.committed(project, connection, "met") == by_definition(leaves).hex()


def test_a_read_too_large_to_keep_says_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_root, "CHUNK", 1)
    monkeypatch.setattr(read_root, "MOST_KEPT", 1)
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01"), ("bob", "t1", "2024-01-01")])
    grant_source(project, "test", Basis("Terms.", PURPOSES))
    root = viewing(project, ("train",), "a test").decision.root
    with pytest.raises(RightsError, match="too large to keep"):
        let_through(project, root, "ann", ("test",))


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
