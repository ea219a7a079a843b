from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from openslate import clock
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.records.bases import source_record, viewer_record
from openslate.rights.records.document import document_of, hash_of
from openslate.rights.records.importing import import_records
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.store import grant, grant_mandate, keep, revoke_mandate, set_status, withdraw
from openslate.rights.records.versions import latest, of_subject, on_ledger, versions
from tests.rights.people import PERFORMER

EXAMPLE = Path(__file__).parents[3] / "examples" / "rights" / "performers.toml"
DAY = datetime(2026, 11, 1, tzinfo=UTC)
SOURCE = source_record("player", ("train",), "Terms of 2026.", DAY)
MANDATE = Mandate("mandate-1", 1, None, "house:parent", "guardian", ("house:child",), DAY, "b" * 64)


def said(project: Project) -> list[dict[str, object]]:
    return [one.entry for one in ledger.search(project) if one.entry["decision"] in ("record", "withdraw")]


def lead(project: Project) -> ConsentRecord:
    if not versions(project, "consent-0101"):
        import_records(project, EXAMPLE)
    record = versions(project, "consent-0101")[-1].value
    assert isinstance(record, ConsentRecord)
    return record


def test_a_version_follows_the_one_before_and_nothing_is_changed_in_place(project: Project) -> None:
    first = grant(project, SOURCE)
    assert (first.version, first.entry is not None) == (1, True)
    second = grant(project, replace(SOURCE, basis_text="Terms of 2027."))
    kept = versions(project, SOURCE.record_id)
    assert [one.value.version for one in kept] == [1, 2]
    assert [one.value.prev_hash for one in kept] == [None, first.hash]
    assert [one.hash for one in kept] == [first.hash, second.hash]
    assert kept[0].value == SOURCE
    assert hash_of(document_of(kept[1].value)) == second.hash
    assert [one.value.version for one in latest(project)] == [2]


def test_saying_the_same_again_changes_nothing(project: Project) -> None:
    grant(project, SOURCE)
    again = grant(project, SOURCE)
    assert (again.version, again.entry) == (1, None)
    assert len(said(project)) == 1
    import_records(project, EXAMPLE)
    count = len(said(project))
    assert import_records(project, EXAMPLE).new == 0
    assert len(said(project)) == count


def test_the_ledger_names_nobody(project: Project) -> None:
    lead(project)
    grant(project, viewer_record(project, "member-77", "train", True, DAY))
    withdraw(project, "consent-0101", "unlearn")
    text = project.ledger_path.read_text()
    for name in ("house:lead-101", "house:parent-117", "house:child-118", "member-77", "Harbour", "low-tide"):
        assert name not in text
    last = said(project)[-1]
    assert {key: last[key] for key in ("decision", "record", "version", "status", "effect", "kind")} == {
        "decision": "withdraw",
        "record": "consent-0101",
        "version": 2,
        "status": "withdrawn",
        "effect": "unlearn",
        "kind": "record",
    }
    # Whoever guesses a document must not be able to confirm the guess by its hash.
    hashes = {one.hash for one in versions(project, "consent-0101")}
    assert hashes.isdisjoint(str(one["hash"]) for one in said(project))


def test_a_withdrawal_stands_at_its_moment_and_only_a_later_consent_follows_it(project: Project) -> None:
    record = lead(project)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        withdraw(project, record.record_id, "stop_new")
        moment = clock.now()
    stood = versions(project, record.record_id)[-1].value
    assert isinstance(stood, ConsentRecord)
    assert (stood.status, stood.withdrawn_at, stood.withdrawal_effect) == ("withdrawn", moment, "stop_new")
    with clock.frozen(moment + timedelta(hours=1)):
        with pytest.raises(UsageError, match="was withdrawn, and no version after it"):
            grant(project, record)
        with pytest.raises(UsageError, match="was withdrawn, and no version after it"):
            set_status(project, record.record_id, "active")
        with pytest.raises(UsageError, match="withdrawn already, with the effect stop_new"):
            withdraw(project, record.record_id, "stop_new")
        withdraw(project, record.record_id, "unlearn")
        wider = versions(project, record.record_id)[-1].value
        assert isinstance(wider, ConsentRecord) and wider.withdrawn_at == moment
        anew = moment + timedelta(minutes=1)
        assert grant(project, replace(record, issued_at=anew, effective_from=anew)).version == 4


