import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from openslate import clock
from openslate.apps.personalize.batch import Batch, batch
from openslate.apps.personalize.home import home_from
from openslate.apps.personalize.recommend import recommend
from openslate.apps.personalize.recommender import Recommender
from openslate.data.datasets import viewing
from openslate.errors import ProjectError, RegistryError, RightsError, UsageError
from openslate.project import Project
from openslate.registry.lineage import ancestors
from openslate.rights import ledger
from openslate.rights.consent import PURPOSES, record_member
from tests.lake_rows import add_rows
from tests.simulated import personal, refusing

OPENSLATE = Path(sys.executable).parent / "openslate"


def rows(done: Batch, columns: str = "*", where: str = "true") -> list[tuple[Any, ...]]:
    return duckdb.sql(f"SELECT {columns} FROM '{done.folder}/part-*.parquet' WHERE {where}").fetchall()


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("[!.]*")}


def only(project: Project, count: int) -> None:
    """Let all but the first so many members refuse personalisation."""
    members = viewing(project, ("personalize",), "a test").members[count:]
    add_rows(
        project, "consents", [(member, "personalize", False, datetime(2025, 1, 1)) for member in members], "member"
    )


def test_lists_are_those_that_recommend_gives(whole_service: Project, tmp_path: Path) -> None:
    service = whole_service
    # Somebody of whose history the model knows nothing gets what is popular in their country.
    add_rows(service, "titles", [("later", "Much Later", "film", datetime(2024, 4, 12).date(), ["Drama"])])
    add_rows(service, "members", [("newcomer", None, "FR")])
    add_rows(service, "plays", [("newcomer", "later", datetime(2024, 4, 15), 4000.0, 1.0)])
    record_member(service, "newcomer", PURPOSES, granted=True)
    done = batch(service, tmp_path / "lists", count=20, members_per_part=300)
    recommender = Recommender.open(service)
    for member in [*(one.member for one in personal(recommender, 5)), "newcomer"]:
        expected = recommend(service, member, 20)
        found = rows(done, "rank, title, score", f"member = '{member}'")
        assert [row[0] for row in found] == list(range(1, 21))
        assert [row[1] for row in found] == [one.title for one in expected.titles]
        np.testing.assert_allclose([row[2] for row in found], [one.score for one in expected.titles], rtol=1e-4)


def test_every_permitted_member_and_nobody_else_is_in_it(service: Project, tmp_path: Path) -> None:
    done = batch(service, tmp_path / "lists", count=5, members_per_part=300)
    members = viewing(service, ("personalize",), "a test").members
    assert [row[0] for row in rows(done, "member", "rank = 1")] == list(members)
    assert done.members == len(members)
    assert len(done.parts) == -(-len(members) // 300)
    assert done.rows == 5 * len(members)
    told = [entry for entry in ledger.entries(service.ledger_path) if entry.get("reader") == "personalize batch"]
    assert [entry["purposes"] for entry in told] == [["personalize"]]
    assert done.decision.members_denied > 0
    refused = {history.member for history in refusing(Recommender.open(service), 3)}
    assert not refused & set(members)
    assert all(
        name.encode() not in path.read_bytes() for name in refused for path in done.folder.iterdir() if path.is_file()
    )


def test_others_get_what_recommend_gives_those_who_have_not_agreed(service: Project, tmp_path: Path) -> None:
    done = batch(service, tmp_path / "lists", count=7)
    recommender = Recommender.open(service)
    refused = refusing(recommender, 1)[0].member
    countries = recommender.fitted.order.countries
    assert len(countries) > 1
    for country in ("", *countries[:2]):
        listed = duckdb.sql(
            f"SELECT title FROM '{done.folder}/others.parquet' WHERE country = '{country}' ORDER BY rank"
        ).fetchall()
        expected = recommend(service, refused, 7, country or None)
        assert [row[0] for row in listed] == [one.title for one in expected.titles]


def test_pages_are_those_that_home_builds(whole_service: Project, tmp_path: Path) -> None:
    service = whole_service
    only(service, 24)
    # The ledger knows what came before, so the clock is set ahead and never back.
    with clock.frozen(clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)):
        done = batch(service, tmp_path / "pages", pages=True)
        recommender = Recommender.open(service)
        for history in personal(recommender, 2):
            assert history.member in viewing(service, ("personalize",), "a test").members
            page = home_from(recommender, history.member)
            wanted = [
                (row, place, shown.kind, shown.heading, slot.title, slot.reason)
                for row, shown in enumerate(page.rows)
                for place, slot in enumerate(shown.slots)
            ]
            found = rows(done, '"row", place, kind, heading, title, reason', f"member = '{history.member}'")
            assert found == wanted
        stranger = home_from(recommender, "nobody knows them")
    kinds = duckdb.sql(f"SELECT DISTINCT kind FROM '{done.folder}/others.parquet' WHERE country = ''").fetchall()
    assert {kind for (kind,) in kinds} == {row.kind for row in stranger.rows}
    # Those of `home` alone are kept.
    assert len(list((service.people / "pages").iterdir())) == 2


