"""Whether a use still stands when its file is marked: whom it is about, withdrawals, strikes, and one file for each."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from openslate import clock
from openslate.accounts.erasing_subjects import Override, erase_subject
from openslate.accounts.marking import known_files
from openslate.accounts.marking.fingerprints import Fingerprints, fingerprints
from openslate.accounts.marking.identities import SigningIdentity
from openslate.accounts.marking.inspecting import inspect
from openslate.accounts.marking.known_files import by_file, remember
from openslate.accounts.marking.mark import mark
from openslate.accounts.marking.uses import AllowedUse, allowed_uses, require_one_file
from openslate.accounts.removals import record_removal
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.gathering import set_strike
from openslate.rights.records.store import grant, set_status, withdraw
from openslate.rights.vocabulary import WithdrawalEffect
from tests.accounts.marking.conftest import png, scene, spent_use, use_of, wav
from tests.accounts.marking.test_known_files import described
from tests.rights.people import PERFORMER

RECORD = "rec-ada"


def refused(project: Project, use: AllowedUse) -> RightsError:
    with pytest.raises(RightsError) as found:
        allowed_uses(project, [use])
    return found.value


def prints_of(path: Path) -> Fingerprints:
    with path.open("rb") as file:
        return fingerprints(file)


def test_only_whom_a_decision_is_about_is_its_subject(project: Project, use: AllowedUse) -> None:
    spent_use(project, "h-wen")
    for wrong in ("h-wen", "h-nobody", ""):
        error = refused(project, replace(use, subject=wrong))
        assert "is not about" in error.what and RECORD in error.way_out and error.code == "R01"
        assert "h-ada" not in str(error)
    assert [one.index for one in allowed_uses(project, [use])] == [use.entry]


def test_each_of_several_decisions_is_about_its_own_subject(project: Project, use: AllowedUse) -> None:
    other = spent_use(project, "h-wen")
    assert len(allowed_uses(project, [use, other])) == 2
    with pytest.raises(RightsError, match="not about 'h-ada'"):
        allowed_uses(project, [use, replace(other, subject="h-ada")])


def test_what_is_kept_of_a_file_goes_with_the_person_it_is_about(
    project: Project, sound: Path, use: AllowedUse
) -> None:
    allowed_uses(project, [use])
    remember(project, [(use.subject, described(project, sound, use))])
    erase_subject(project, "h-ada", reason="asked by letter", override=Override("the owner", "agreed with them"))
    assert project.vault.rows("SELECT 1 FROM papers WHERE kind = ?", (known_files.PAPER,)) == []
    assert "is not about" in refused(project, use).what


@pytest.mark.parametrize("effect", ["stop_new", "remove", "unlearn"])
def test_a_withdrawal_since_refuses_even_after_a_new_consent(
    project: Project, use: AllowedUse, effect: WithdrawalEffect
) -> None:
    withdraw(project, RECORD, effect)
    assert refused(project, use).code == "R20"
    now = clock.now()
    anew = replace(PERFORMER, record_id=RECORD, subject_id="h-ada", issued_at=now, effective_from=now)
    grant(project, anew)
    assert refused(project, use).code == "R20"
    later = ledger.append(project, use_of(project, "h-ada").to_entry()).index
    ledger.append(project, {"decision": "spend", "use": later, "request": "x"})
    assert allowed_uses(project, [AllowedUse(later, "h-ada")])


def test_a_suspended_consent_refuses_until_it_is_active(project: Project, use: AllowedUse) -> None:
    set_status(project, RECORD, "suspended")
    error = refused(project, use)
    assert (error.code, "is suspended" in error.what) == ("R01", True)
    set_status(project, RECORD, "active")
    assert allowed_uses(project, [use])


def test_a_withdrawal_that_the_ledger_does_not_hold_yet_refuses(
    project: Project, use: AllowedUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the moment in which the vault has it, and the ledger not yet."""
    withdraw(project, RECORD, "remove")
    monkeypatch.setattr("openslate.accounts.marking.uses.withdrawn_since", lambda *_: None)
    error = refused(project, use)
    assert (error.code, "is withdrawn" in error.what) == ("R20", True)


def test_a_consent_that_ended_in_time_leaves_what_was_made(project: Project, use: AllowedUse) -> None:
    set_status(project, RECORD, "expired")
    assert allowed_uses(project, [use])


