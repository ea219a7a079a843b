"""An erased member's refusal outlives their id: no import brings them back, and their own new consent does."""

import hmac
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.data.datasets import viewing
from openslate.data.sources.arrays import import_arrays
from openslate.data.sources.csv import import_csv
from openslate.errors import AdmitError, RightsError
from openslate.project import Project
from openslate.rights import erased, ledger
from openslate.rights.commitments import commitment, forget_salt
from openslate.rights.consent import PURPOSES, Basis, grant_source, record_member
from tests.data.imported import HEADER, import_text, quarantined, stored, with_titles
from tests.lake_rows import add_rows

BASIS = Basis("Terms of membership.", PURPOSES)
REASON = "is of a member who was erased and has not consented anew"


def test_rows_of_an_erased_member_are_refused_and_not_kept(project: Project) -> None:
    with_titles(project)
    erased.mark(project, "ann-77")
    text = HEADER + "".join(
        f"{one},{rest}\n"
        for one in ("ann-77", "ann-770", '"ann-77"')
        for rest in ("t1,2024-01-01,60,0.5", "nosuch,2024-01-02,60,0.5", "t1,never,60,0.5", "t2,2024-01-03,1,2,3,4,5")
    )
    report = import_text(project, text)
    assert [row[:2] for row in stored(project, "plays")] == [("ann-770", "t1")]
    refused = quarantined(project, report)
    assert [one["line"] for one in refused if one["reason"] == REASON] == [5, 13, 2, 3, 4, 10, 11, 12]
    assert {(one["row"], one["value"]) for one in refused if one["reason"] == REASON} == {("", None)}
    assert report.tables["plays"].quarantined == 11
    assert '"ann-77"' not in (project.folder / str(report.quarantine)).read_text()
    assert not any("ann-77'" in sentence for sentence in report.problems)


def test_arrays_and_members_and_their_old_consents_are_refused_too(project: Project) -> None:
    import numpy as np

    with_titles(project)
    erased.mark(project, "ann")
    both = np.array(["ann", "bob"])
    days = np.array(["2024-01-01", "2024-01-01"], dtype="datetime64[us]")
    report = import_arrays(
        project,
        [
            {
                "members": {"member": both},
                "plays": {"member": both, "title": np.array(["t1", "t1"]), "started": days},
                "consents": {
                    "member": both,
                    "purpose": np.array(["train", "train"]),
                    "granted": np.array([True, True]),
                    "recorded": days,
                },
            }
        ],
        source="arrays",
    )
    assert [stored(project, table)[0][0] for table in ("members", "plays", "consents")] == ["bob"] * 3
    assert {counts.quarantined for counts in report.tables.values()} == {1}
    assert "ann" not in json.dumps(quarantined(project, report))


def test_a_file_of_nobody_else_is_refused_whole(project: Project) -> None:
    with_titles(project)
    erased.mark(project, "ann")
    with pytest.raises(AdmitError, match=REASON) as caught:
        import_text(project, HEADER + "ann,t1,2024-01-01,60,0.5\n")
    assert "'ann'" not in str(caught.value)
    assert list((project.people / "quarantine").iterdir()) == []


def test_their_own_new_consent_takes_them_in_for_what_they_named_alone(project: Project) -> None:
    with_titles(project)
    add_rows(project, "plays", [("bob", "t1", "2024-01-01")], "service")
    grant_source(project, "service", BASIS)
    erased.mark(project, "ann")
    entries = ledger.verify(project)
    record_member(project, "ann", PURPOSES, granted=False)
    assert ledger.verify(project) == entries
    assert stored(project, "consents") == []
    record_member(project, "ann", ["train"], granted=True)
    assert erased.marks(project) is None
    assert {row[1:3] for row in stored(project, "consents")} == {
        ("train", True),
        ("evaluate", False),
        ("personalize", False),
    }
    path = project.folder.parent / "plays.csv"
    path.write_text(HEADER + "ann,t2,2024-06-01,60,0.5\n")
    import_csv(project, path, "plays", source="service")
    assert viewing(project, ("train",), "a test").members == ("ann", "bob")
    assert viewing(project, ("evaluate",), "a test").members == ("bob",)


def test_a_word_that_cannot_be_recorded_lifts_nothing(project: Project) -> None:
    with_titles(project)
    erased.mark(project, "ann")
    project.ledger_path.mkdir()
    with pytest.raises(RightsError, match="ledger"):
        record_member(project, "ann", ["train"], granted=True)
    assert erased.is_erased(project, "ann")


@given(member=st.text(min_size=1, max_size=20), key=st.binary(min_size=32, max_size=32))
def test_sql_and_python_agree_on_marks(member: str, key: bytes) -> None:
    import duckdb

    mark = hmac.new(key, member.encode(errors="surrogatepass"), "sha256").hexdigest()
    marks = erased.Marks(key, frozenset([mark]))
    assert marks.hold([member])
    assert not marks.hold([f"{member}0", member[:-1]])
    with duckdb.connect() as connection:
        marks.offer(connection)
        rows = connection.execute(f"SELECT {erased.ERASED_ROWS} FROM (SELECT ? AS member)", [member]).fetchall()
        others = connection.execute(f"SELECT {erased.ERASED_ROWS} FROM (SELECT ? AS member)", [f"{member}0"]).fetchall()
    assert (rows, others) == ([(True,)], [(False,)])


def test_a_mark_tells_nothing_without_the_vault(project: Project, tmp_path: Path) -> None:
    other = Project.init(tmp_path / "other")
    assert erased.mark_of(project, "ann") != erased.mark_of(other, "ann")
    erased.mark(project, "ann")
    assert b"ann" not in (project.people / "vault.sqlite").read_bytes().replace(b"\0", b"")


def test_without_a_vault_nobody_is_erased_and_none_is_made(project: Project) -> None:
    assert not erased.is_erased(project, "ann")
    assert not (project.people / "vault.sqlite").exists()


def test_commitments_hold_until_their_salt_is_gone(project: Project) -> None:
    first = commitment(project, "viewer", "ann")
    assert first == commitment(project, "viewer", "ann")
    assert len({first, commitment(project, "writer", "ann"), commitment(project, "viewer", "bob")}) == 3
    forget_salt(project, "viewer", "ann")
    assert commitment(project, "viewer", "ann") != first