def test_a_withdrawal_is_taken_even_while_the_clock_is_behind(project: Project) -> None:
    with clock.frozen(datetime(2040, 1, 1, tzinfo=UTC)):
        record = lead(project)
    with pytest.raises(RightsError):
        set_status(project, "consent-0102", "draft")
    withdraw(project, record.record_id, "stop_new")
    set_status(project, "consent-0102", "suspended")
    revoke_mandate(project, "mandate-0001")
    assert [one["decision"] for one in said(project)[-3:]] == ["withdraw"] * 3


@pytest.mark.parametrize(
    "places",
    [{"territories": ("US", "us-ca")}, {"jurisdictions": ("California",)}, {"jurisdictions": ("US-CA\n",)}],
)
def test_a_place_that_is_none_is_in_no_record(project: Project, places: dict[str, tuple[str, ...]]) -> None:
    record = lead(project)
    with pytest.raises(UsageError, match=f"{next(iter(places))} = .* is no place as ISO 3166 writes it"):
        grant(project, replace(record, **places))  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["suspended", "expired", "superseded"])
def test_a_record_is_suspended_and_taken_up_again(project: Project, status: str) -> None:
    record = lead(project)
    set_status(project, record.record_id, status)  # type: ignore[arg-type]
    assert versions(project, record.record_id)[-1].value == replace(
        record, version=2, status=status, prev_hash=versions(project, record.record_id)[0].hash
    )
    assert set_status(project, record.record_id, "active").version == 3
    with pytest.raises(UsageError, match="says what follows from it"):
        set_status(project, record.record_id, "withdrawn")


def test_mandates_are_kept_and_revoked_once(project: Project) -> None:
    grant_mandate(project, MANDATE)
    revoke_mandate(project, "mandate-1")
    kept = versions(project, "mandate-1")[-1].value
    assert isinstance(kept, Mandate) and kept.revoked_at is not None
    with pytest.raises(UsageError, match="revoked already"):
        revoke_mandate(project, "mandate-1")
    with pytest.raises(UsageError, match="was revoked"):
        grant_mandate(project, MANDATE)
    for unknown in ("mandate-2", SOURCE.record_id):
        with pytest.raises(UsageError, match="no mandate"):
            revoke_mandate(project, unknown)


def test_what_does_not_fit_is_refused_and_nothing_is_kept(project: Project) -> None:
    grant(project, SOURCE)
    with pytest.raises(UsageError, match="somebody else's record"):
        grant(project, replace(SOURCE, subject_id="another"))
    with pytest.raises(UsageError, match="is a ConsentRecord"):
        grant_mandate(project, replace(MANDATE, mandate_id=SOURCE.record_id))
    with pytest.raises(UsageError, match="written against another"):
        grant(project, replace(SOURCE, prev_hash="e" * 64, basis_text="Others."))
    with pytest.raises(UsageError, match=r"basis_text = '' is refused"):
        grant(project, replace(SOURCE, basis_text=""))
    with pytest.raises(UsageError, match="UTC"):
        grant(project, replace(SOURCE, effective_from=datetime(2026, 1, 1), issued_at=None))
    for unknown in ("nothing", "mandate-1"):
        with pytest.raises(UsageError, match="There is no record"):
            withdraw(project, unknown, "stop_new")
    with pytest.raises(UsageError, match="effect"):
        withdraw(project, SOURCE.record_id, "vanish")  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        keep(project, [replace(SOURCE, basis_text="Good."), replace(SOURCE, record_id="r", basis_text="")])
    assert len(said(project)) == 1 and len(versions(project, SOURCE.record_id)) == 1


def test_nothing_is_given_that_the_ledger_does_not_take(project: Project) -> None:
    grant(project, SOURCE)
    project.ledger_path.unlink()
    with pytest.raises(RightsError):
        grant(project, replace(SOURCE, basis_text="Terms of 2027."))
    assert [one.value.version for one in versions(project, SOURCE.record_id)] == [1]