def test_the_same_model_data_and_day_give_the_same_bytes(service: Project, tmp_path: Path) -> None:
    with clock.frozen(datetime(2037, 1, 2, 8, tzinfo=UTC)):
        one = batch(service, tmp_path / "one", count=5, members_per_part=400)
    with clock.frozen(datetime(2037, 1, 2, 23, tzinfo=UTC)):
        other = batch(service, tmp_path / "other", count=5, members_per_part=400)
        again = batch(service, tmp_path / "one", count=5, members_per_part=400)
    assert everything(one.folder) == everything(other.folder)
    assert one.id == other.id == again.id
    told = duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{one.folder}/others.parquet')").fetchall()
    assert (b"made", b"2037-01-02") in told
    assert (b"model", one.model.encode()) in told


def test_its_lineage_leads_to_the_model_and_the_data(service: Project, tmp_path: Path) -> None:
    done = batch(service, tmp_path / "lists", count=5)
    found = {ancestor.id for ancestor in ancestors(service, done.id)}
    assert {done.model, done.run} <= found
    assert {shard.hash for shard in service.lake.snapshot("plays").shards} <= found


@pytest.mark.parametrize("pages", [False, True], ids=["lists", "pages"])
def test_a_killed_batch_goes_on_where_it_stopped(service: Project, tmp_path: Path, pages: bool) -> None:
    only(service, 14 if pages else 30)
    step = 2
    words = [OPENSLATE, "-p", service.folder, "personalize", "batch", tmp_path / "killed", "--members-per-part", step]
    words += ["--pages"] if pages else ["--count", 5]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen([*map(str, words)], env=environment, stderr=subprocess.DEVNULL) as process:
        while len(list((tmp_path / "killed").glob("part-*"))) < 3:
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    listed = json.loads((tmp_path / "killed" / "unfinished.json").read_bytes())["parts"]
    assert len(listed) >= 2
    before = {name: (tmp_path / "killed" / name).stat().st_mtime_ns for name in listed}
    subprocess.run([*map(str, words), "--json"], env=environment, check=True, capture_output=True)
    assert {name: (tmp_path / "killed" / name).stat().st_mtime_ns for name in before} == before
    whole = batch(service, tmp_path / "whole", 5 if not pages else 100, pages, step)
    assert everything(tmp_path / "killed") == everything(whole.folder)


def test_after_a_withdrawal_the_old_folder_is_refused(service: Project, tmp_path: Path) -> None:
    done = batch(service, tmp_path / "lists", count=5)
    (gone,) = rows(done, "member", "rank = 1")[0]
    record_member(service, gone, ["personalize"], granted=False)
    with pytest.raises(ProjectError, match="made from another data"):
        batch(service, tmp_path / "lists", count=5)
    assert (gone,) not in rows(batch(service, tmp_path / "new", count=5), "member")


def test_what_makes_no_sense_is_refused(service: Project, fresh: Project, tmp_path: Path) -> None:
    for wrong in ({"count": 0}, {"count": 1001}, {"members_per_part": 0}):
        with pytest.raises(UsageError):
            batch(service, tmp_path / "lists", **wrong)
    with pytest.raises(RegistryError, match="No model serves"):
        batch(fresh, tmp_path / "lists")
    assert not (tmp_path / "lists").exists()


def test_without_any_basis_nothing_is_written(service: Project, tmp_path: Path) -> None:
    only(service, 0)
    with pytest.raises(RightsError):
        batch(service, tmp_path / "lists")
    assert not (tmp_path / "lists").exists()
