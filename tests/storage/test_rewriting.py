"""Files written anew without a member: the other rows to the bit, in their order, at their place in the manifest."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate import clock
from openslate.errors import ProjectError
from openslate.project import Project
from openslate.storage.manifest import Import, Shard, Snapshot
from openslate.storage.replaced import names_replaced, require_current
from openslate.storage.rewriting import copy_without, replace_shards, replace_texts, rewrite, rows_of, without
from openslate.storage.searching import parquet_values, sqlite_values

COLUMNS = "member VARCHAR, title VARCHAR, started TIMESTAMP, seconds DOUBLE, completion DOUBLE"
MEMBERS = st.one_of(st.sampled_from(["m1", "m11", "M1", "m1 ", "'"]), st.text(min_size=1, max_size=6))
VALUES = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True))


def a_shard(project: Project, rows: list[tuple[str, float | None]], label: str = "") -> Shard:
    """A committed file of plays."""
    from openslate.storage.lake import copy_to

    with project.lake.connect() as connection, project.lake.writing():
        connection.execute(f"CREATE TEMP TABLE given ({COLUMNS})")
        for number, (member, value) in enumerate(rows):
            moment = f"2024-01-01 00:{number // 60:02d}:{number % 60:02d}"
            connection.execute("INSERT INTO given VALUES (?, 't', ?, ?, ?)", [member, moment, value, value])
        with project.lake.unnamed("plays") as path:
            count = copy_to(connection, "SELECT * FROM given", path, label)
            shard = project.lake.adopt(path, "plays", count, "test")
        name = f"{len(project.lake.imports())}"
        project.lake.commit(Import(name, "test", "test", name, {}, None, clock.now()), [shard])
    return project.lake.snapshot().shards[-1]


def rows_in(path: Path) -> list[tuple[object, ...]]:
    """Rows with their floats as text, so that NaN equals itself and 0.0 is not -0.0."""
    with duckdb.connect() as connection:
        query = f"SELECT member, title, started, seconds::VARCHAR, hash(completion) FROM '{path}'"
        return connection.execute(query).fetchall()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(MEMBERS, VALUES), min_size=1, max_size=30), gone=MEMBERS)
def test_the_other_rows_stay_as_they_are(
    project: Project, tmp_path: Path, rows: list[tuple[str, float | None]], gone: str
) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TEMP TABLE given ({COLUMNS})")
        connection.executemany(
            "INSERT INTO given VALUES (?, 't', TIMESTAMP '2024-01-01', ?, ?)",
            [(one, value, value) for one, value in rows],
        )
        connection.execute(f"COPY given TO '{tmp_path / 'a.parquet'}' (KV_METADATA {{model: 'it''s', \"a b\": 'c'}})")
    with without(project.lake, gone) as connection:
        theirs = rows_of(connection, tmp_path / "a.parquet")
        left = copy_without(connection, tmp_path / "a.parquet", tmp_path / "b.parquet")
        told = connection.execute(f"SELECT key, value FROM parquet_kv_metadata('{tmp_path / 'b.parquet'}')").fetchall()
        assert rows_of(connection, tmp_path / "b.parquet") == 0
    assert (theirs, left) == (sum(one == gone for one, _ in rows), sum(one != gone for one, _ in rows))
    assert rows_in(tmp_path / "b.parquet") == [row for row in rows_in(tmp_path / "a.parquet") if row[0] != gone]
    assert sorted(map(tuple, told)) == [(b"a b", b"c"), (b"model", b"it's")]


def test_a_new_file_takes_the_place_of_the_old_one_with_its_label(project: Project) -> None:
    shards = [a_shard(project, [("ann", 1.0), ("bob", float(n)), ("ann", 2.0)], "a label") for n in (1, 2)]
    with project.lake.writing(), without(project.lake, "ann") as connection:
        changed = rewrite(project.lake, connection, shards[0], [])
        assert changed is not None and changed.new is not None
        assert (changed.removed, changed.new.rows, changed.new.ordinal) == (2, 1, shards[0].ordinal)
        again = rewrite(project.lake, connection, shards[0], [])
        assert again == changed
        with project.state.transaction():
            replace_shards(project.state, [changed])
        label = connection.execute(
            f"SELECT value FROM parquet_kv_metadata('{project.lake.path_of(changed.new)}')"
        ).fetchall()
        assert label == [(b"a label",)]
        assert rewrite(project.lake, connection, changed.new, []) is None
    assert project.lake.snapshot().shards == (changed.new, shards[1])
    project.lake.verify(project.lake.snapshot())


def test_a_damaged_file_is_named_and_nothing_is_changed(project: Project) -> None:
    shard = a_shard(project, [("ann", 1.0), ("bob", 2.0)])
    project.lake.path_of(shard).write_bytes(b"PAR1 no more PAR1")
    with pytest.raises(ProjectError, match="is damaged or missing"), without(project.lake, "ann") as connection:
        rewrite(project.lake, connection, shard, [])
    assert project.lake.snapshot().shards == (shard,)


def test_a_snapshot_of_replaced_files_is_not_current() -> None:
    one, two = Shard("plays", "1" * 64, 1, "test"), Shard("plays", "2" * 64, 1, "test")
    require_current(Snapshot((one,)), Snapshot((one, two)))
    with pytest.raises(ProjectError, match="Run the command again"):
        require_current(Snapshot((one, two)), Snapshot((two,)))
    assert names_replaced(f"no file {one.hash}.parquet", Snapshot((two,)))
    assert not names_replaced(f"no file {two.hash}.parquet", Snapshot((two,)))
    assert not names_replaced("no file plays.parquet", Snapshot((two,)))


def test_texts_are_changed_and_found_and_leave_no_trace(project: Project) -> None:
    text = "secret-77 " * 3_000
    for number in range(3):
        project.state.execute("INSERT INTO stages VALUES (?, ?, '')", (f"k{number}", text))
    project.state.execute("DELETE FROM stages WHERE key = 'k0'")
    assert replace_texts(project.state, lambda one: one.replace("secret-77", "-"), ["runs"]) == 2
    project.state.compact()
    for path in project.folder.glob("state.sqlite*"):
        assert b"secret-77" not in path.read_bytes()
    held = [one.where for one in sqlite_values(project.folder / "state.sqlite") if one.value == "- " * 3_000]
    assert held == ["stages.result"] * 2
    assert list(sqlite_values(project.folder / "state.sqlite", frozenset({"stages", "sqlite_sequence"}))) == []


def test_values_are_found_in_every_column_that_holds_text(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with project.lake.connect() as connection:
        connection.execute(
            f"COPY (SELECT 'ann-77' AS member, [{{'name': 'ann-77x'}}] AS list, 77 AS number, 'x' AS other) TO '{path}'"
        )
        found = parquet_values(connection, path, "ann-77")
        assert [(one.where, one.value) for one in found] == [
            ("column member", "ann-77"),
            ("column list", "[{'name': ann-77x}]"),
        ]
        path.write_bytes(b"PAR1")
        with pytest.raises(ProjectError, match="cannot be read"):
            parquet_values(connection, path, "ann-77")