def test_every_change_in_the_vault_is_found(project: Project) -> None:
    grant(project, SOURCE)
    grant(project, replace(SOURCE, basis_text="Terms of 2027."))
    grant(project, replace(SOURCE, basis_text="Terms of 2028."))
    assert on_ledger(project) == 3
    before = project.vault.rows("SELECT record, version, kind, subject, hash, document FROM records")
    changed = document_of(replace(SOURCE, basis_text="Anything."))
    for sql, values in (
        ("UPDATE records SET document = ? WHERE version = 2", (changed,)),
        ("UPDATE records SET hash = ? WHERE version = 2", (hash_of(changed),)),
        ("UPDATE records SET document = ?, hash = ? WHERE version = 1", (changed, hash_of(changed))),
        ("DELETE FROM records WHERE version = ?", (2,)),
        ("DELETE FROM records WHERE version = ?", (1,)),
        ("UPDATE records SET version = ? WHERE version = 3", (4,)),
        ("UPDATE records SET record = ?", ("other",)),
        ("UPDATE records SET document = ?", (b"{}",)),
        ("UPDATE records SET document = ?, hash = ? WHERE version = 3", (b"{}", hash_of(b"{}"))),
    ):
        project.vault.execute(sql, values)
        with pytest.raises(RightsError, match=r"vault|does not follow"):
            latest(project)
        project.vault.execute("DELETE FROM records")
        for row in before:
            project.vault.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", row)
    assert on_ledger(project) == 3


def test_a_record_changed_together_with_all_that_follows_is_found_by_the_ledger(project: Project) -> None:
    grant(project, SOURCE)
    forged = document_of(replace(SOURCE, basis_text="Anything."))
    project.vault.execute("UPDATE records SET document = ?, hash = ?", (forged, hash_of(forged)))
    assert len(latest(project)) == 1
    with pytest.raises(RightsError, match="knows no version 1"):
        on_ledger(project)


def test_two_writers_get_two_versions(project: Project) -> None:
    grant(project, SOURCE)

    def write(name: str) -> None:
        mine = Project.open(project.folder)
        for number in range(4):
            grant(mine, replace(SOURCE, basis_text=f"{name} {number}."))

    threads = [Thread(target=write, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = versions(project, SOURCE.record_id)
    assert [one.value.version for one in kept] == list(range(1, 10))
    assert on_ledger(project) == 9


def test_a_member_says_yes_and_no_to_each_purpose_apart(project: Project) -> None:
    grant(project, viewer_record(project, "ann", "train", True, DAY))
    grant(project, viewer_record(project, "ann", "personalize", False, DAY))
    grant(project, viewer_record(project, "bob", "train", True, DAY))
    kept = {one.value.uses[0].use: one.value.status for one in of_subject(project, "ann") if is_record(one.value)}  # type: ignore[union-attr]
    assert kept == {"train": "active", "personalize": "withdrawn"}
    grant(project, viewer_record(project, "ann", "train", False, DAY + timedelta(seconds=1)))
    grant(project, viewer_record(project, "ann", "train", True, DAY + timedelta(seconds=2)))
    assert len(of_subject(project, "ann")) == 4
    assert not any("ann" in one.value.record_id for one in of_subject(project, "ann"))  # type: ignore[union-attr]


def is_record(value: ConsentRecord | Mandate) -> bool:
    return isinstance(value, ConsentRecord)


def test_refused_rows_wait_in_quarantine_and_the_others_are_kept(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "records.toml"
    text = EXAMPLE.read_text().replace('record_id = "consent-0105"', 'record_id = "consent-0101"')
    path.write_text(text.replace("max_count = 2", "max_count = -2").replace("house:crowd-340", ""))
    found = import_records(project, path)
    assert found.new == 7
    reasons = [one.what for one in found.refused]
    assert "uses.max_count = -2 is refused" in reasons[0] and "subject_id = '' is refused" in reasons[1]
    assert found.quarantine is not None
    held = (project.folder / found.quarantine).read_text().splitlines()
    assert len(held) == 2 and "house:lead-101" in held[0]
    assert (project.people / "quarantine").stat().st_mode & 0o077 == 0
    path.write_text(EXAMPLE.read_text())
    again = import_records(project, path)
    assert (again.new, len(again.refused)) == (2, 1)
    assert again.refused[0].what.endswith("consent-0101 is somebody else's record.")
    assert again.refused[0].line is not None


def test_what_could_never_be_read_again_is_refused_before_it_is_kept(project: Project) -> None:
    hidden = replace(PERFORMER, producer="Harbour \u202ePictures")
    with pytest.raises(UsageError, match="could not be read again"):
        grant(project, hidden)
    assert versions(project, hidden.record_id) == ()
    assert grant(project, PERFORMER).version == 1
