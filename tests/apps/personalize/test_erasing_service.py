"""Erasing a member of a trained service: looked for with other means than those that erase."""

import hashlib
import sqlite3
from pathlib import Path

import duckdb
import pytest

from openslate.accounts.erasing import check_receipt, erase_member, scan
from openslate.apps.personalize.batch import batch
from openslate.apps.personalize.home import home
from openslate.apps.personalize.recommender import Recommender
from openslate.data.sources.simulated import import_simulation
from openslate.errors import ProjectError
from openslate.registry import artifacts
from openslate.registry.lineage import ancestors
from tests.simulated import SETTINGS, copied, lightly_trained, personal


def decoded(folder: Path) -> dict[str, str]:
    """Every file's content as text, Parquet and SQLite decoded."""
    found: dict[str, str] = {}
    for path in (path for path in folder.rglob("*") if path.is_file()):
        text = path.as_posix() + path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            with duckdb.connect() as connection:
                text += str(connection.execute(f"SELECT * FROM '{path}'").fetchall())
        elif path.suffix == ".sqlite":
            connection_ = sqlite3.connect(path)
            tables = connection_.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            text += str([connection_.execute(f'SELECT * FROM "{table}"').fetchall() for (table,) in tables])
            connection_.close()
        found[path.relative_to(folder).as_posix()] = text
    return found


def test_a_member_of_a_trained_service_is_gone(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    project = copied(lightly_trained(tmp_path_factory), tmp_path / "svc")
    member = personal(Recommender.open(project), 1)[0].member
    before = home(project, member)
    lists = batch(project, project.folder / "out", count=3)
    assert before.personalised
    model = artifacts.every(project)[0]
    held = [name for name, text in decoded(project.folder).items() if member in text]
    assert {name.split("/")[1] for name in held if name.startswith("people/")} >= {
        "plays", "members", "impressions", "consents", "pages", "prepared"
    }  # fmt: skip
    receipt = erase_member(project, member, "asked by letter").receipt
    digest = hashlib.sha256(member.encode()).hexdigest()
    for name, text in decoded(project.folder).items():
        assert member not in text, name
        assert digest[:32] not in text, name
    assert [one["what"] for one in receipt.pending] == [f"model {model.id} was not asked to forget"]
    check_receipt(project, receipt)
    assert not home(project, member).personalised
    assert scan(project, member).findings == ()
    # The members' file is another one now, so the same content is read again, and brings nothing back.
    report = import_simulation(project, SETTINGS)
    assert {counts.added for counts in report.tables.values()} == {0}
    assert report.tables["members"].quarantined == 1
    assert import_simulation(project, SETTINGS).already_imported
    assert scan(project, member).findings == ()
    # What led from the lists and the model back to the imports still does.
    manifest = hashlib.sha256((lists.folder / "manifest.json").read_bytes()).hexdigest()
    assert {"filled by", "made by run"} <= {one.relation for one in ancestors(project, manifest)}
    with pytest.raises(ProjectError, match="made from another data"):
        batch(project, project.folder / "out", count=3)