def test_a_strike_refuses_while_it_lasts(project: Project, use: AllowedUse) -> None:
    set_strike(project, "wga", True)
    assert allowed_uses(project, [use])
    set_strike(project, "sag-aftra", True)
    error = refused(project, use)
    assert (error.code, "sag-aftra is on strike" in error.what) == ("R09", True)
    # What the gate let through in the strike was exempt from it.
    exempt = spent_use(project, "h-wen")
    assert allowed_uses(project, [exempt])
    set_strike(project, "sag-aftra", False)
    assert allowed_uses(project, [use])


def test_any_strike_refuses_where_the_consent_says_so(project: Project, use: AllowedUse) -> None:
    grant(project, replace(PERFORMER, record_id=RECORD, subject_id="h-ada", strike_suspends=True))
    set_strike(project, "wga", True)
    assert refused(project, use).code == "R09"


def test_one_use_is_for_one_file(project: Project, tmp_path: Path, sound: Path, use: AllowedUse) -> None:
    decided = allowed_uses(project, [use])
    source = prints_of(sound)
    require_one_file(project, decided, source)
    marked = replace(described(project, sound, use), file="a" * 64, source=source.file)
    remember(project, [("h-ada", marked)])
    require_one_file(project, decided, source)
    again, other = tmp_path / "again.wav", tmp_path / "other.wav"
    again.write_bytes(wav(comment=b"the same samples"))
    require_one_file(project, decided, prints_of(again))
    require_one_file(project, decided, replace(source, file="a" * 64, content=None))
    other.write_bytes(wav(b"other samples!!!"))
    with pytest.raises(RightsError, match="allowed one file"):
        require_one_file(project, decided, prints_of(other))
    # A file without a hash of its content is known by its bytes alone.
    with pytest.raises(RightsError, match="allowed one file"):
        require_one_file(project, decided, replace(source, file="b" * 64, content=None))
    require_one_file(project, allowed_uses(project, [spent_use(project, "h-ada")]), prints_of(other))


def test_what_is_checked_again_while_the_vault_is_held_records_nothing(
    project: Project, sound: Path, use: AllowedUse
) -> None:
    one = described(project, sound, use)
    withdraw(project, RECORD, "stop_new")
    with pytest.raises(RightsError, match="was withdrawn"):
        remember(project, [("h-ada", one)], lambda: allowed_uses(project, [use]))
    assert by_file(project, one.file) == []
    assert list(ledger.search(project, decision="mark")) == []


def test_inspecting_says_that_the_consent_was_withdrawn_since(project: Project, sound: Path, use: AllowedUse) -> None:
    one = described(project, sound, use)
    remember(project, [("h-ada", one)])
    assert "withdrawn" not in " ".join(inspect(project, sound).sentences())
    withdraw(project, RECORD, "stop_new")
    told = " ".join(inspect(project, sound).sentences())
    assert "was withdrawn on" in told and "what was made before stays" in told and "removed" not in told
    withdraw(project, RECORD, "remove")
    found = inspect(project, sound)
    assert found.matches[0].withdrawn is not None and found.matches[0].withdrawn.effect == "remove"
    assert "is to be removed; nobody has recorded" in " ".join(found.sentences())
    record_removal(project, one.file, "Deleted from both servers by the lab.")
    told = " ".join(inspect(project, sound).sentences())
    assert "recorded as removed on" in told and "is to be removed" not in told


@pytest.mark.c2pa
def test_marking_asks_all_of_it(
    project: Project, tmp_path: Path, picture: Path, use: AllowedUse, identity: SigningIdentity, c2pa: ModuleType
) -> None:
    other = tmp_path / "other.png"
    other.write_bytes(png(scene(2)))
    with pytest.raises(RightsError, match="not about 'h-wen'"):
        mark(project, picture, tmp_path / "1.png", [AllowedUse(use.entry, "h-wen")], identity)
    mark(project, picture, tmp_path / "2.png", [use], identity)
    mark(project, picture, tmp_path / "3.png", [use], identity)
    with pytest.raises(RightsError, match="allowed one file"):
        mark(project, other, tmp_path / "4.png", [use], identity)
    withdraw(project, RECORD, "remove")
    with pytest.raises(RightsError, match="was withdrawn"):
        mark(project, picture, tmp_path / "5.png", [use], identity)
    assert sorted(one.name for one in tmp_path.glob("?.png")) == ["2.png", "3.png"]
