"""Erasing a member: nothing of them is left, nothing of anybody else is lost, and it can be shown."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from openslate import clock
from openslate.accounts.erasing import check_receipt, erase_member, read_receipt, scan, unfinished
from openslate.accounts.erasing.receipt import ErasureReceipt
from openslate.apps.personalize.pages import keep
from openslate.data.datasets import viewing
from openslate.errors import ProjectError, RightsError, UsageError
from openslate.project import Project
from openslate.registry.lineage import ancestors
from openslate.rights import ledger
from openslate.rights.consent import PURPOSES, record_member
from openslate.rights.records.bases import viewer_record
from openslate.rights.records.store import grant
from openslate.storage.files import content_hash
from tests.accounts.erased_service import LONGER, MEMBER, bytes_that_hold, fill, page_of, rows_of_others, write_lists
from tests.lake_rows import add_rows

PLAIN_HASH = hashlib.sha256(MEMBER.encode()).hexdigest()


def test_nothing_is_left_and_nothing_of_others_is_lost(filled: Project) -> None:
    before, page = rows_of_others(filled), page_of(LONGER, 1)
    places = {
        finding.place.split("/")[0] + "/" + finding.place.split("/")[1] if "/" in finding.place else finding.place
        for finding in scan(filled, MEMBER).findings
    }
    assert places == {
        "out/lists",
        "people/consents",
        "people/impressions",
        "people/members",
        "people/pages",
        "people/plays",
        "people/prepared",
        "people/quarantine",
        "people/ratings",
        "people/vault.sqlite",
        "reports/show.html",
        "state.sqlite",
    }
    receipt = erase_member(filled, MEMBER, f"Letter of {MEMBER}, 12 May").receipt
    assert rows_of_others(filled) == before
    assert scan(filled, MEMBER).findings == ()
    assert scan(filled, MEMBER).ledger == ("entry 6 holds the id in a text that somebody gave",)
    # LONGER contains the id, so its own files do; nothing else, and the hash nowhere.
    assert bytes_that_hold(filled.folder, PLAIN_HASH[:32].encode(), bytes.fromhex(PLAIN_HASH)) == []
    data = b"".join(
        path.read_bytes().replace(LONGER.encode(), b"")
        for path in filled.folder.rglob("*")
        if path.is_file() and path != filled.ledger_path
    )
    assert MEMBER.encode() not in data
    assert len(list((filled.people / "pages").rglob("*.json"))) == 2
    assert page.member == LONGER
    assert not (filled.folder / "reports" / "show.html").exists()
    assert (filled.folder / "reports" / "other.html").exists()
    assert filled.lake.verify(filled.lake.snapshot()) is None
    assert receipt.reason == "Letter of (the member), 12 May"
    assert (receipt.snapshot_after, unfinished(filled)) == (filled.lake.snapshot().id, ())


def test_without_anybody_alike_no_byte_of_the_id_is_left(project: Project) -> None:
    fill(project, others=("carol", "ann", "bob"))
    erase_member(project, MEMBER, "asked by letter")
    assert bytes_that_hold(project.folder, MEMBER.encode()) == ["ledger.jsonl"]


def test_the_order_of_files_and_the_histories_of_others_stay(filled: Project) -> None:
    ordinals = [(shard.table, shard.ordinal) for shard in filled.lake.snapshot().shards]
    before = viewing(filled, ("train",), "a test", with_completion=True)
    kept = [place for place, member in enumerate(before.members) if member != MEMBER]
    erase_member(filled, MEMBER, "asked by letter")
    after = viewing(filled, ("train",), "a test", with_completion=True)
    assert after.members == tuple(before.members[place] for place in kept)
    for number, place in enumerate(kept):
        ours, theirs = after.histories.part(number, number + 1), before.histories.part(place, place + 1)
        for column in ("titles", "times", "engagement"):
            assert np.array_equal(getattr(ours, column), getattr(theirs, column))
    now = [(shard.table, shard.ordinal) for shard in filled.lake.snapshot().shards]
    # One file of plays and one of consents held nobody else.
    assert set(now) < set(ordinals)
    assert len(ordinals) - len(now) == 2
    assert now == sorted(now, key=lambda shard: shard[1])


def test_the_receipt_lists_every_file_with_both_hashes(filled: Project) -> None:
    old = {
        path.relative_to(filled.folder).as_posix(): content_hash(path)
        for path in filled.folder.rglob("*")
        if path.is_file()
    }
    receipt = erase_member(filled, MEMBER, "asked by letter").receipt
    new = {content_hash(path) for path in filled.folder.rglob("*") if path.is_file()}
    assert {change.what for change in receipt.files} == {
        "plays table",
        "members table",
        "ratings table",
        "impressions table",
        "consents table",
        "refused rows",
        "kept page",
        "report",
        "prepared histories",
        "sums over histories",
        "list or page",
        "list of parts",
        "what opens a read",
    }
    for change in receipt.files:
        assert change.new is None or change.new in new
        if change.file in old:
            assert change.old == old[change.file]
    assert sum(change.rows for change in receipt.files if change.what == "plays table") == 7
    assert MEMBER not in receipt.to_bytes().decode()
    assert PLAIN_HASH[:32] not in receipt.to_bytes().decode()
    assert read_receipt(receipt.to_bytes()) == receipt
    assert check_receipt(filled, receipt.to_bytes()) == receipt


FORGED = {
    "subject": "0" * 64, "requested": "2020-01-01T00:00:00+00:00", "done": "2020-01-01T00:00:00+00:00",
    "reason": "another", "files": (), "snapshot_before": "0" * 64, "snapshot_after": "0" * 64,
    "models": ({"id": "x"},), "pending": ({"what": "x", "deadline": ""},), "ledger_holds": ("x",), "outside": (),
    "looked_at": {}, "intent": "0" * 64,
}  # fmt: skip


def test_a_forged_receipt_is_refused(filled: Project) -> None:
    receipt = erase_member(filled, MEMBER, "asked by letter").receipt
    check_receipt(filled, receipt)
    for field, value in FORGED.items():
        with pytest.raises(RightsError, match="does not vouch"):
            check_receipt(filled, replace(receipt, **{field: value}))  # type: ignore[arg-type]
    changed = replace(receipt.files[0], old="0" * 64)
    with pytest.raises(RightsError, match="does not vouch"):
        check_receipt(filled, replace(receipt, files=(changed, *receipt.files[1:])))
    for text in (b"{}", b"[]", receipt.to_bytes()[:-1], receipt.to_bytes().replace(b'"version":1', b'"version":2')):
        with pytest.raises(RightsError):
            check_receipt(filled, text)
    assert set(FORGED) | {"version"} == set(ErasureReceipt.__dataclass_fields__)


def test_the_ledger_says_so_before_and_after_and_names_nobody(project: Project) -> None:
    fill(project, others=("carol", "ann", "bob"))
    receipt = erase_member(project, MEMBER, "asked by letter").receipt
    forget = [entry for entry in ledger.entries(project.ledger_path) if entry["decision"] == "forget"]
    assert [entry["stage"] for entry in forget] == ["begun", "done"]
    assert {entry["subject"] for entry in forget} == {receipt.subject}
    assert forget[1]["receipt"] == receipt.hash
    refusals = [entry for entry in ledger.entries(project.ledger_path) if entry["decision"] == "refusal"]
    assert refusals[-1]["subject"] == receipt.subject
    assert project.vault.rows("SELECT count(*) FROM salts WHERE subject LIKE ?", (f"%{MEMBER}%",)) == [(0,)]


def test_an_old_ledger_that_holds_the_plain_hash_is_reported(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [(MEMBER, "t1", "2024-01-01"), ("ann", "t1", "2024-01-01")])
    ledger.append(project, {"decision": "consent", "purposes": ["train"], "member": PLAIN_HASH})
    receipt = erase_member(project, MEMBER, "asked by letter").receipt
    assert receipt.ledger_holds == ("entry 2 holds the plain SHA-256 of the id",)
    ledger.verify(project)


def test_somebody_unknown_is_no_erasure(filled: Project) -> None:
    entries = ledger.verify(filled)
    with pytest.raises(UsageError, match=r"Nothing in .* is of a member 'nobody-4711'"):
        erase_member(filled, "nobody-4711", "asked by letter")
    for member, reason in (("", "asked"), (MEMBER, " "), ("\ud800", "asked")):
        with pytest.raises(UsageError):
            erase_member(filled, member, reason)
    assert (ledger.verify(filled), unfinished(filled)) == (entries, ())


def test_erasing_twice_gives_the_first_receipt(filled: Project) -> None:
    first = erase_member(filled, MEMBER, "asked by letter")
    again = erase_member(filled, MEMBER, "asked again")
    assert (again.receipt, again.again, first.again) == (first.receipt, True, False)
    add_rows(filled, "plays", [(MEMBER, "t1", "2024-05-01")])
    third = erase_member(filled, MEMBER, "came back by another door")
    assert third.receipt.subject != first.receipt.subject
    assert [change.rows for change in third.receipt.files] == [1]
    check_receipt(filled, third.receipt)


@pytest.mark.parametrize(
    "member", ["o'hara 1977 \"x\"", "two\nlines-77", "a,b;c|d\te-5", "t3", '{"member": 7}']
)  # fmt: skip
def test_ids_of_every_kind_are_erased_and_nothing_else(project: Project, member: str) -> None:
    fill(project, member, others=(f"{member[:190]}0", "ann", "bob"))
    before = rows_of_others(project, member)
    receipt = erase_member(project, member, "asked by letter").receipt
    assert rows_of_others(project, member) == before
    with project.lake.connect() as connection:
        for path in project.folder.rglob("*.parquet"):
            if "member" in [row[0] for row in connection.execute(f"DESCRIBE FROM '{path}'").fetchall()]:
                counted = connection.execute(f"SELECT count(*) FROM '{path}' WHERE member = ?", [member]).fetchall()
                assert counted == [(0,)], path
    for path in project.people.glob("prepared/*/members.json"):
        assert member not in json.loads(path.read_bytes())
    assert not any(
        page["member"] == member
        for page in map(json.loads, map(Path.read_bytes, project.people.glob("pages/*/*.json")))
    )
    assert not (project.folder / "reports" / "show.html").exists()
    assert scan(project, member).findings == ()
    check_receipt(project, receipt)


def test_a_short_id_leaves_longer_ones_and_equal_numbers_alone(project: Project) -> None:
    add_rows(project, "titles", [("m1", "M1, the film"), ("t1", "One")])
    add_rows(project, "plays", [("m1", "t1", "2024-01-01"), ("m11", "m1", "2024-01-01"), ("xm1", "m1", "2024-01-02")])
    (project.people / "quarantine").mkdir()
    lines = [
        {"table": "plays", "row": row, "value": None, "file": "p.csv"}
        for row in ("m1,t9,2024", "m11,t1,never", "m1-x,t1,never")
    ]
    path = project.people / "quarantine" / "a.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    erase_member(project, "m1", "asked")
    assert [row[:2] for row in rows_of_others(project, "m1")["plays"]] == [("m11", "m1"), ("xm1", "m1")]
    assert [json.loads(line)["row"] for line in path.read_text().splitlines()] == ["m11,t1,never", "m1-x,t1,never"]
    assert project.lake.snapshot().rows("titles") == 2


def test_files_that_differ_in_the_member_alone_stay_two(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One")])
    for day in ("2024-01-01", "2024-01-02"):
        add_rows(project, "plays", [("ann", "t1", "2024-01-01"), (MEMBER, "t1", day)])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01")])
    before = rows_of_others(project)
    erase_member(project, MEMBER, "asked")
    assert rows_of_others(project) == before
    assert len(project.lake.snapshot("plays").shards) == 3


def test_a_member_who_is_all_there_is(project: Project) -> None:
    add_rows(project, "plays", [(MEMBER, "t1", "2024-01-01")])
    erase_member(project, MEMBER, "asked")
    assert project.lake.snapshot().shards == ()
    assert list(project.people.rglob("*.parquet")) == []
    add_rows(project, "plays", [("ann", "t1", "2024-01-01")])
    assert len(rows_of_others(project)["plays"]) == 1


def test_lists_outside_the_project_are_rewritten_when_they_are_named(filled: Project, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    write_lists(outside, ["ann", MEMBER, "bob"], model="e" * 64)
    manifest = content_hash(outside / "manifest.json")
    receipt = erase_member(filled, MEMBER, "asked", handed=[outside]).receipt
    told = json.loads((outside / "manifest.json").read_bytes())
    assert told["parts"]["part-00000.parquet"]["rows"] == 2
    for part, described in told["parts"].items():
        assert content_hash(outside / part) == described["sha256"]
    assert bytes_that_hold(outside, MEMBER.encode()) == []
    assert {change.file for change in receipt.files} > {str(outside / "part-00000.parquet")}
    assert [one.id for one in ancestors(filled, content_hash(outside / "manifest.json"))] == [manifest]


def test_what_is_left_in_a_file_of_somebody_elses_stops_it_loudly(filled: Project) -> None:
    (filled.folder / "notes.txt").write_text(f"call {MEMBER} back")
    with pytest.raises(ProjectError, match=r"still in notes\.txt \(its text\), so the erasure is not finished"):
        erase_member(filled, MEMBER, "asked")
    assert [one.member for one in unfinished(filled)] == [MEMBER]
    assert not [entry for entry in ledger.entries(filled.ledger_path) if entry.get("stage") == "done"]
    with pytest.raises(RightsError, match="is being erased"):
        record_member(filled, MEMBER, PURPOSES, granted=True)
    (filled.folder / "notes.txt").unlink()
    receipt = erase_member(filled, MEMBER, "asked").receipt
    assert {change.what for change in receipt.files} > {"plays table", "kept page"}
    check_receipt(filled, receipt)
    assert unfinished(filled) == ()


def test_models_are_asked_while_the_rows_are_there_and_stand_on_the_receipt(filled: Project) -> None:
    seen: list[int] = []

    def forget(where: Project, member: str) -> dict[str, object]:
        seen.append(len([row for row in scan(where, member).findings if "people/plays" in row.place]))
        return {"models": [{"id": "a", "method": "exact_gram"}], "pending": [{"what": "b", "deadline": "2026-01-01"}]}

    receipt = erase_member(filled, MEMBER, "asked", models=forget).receipt  # type: ignore[arg-type]
    assert seen == [2]
    assert receipt.models == ({"id": "a", "method": "exact_gram"},)
    assert receipt.pending == ({"what": "b", "deadline": "2026-01-01"},)


def test_a_page_that_was_begun_before_is_not_kept_after(filled: Project) -> None:
    erase_member(filled, MEMBER, "asked")
    keep(filled, page_of(MEMBER, 4), permitted=True)
    assert scan(filled, MEMBER).findings == ()


def test_a_folder_that_is_none_of_ours_is_refused_before_anything(filled: Project, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(UsageError, match="holds no lists or pages of ours"):
            erase_member(filled, MEMBER, "asked", handed=[folder])
    assert unfinished(filled) == ()


def test_what_cannot_be_looked_into_stands_on_the_receipt(filled: Project) -> None:
    (filled.folder / "reports" / "old.zip").write_bytes(b"PK")
    (filled.people / "spill").mkdir(exist_ok=True)
    (filled.people / "spill" / ".tmp-999999999-a.parquet").write_bytes(b"PAR1 half of it")
    receipt = erase_member(filled, MEMBER, "asked").receipt
    assert receipt.looked_at["unread"] == ["reports/old.zip"]
    assert receipt.looked_at["files"] > 20


def test_whoever_has_records_of_their_own_is_no_member_to_erase(filled: Project) -> None:
    for number, kind in enumerate(("viewer", "principal")):
        document = json.dumps({"subject_kind": kind}).encode()
        values = (f"r{number}", 1, "consent", MEMBER, "0" * 64, document)
        filled.vault.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", values)
    written = filled.ledger_path.read_bytes()
    with pytest.raises(UsageError, match="performs, writes or directs") as refused:
        erase_member(filled, MEMBER, "asked")
    assert "--kind subject" in refused.value.way_out
    # Nothing was begun: the id would stand in the journal until it is finished, which it never could be.
    assert unfinished(filled) == ()
    assert filled.ledger_path.read_bytes() == written
    assert filled.vault.rows("SELECT record FROM records") == [("r0",), ("r1",)]


def test_what_a_member_said_by_record_goes_with_them(filled: Project) -> None:
    grant(filled, viewer_record(filled, MEMBER, "train", True, clock.now()))
    assert filled.vault.rows("SELECT count(*) FROM words WHERE member = ?", (MEMBER,)) == [(1,)]
    erase_member(filled, MEMBER, "asked by letter")
    assert filled.vault.rows("SELECT count(*) FROM words") == [(0,)]
    assert scan(filled, MEMBER).findings == ()
